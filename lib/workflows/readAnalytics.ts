import { AppError } from '../base/appError';
import type { AnalyticView } from '../contracts/analytics';
import { readCatalogue } from './readCatalogue';

/** The analytics in force, by id, each with its definition as written. */
export async function readAnalytics(): Promise<{ items: AnalyticView[] }> {
  const { catalogue, files } = await readCatalogue();
  return {
    items: catalogue.analytics.map((analytic) => ({
      id: analytic.id,
      title: analytic.title,
      version: analytic.version,
      description: analytic.description,
      techniques: [...analytic.techniques],
      stages: [...analytic.stages]
        .sort((a, b) => a.position - b.position)
        .map((stage) => ({
          id: stage.id,
          title: stage.title,
          required: stage.required,
          group: stage.group ?? null,
        })),
      runbook: [...analytic.runbook],
      knownGaps: [...analytic.knownGaps],
      yaml: files.find((file) => new RegExp(`^id:\\s*${analytic.id}\\s*$`, 'm').test(file.text))?.text ?? '',
    })),
  };
}

/** One analytic by id. Throws `not_found`. */
export async function readAnalytic(id: string): Promise<AnalyticView> {
  const found = (await readAnalytics()).items.find((analytic) => analytic.id === id);
  if (found === undefined) throw new AppError('not_found', `There is no analytic ${id}.`);
  return found;
}
