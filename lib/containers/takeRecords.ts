import { AppError } from '../base/appError';
import type { NormalisedRecord, RecordPlace } from '../events/record';
import { readUpload } from './readUpload';
import type { UploadOptions, UploadProgress } from './upload';

/** What a file came to as it was read. */
export type TakenRecords = {
  /** Ids of the formats its members were read as. */
  readonly formats: ReadonlySet<string>;
  readonly records: number;
  /** Records of `records` that were refused. */
  readonly refused: number;
  /** Members that could not be read, or not whole, each with why. */
  readonly problems: readonly string[];
};

/** What is done with what comes out of a file. */
export type TakeRecords = {
  readonly take: (outcome: NormalisedRecord, place: RecordPlace) => void;
  readonly onProgress?: (progress: UploadProgress) => void;
  /** What to do about a member that needs a password, in a few words. */
  readonly passwordHint: string;
};

/**
 * Reads a file on disk to its end as an import does and hands over every record, one by one. Throws AppError bad_input,
 * naming the file as `options.name`, when nothing of it can be used: it is missing, of no known format, empty, or every
 * record of it was refused. Lesser losses are told.
 */
export async function takeRecords(
  path: string,
  options: UploadOptions,
  { take, onProgress, passwordHint }: TakeRecords,
): Promise<TakenRecords> {
  const { name: file } = options;
  const formats = new Set<string>();
  const problems: string[] = [];
  const counts = { records: 0, refused: 0 };
  let refusal: string | undefined;
  for await (const step of readUpload(path, options)) {
    onProgress?.(step.progress);
    if (step.step === 'member') {
      if (step.problem === null) continue;
      const how = step.needsPassword ? ` (${passwordHint})` : '';
      problems.push(`${step.member}: ${step.problem}${how}`);
      continue;
    }
    formats.add(step.format);
    for (const { outcome, place } of step.records) {
      counts.records++;
      take(outcome, place);
      if (outcome.outcome !== 'quarantined') continue;
      counts.refused++;
      refusal ??= `record ${place.index} of ${place.file}: ${outcome.reason}`;
    }
  }
  if (counts.records === 0)
    throw new AppError('bad_input', problems[0] ?? `${file}: no records in it`, { file });
  if (counts.refused === counts.records)
    throw new AppError(
      'bad_input',
      `${file}: none of its ${counts.records} records can be read; ${refusal ?? ''}`,
      { file },
    );
  return { formats, problems, ...counts };
}
