import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Catalogue, type CatalogueFile, parseCatalogue } from '../analytics/catalogue';

/** The definitions shipped with this version, by file, and what they say. */
export type InForce = { readonly catalogue: Catalogue; readonly files: readonly CatalogueFile[] };

let inForce: Promise<InForce> | undefined;

/**
 * The definitions in force: read once per process from the product's own folder, which the launcher makes
 * the working directory. Throws what parseCatalogue throws, naming file and line.
 */
export function readCatalogue(): Promise<InForce> {
  inForce ??= read(path.join(process.cwd(), 'lib/analytics/catalogue'));
  return inForce;
}

async function read(folder: string): Promise<InForce> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  const files = await Promise.all(
    names.map(async (name) => ({ name, text: await readFile(path.join(folder, name), 'utf8') })),
  );
  return { catalogue: parseCatalogue(files), files };
}
