import { databaseUrl, pool } from './client';

/** Kinds of counts that are kept; older ones of the same kind go. */
const KEPT = 500;
/** Longest a count is kept that nothing changed: some depend on the time of day. */
const LONGEST_MS = 15_000;

const kept = new Map<string, { readonly stamp: string; readonly until: number; readonly value: unknown }>();

/**
 * What `count` gave when it last ran, for as long as nothing it hangs on changed; else it runs. For counts over whole
 * tables that every screen asks for. Every correlation notes itself on its hosts, and every decision of people is
 * audited, in the transaction of the change: while neither moved, nothing that is counted did. What hangs on
 * `correlation` alone is kept while people decide.
 */
export async function remembered<Value>(
  name: string,
  count: () => Promise<Value>,
  hangsOn: 'correlation' | 'decisions' = 'decisions',
): Promise<Value> {
  const key = `${databaseUrl()} ${name}`;
  // Before the count: one that changes meanwhile is counted again, never the reverse.
  const { correlation, decisions } = await readStamps();
  const stamp = hangsOn === 'correlation' ? correlation : `${correlation} ${decisions}`;
  const known = kept.get(key);
  if (known?.stamp === stamp && known.until > performance.now()) return known.value as Value;
  const value = await count();
  kept.delete(key);
  const now = performance.now();
  kept.set(key, { stamp, until: now + LONGEST_MS, value });
  // In the order they were counted, and so in the order they expire.
  for (const [oldest, { until }] of kept) {
    if (kept.size <= KEPT && until > now) break;
    kept.delete(oldest);
  }
  return value;
}

type Stamps = { readonly correlation: string; readonly decisions: string };

async function readStamps(): Promise<Stamps> {
  const { rows } = await pool().query<Stamps>({
    name: 'queue_stamps',
    text: `SELECT concat_ws('/', count(*), sum(changes), sum(correlated_changes), sum(canonical_id::bigint * id),
        sum(extract(epoch FROM correlated_at))) AS correlation, (SELECT id FROM audit_head)::text AS decisions FROM hosts`,
  });
  return rows[0] ?? { correlation: '', decisions: '' };
}
