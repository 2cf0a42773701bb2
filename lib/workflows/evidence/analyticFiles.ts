import { LISTS_FILE } from '../../analytics/catalogue';
import { PACK } from '../../evidence/packNames';
import { packedSettings } from '../../evidence/packSettings';
import { MAPPING_PREFIX } from '../../formats/mapping/mappedFormat';
import { loadBaselinesOf } from '../../storage/evidenceHistory';
import { listMappings } from '../../storage/mappings';
import type { InForce } from '../readCatalogue';
import type { ChosenRecord } from './chooseRecords';
import { jsonFile } from './json';
import type { FileToPack } from './zipStream';

/** The definitions of some analytics as shipped, what people set of them, and what is held for normal. */
export async function* analyticFiles(
  { sources, definitions }: InForce,
  analytics: ReadonlySet<string>,
): AsyncGenerator<FileToPack, void, undefined> {
  const shipped = new Map(sources.files.map(({ name, text }) => [text, name]));
  for (const { id, yaml, origin } of definitions) {
    if (!analytics.has(id) || origin === 'own') continue;
    yield {
      name: `${PACK.analytics}${shipped.get(yaml) ?? `${id.replace(/[^\w.-]/g, '_')}.yaml`}`,
      content: yaml,
    };
  }
  const lists = sources.files.find(({ name }) => name === LISTS_FILE);
  if (lists !== undefined) yield { name: `${PACK.analytics}${LISTS_FILE}`, content: lists.text };
  yield { name: PACK.settings, content: jsonFile(packedSettings(sources, analytics)) };
  yield { name: PACK.baselines, content: jsonFile(await loadBaselinesOf([...analytics])) };
}

/** The mappings by which some of the records were read. */
export async function* mappingFiles(
  records: readonly ChosenRecord[],
): AsyncGenerator<FileToPack, void, undefined> {
  const used = new Set(records.map(({ place }) => place.format));
  for (const { id, body } of await listMappings())
    if (used.has(`${MAPPING_PREFIX}${id}`))
      yield { name: `${PACK.mappings}${id.replace(/[^\w.-]/g, '_')}.json`, content: jsonFile(body) };
}
