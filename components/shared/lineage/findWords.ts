/** How a search stands. */
export type FindState = {
  /** What is looked for, trimmed. */
  wanted: string;
  /** Whether the host has still to answer, or could not. */
  server: 'reading' | 'answered' | 'failed';
  /** Place of the hit the reader is at, -1 before the first. */
  at: number;
  /** Hits that can be gone to. */
  hits: number;
  /** Hits beyond those, which are only counted. */
  beyond: number;
  /** Hits that nothing drawn stands for. */
  hidden: number;
};

/** What is said beside the field: "3 of 17 · 14 in folded branches"; empty when nothing is looked for. */
export function findWords(state: FindState): string {
  const { wanted, server, at, hits, beyond, hidden } = state;
  if (wanted === '') return '';
  const bound = server === 'failed' ? ['only what is loaded was searched'] : [];
  if (hits === 0) return [server === 'reading' ? 'looking' : 'not found', ...bound].join(' · ');
  const number = (count: number) => count.toLocaleString('en');
  const all = beyond === 0 ? number(hits) : `the first ${number(hits)} of ${number(hits + beyond)}`;
  const place = at < 0 ? `${all} found` : `${number(at + 1)} of ${all}`;
  const folded = hidden === 0 ? [] : [`${number(hidden)} in folded branches`];
  return [place, ...folded, ...bound].join(' · ');
}
