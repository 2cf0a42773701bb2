/** What a reader closed, as the `fold` entries of the address say it. */
export type Closed = {
  /** Processes whose children the reader closed one by one. */
  readonly ids: ReadonlySet<string>;
  /** From this level on (roots are 1) everything beside the path is closed; null where no level is. */
  readonly level: number | null;
  /** Processes that are open although their level is closed. */
  readonly kept: ReadonlySet<string>;
};

const LEVEL = 'level:';
const KEPT = 'open:';

/** Reads entries: `entityId`, `level:3`, `open:entityId`. The last of two levels holds. */
export function parseClosed(entries: readonly string[]): Closed {
  const ids = new Set<string>();
  const kept = new Set<string>();
  let level: number | null = null;
  for (const entry of entries) {
    const number = entry.startsWith(LEVEL) ? Number(entry.slice(LEVEL.length)) : Number.NaN;
    if (Number.isInteger(number) && number > 0) level = number;
    else if (entry.startsWith(KEPT)) kept.add(entry.slice(KEPT.length));
    else if (entry !== '') ids.add(entry);
  }
  return { ids, level, kept };
}

/** Writes what is closed back as entries. What is kept open means nothing without a level and is left out. */
export function formatClosed({ ids, level, kept }: Closed): string[] {
  if (level === null) return [...ids];
  return [`${LEVEL}${level}`, ...ids, ...[...kept].map((id) => `${KEPT}${id}`)];
}
