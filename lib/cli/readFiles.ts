import { createHash, hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Digest } from '../base/digest';
import { takeRecords } from '../containers/takeRecords';
import type { UploadOptions, UploadProgress } from '../containers/upload';
import { createIdentifier } from '../events/identify';
import type { NormalisedRecord, PlacedEvent, RecordPlace } from '../events/record';
import { type FileReading, type Recording, startReading, takeDevice, takeEvent } from './recording';

/** SHA-256 for identities, as everywhere. */
export const digest: Digest = (text) => hash('sha256', text, 'hex');

/** What opens an encrypted archive here. */
const PASSWORD_HINT = '--password TEXT';

/** Told of every record; `event` is what became of it, also where that is known already. */
export type OnRecord = (
  outcome: NormalisedRecord,
  place: RecordPlace,
  event: PlacedEvent | undefined,
) => void;

/** Told how far a file has been read. */
export type OnProgress = (file: string, progress: UploadProgress) => void;

/**
 * Reads one file into the recording. Throws AppError bad_input if nothing of it can be used: it is missing,
 * of no known format, empty, or every record of it was refused. Lesser losses are in `problems`.
 */
export async function readFile(
  recording: Recording,
  file: string,
  options: Omit<UploadOptions, 'name'>,
  onProgress: OnProgress,
  onRecord?: OnRecord,
): Promise<FileReading> {
  const reading = startReading(file);
  const identify = createIdentifier(digest);
  const { records } = reading;
  const taken = await takeRecords(
    file,
    { ...options, name: file },
    {
      take: (outcome, place) => {
        records.read++;
        const event = outcome.outcome === 'event' ? identify(outcome.event, place) : undefined;
        onRecord?.(outcome, place, event);
        if (event !== undefined) takeEvent(recording, reading, event);
        else if (outcome.outcome === 'quarantined') records.quarantined++;
        else if (outcome.outcome === 'ignored') {
          records.ignored++;
          if (outcome.device !== undefined) takeDevice(recording, outcome.device.id, outcome.device.name);
        }
      },
      onProgress: (progress) => onProgress(file, progress),
      passwordHint: PASSWORD_HINT,
    },
  );
  for (const format of taken.formats) reading.formats.add(format);
  reading.problems.push(...taken.problems);
  reading.sha256 = await sha256Of(file);
  return reading;
}

/** SHA-256 of a file's bytes, in hex. */
export async function sha256Of(file: string): Promise<string> {
  const sum = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }))
    sum.update(chunk as Buffer);
  return sum.digest('hex');
}
