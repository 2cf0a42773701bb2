import type { Micros } from '../../base/time';
import { fileExtension, fileName } from '../../events/paths';
import { toFileEvent } from '../host/fileIndex';
import { type FileEvent, firstAtOrAfter, type HostIndex, type NamingStart } from '../host/hostIndex';
import { type FileStep, LIFE, type StepCut } from './fileStep';

const IMAGES: ReadonlySet<string> = new Set(['iso', 'img', 'vhd', 'vhdx']);

/** Files of one mounted image that are followed. */
const FILES = 32;

type Drive = {
  readonly letter: string;
  /** When the first program was run from it or told of a file on it. */
  readonly since: Micros;
  readonly starts: readonly NamingStart[];
  /** The last image that had come before: the one that was mounted. */
  readonly image: FileEvent | undefined;
};

const NO_DRIVES: ReadonlyMap<string, Drive> = new Map();
const DRIVES = new WeakMap<HostIndex, ReadonlyMap<string, Drive>>();

/**
 * What was run, or named, on a drive that no process start had mentioned before the image came: it was mounted
 * there. No log records the mounting itself, so this is inferred; only the last image before it is meant.
 */
export function* filesOnMountedDrive(file: FileEvent, index: HostIndex): Generator<FileStep | StepCut> {
  if (!IMAGES.has(fileExtension(file.path))) return;
  for (const drive of drivesOf(index).values()) {
    if (drive.image?.path !== file.path) continue;
    const seen = new Set<string>();
    for (const start of drive.starts) {
      if (start.event.time > file.event.time + LIFE) break;
      if (seen.has(start.path)) continue;
      if (seen.size >= FILES) {
        yield {
          cut: `only the first ${FILES} files used on drive ${drive.letter.toUpperCase()} were followed`,
        };
        break;
      }
      seen.add(start.path);
      yield {
        file: { event: start.event, path: start.path, stream: undefined },
        hop: {
          text: `drive ${drive.letter.toUpperCase()} was first used after ${fileName(file.path)} was there: mounted, as ${fileName(start.path)} on it was used`,
          strength: 'inferred',
        },
      };
    }
  }
}

/** The image that a canonical path's drive was mounted from. */
export function imageOfDrive(path: string, index: HostIndex): FileEvent | undefined {
  return drivesOf(index).get(path.slice(0, 2))?.image;
}

function drivesOf(index: HostIndex): ReadonlyMap<string, Drive> {
  const known = DRIVES.get(index);
  if (known !== undefined) return known;
  const images = imagesOf(index);
  if (images.length === 0) {
    // Nothing that could have been mounted: no command line need be read for drives.
    DRIVES.set(index, NO_DRIVES);
    return NO_DRIVES;
  }
  const starts = new Map<string, NamingStart[]>();
  for (const event of index.ofKind('process_start')) {
    for (const naming of index.namingsOf(event)) {
      const letter = /^([a-z]:)\\/.exec(naming.path)?.[1];
      if (letter === undefined || letter === 'c:') continue;
      const list = starts.get(letter);
      if (list === undefined) starts.set(letter, [naming]);
      else list.push(naming);
    }
  }
  const drives = new Map<string, Drive>();
  const written = starts.size === 0 ? new Map<string, Micros>() : firstWrites(index);
  for (const [letter, list] of starts) {
    const since = list[0]?.event.time;
    // A drive that files were written to before is a disk.
    if (since === undefined || (written.get(letter) ?? since) < since) continue;
    drives.set(letter, { letter, since, starts: list, image: lastBefore(images, since, letter) });
  }
  DRIVES.set(index, drives);
  return drives;
}

/** When each drive was first written to. */
function firstWrites(index: HostIndex): ReadonlyMap<string, Micros> {
  const first = new Map<string, Micros>();
  for (const kind of ['file_create', 'file_rename', 'file_delete'] as const) {
    for (const { time, 'file.path': path = '' } of index.ofKind(kind)) {
      if (path.charCodeAt(1) !== 58) continue;
      const letter = path.slice(0, 2).toLowerCase();
      if (time < (first.get(letter) ?? Number.POSITIVE_INFINITY)) first.set(letter, time);
    }
  }
  return first;
}

/** Images that came as files, in time order. */
function imagesOf(index: HostIndex): readonly FileEvent[] {
  const images: FileEvent[] = [];
  for (const kind of ['file_create', 'file_rename', 'file_stream'] as const) {
    for (const event of index.ofKind(kind)) {
      if (!IMAGES.has(fileExtension(event['file.path'] ?? ''))) continue;
      const file = toFileEvent(event);
      if (file !== undefined) images.push(file);
    }
  }
  return images.sort((a, b) => a.event.time - b.event.time || (a.event.id < b.event.id ? -1 : 1));
}

/** The last image within its life before a time, that does not lie on the drive itself. */
function lastBefore(images: readonly FileEvent[], time: Micros, letter: string): FileEvent | undefined {
  for (let i = firstAtOrAfter(images, time, ({ event }) => event.time) - 1; i >= 0; i--) {
    const image = images[i];
    if (image === undefined || time - image.event.time > LIFE) return undefined;
    if (!image.path.startsWith(letter)) return image;
  }
  return undefined;
}
