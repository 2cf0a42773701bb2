import { createHash } from 'node:crypto';
import { LISTS_FILE } from '../../analytics/catalogue';
import { canonicalJson } from '../../base/canonicalJson';
import type { ValidationReport } from '../../contracts/validation';
import { listMappings } from '../../storage/mappings';
import { productVersion } from '../evidence/productVersion';
import type { InForce } from '../readCatalogue';

/**
 * What a validation was made with: the product's version, a digest of everything that decides (definitions, lists,
 * tuning, settings, and the mappings by which uploads are read; no baselines, which are left out of it), and the SHA-256 of each definition in force. That of a
 * definition nobody tuned is its file's; that of another is of the text and what people set of it.
 */
export async function validatedBy(
  inForce: InForce,
): Promise<Pick<ValidationReport, 'engine' | 'definitions'>> {
  const { sources, catalogue, definitions } = inForce;
  const { files, tunings, definitions: own, environment } = sources;
  const everything = {
    files: [...files].sort((a, b) => (a.name < b.name ? -1 : 1)),
    tunings: Object.fromEntries(tunings),
    definitions: own,
    environment,
    mappings: (await listMappings()).map(({ id, body }) => ({ id, body })),
  };
  const lists = files.find(({ name }) => name === LISTS_FILE)?.text ?? '';
  const environmentLists = environment?.lists;
  return {
    engine: { version: (await productVersion()).version, catalogue: sha256(canonicalJson(everything)) },
    definitions: [
      ...catalogue.analytics.map(({ id, version }) => {
        const yaml = definitions.find((one) => one.id === id)?.yaml ?? '';
        return { analytic: id, version, sha256: sha256(withSettings(yaml, tunings.get(id))) };
      }),
      { analytic: 'lists', version: '', sha256: sha256(withSettings(lists, environmentLists)) },
    ],
  };
}

/** A text with what people set of it; the text alone where nobody set anything. */
function withSettings(text: string, settings: unknown): string {
  return settings === undefined ? text : `${text}\n${canonicalJson(settings)}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
