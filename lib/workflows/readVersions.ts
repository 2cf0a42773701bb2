import type { ParameterValue } from '../analytics/analytic';
import { parametersOf, valueOfParameter } from '../analytics/definition/parameters';
import { rawDefinition } from '../analytics/definition/parseAnalytic';
import { reasonsOf } from '../analytics/definition/tuning';
import { DEFAULT_SEVERITY } from '../analytics/severity';
import { AppError } from '../base/appError';
import type { AnalyticChange, SettingVersionView } from '../contracts/analytics';

import { listSettingVersions } from '../storage/settings';
import { ENVIRONMENT } from './proposeChange';
import { type InForce, readCatalogue } from './readCatalogue';
import { changeOf } from './settingBodies';

/** Values a change is told against where the version before says nothing. */
type AsShipped = {
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly points: ReadonlyMap<string, number>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
};

/** All saved versions of an analytic, or of `environment`, newest first, each with what differs from the one before. Throws `not_found`. */
export async function readVersions(subject: string): Promise<{ items: SettingVersionView[] }> {
  const inForce = await readCatalogue();
  const definition = inForce.definitions.find(({ id }) => id === subject);
  if (definition === undefined && subject !== ENVIRONMENT)
    throw new AppError('not_found', `There is no analytic ${subject.slice(0, 60)}.`);
  const shipped = asShipped(definition, inForce);
  const versions = await listSettingVersions(subject);
  const changes = versions.map(({ kind, body }) => changeOf(kind, body));
  return {
    items: versions.map(({ version, kind, note, savedAt, savedBy, effect }, i) => {
      const change = changes[i] as AnalyticChange;
      return {
        version,
        kind,
        note,
        savedAt: savedAt.toISOString(),
        savedBy,
        effect,
        change,
        differences: differences(changes[i + 1], change, shipped),
      };
    }),
  };
}

function asShipped(definition: InForce['definitions'][number] | undefined, inForce: InForce): AsShipped {
  const raw =
    definition === undefined || definition.origin === 'own'
      ? {}
      : rawDefinition(definition.yaml, definition.id);
  return { parameters: parametersOf(raw), points: reasonsOf(raw), lists: inForce.shippedLists };
}

function differences(
  before: AnalyticChange | undefined,
  after: AnalyticChange,
  shipped: AsShipped,
): string[] {
  switch (after.kind) {
    case 'tuning':
      return tuningDifferences(before?.kind === 'tuning' ? before : undefined, after, shipped);
    case 'definition':
      return definitionDifferences(before?.kind === 'definition' ? before : undefined, after);
    case 'environment':
      return environmentDifferences(before?.kind === 'environment' ? before : undefined, after, shipped);
    default:
      return [];
  }
}

type Of<Kind> = AnalyticChange & { kind: Kind };

function tuningDifferences(
  before: Of<'tuning'> | undefined,
  after: Of<'tuning'>,
  shipped: AsShipped,
): string[] {
  const parameter = (change: Of<'tuning'> | undefined, name: string): ParameterValue | undefined =>
    change?.parameters[name] ??
    (valueOfParameter(shipped.parameters.get(name)) as ParameterValue | undefined);
  const points = (change: Of<'tuning'> | undefined, id: string): number | undefined =>
    change?.points[id] ?? shipped.points.get(id);
  return [
    ...keysOf(before?.parameters, after.parameters).flatMap((name) =>
      valueDifference(name, parameter(before, name), parameter(after, name)),
    ),
    ...keysOf(before?.points, after.points).flatMap((id) =>
      valueDifference(`Points of ${id}`, points(before, id), points(after, id)),
    ),
    ...switched(before?.enabled ?? true, after.enabled),
  ];
}

function definitionDifferences(before: Of<'definition'> | undefined, after: Of<'definition'>): string[] {
  const told = switched(before?.enabled ?? true, after.enabled);
  if (before === undefined) return ['The definition is new.', ...told];
  const [old, now] = [countLines(before.yaml), countLines(after.yaml)];
  const [added, removed] = [surplus(now, old), surplus(old, now)];
  if (added + removed === 0) return before.yaml === after.yaml ? told : ['Lines were moved.', ...told];
  return [`${lines(added)} added, ${lines(removed)} taken out.`, ...told];
}

function environmentDifferences(
  before: Of<'environment'> | undefined,
  after: Of<'environment'>,
  shipped: AsShipped,
): string[] {
  const old = before?.severity ?? DEFAULT_SEVERITY;
  return [
    ...(['critical', 'high', 'medium', 'low'] as const).flatMap((name) =>
      old[name] === after.severity[name]
        ? []
        : [`${capital(name)} begins at ${after.severity[name]} instead of ${old[name]}.`],
    ),
    ...keysOf(before?.lists, after.lists).flatMap((name) => {
      const asBefore = shipped.lists.get(name) ?? [];
      return valueDifference(`List ${name}`, before?.lists[name] ?? asBefore, after.lists[name] ?? asBefore);
    }),
  ];
}

function valueDifference(
  what: string,
  before: ParameterValue | undefined,
  after: ParameterValue | undefined,
): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (typeof before !== 'object' || typeof after !== 'object')
    return [`${what} is ${shown(after)} instead of ${shown(before)}.`];
  const [old, now] = [new Set(before), new Set(after)];
  const added = after.filter((value) => !old.has(value));
  const removed = before.filter((value) => !now.has(value));
  const parts = [
    ...(added.length === 0 ? [] : [`${some(added)} added`]),
    ...(removed.length === 0 ? [] : [`${some(removed)} taken out`]),
  ];
  return [`${what}: ${parts.length === 0 ? 'in another order' : parts.join(', ')}.`];
}

const TOLD = 8;

function some(values: readonly string[]): string {
  const more = values.length > TOLD ? ` and ${values.length - TOLD} more` : '';
  return `${values
    .slice(0, TOLD)
    .map((value) => `\u201c${value}\u201d`)
    .join(', ')}${more}`;
}

function shown(value: ParameterValue | undefined): string {
  if (value === undefined) return 'not set';
  return typeof value === 'object' ? some(value) : String(value);
}

function switched(before: boolean, after: boolean): string[] {
  return before === after ? [] : [after ? 'It was switched on.' : 'It was switched off.'];
}

function keysOf(...records: readonly (Readonly<Record<string, unknown>> | undefined)[]): readonly string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record ?? {})))].sort();
}

function countLines(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of text.split('\n')) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

function surplus(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let more = 0;
  for (const [line, count] of a) more += Math.max(0, count - (b.get(line) ?? 0));
  return more;
}

function lines(count: number): string {
  return count === 1 ? '1 line' : `${count} lines`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
