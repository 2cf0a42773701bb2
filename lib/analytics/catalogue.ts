import { AppError } from '../base/appError';
import type { Micros } from '../base/time';
import type { Analytic } from './analytic';
import type { Baseline } from './baseline';
import type { AnalyticText } from './definition/analyticSchema';
import {
  parseAnalytic,
  parseBaseline,
  parseLists,
  rawDefinition,
  readAnalyticText,
} from './definition/parseAnalytic';
import {
  type EnvironmentSettings,
  environmentProblems,
  NO_TUNING,
  type Tuning,
  tuningProblems,
} from './definition/tuning';
import type { Lists } from './lists';
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
  const { lists, definitions } = split(files);
  const analytics = definitions.map((file) => parseAnalytic(file.text, file.name, lists));
  analytics.sort(byId);
  const twice = analytics.find((analytic, i) => analytics[i - 1]?.id === analytic.id);
  if (twice !== undefined) throw new AppError('bad_input', `two definitions have the id ${twice.id}`);
  return { analytics, lists, severity: DEFAULT_SEVERITY, baselines: [] };
}

/** A version of a setting: 1 and up. */
type Revised = { readonly revision: number };

/** A definition that people wrote. */
export type OwnDefinition = Revised & {
  readonly id: string;
  readonly yaml: string;
  readonly enabled: boolean;
};

/** A baseline with its condition as written. */
export type BaselineText = {
  readonly id: number;
  readonly analytic: string;
  readonly title: string;
  readonly when: string;
  readonly points: number | undefined;
  readonly until: Micros;
};

/** Everything a catalogue is made from. */
export type CatalogueSources = {
  /** As shipped, in any order. */
  readonly files: readonly CatalogueFile[];
  /** By the analytic's id. */
  readonly tunings: ReadonlyMap<string, Tuning & Revised>;
  readonly definitions: readonly OwnDefinition[];
  readonly environment?: EnvironmentSettings & Revised;
  readonly baselines: readonly BaselineText[];
};

/** One definition with what people set of it. */
export type DefinitionInForce = {
  readonly id: string;
  readonly origin: 'shipped' | 'tuned' | 'own';
  readonly revision: number;
  readonly enabled: boolean;
  /** As written, without tuning. */
  readonly yaml: string;
  /** Undefined when it cannot be read; `problems` says why. */
  readonly analytic: Analytic | undefined;
  readonly text: AnalyticText | undefined;
  /** What people set and this version of the product cannot do: it is left out, and said. */
  readonly problems: readonly string[];
};

export type BuiltCatalogue = {
  readonly catalogue: Catalogue;
  /** Shipped and own, enabled or not, by id. */
  readonly definitions: readonly DefinitionInForce[];
  readonly shippedLists: Lists;
};

/**
 * The catalogue of an environment: the shipped files with its tuning, its own definitions, its lists and
 * severities, its baselines. Findings carry the shipped version with the revisions that made it (`1.0+3`,
 * `1.0+3.env2`). Disabled definitions are not among the catalogue's analytics. What no longer fits the shipped
 * files is left out and named in `problems`: settings outlive product updates, and must never stop detection.
 */
export function buildCatalogue(sources: CatalogueSources): BuiltCatalogue {
  const { lists: shippedLists, definitions: files } = split(sources.files);
  const lists = withLists(shippedLists, sources.environment);
  const owned = new Set(sources.definitions.map(({ id }) => id));
  const definitions = [
    ...files.map((file) => tuned(file, lists, sources)).filter(({ id }) => !owned.has(id)),
    ...sources.definitions.map((own) => ownDefinition(own, lists, sources)),
  ].sort(byId);
  const analytics = definitions.flatMap(({ analytic, enabled }) =>
    analytic !== undefined && enabled ? [analytic] : [],
  );
  const baselines = compileBaselines(sources.baselines, definitions, lists);
  const severity = sources.environment?.severity ?? DEFAULT_SEVERITY;
  return {
    catalogue: { analytics, lists, severity, baselines: baselines.compiled },
    definitions: definitions.map((definition) => ({
      ...definition,
      problems: [...definition.problems, ...(baselines.problems.get(definition.id) ?? [])],
    })),
    shippedLists,
  };
}

