/** Rows chosen for several at once. A range grows and shrinks from its anchor; what was chosen before it stays. */
export type Picks = {
  readonly ids: ReadonlySet<string>;
  readonly range: { readonly anchor: string; readonly before: ReadonlySet<string> } | null;
};

export const NO_PICKS: Picks = { ids: new Set(), range: null };

/** Takes one in, or leaves it out again; a range begins from it next. */
export function toggled(picks: Picks, id: string): Picks {
  const ids = new Set(picks.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, range: null };
}

/**
 * Chooses from the anchor to `to` in the order of `rows`; the anchor is `from` unless a range was begun. Rows that are
 * gone choose nothing.
 */
export function extended(picks: Picks, rows: readonly { id: string }[], from: string, to: string): Picks {
  const range = picks.range ?? { anchor: from, before: picks.ids };
  const [a, b] = [range.anchor, to].map((id) => rows.findIndex((row) => row.id === id));
  if (a === undefined || b === undefined || a < 0 || b < 0) return picks;
  const between = rows.slice(Math.min(a, b), Math.max(a, b) + 1).map(({ id }) => id);
  return { ids: new Set([...range.before, ...between]), range };
}

/** The same without a range going on: the next one begins anew. */
export function settled(picks: Picks): Picks {
  return picks.range === null ? picks : { ids: picks.ids, range: null };
}
