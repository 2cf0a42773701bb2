import { canonicalPath, fileName } from '../../events/paths';
import type { Hop } from '../chain';
import type { FileEvent, HostIndex } from '../host/hostIndex';
import { imageOfDrive } from './diskImages';
import { archivesOf } from './unpacking';

/** A file that another came out of, with the steps from that one. */
export type Source = { readonly path: string; readonly hops: readonly Hop[] };

const DEPTH = 3;
const SOURCES = 16;

/** What a file came out of, itself first, and what a bound left untraced, in a sentence. */
export type Sources = { readonly sources: readonly Source[]; readonly cut: string | undefined };

const KNOWN = new WeakMap<HostIndex, Map<string, Sources>>();

/**
 * The file itself, then what it was unpacked, renamed or mounted from: the archive that its folder, its writer
 * or its mark of the web names, archives inside archives, the name before a rename, the image of its drive.
 */
export function sourcesOf(file: FileEvent, index: HostIndex): Sources {
  let known = KNOWN.get(index);
  if (known === undefined) {
    known = new Map();
    KNOWN.set(index, known);
  }
  let sources = known.get(file.path);
  if (sources === undefined) {
    sources = traceBack(file.path, index);
    known.set(file.path, sources);
  }
  return sources;
}

function traceBack(path: string, index: HostIndex): Sources {
  const found: Source[] = [{ path, hops: [] }];
  const seen = new Set<string>([path]);
  let frontier: readonly Source[] = found;
  let cut: string | undefined;
  for (let depth = 0; depth < DEPTH && frontier.length > 0; depth++) {
    const next: Source[] = [];
    for (const from of frontier) {
      for (const { path: source, ...hop } of knownStepsBack(from.path, index)) {
        if (seen.has(source)) continue;
        if (found.length >= SOURCES) {
          cut ??= `${fileName(path)} may have come out of more than the ${SOURCES} files that were traced`;
          break;
        }
        seen.add(source);
        const step = { path: source, hops: [...from.hops, hop] };
        found.push(step);
        next.push(step);
      }
    }
    frontier = next;
  }
  return { sources: found, cut };
}

type StepBack = Hop & { readonly path: string };

/** More steps than this cannot count: as many sources as are traced, and as many that were seen already. */
const STEPS_KEPT = 2 * SOURCES + 1;

const STEPS = new WeakMap<HostIndex, Map<string, readonly StepBack[]>>();

/** The steps back from one file, each to another one. Ten thousand files may have come out of one archive. */
function knownStepsBack(path: string, index: HostIndex): readonly StepBack[] {
  let known = STEPS.get(index);
  if (known === undefined) {
    known = new Map();
    STEPS.set(index, known);
  }
  let steps = known.get(path);
  if (steps === undefined) {
    const byPath = new Map<string, StepBack>();
    for (const step of stepsBack(path, index)) {
      if (!byPath.has(step.path)) byPath.set(step.path, step);
      if (byPath.size >= STEPS_KEPT) break;
    }
    steps = [...byPath.values()];
    known.set(path, steps);
  }
  return steps;
}

function* stepsBack(path: string, index: HostIndex): Generator<StepBack> {
  yield* archivesOf(path, index);
  for (const { entry, same } of index.files.at(path)) {
    for (const { event } of entry.values) {
      const before = event['file.Ext.original.path'];
      if (event.kind !== 'file_rename' || before === undefined) continue;
      yield {
        path: canonicalPath(before).path,
        text: `${fileName(path)} was ${fileName(before)} before it was renamed`,
        strength: same,
      };
    }
  }
  const image = imageOfDrive(path, index);
  if (image !== undefined)
    yield {
      path: image.path,
      text: `${fileName(path)} lies on a drive that was first used after ${fileName(image.path)} was there: mounted`,
      strength: 'inferred',
    };
}
