import { MICROS_PER_DAY } from '../../base/time';
import type { Relation } from '../analytic';
import type { Match } from '../chain';
import type { HostIndex } from '../host/hostIndex';
import { type Candidate, JOIN_TOLERANCE, LINEAGE_TOLERANCE, type Wanted } from './candidate';
import {
  archiveOf,
  derivedFrom,
  namedBy,
  namesDerivedFile,
  namesFile,
  openedByAncestor,
  sameFile,
  writerOf,
  writtenByAncestor,
} from './fileRelations';
import { namesSameHost } from './hostRelations';
import { ancestors, COM_DELAY, comBroker, descendants, sameProcess } from './lineageRelations';
import { sameBrowser, sameHost, sameSession, sameUser } from './looseRelations';

/** How far before a stage its related events may lie when the definition does not say. */
export function defaultBefore(relation: Relation): number {
  switch (relation.kind) {
    case 'same_process':
    case 'parent_of':
    case 'ancestor_of':
    case 'writer_of':
      // The process is the same, or its own ancestor: any time counts; its start may lie days back.
      return 400 * MICROS_PER_DAY;
    case 'named_by':
    case 'archive_of':
    case 'opened_by_ancestor_of':
    case 'written_by_ancestor_of':
      return MICROS_PER_DAY;
    case 'com_broker_of':
      return COM_DELAY;
    case 'child_of':
    case 'descendant_of':
    case 'same_session':
      return LINEAGE_TOLERANCE;
    default:
      return JOIN_TOLERANCE;
  }
}

/**
 * Everything that stands in a relation to a match of an earlier stage, within the window. Each relation
 * looks up an index: the cost is that of what it finds, not of the host.
 */
export function* related(
  relation: Relation,
  from: Match,
  wanted: Wanted,
  index: HostIndex,
): Generator<Candidate> {
  const process = from.process;
  switch (relation.kind) {
    case 'same_process':
      if (process !== undefined) yield* sameProcess(process, wanted, index);
      return;
    case 'child_of':
      if (process !== undefined) yield* descendants(process, 1, wanted, index);
      return;
    case 'descendant_of':
      if (process !== undefined) yield* descendants(process, relation.depth, wanted, index);
      return;
    case 'parent_of':
      if (process !== undefined) yield* ancestors(process, 1, from, wanted, index);
      return;
    case 'ancestor_of':
      if (process !== undefined) yield* ancestors(process, relation.depth, from, wanted, index);
      return;
    case 'same_host':
      yield* sameHost(wanted, index);
      return;
    case 'same_session':
      yield* sameSession(process, wanted, index);
      return;
    case 'same_user':
      yield* sameUser(process, wanted, index);
      return;
    case 'same_browser':
      yield* sameBrowser(process, wanted, index);
      return;
    case 'same_file':
      yield* sameFile(from, wanted, index);
      return;
    case 'names_file':
      yield* namesFile(from, wanted, index, undefined);
      return;
    case 'executes_file':
      yield* namesFile(from, wanted, index, 'image');
      return;
    case 'names_derived_file':
      yield* namesDerivedFile(from, wanted, index);
      return;
    case 'named_by':
      yield* namedBy(process, from, wanted, index);
      return;
    case 'derived_from':
      yield* derivedFrom(from, wanted, index);
      return;
    case 'writer_of':
      yield* writerOf(from, wanted, index);
      return;
    case 'archive_of':
      yield* archiveOf(from, wanted, index);
      return;
    case 'opened_by_ancestor_of':
      yield* openedByAncestor(process, relation.depth, from, wanted, index);
      return;
    case 'written_by_ancestor_of':
      yield* writtenByAncestor(process, relation.depth, from, wanted, index);
      return;
    case 'com_broker_of':
      yield* comBroker(process, from, index, wanted.cut);
      return;
    case 'names_same_host':
      yield* namesSameHost(from, wanted, index);
  }
}