function split(files: readonly CatalogueFile[]): {
  readonly lists: Lists;
  readonly definitions: readonly CatalogueFile[];
} {
  const listFile = files.find((file) => file.name === LISTS_FILE);
  if (listFile === undefined) throw new AppError('bad_input', `the catalogue has no ${LISTS_FILE}`);
  return {
    lists: parseLists(listFile.text, listFile.name),
    definitions: files.filter((file) => file !== listFile),
  };
}

function withLists(shipped: Lists, environment: CatalogueSources['environment']): Lists {
  if (environment === undefined) return shipped;
  const refused = new Set(environmentProblems(environment, shipped).map(({ path }) => path));
  const lists = new Map(shipped);
  for (const [name, values] of Object.entries(environment.lists)) {
    if (!refused.has(`lists.${name}`))
      lists.set(
        name,
        values.map((value) => value.toLowerCase()),
      );
  }
  return lists;
}

function tuned(file: CatalogueFile, lists: Lists, sources: CatalogueSources): DefinitionInForce {
  const shipped = readAnalyticText(file.text, file.name, lists);
  const { id } = shipped.analytic;
  const tuning = sources.tunings.get(id);
  const common = { id, yaml: file.text, revision: tuning?.revision ?? 0 };
  if (tuning === undefined)
    return {
      ...common,
      ...shipped,
      analytic: labelled(shipped.analytic, 0, sources),
      origin: 'shipped',
      enabled: true,
      problems: [],
    };
  const problems = tuningProblems(rawDefinition(file.text, file.name), tuning);
  let read = shipped;
  const told = problems.map(({ message }) => `A setting was left out: ${message}.`);
  try {
    read = readAnalyticText(file.text, file.name, lists, without(tuning, problems));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    told.push(`The tuning was left out: ${error.message}.`);
  }
  return {
    ...common,
    ...read,
    analytic: labelled(read.analytic, tuning.revision, sources),
    origin: isUntouched(tuning) ? 'shipped' : 'tuned',
    enabled: tuning.enabled,
    problems: told,
  };
}

function ownDefinition(own: OwnDefinition, lists: Lists, sources: CatalogueSources): DefinitionInForce {
  const common = { ...own, origin: 'own' as const };
  try {
    const read = readAnalyticText(own.yaml, own.id, lists);
    return { ...common, ...read, analytic: labelled(read.analytic, own.revision, sources), problems: [] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const problems = [`This definition is not in force: ${error.message}.`];
    return { ...common, analytic: undefined, text: undefined, problems };
  }
}

function without(tuning: Tuning, problems: readonly { readonly path: string }[]): Tuning {
  const refused = new Set(problems.map(({ path }) => path));
  const kept = <Value>(part: string, values: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !refused.has(`${part}.${name}`)));
  return {
    ...tuning,
    parameters: kept('parameters', tuning.parameters),
    points: kept('points', tuning.points),
  };
}

function isUntouched(tuning: Tuning): boolean {
  return (
    JSON.stringify({ ...NO_TUNING, ...tuning, revision: undefined }) ===
    JSON.stringify({ ...NO_TUNING, revision: undefined })
  );
}

function labelled(analytic: Analytic, revision: number, { environment }: CatalogueSources): Analytic {
  const parts = [
    ...(revision > 0 ? [String(revision)] : []),
    ...(environment === undefined ? [] : [`env${environment.revision}`]),
  ];
  return parts.length === 0 ? analytic : { ...analytic, version: `${analytic.version}+${parts.join('.')}` };
}

function compileBaselines(
  texts: readonly BaselineText[],
  definitions: readonly DefinitionInForce[],
  lists: Lists,
): { readonly compiled: readonly Baseline[]; readonly problems: ReadonlyMap<string, readonly string[]> } {
  const byAnalytic = new Map(definitions.map((definition) => [definition.id, definition.analytic]));
  const compiled: Baseline[] = [];
  const problems = new Map<string, string[]>();
  for (const { id, analytic: of, title, when, points, until } of texts) {
    const analytic = byAnalytic.get(of);
    if (analytic === undefined) continue;
    try {
      const condition = parseBaseline(when, analytic, lists);
      compiled.push({ id, analytic: of, title, when: condition, points, until });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const told = `The baseline \u201c${title}\u201d is not in force: ${error.message}`;
      problems.set(of, [...(problems.get(of) ?? []), told]);
    }
  }
  return { compiled, problems };
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}
