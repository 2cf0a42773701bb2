import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Catalogue } from '../analytics/catalogue';
import { AppError } from '../base/appError';
import { takeRecords } from '../containers/takeRecords';
import { kindsNeeded } from '../correlate/kindsNeeded';
import { compareRecording, type RecordingResult } from '../validation/compare';
import { benignLabel, type DatasetLabel, labelFile } from '../validation/labels';
import { createRecordingCollector } from '../validation/recording';
import { replay } from '../validation/replay';
import { digest, sha256Of } from './readFiles';

/** A labelled recording that could not be replayed, and why. */
export type Unusable = {
  readonly file: string;
  readonly why: string;
  /** Whether something was to be found in it; a file in which nothing may be found is kept quiet by not being read. */
  readonly missed: boolean;
};

export type FolderResult = {
  readonly recordings: readonly RecordingResult[];
  readonly unusable: readonly Unusable[];
};

/**
 * Replays every recording that a folder's LABELS.json speaks of, through the same code as `analyze`, and compares.
 * Throws AppError bad_input when the folder has no LABELS.json, or one that is not of the shape.
 */
export async function validateFolder(
  folder: string,
  catalogue: Catalogue,
  onFile: (file: string) => void,
): Promise<FolderResult> {
  const recordings: RecordingResult[] = [];
  const unusable: Unusable[] = [];
  for (const label of await labelsIn(folder, catalogue)) {
    onFile(label.file);
    const file = path.join(folder, label.file);
    if (!existsSync(file)) {
      unusable.push({ file: label.file, why: 'the file is not in the folder', missed: true });
      continue;
    }
    try {
      recordings.push(await validateFile(file, label, catalogue));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const missed = label.expect.some(({ verdict }) => verdict !== 'none');
      unusable.push({ file: label.file, why: error.message.replace(`${file}: `, ''), missed });
    }
  }
  return { recordings, unusable };
}

async function validateFile(
  file: string,
  label: DatasetLabel,
  catalogue: Catalogue,
): Promise<RecordingResult> {
  const collector = createRecordingCollector(digest, new Set(kindsNeeded(catalogue)));
  await takeRecords(
    file,
    { name: file, format: 'auto' },
    {
      take: collector.take,
      passwordHint: 'unpack it first',
    },
  );
  return compareRecording(label, replay(collector.recording(), catalogue, digest), await sha256Of(file));
}

/** The labels of a folder: labelled files, then those of which it is only known that no analytic is complete. */
async function labelsIn(folder: string, catalogue: Catalogue): Promise<readonly DatasetLabel[]> {
  const file = path.join(folder, 'LABELS.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new AppError('bad_input', `${file} cannot be read (${error.code})`, { file });
  });
  const parsed = labelFile.safeParse(parseJson(file, text));
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    throw new AppError('bad_input', `${file}: ${first?.path.join('.')}: ${first?.message}`, { file });
  }
  const { datasets, unlabelled_groups: groups } = parsed.data;
  const known = new Set(datasets.map((one) => one.file));
  const analytics = catalogue.analytics.map(({ id }) => id);
  const further: string[] = [];
  for (const { files } of Object.values(groups)) {
    for (const name of files) {
      if (name !== '...') further.push(name);
      else further.push(...(await othersIn(folder, files[0] ?? '')));
    }
  }
  const benign = [...new Set(further)].filter((name) => !known.has(name)).sort();
  return [...datasets, ...benign.map((name) => benignLabel(name, analytics))];
}

/** All files of the folder in which `first` lies. */
async function othersIn(folder: string, first: string): Promise<readonly string[]> {
  const inside = path.posix.dirname(first);
  const names = await readdir(path.join(folder, inside), { withFileTypes: true });
  return names.filter((one) => one.isFile()).map((one) => path.posix.join(inside, one.name));
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('bad_input', `${file} is not JSON`, { file });
  }
}
