import { createHash, hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { AppError } from '../base/appError';
import type { Digest } from '../base/digest';
import { readUpload } from '../containers/readUpload';
import type { UploadOptions, UploadProgress } from '../containers/upload';
import { createIdentifier } from '../events/identify';
import { type FileReading, type Recording, startReading, takeDevice, takeEvent } from './recording';

/** SHA-256 for identities, as everywhere. */
export const digest: Digest = (text) => hash('sha256', text, 'hex');

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
): Promise<FileReading> {
  const reading = startReading(file);
  const identify = createIdentifier(digest);
  const { records } = reading;
  let refusal: string | undefined;
  for await (const step of readUpload(file, { ...options, name: file })) {
    onProgress(file, step.progress);
    if (step.step === 'member') {
      if (step.problem !== null) {
        const how = step.needsPassword ? ' (--password TEXT)' : '';
        reading.problems.push(`${step.member}: ${step.problem}${how}`);
      }
      continue;
    }
    reading.formats.add(step.format);
    for (const { outcome, place } of step.records) {
      records.read++;
      if (outcome.outcome === 'event') takeEvent(recording, reading, identify(outcome.event, place));
      else if (outcome.outcome === 'ignored') {
        records.ignored++;
        if (outcome.device !== undefined) takeDevice(recording, outcome.device.id, outcome.device.name);
      } else {
        records.quarantined++;
        refusal ??= `record ${place.index} of ${place.file}: ${outcome.reason}`;
      }
    }
  }
  if (records.read === 0)
    throw new AppError('bad_input', reading.problems[0] ?? `${file}: no records in it`, { file });
  if (records.quarantined === records.read) {
    throw new AppError(
      'bad_input',
      `${file}: none of its ${records.read} records can be read; ${refusal ?? ''}`,
      { file },
    );
  }
  reading.sha256 = await sha256Of(file);
  return reading;
}

async function sha256Of(file: string): Promise<string> {
  const sum = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }))
    sum.update(chunk as Buffer);
  return sum.digest('hex');
}
