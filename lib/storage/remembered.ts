import { databaseUrl, pool } from './client';

/** Kinds of counts that are kept; older ones of the same kind go. */
const KEPT = 500;
/** Longest a count is kept that nothing changed: some depend on the time of day. */
const LONGEST_MS = 15_000;

const kept = new Map<string, { readonly stamp: string; readonly until: number; readonly value: unknown }>();

/**
 * What `count` gave when it last ran, for as long as nothing was decided and nothing correlated since; else it runs.
 * For counts over whole tables that every screen asks for. Every decision of people is audited and every correlation
 * notes itself on its hosts, in the transaction of the change: while neither moved, nothing that is counted did.
 */
export async function remembered<Value>(name: string, count: () => Promise<Value>): Promise<Value> {
  const key = `${databaseUrl()} ${name}`;
  // Before the count: one that changes meanwhile is counted again, never the reverse.
  const stamp = await readStamp();
  const known = kept.get(key);
  if (known?.stamp === stamp && known.until > performance.now()) return known.value as Value;
  const value = await count();
  kept.delete(key);
  kept.set(key, { stamp, until: performance.now() + LONGEST_MS, value });
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
  return value;
}

async function readStamp(): Promise<string> {
  const { rows } = await pool().query<{ stamp: string }>({
    name: 'queue_stamp',
    text: `SELECT concat_ws('/', (SELECT id FROM audit_head), count(*), sum(changes), sum(correlated_changes),
        sum(canonical_id::bigint * id), sum(extract(epoch FROM correlated_at))) AS stamp FROM hosts`,
  });
  return rows[0]?.stamp ?? '';
}
