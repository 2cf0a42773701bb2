import { AppError } from '../base/appError';
import type { Analytic } from './analytic';
import type { Baseline } from './baseline';
import type { Lists } from './lists';
import { parseAnalytic, parseLists } from './parseAnalytic';
import { DEFAULT_SEVERITY, type SeverityScale } from './severity';

/** All definitions in force, with the lists, the severity scale and the baselines they share. */
export type Catalogue = {
  readonly analytics: readonly Analytic[];
  readonly lists: Lists;
  readonly severity: SeverityScale;
  readonly baselines: readonly Baseline[];
};

export type CatalogueFile = { readonly name: string; readonly text: string };

/** Name of the file of shared lists among the definitions. */
export const LISTS_FILE = 'lists.yaml';

/**
 * Builds the catalogue from its files, in any order; analytics come out sorted by id. Refuses two
 * definitions of one id, and a catalogue without `lists.yaml`.
 */
export function parseCatalogue(files: readonly CatalogueFile[]): Catalogue {
  const listFile = files.find((file) => file.name === LISTS_FILE);
  if (listFile === undefined) throw new AppError('bad_input', `the catalogue has no ${LISTS_FILE}`);
  const lists = parseLists(listFile.text, listFile.name);
  const analytics = files
    .filter((file) => file !== listFile)
    .map((file) => parseAnalytic(file.text, file.name, lists));
  analytics.sort((a, b) => (a.id < b.id ? -1 : 1));
  const twice = analytics.find((analytic, i) => analytics[i - 1]?.id === analytic.id);
  if (twice !== undefined) throw new AppError('bad_input', `two definitions have the id ${twice.id}`);
  return { analytics, lists, severity: DEFAULT_SEVERITY, baselines: [] };
}
