import type { Severity } from '../../findings/finding';
import { createConditions } from '../conditions';
import { SEVERITIES } from '../findingRows';

/** Ages of an open finding: under a day, under a week, under 30 days, older. */
export const AGES = ['day', 'week', 'month', 'older'] as const;
export type Age = (typeof AGES)[number];

/** What metrics are asked of: `from` to before `to`, as seen at `now`; absent filters do not narrow. */
export type MetricScope = {
  readonly from: Date;
  readonly to: Date;
  readonly now: Date;
  readonly severity?: Severity;
  readonly analytic?: string;
  /** Numbers of alerts of that severity: from the first, below the second. Narrows alerts alone. */
  readonly alertSeverity?: readonly [from: number, below: number];
  /** Narrows the list of open findings alone. */
  readonly age?: Age;
};

/** SQL: what a scope says, each as a typed parameter; null where it does not narrow. */
export type Bound = {
  readonly from: string;
  readonly to: string;
  readonly now: string;
  /** The end of the period, or now when that is earlier. */
  readonly end: string;
  /** The period in microseconds, as event times are. */
  readonly fromMicros: string;
  readonly toMicros: string;
  readonly severity: string | null;
  readonly analytic: string | null;
  readonly alertFrom: string | null;
  readonly alertBelow: string | null;
  readonly age: Age | null;
  /** Adds a value and returns its placeholder. */
  readonly value: (value: unknown) => string;
  readonly values: () => unknown[];
};

/** Binds a scope to one query: what the query does not name is no parameter of it. */
export function bindScope(scope: MetricScope): Bound {
  const { value, values } = createConditions();
  const placed = new Map<string, string>();
  const place = (name: string, given: unknown, type: string): string => {
    const known = placed.get(name) ?? `${value(given)}::${type}`;
    placed.set(name, known);
    return known;
  };
  const { severity, analytic, alertSeverity, age = null } = scope;
  const end = scope.to < scope.now ? scope.to : scope.now;
  return {
    get from() {
      return place('from', scope.from, 'timestamptz');
    },
    get to() {
      return place('to', scope.to, 'timestamptz');
    },
    get now() {
      return place('now', scope.now, 'timestamptz');
    },
    get end() {
      return place('end', end, 'timestamptz');
    },
    get fromMicros() {
      return place('fromMicros', scope.from.getTime() * 1000, 'bigint');
    },
    get toMicros() {
      return place('toMicros', scope.to.getTime() * 1000, 'bigint');
    },
    get severity() {
      return severity === undefined ? null : place('severity', SEVERITIES.indexOf(severity), 'smallint');
    },
    get analytic() {
      return analytic === undefined ? null : place('analytic', analytic, 'text');
    },
    get alertFrom() {
      return alertSeverity === undefined ? null : place('alertFrom', alertSeverity[0], 'int');
    },
    get alertBelow() {
      return alertSeverity === undefined ? null : place('alertBelow', alertSeverity[1], 'int');
    },
    age,
    value,
    values,
  };
}

/** SQL: microseconds since 1970 of an instant. */
export function microsOf(instant: string): string {
  return `(extract(epoch FROM ${instant}) * 1000000)::bigint`;
}
