import { type Micros, micros } from '../../base/time';
import type { EndpointEvent, EntityId } from '../../events/endpointEvent';
import { canonicalPath, fileExtension } from '../../events/paths';
import type { Alternative, Stage } from '../analytic';
import type { Match } from '../chain';
import { startsNamingPath } from '../files/provenance';
import type { FileEvent, HostIndex } from '../host/hostIndex';
import { subjectOf } from '../subject';

/** Events of one path farther apart than this are two arrivals. */
const SAME_ARRIVAL = 24 * 3600 * 1_000_000;

/** The candidates a definition's chains begin with, each a happening of one or more events, earliest first. */
export function findAnchors(stage: Stage, index: HostIndex): readonly (readonly Match[])[] {
  const byKey = new Map<string, Match[][]>();
  const keyOf = createAnchorKeys();
  for (const event of anchorEvents(stage, index)) {
    const match = anchorMatch(stage, event, index);
    if (match === undefined) continue;
    const key = keyOf(match);
    const groups = byKey.get(key);
    const last = groups?.at(-1);
    if (groups === undefined) byKey.set(key, [[match]]);
    else if (last?.[0] !== undefined && match.time - last[0].time <= SAME_ARRIVAL) last.push(match);
    else groups.push([match]);
  }
  const anchors = [...byKey.values()].flat();
  return stage.burst === undefined ? anchors : withoutBursts(anchors, stage.burst, index);
}

/** In time order over all kinds, so that the earliest event of a file or process is its anchor. */
function anchorEvents(stage: Stage, index: HostIndex): readonly EndpointEvent[] {
  const kinds = new Set(stage.alternatives.flatMap((alternative) => [...alternative.on]));
  if (kinds.size === 1) for (const kind of kinds) return index.ofKind(kind);
  return index.events.filter((event) => kinds.has(event.kind));
}

function anchorMatch(stage: Stage, event: EndpointEvent, index: HostIndex): Match | undefined {
  let unjudged: Alternative | undefined;
  const subject = subjectOf(event, index);
  for (const alternative of stage.alternatives) {
    if (!alternative.on.has(event.kind)) continue;
    const truth = alternative.where.judge(subject);
    if (
      truth !== false &&
      alternative.traceOf !== undefined &&
      tracedFile(event, alternative.traceOf, index) === undefined
    )
      continue;
    if (truth === true) return startMatch(event, alternative, index, alternative.traceOf !== undefined);
    if (truth === undefined && lacksEssential(stage, event, index)) unjudged ??= alternative;
  }
  return unjudged === undefined ? undefined : startMatch(event, unjudged, index, true);
}

/**
 * Only a field the stage cannot do without makes it blind; any other unknown leaves it unmatched. A start without
 * command line has lost it, though its source records others'.
 */
function lacksEssential(stage: Stage, event: EndpointEvent, index: HostIndex): boolean {
  return stage.telemetry.fields.some(
    (field) =>
      !index.visibility.collects(event, field) ||
      (field === 'process.command_line' && event.kind === 'process_start' && event[field] === undefined),
  );
}

function startMatch(
  event: EndpointEvent,
  alternative: Alternative,
  index: HostIndex,
  unjudged: boolean,
): Match {
  return {
    event,
    evidence: event,
    process: index.lineage.processOf(event),
    time: event.time,
    relation: undefined,
    joined: undefined,
    alternative: alternative.name,
    windowLimit: undefined,
    file: alternative.traceOf === undefined ? undefined : tracedFile(event, alternative.traceOf, index),
    unjudged,
  };
}

/** The file a start names that the trace is of. */
function tracedFile(
  event: EndpointEvent,
  extensions: readonly string[],
  index: HostIndex,
): FileEvent | undefined {
  const naming = index
    .namingsOf(event)
    .find(({ role, path }) => role === 'argument' && extensions.includes(fileExtension(path)));
  return naming === undefined ? undefined : { event, path: naming.path, stream: undefined };
}

/**
 * One anchor per process start, or per file: the same start in two channels, or a file's many events, are one.
 * A product that names volumes by number (`?:` in canonical form) means the same file as one that names it by
 * its drive's letter.
 */
function createAnchorKeys(): (match: Match) => string {
  const paths = new Map<string, string[]>();
  const sameFile = (path: string): string => {
    if (!/^[a-z?]:/.test(path)) return path;
    const rest = path.slice(2);
    const known = paths.get(rest) ?? [];
    const same = known.find((one) => one === path || one.startsWith('?:') || path.startsWith('?:'));
    if (same !== undefined) return same;
    if (known.length === 0) paths.set(rest, known);
    // Drives have one letter, so these are few.
    known.push(path);
    return path;
  };
  return (match) => {
    const { evidence: event, process } = match;
    if (match.file !== undefined) return `file ${sameFile(match.file.path)}`;
    if (event.kind === 'process_start') return `process ${process ?? event.id}`;
    const path = event['file.path'];
    return path === undefined ? `event ${event.id}` : `file ${sameFile(canonicalPath(path).path)}`;
  };
}

/**
 * Many anchors by one process at once (an icon pack unpacked, packages installed) are one happening, not
 * chains; but a file among them that somebody opened afterwards is looked at, or a crowd would hide it.
 */
function withoutBursts(
  anchors: readonly (readonly Match[])[],
  burst: { readonly max: number; readonly within: number },
  index: HostIndex,
): readonly (readonly Match[])[] {
  const byProcess = new Map<EntityId | undefined, Micros[]>();
  for (const [first] of anchors) {
    if (first === undefined) continue;
    const times = byProcess.get(first.process);
    if (times === undefined) byProcess.set(first.process, [first.time]);
    else times.push(first.time);
  }
  for (const times of byProcess.values()) times.sort((a, b) => a - b);
  return anchors.filter(([first]) => {
    if (first === undefined) return false;
    const times = byProcess.get(first.process) ?? [];
    const alone = countWithin(times, first.time - burst.within, first.time + burst.within) <= burst.max;
    return alone || isNamedLater(first, index);
  });
}

function isNamedLater(anchor: Match, index: HostIndex): boolean {
  const path = anchor.evidence['file.path'];
  if (path === undefined) return false;
  const until = micros(anchor.time + SAME_ARRIVAL);
  return !startsNamingPath(canonicalPath(path).path, anchor.time, until, index).next().done;
}

function countWithin(sorted: readonly number[], from: number, to: number): number {
  const at = (limit: number): number => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? 0) < limit) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return at(to + 1) - at(from);
}
