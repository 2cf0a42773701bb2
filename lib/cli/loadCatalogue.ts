import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Catalogue, parseCatalogue } from '../analytics/catalogue';

/**
 * Reads the definitions that ship with Sequela (lib/analytics/catalogue). Throws AppError naming file and
 * place if one of them is not valid.
 */
export async function loadCatalogue(directory = SHIPPED): Promise<Catalogue> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.yaml')).sort();
  const files = await Promise.all(
    names.map(async (name) => ({ name, text: await readFile(path.join(directory, name), 'utf8') })),
  );
  return parseCatalogue(files);
}

const SHIPPED = path.join(import.meta.dirname, '..', 'analytics', 'catalogue');
