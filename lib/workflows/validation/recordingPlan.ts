import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Catalogue } from '../../analytics/catalogue';
import { AppError } from '../../base/appError';
import { limitsFromEnvironment } from '../../containers/limits';
import { takeRecords } from '../../containers/takeRecords';
import { kindsNeeded } from '../../correlate/kindsNeeded';
import { listRecordings, loadContent, type StoredRecording } from '../../storage/validation/recordings';
import type { StoredRun } from '../../storage/validation/runs';
import type { DatasetLabel } from '../../validation/labels';
import { type CollectedRecording, createRecordingCollector } from '../../validation/recording';
import { readRecording } from '../../validation/replay';
import { loadMappingFormats } from '../mappingFormats';
import { nodeDigest } from '../nodeDigest';
import { RECORDING_BYTES_MAX, storedLabel } from './recordings';
import { SHIPPED_RECORDINGS } from './shippedRecordings';

/** A labelled recording with its events, for as long as it is replayed. */
export type OpenRecording = {
  readonly sha256: string;
  readonly label: DatasetLabel;
  readonly events: CollectedRecording;
};

/** A recording that a run is to replay. */
export type PlannedRecording = {
  readonly name: string;
  readonly origin: 'shipped' | 'uploaded';
  /** Null while only opening it tells. */
  readonly sha256: string | null;
  /** Reads it as an import would. Throws AppError for one that cannot be used. */
  readonly open: () => Promise<OpenRecording>;
};

const unpack = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip);

/** What a run replays: the shipped recordings, then those uploaded that it is not limited to others than. */
export async function planOf(
  run: Pick<StoredRun, 'shipped' | 'recordingIds'>,
  catalogue: Catalogue,
  spoolDir: string,
): Promise<readonly PlannedRecording[]> {
  const uploaded = await listRecordings(run.recordingIds);
  return [
    ...(run.shipped ? SHIPPED_RECORDINGS : []).map(
      ({ name, make }): PlannedRecording => ({
        name,
        origin: 'shipped',
        sha256: null,
        open: async () => {
          const { bytes, label } = make();
          const sha256 = createHash('sha256').update(bytes).digest('hex');
          return { sha256, label, events: readRecording([bytes], nodeDigest) };
        },
      }),
    ),
    ...uploaded.map(
      (recording): PlannedRecording => ({
        name: recording.name,
        origin: 'uploaded',
        sha256: recording.sha256,
        open: async () => ({
          sha256: recording.sha256,
          label: storedLabel(recording),
          events: await readUploaded(recording, catalogue, spoolDir),
        }),
      }),
    ),
  ];
}

const FOLDER = 'validation-';

/** Removes unpacked copies that a killed worker left; one run at a time is under way. */
export async function sweepCopies(spoolDir: string): Promise<void> {
  const names = await readdir(spoolDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names.filter((one) => one.startsWith(FOLDER)))
    await rm(path.join(spoolDir, name), { recursive: true, force: true });
}

/** Reads an uploaded recording from a copy on disk, through the same containers and formats as an import. */
async function readUploaded(
  { id, name }: StoredRecording,
  catalogue: Catalogue,
  spoolDir: string,
): Promise<CollectedRecording> {
  const packed = await loadContent(id);
  if (packed === undefined) throw new AppError('bad_input', 'It was removed while the validation ran.');
  await mkdir(spoolDir, { recursive: true });
  const folder = await mkdtemp(path.join(spoolDir, FOLDER));
  try {
    const file = path.join(folder, 'upload');
    await writeFile(file, await unpack(packed, { maxOutputLength: RECORDING_BYTES_MAX }));
    const collector = createRecordingCollector(nodeDigest, new Set(kindsNeeded(catalogue)));
    await takeRecords(
      file,
      { name, formats: await loadMappingFormats(), limits: limitsFromEnvironment(process.env) },
      { take: collector.take, passwordHint: 'send it unpacked' },
    );
    return collector.recording();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
