import { sampleMachines } from './machine';
import { samplePlan } from './plan';
import { joinTruth, type Truth } from './truth';
import { type Workday, workday } from './workday';

/** One file of a recording; lines have no line ends. */
export type RecordingFile = { readonly name: string; readonly lines: Iterable<string> };

const SEED = 'sequela';
const DATE = '2026-03-02';
/** Makes the three days some seventeen thousand records: a real day's look, imported in seconds. */
const ACTIVITY = 1.75;

/**
 * Our own recording: the Monday of three Windows hosts, some seventeen thousand records, in which one campaign
 * reaches three people in three ways and plenty looks alike. No public recording of an SVG chain exists,
 * so this one is made up: example domains, documentation addresses, invented names. One file per host.
 */
export function sampleRecording(): readonly RecordingFile[] {
  return sampleDays().map((day) => ({
    name: `${day.host.slice(0, day.host.indexOf('.'))}_${day.date}.json`,
    lines: day.lines,
  }));
}

/** The whole recording as one file of JSON lines, UTF-8. */
export function sampleBytes(): Uint8Array {
  const lines = sampleRecording().flatMap((file) => [...file.lines]);
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}

/** What the recording holds by construction: what must be found, what must not, and what cannot be seen. */
export function sampleTruth(): Truth {
  return joinTruth(sampleDays().map((day) => day.truth));
}

function sampleDays(): readonly Workday[] {
  return sampleMachines().map((machine) =>
    workday({
      seed: SEED,
      machine,
      date: DATE,
      scenes: samplePlan(machine),
      activity: ACTIVITY,
      broken: 1,
      duplicates: 3,
    }),
  );
}
