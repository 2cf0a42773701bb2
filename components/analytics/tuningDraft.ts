import { type AnalyticChange, type AnalyticView, analyticChange } from '@/lib/contracts/analytics';

export type TuningChange = Extract<AnalyticChange, { kind: 'tuning' }>;
export type Parameter = AnalyticView['parameters'][number];
export type ParameterValue = Parameter['value'];

type Tuned = Pick<AnalyticView, 'parameters' | 'reasons' | 'enabled'>;

/** The tuning in force: only what differs from what is shipped. */
export function tuningInForce(analytic: Tuned): TuningChange {
  const parameters = analytic.parameters.filter(({ value, shipped }) => !sameValue(value, shipped));
  const reasons = analytic.reasons.filter(({ points, shippedPoints }) => points !== shippedPoints);
  return {
    kind: 'tuning',
    parameters: Object.fromEntries(parameters.map(({ name, value }) => [name, value])),
    points: Object.fromEntries(reasons.map(({ id, points }) => [id, points])),
    enabled: analytic.enabled,
  };
}

/** Sets a parameter; what is shipped is not written down, so that an update of the product reaches it. */
export function withParameter(
  draft: TuningChange,
  { name, shipped }: Pick<Parameter, 'name' | 'shipped'>,
  value: ParameterValue,
): TuningChange {
  const { [name]: _, ...rest } = draft.parameters;
  return { ...draft, parameters: sameValue(value, shipped) ? rest : { ...rest, [name]: value } };
}

/** Sets the points of a reason, held to −100…100. */
export function withPoints(
  draft: TuningChange,
  { id, shippedPoints }: Pick<AnalyticView['reasons'][number], 'id' | 'shippedPoints'>,
  points: number,
): TuningChange {
  const held = Math.max(-100, Math.min(100, Math.round(points)));
  const { [id]: _, ...rest } = draft.points;
  return { ...draft, points: held === shippedPoints ? rest : { ...rest, [id]: held } };
}

/** The value a draft gives a parameter. */
export function parameterIn(draft: TuningChange, { name, shipped }: Parameter): ParameterValue {
  return draft.parameters[name] ?? shipped;
}

/** The points a draft gives a reason. */
export function pointsIn(
  draft: TuningChange,
  { id, shippedPoints }: AnalyticView['reasons'][number],
): number {
  return draft.points[id] ?? shippedPoints;
}

/** What a draft changes of what is in force, one short name each. */
export function tuningChanges(analytic: Tuned, draft: TuningChange): readonly string[] {
  return [
    ...(draft.enabled === analytic.enabled ? [] : [draft.enabled ? 'switched on' : 'switched off']),
    ...analytic.parameters
      .filter((parameter) => !sameValue(parameterIn(draft, parameter), parameter.value))
      .map(({ name }) => name),
    ...analytic.reasons
      .filter((reason) => pointsIn(draft, reason) !== reason.points)
      .map(({ id }) => `points of ${id}`),
  ];
}

/** Why a value cannot be a parameter of this kind; null when it can. */
export function parameterProblem(kind: Parameter['kind'], value: ParameterValue): string | null {
  if (kind === 'duration')
    return /^\d{1,6}(ms|s|m|h|d)$/.test(String(value).trim())
      ? null
      : 'Write a length of time: 30s, 10m, 24h or 7d.';
  if (kind === 'number') return Number.isFinite(Number(value)) ? null : 'Write a number.';
  return null;
}

/** Whether every parameter of a draft is one. */
export function isWholeTuning(analytic: Pick<AnalyticView, 'parameters'>, draft: TuningChange): boolean {
  return analytic.parameters.every(
    (parameter) => parameterProblem(parameter.kind, parameterIn(draft, parameter)) === null,
  );
}

/** Lines of a text area as a list: one value a line, empty lines and repeats left out. */
export function listOf(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))];
}

/** What a list gained and lost against another. */
export function listDifference(
  values: readonly string[],
  shipped: readonly string[],
): { added: readonly string[]; removed: readonly string[] } {
  const now = new Set(values);
  const then = new Set(shipped);
  return {
    added: values.filter((value) => !then.has(value)),
    removed: shipped.filter((value) => !now.has(value)),
  };
}

/** A parameter's value in one line: lists joined, an empty one in words. */
export function valueText(value: ParameterValue): string {
  if (!Array.isArray(value)) return String(value);
  if (value.length === 0) return 'empty list';
  return value.length <= 3
    ? value.join(', ')
    : `${value.slice(0, 3).join(', ')} and ${value.length - 3} more`;
}

/** Whether two values are the same, lists by their order too. */
export function sameValue(a: ParameterValue, b: ParameterValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A draft as it was kept, or null where it is none of this kind. */
export function keptChange<Kind extends AnalyticChange['kind']>(
  kind: Kind,
  kept: unknown,
): Extract<AnalyticChange, { kind: Kind }> | null {
  const parsed = analyticChange.safeParse(kept);
  return parsed.success && isOfKind(parsed.data, kind) ? parsed.data : null;
}

function isOfKind<Kind extends AnalyticChange['kind']>(
  change: AnalyticChange,
  kind: Kind,
): change is Extract<AnalyticChange, { kind: Kind }> {
  return change.kind === kind;
}
