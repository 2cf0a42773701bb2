import { MICROS_PER_SECOND } from '../../base/time';
import { fileName } from '../../events/paths';
import { folderOf } from '../host/fileIndex';
import type { FileEvent, HostIndex } from '../host/hostIndex';
import { contentOf } from './copies';
import { type FileStep, filesBetween, type StepCut, stepsTo, TOLERANCE } from './fileStep';

/** A download gets its last name when its last byte is there, seconds after its first record at most. */
const NAMED_WITHIN = 30 * MICROS_PER_SECOND;

/** Endings of names that programs give files until they are whole. */
const UNFINISHED = /\.(?:crdownload|part|partial|tmp|temp|download|opdownload|filepart|!ut|!qb|aria2)$/;

/** Files of one folder and moment looked at for the last name of an unfinished one. */
const TRIED = 256;

/**
 * What a file was renamed to: by a record of it, or, where the source keeps none (Sysmon), as a file of the same
 * folder and content, or as what the same process wrote there right after an unfinished download.
 */
export function* filesRenamedFrom(file: FileEvent, index: HostIndex): Generator<FileStep | StepCut> {
  const name = fileName(file.path);
  for (const { entry, same } of index.renames.at(file.path))
    yield* stepsTo(entry.values, file, (other) => `${name} was renamed to ${fileName(other.path)}`, same);
  if (UNFINISHED.test(name)) yield* lastNameOf(file, index);
  const content = contentOf(file, index);
  if (content === undefined) return;
  const folder = folderOf(file.path);
  for (const other of filesBetween(content.files, file.event.time - TOLERANCE, content.until)) {
    if (other.path === file.path || folderOf(other.path) !== folder) continue;
    yield {
      file: other,
      hop: {
        text: `${fileName(other.path)} has the content and folder of ${name}: renamed; the rename was not recorded`,
        strength: 'inferred',
      },
    };
  }
}

function* lastNameOf(file: FileEvent, index: HostIndex): Generator<FileStep | StepCut> {
  const process = index.lineage.processOf(file.event);
  if (process === undefined) return;
  const name = fileName(file.path);
  const stem = name.replace(UNFINISHED, '');
  let tried = 0;
  let first: FileEvent | undefined;
  const since = file.event.time;
  for (const other of filesBetween(index.filesIn(folderOf(file.path)), since, since + NAMED_WITHIN)) {
    if (++tried > TRIED) {
      yield { cut: `only the first ${TRIED} files written beside ${name} were looked at for its last name` };
      break;
    }
    if (other.path === file.path || index.lineage.processOf(other.event) !== process) continue;
    const last = fileName(other.path);
    if (UNFINISHED.test(last)) continue;
    if (last === stem) {
      first = other;
      break;
    }
    first ??= other;
  }
  if (first === undefined) return;
  yield {
    file: first,
    hop: {
      text: `${name} was an unfinished download, and the same program wrote ${fileName(first.path)} beside it right after: renamed; the rename was not recorded`,
      strength: 'inferred',
    },
  };
}
