import { FIELD_FLOOR } from '../../visibility/visibility';
import type { Stage } from '../analytic';
import type { HostIndex } from '../host/hostIndex';
import { subjectOf } from '../subject';
import { branchesOf } from './branches';
import { lineageDoubt, usesLineage } from './lineageQuality';

/** Whether a stage can be seen on a host at all: by kind, by field, by witness, by lineage (ANALYTICS E.3). */
export type StageSight = {
  readonly state: 'visible' | 'partial' | 'blind';
  readonly why: string;
  readonly fix: string | undefined;
};

/** From this share a field counts as always collected. */
const FIELD_PRESENT = 0.95;

const SIGHTS = new WeakMap<HostIndex, Map<Stage, StageSight>>();

/** Judges one stage on one host; remembered per host, since every chain asks. */
export function stageVisibility(stage: Stage, index: HostIndex): StageSight {
  let known = SIGHTS.get(index);
  if (known === undefined) {
    known = new Map();
    SIGHTS.set(index, known);
  }
  const remembered = known.get(stage);
  if (remembered !== undefined) return remembered;
  const sight = judge(stage, index);
  known.set(stage, sight);
  return sight;
}

function judge(stage: Stage, index: HostIndex): StageSight {
  const { needs, fix } = stage.telemetry;
  const { visibility } = index;
  const missing = needs.filter((kind) => !visibility.sees(kind));
  if (missing.length > 0)
    return { state: 'blind', why: `no ${missing.join(' and no ')} events from this host`, fix };
  const fields = fieldDoubt(stage, index);
  if (fields?.blind === true) return { state: 'blind', why: fields.why, fix };
  const doubts = [fields?.why, doubtOf(stage, index), unseenPart(stage, index)];
  const why = doubts.filter((doubt) => doubt !== undefined).join('; ');
  if (why !== '') return { state: 'partial', why, fix };
  const counts = needs.map((kind) => `${visibility.count(kind)} ${kind}`).join(', ');
  return { state: 'visible', why: `recorded on this host: ${counts}`, fix: undefined };
}

/**
 * Why a stage without a match may have been missed although its events are recorded: fields, witness and lineage
 * that hold for the whole recording. Undefined when nothing speaks for it.
 */
export function stageDoubt(stage: Stage, index: HostIndex): string | undefined {
  let known = DOUBTS.get(index);
  if (known === undefined) {
    known = new Map();
    DOUBTS.set(index, known);
  }
  const remembered = known.get(stage);
  if (remembered !== undefined || known.has(stage)) return remembered;
  const doubt = fieldDoubt(stage, index)?.why ?? doubtOf(stage, index);
  known.set(stage, doubt);
  return doubt;
}

/** Remembered per host: a witness may be looked for among all events of a kind, and every chain asks. */
const DOUBTS = new WeakMap<HostIndex, Map<Stage, string | undefined>>();

/** The first field the predicate needs that is not always recorded; blind when it hardly ever is. */
function fieldDoubt(
  stage: Stage,
  index: HostIndex,
): { readonly blind: boolean; readonly why: string } | undefined {
  const { needs, fields } = stage.telemetry;
  let partial: string | undefined;
  for (const field of fields) {
    const shares = needs
      .map((kind) => index.visibility.filled(kind, field))
      .filter((share) => share !== undefined);
    const share = shares.length === 0 ? 0 : Math.max(...shares);
    if (share < FIELD_FLOOR) return { blind: true, why: `${field} is not recorded on this host` };
    if (share < FIELD_PRESENT)
      partial ??= `${field} is recorded for only ${Math.round(share * 100)} % of these events`;
  }
  return partial === undefined ? undefined : { blind: false, why: partial };
}

/** No proof that the kinds are collected for what the stage is about, or a lineage that is too little known. */
function doubtOf(stage: Stage, index: HostIndex): string | undefined {
  const { witness } = stage.telemetry;
  if (witness !== undefined && !isWitnessed(witness, index)) return witness.missing;
  const along = stage.alternatives.some((alternative) =>
    alternative.relations.some((relation) => usesLineage(relation.kind)),
  );
  return along ? lineageDoubt(index.lineage) : undefined;
}

/** The kinds that only some ways to satisfy the stage hang on, and that the host does not show. */
function unseenPart(stage: Stage, index: HostIndex): string | undefined {
  const kinds = branchesOf(stage, index.visibility).flatMap((branch) => branch.kinds);
  const unseen = [...new Set(kinds)].filter((kind) => !index.visibility.sees(kind)).sort();
  return unseen.length === 0 ? undefined : `in part: no ${unseen.join(' and no ')} events from this host`;
}

function isWitnessed(witness: NonNullable<Stage['telemetry']['witness']>, index: HostIndex): boolean {
  for (const kind of witness.on) {
    for (const event of index.ofKind(kind)) {
      if (witness.where.judge(subjectOf(event, index)) === true) return true;
    }
  }
  return false;
}
