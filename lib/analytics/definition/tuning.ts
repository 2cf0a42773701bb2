import { AppError } from '../../base/appError';
import type { ParameterValue } from '../analytic';
import type { SeverityScale } from '../severity';
import { kindOfValue, parametersOf, valueOfParameter } from './parameters';

/**
 * What an environment sets of a shipped definition. It is kept apart from the definition and applied to the text
 * as shipped, so that a new version of the product keeps it.
 */
export type Tuning = {
  /** Values by parameter name; those left out are as shipped. Lists are replaced whole. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** Points by reason id; those left out are as shipped. */
  readonly points: Readonly<Record<string, number>>;
  readonly enabled: boolean;
};

/** As shipped. */
export const NO_TUNING: Tuning = { parameters: {}, points: {}, enabled: true };

/** What an environment sets for all definitions. */
export type EnvironmentSettings = {
  /** Whole lists by name, those that differ from what is shipped. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly severity: SeverityScale;
};

/** A setting that cannot be: `path` leads to it within the change, as `parameters.TimeWindow`. */
export type SettingProblem = { readonly path: string; readonly message: string };

const KINDS = {
  duration: 'a length of time: 30s, 10m, 24h or 7d',
  number: 'a number',
  list: 'a list of texts',
  text: 'a text',
} as const;

/** What a tuning names that the definition (its document as YAML gives it) does not have, or has of another kind. */
export function tuningProblems(raw: unknown, tuning: Tuning): readonly SettingProblem[] {
  const parameters = parametersOf(raw);
  const known = [...parameters.keys()].join(', ') || 'none';
  const problems: SettingProblem[] = [];
  for (const [name, value] of Object.entries(tuning.parameters)) {
    const path = `parameters.${name}`;
    const shipped = valueOfParameter(parameters.get(name)) as ParameterValue | undefined;
    if (shipped === undefined) {
      problems.push({ path, message: `there is no parameter ${name} (there are: ${known})` });
      continue;
    }
    const [wanted, given] = [kindOfValue(shipped), kindOfValue(value)];
    if (wanted !== given && !(wanted === 'text' && given === 'duration'))
      problems.push({ path, message: `${name} takes ${KINDS[wanted]}` });
    else if (Array.isArray(value) && value.some((item: string) => item.trim() === ''))
      problems.push({ path, message: `${name} holds an empty text, which would match everything` });
  }
  const reasons = reasonsOf(raw);
  for (const id of Object.keys(tuning.points)) {
    if (!reasons.has(id))
      problems.push({
        path: `points.${id}`,
        message: `there is no reason ${id} (there are: ${[...reasons.keys()].join(', ') || 'none'})`,
      });
  }
  return problems;
}

/** The document with the tuning put in; names it does not have are left out. */
export function applyTuning(raw: unknown, tuning: Tuning): unknown {
  if (typeof raw !== 'object' || raw === null) return raw;
  const parameters = Object.fromEntries(
    [...parametersOf(raw)].map(([name, text]) => {
      const value = own(tuning.parameters, name);
      if (value === undefined) return [name, text];
      return [
        name,
        typeof text === 'object' && text !== null && 'value' in text ? { ...text, value } : value,
      ];
    }),
  );
  const { score } = raw as { score?: unknown };
  return {
    ...raw,
    ...('parameters' in raw ? { parameters } : {}),
    ...(Array.isArray(score) ? { score: score.map((group) => withPoints(group, tuning)) } : {}),
  };
}

/** The points each reason of a document has, by its id. */
export function reasonsOf(raw: unknown): ReadonlyMap<string, number> {
  const { score } = (raw ?? {}) as { score?: unknown };
  const groups = Array.isArray(score) ? (score as unknown[]) : [];
  const reasons = groups.flatMap((group) => {
    const list = (group as { reasons?: unknown } | null)?.reasons;
    return Array.isArray(list) ? (list as unknown[]) : [];
  });
  return new Map(
    reasons.flatMap((reason) => {
      const { id, points } = (reason ?? {}) as { id?: unknown; points?: unknown };
      return typeof id === 'string' && typeof points === 'number' ? [[id, points] as const] : [];
    }),
  );
}

/** What is wrong with settings for all definitions; `shipped` are the lists there are. */
export function environmentProblems(
  settings: EnvironmentSettings,
  shipped: ReadonlyMap<string, unknown>,
): readonly SettingProblem[] {
  const problems: SettingProblem[] = [];
  const { critical, high, medium, low } = settings.severity;
  if (!(critical > high && high > medium && medium > low))
    problems.push({
      path: 'severity',
      message: 'each severity begins at a higher score than the one below it',
    });
  for (const [name, values] of Object.entries(settings.lists)) {
    const path = `lists.${name}`;
    if (!shipped.has(name))
      problems.push({
        path,
        message: `there is no list ${name} (there are: ${[...shipped.keys()].sort().join(', ')})`,
      });
    else if (values.some((value) => value.trim() === ''))
      problems.push({ path, message: `${name} holds an empty text, which would match everything` });
  }
  return problems;
}

/** Throws `bad_request` with every problem, when there is one. */
export function refuseProblems(problems: readonly SettingProblem[]): void {
  const [first] = problems;
  if (first !== undefined)
    throw new AppError('bad_request', `This cannot be set: ${first.message}.`, { errors: problems });
}

function withPoints(group: unknown, tuning: Tuning): unknown {
  const reasons = (group as { reasons?: unknown } | null)?.reasons;
  if (!Array.isArray(reasons)) return group;
  return {
    ...(group as object),
    reasons: reasons.map((reason: unknown) => {
      const id = (reason as { id?: unknown } | null)?.id;
      const points = typeof id === 'string' ? own(tuning.points, id) : undefined;
      return points === undefined ? reason : { ...(reason as object), points };
    }),
  };
}

/** A value by a name that people gave: never one of the object's own workings. */
function own<Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
