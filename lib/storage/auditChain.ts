import { hash } from 'node:crypto';
import { type ChainBreak, type ChainEntry, type ChainHead, chainBreak, NO_ENTRIES } from '../base/hashChain';
import { ENTRY_TEXT } from './auditEntries';
import { type Connection, withConnection } from './client';

/** What a walk over the whole trail found. */
export type AuditCheck = {
  /** Entries that hold, from the first on. */
  readonly entries: number;
  /** The chain's end as the database names it. */
  readonly head: ChainHead;
  /** The first thing that is wrong; absent when the chain is whole. */
  readonly fault?: AuditFault;
  /** Whether the head that was asked for is a hash of the chain, and of which entry; absent when none was. */
  readonly known?: { readonly hash: string; readonly id?: number };
};

/** `cut`: entries are missing at the end; `added`: there are entries before the chain's first or past its end; else as ChainBreak. */
export type AuditFault = {
  readonly id: number;
  readonly how: ChainBreak['how'] | 'cut' | 'added';
  readonly place?: number;
};

const PAGE = 5000;

/** Reads all entries in order, and computes every hash anew. `earlier` is a head that somebody kept. */
export async function checkAudit(earlier?: string): Promise<AuditCheck> {
  return withConnection(async (connection) => {
    // One view of the whole trail, however long reading it takes and whatever is added meanwhile.
    await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    try {
      return await walk(connection, earlier);
    } finally {
      await connection.query('ROLLBACK');
    }
  });
}

/** The chain's end now. */
export async function auditHead(connection: Pick<Connection, 'query'>): Promise<ChainHead> {
  const { rows } = await connection.query<ChainHead>('SELECT id, hash FROM audit_head');
  return rows[0] ?? NO_ENTRIES;
}

async function walk(connection: Connection, earlier: string | undefined): Promise<AuditCheck> {
  const head = await auditHead(connection);
  let end = NO_ENTRIES;
  let knownAt = earlier === NO_ENTRIES.hash ? 0 : undefined;
  const result = (fault?: AuditFault): AuditCheck => ({
    entries: end.id,
    head,
    ...(fault === undefined ? {} : { fault }),
    ...(earlier === undefined
      ? {}
      : { known: { hash: earlier, ...(knownAt === undefined ? {} : { id: knownAt }) } }),
  });
  const { rows: early } = await connection.query<{ id: number }>(
    'SELECT id FROM audit WHERE id < 1 ORDER BY id DESC LIMIT 1',
  );
  if (early[0] !== undefined) return result({ id: early[0].id, how: 'added' });
  for (;;) {
    const { rows } = await connection.query<ChainEntry>({
      name: 'audit_chain',
      text: `SELECT a.id, a.previous, a.hash, ${ENTRY_TEXT} AS text FROM audit a WHERE a.id > $1::bigint
        ORDER BY a.id LIMIT ${PAGE}`,
      values: [end.id],
    });
    for (const entry of rows) {
      const fault = chainBreak(end, entry, sha256, textAt);
      if (fault !== undefined) return result(fault);
      if (entry.id > head.id) return result({ id: entry.id, how: 'added' });
      end = { id: entry.id, hash: entry.hash };
      if (entry.hash === earlier) knownAt = entry.id;
    }
    if (rows.length < PAGE) break;
  }
  if (end.id < head.id) return result({ id: end.id + 1, how: 'cut', place: head.id });
  // The last entry and the end both stand: only then does the hash decide.
  return end.hash === head.hash ? result() : result({ id: end.id, how: 'unlinked' });
}

const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** The text begins with the entry's id: `[12, "2026-…`. */
function textAt({ text }: ChainEntry, id: number): string {
  return text.replace(/^\[\d+/, `[${id}`);
}
