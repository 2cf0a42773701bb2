import type { CatalogueFile, CatalogueSources } from '../analytics/catalogue';
import type { EnvironmentSettings, Tuning } from '../analytics/definition/tuning';
import { AppError } from '../base/appError';
import { micros } from '../base/time';
import { analyticChange } from '../contracts/analytics';
import type { PackSettings } from '../contracts/evidence';

/** What people set of some analytics, as a pack holds it beside the definitions. */
export function packedSettings(sources: CatalogueSources, analytics: ReadonlySet<string>): PackSettings {
  const { tunings, definitions, environment, baselines } = sources;
  return {
    tunings: [...tunings].flatMap(([id, { parameters, points, enabled, revision }]) =>
      analytics.has(id)
        ? [[id, { parameters: { ...parameters }, points: { ...points }, enabled, revision }]]
        : [],
    ),
    definitions: definitions.filter(({ id }) => analytics.has(id)).map((definition) => ({ ...definition })),
    environment: environment === undefined ? null : { ...environment },
    baselines: baselines.flatMap(({ points, ...baseline }) =>
      analytics.has(baseline.analytic) ? [{ ...baseline, points: points ?? null }] : [],
    ),
  };
}

/** What a catalogue is made from, out of a pack. Throws `bad_input` for settings that nobody can have saved. */
export function unpackedSettings(settings: PackSettings, files: readonly CatalogueFile[]): CatalogueSources {
  const { tunings, definitions, environment, baselines } = settings;
  return {
    files,
    tunings: new Map(
      tunings.map(([id, { revision, ...body }]) => [
        id,
        { ...(changeOf({ ...body, kind: 'tuning' }) as Tuning), revision },
      ]),
    ),
    definitions,
    ...(environment === null ? {} : { environment: environmentOf(environment) }),
    baselines: baselines.map(({ points, until, ...baseline }) => ({
      ...baseline,
      points: points ?? undefined,
      until: micros(until),
    })),
  };
}

function environmentOf({ revision, lists, severity }: Record<string, unknown>): EnvironmentSettings & {
  readonly revision: number;
} {
  const change = changeOf({ kind: 'environment', lists, severity }) as EnvironmentSettings;
  return { lists: change.lists, severity: change.severity, revision: Number(revision) };
}

function changeOf(change: unknown): unknown {
  const parsed = analyticChange.safeParse(change);
  if (parsed.success) return parsed.data;
  throw new AppError(
    'bad_input',
    `analytics/settings.json: ${parsed.error.issues[0]?.message ?? 'unreadable'}`,
  );
}
