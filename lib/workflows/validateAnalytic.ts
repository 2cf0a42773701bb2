import type { z } from 'zod';
import { diagnose } from '../analytics/definition/parseAnalytic';
import type { validateAnswer } from '../contracts/analytics';
import { readCatalogue } from './readCatalogue';

/** Everything that is wrong with a definition, each at its place; nothing is kept. */
export async function validateAnalytic(yaml: string): Promise<z.infer<typeof validateAnswer>> {
  const { id, problems } = diagnose(yaml, (await readCatalogue()).catalogue.lists);
  return { ok: problems.length === 0, id: id ?? null, problems: [...problems] };
}
