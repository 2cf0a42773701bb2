import { readFile } from 'node:fs/promises';
import { AppError } from '../base/appError';
import type { ExportFormat } from '../formats/exportFormat';
import { mappedFormats } from '../formats/mapping/mappedFormat';
import type { Mapping } from '../formats/mapping/mapping';
import { parseMapping } from '../formats/mapping/parseMapping';

/** Reads exported mappings as formats. Throws AppError bad_input for a file that is none, naming the first mistake. */
export async function loadMappings(files: readonly string[]): Promise<readonly ExportFormat[]> {
  return mappedFormats(await Promise.all(files.map(loadMapping)));
}

async function loadMapping(file: string): Promise<Mapping> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new AppError('bad_input', `${file} cannot be read (${error.code})`, { file });
  });
  const { mapping, mistakes } = parseMapping(fromJson(file, text), true);
  if (mapping !== undefined) return mapping;
  const first = mistakes[0];
  throw new AppError(
    'bad_input',
    `${file} is no mapping: ${[first?.path, first?.message].filter(Boolean).join(': ')}`,
    {
      file,
    },
  );
}

function fromJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('bad_input', `${file} is no mapping: it is not JSON`, { file });
  }
}
