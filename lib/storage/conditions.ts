/** Conditions of a query that are only there when asked for, with their parameters. */
export type Conditions = {
  /** Adds a value and returns its placeholder, e.g. `$3`. */
  readonly value: (value: unknown) => string;
  /** Adds a condition, written with placeholders. */
  readonly add: (sql: string) => void;
  /** All conditions joined; `TRUE` when there are none. */
  readonly where: () => string;
  readonly values: () => unknown[];
};

/** Collects conditions; text of users only ever becomes a parameter. */
export function createConditions(): Conditions {
  const values: unknown[] = [];
  const parts: string[] = [];
  return {
    value(given) {
      values.push(given);
      return `$${values.length}`;
    },
    add: (sql) => void parts.push(sql),
    where: () => (parts.length === 0 ? 'TRUE' : parts.join(' AND ')),
    values: () => [...values],
  };
}

/** A LIKE pattern that finds the text anywhere, its own wildcards taken literally. */
export function containing(text: string): string {
  return `%${text.replaceAll('\0', '').replace(/[\\%_]/g, '\\$&')}%`;
}
