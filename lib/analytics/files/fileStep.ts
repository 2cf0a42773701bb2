import { MICROS_PER_DAY, MICROS_PER_SECOND } from '../../base/time';
import type { Hop } from '../chain';
import { type FileEvent, firstAtOrAfter } from '../host/hostIndex';
import type { Strength } from '../strength';

/** One step from a file to one that came of it. */
export type FileStep = { readonly file: FileEvent; readonly hop: Hop };

/** What a bound left unlooked at, in a sentence. */
export type StepCut = { readonly cut: string };

/** How long after it came a file may be opened, unpacked or copied (people open yesterday's download). */
export const LIFE = MICROS_PER_DAY;
/** Disorder tolerated between what two processes did. */
export const TOLERANCE = 10 * MICROS_PER_SECOND;

/** Steps to those of `files` (in time order) that came of `from` within its life, and are another file. */
export function* stepsTo(
  files: readonly FileEvent[],
  from: FileEvent,
  text: (file: FileEvent) => string,
  strength: Strength,
  since: number = from.event.time - TOLERANCE,
  until: number = from.event.time + LIFE,
): Generator<FileStep> {
  for (const file of filesBetween(files, since, until))
    if (file.path !== from.path) yield { file, hop: { text: text(file), strength } };
}

/** Those of `files` (in time order) whose events lie between two times, both included. */
export function* filesBetween(
  files: readonly FileEvent[],
  since: number,
  until: number,
): Generator<FileEvent> {
  for (let i = firstFileAt(files, since); i < files.length; i++) {
    const file = files[i];
    if (file === undefined || file.event.time > until) return;
    yield file;
  }
}

function firstFileAt(files: readonly FileEvent[], time: number): number {
  return firstAtOrAfter(files, time, ({ event }) => event.time);
}
