import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../access/can';
import { entryHash } from '../base/hashChain';
import { setEnvironment } from '../base/testEnvironment';
import { auditList, auditVerification } from '../contracts/audit';
import { addAudit } from '../storage/audit';
import { closeStorage, transaction } from '../storage/client';
import { createTestDatabase, type TestDatabase } from '../storage/testDatabase';
import { exportAudit } from './auditExport';
import { verifyAudit } from './auditVerification';
import { nodeDigest } from './nodeDigest';
import { readAudit } from './readAudit';

const ACTOR: Actor = { name: 'lea', role: 'lead' };
let database: TestDatabase;
let restore: () => void;

beforeEach(async () => {
  database = await createTestDatabase();
  restore = setEnvironment({ DATABASE_URL: database.url });
  await transaction(async (connection) => {
    for (let n = 1; n <= 3; n++)
      await addAudit(connection, {
        by: n === 3 ? '=cmd|calc' : 'ana',
        action: 'import.created',
        subject: `import:${n}`,
        details: { name: '=HYPERLINK("x")' },
      });
  });
});
afterEach(async () => {
  await closeStorage();
  restore();
  await database.drop();
});

async function exported(query: Parameters<typeof exportAudit>[0]): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of (await exportAudit(query, ACTOR)).content) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe('the audit as a file', () => {
  it('holds as JSON lines what everybody needs to compute the hashes, its own entry included', async () => {
    const entries = (await exported({ format: 'ndjson' }))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { previous: string; hash: string; text: string; action: string });
    expect(entries.map(({ action }) => action).at(-1)).toBe('audit.exported');
    let before = '0'.repeat(64);
    for (const entry of entries) {
      expect(entry.previous).toBe(before);
      expect(entryHash(entry, nodeDigest)).toBe(entry.hash);
      before = entry.hash;
    }
  });

  it('holds as CSV no cell that a spreadsheet takes for a formula', async () => {
    const lines = (await exported({ format: 'csv', action: 'import' })).trimEnd().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[3]).toContain(",'=cmd|calc,");
  });
});

describe('reading the audit', () => {
  it('goes page by page, newest first, and names everybody who acted', async () => {
    const first = auditList.parse(await readAudit({ limit: 2 }));
    expect(first.items.map(({ id }) => id)).toEqual(['3', '2']);
    expect(first.actors).toEqual(['=cmd|calc', 'ana']);
    const rest = await readAudit({ limit: 2, cursor: first.nextCursor ?? '' });
    expect(rest.items.map(({ id }) => id)).toEqual(['1']);
    expect(rest.nextCursor).toBeNull();
  });

  it('refuses a time that is none and a cursor that is another list\u2019s', async () => {
    await expect(readAudit({ from: 'yesterday' })).rejects.toMatchObject({ code: 'bad_request' });
    await expect(readAudit({ cursor: 'x' })).rejects.toMatchObject({ code: 'bad_request' });
  });

  it('verifies all of it, and a head that was kept', async () => {
    const [newest] = (await readAudit({ limit: 1 })).items;
    await exported({ format: 'csv' });
    const checked = auditVerification.parse(await verifyAudit({ head: newest?.hash ?? '' }));
    expect(checked).toMatchObject({ unbroken: true, entries: 4, headAt: 3, fault: null });
    expect((await verifyAudit({ head: 'f'.repeat(64) })).headAt).toBeNull();
  });
});
