import type { EnvironmentSettings, Tuning } from '../analytics/definition/tuning';
import { type AnalyticChange, analyticChange } from '../contracts/analytics';
import type { SettingKind } from '../storage/settings';

/** A definition of one's own, as it is saved. */
export type DefinitionBody = { readonly yaml: string; readonly enabled: boolean };

/** What is saved of a change: all but its kind, which stands beside it. */
export function bodyOf(change: AnalyticChange): Record<string, unknown> {
  const { kind: _kind, ...body } = change;
  return body;
}

/** The change that a saved body is; the schema puts in what was not there when it was saved. */
export function changeOf(kind: SettingKind, body: unknown): AnalyticChange {
  return analyticChange.parse({ ...(body as object), kind });
}

export function tuningBody(body: unknown): Tuning {
  const { parameters, points, enabled } = changeOf('tuning', body) as AnalyticChange & { kind: 'tuning' };
  return { parameters, points, enabled };
}

export function definitionBody(body: unknown): DefinitionBody {
  const { yaml, enabled } = changeOf('definition', body) as AnalyticChange & { kind: 'definition' };
  return { yaml, enabled };
}

export function environmentBody(body: unknown): EnvironmentSettings {
  const { lists, severity } = changeOf('environment', body) as AnalyticChange & { kind: 'environment' };
  return { lists, severity };
}
