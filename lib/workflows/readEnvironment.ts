import { LISTS_FILE } from '../analytics/catalogue';
import { listComments } from '../analytics/definition/listComments';
import { vocabularyOf } from '../analytics/definition/vocabulary';
import { DEFAULT_SEVERITY } from '../analytics/severity';
import type { EnvironmentView, VocabularyView } from '../contracts/analytics';
import { readCatalogue } from './readCatalogue';

/** The lists and severities that all analytics share, as in force and as shipped. */
export async function readEnvironment(): Promise<EnvironmentView> {
  const { catalogue, definitions, shippedLists, sources } = await readCatalogue();
  const about = listComments(sources.files.find(({ name }) => name === LISTS_FILE)?.text ?? '');
  return {
    revision: sources.environment?.revision ?? 0,
    severity: { ...catalogue.severity },
    shippedSeverity: { ...DEFAULT_SEVERITY },
    lists: [...catalogue.lists].map(([name, values]) => ({
      name,
      about: about.get(name) ?? '',
      values: [...values],
      shipped: [...(shippedLists.get(name) ?? [])],
      usedBy: definitions.filter(({ yaml }) => yaml.includes(`%${name}%`)).map(({ id }) => id),
    })),
  };
}

/** What the editor of definitions completes with. */
export async function readVocabulary(): Promise<VocabularyView> {
  const { fields, modifiers, relations, kinds, lists, keys } = vocabularyOf(
    (await readCatalogue()).catalogue.lists,
  );
  return {
    fields: [...fields],
    modifiers: [...modifiers],
    relations: [...relations],
    kinds: [...kinds],
    lists: [...lists],
    keys: Object.fromEntries(Object.entries(keys).map(([place, words]) => [place, [...words]])),
  };
}
