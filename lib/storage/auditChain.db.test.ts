import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setEnvironment } from '../base/testEnvironment';
import { addAudit } from './audit';
import { checkAudit } from './auditChain';
import { auditPages, listAudit } from './auditEntries';
import { faultText } from './auditFault';
import { closeStorage, pool, transaction } from './client';
import { migrate } from './migrate';
import { createTestDatabase, type TestDatabase } from './testDatabase';

let database: TestDatabase;
let restore: () => void;

beforeEach(async () => {
  database = await createTestDatabase();
  restore = setEnvironment({ DATABASE_URL: database.url });
});
afterEach(async () => {
  await closeStorage();
  restore();
  await database.drop();
});

function note(by: string, n: number): Promise<void> {
  return transaction((connection) =>
    addAudit(connection, {
      by,
      action: 'import.created',
      subject: `import:${n}`,
      details: { name: `é "x" ${n}`, bytes: n * 1.5, empty: null, ok: true },
    }),
  );
}

async function notes(count: number): Promise<void> {
  for (let n = 1; n <= count; n++) await note('ana', n);
}

/** What somebody with the database's password can do: the triggers off. */
async function tamper(...statements: readonly string[]): Promise<void> {
  await pool().query('ALTER TABLE audit DISABLE TRIGGER ALL');
  for (const statement of statements) await pool().query(statement);
  await pool().query('ALTER TABLE audit ENABLE TRIGGER ALL');
}

async function fault(): Promise<string | undefined> {
  const found = (await checkAudit()).fault;
  return found === undefined ? undefined : faultText(found);
}

describe('the audit trail as a chain', () => {
  it('is unbroken when nothing was done, and after entries', async () => {
    expect(await checkAudit()).toMatchObject({ entries: 0, head: { id: 0 } });
    await notes(5);
    const check = await checkAudit();
    expect(check).toMatchObject({ entries: 5, head: { id: 5 } });
    expect(check.fault).toBeUndefined();
  });

  it('is one chain without gaps however many write at once, also when some of them fail', async () => {
    await Promise.all(
      Array.from({ length: 24 }, (_, n) =>
        n % 5 === 4
          ? transaction(async (connection) => {
              await addAudit(connection, { by: 'x', action: 'import.created', subject: 's', details: {} });
              throw new Error('rolled back');
            }).catch(() => undefined)
          : note(`p${n}`, n),
      ),
    );
    expect(await checkAudit()).toMatchObject({ entries: 20, head: { id: 20 } });
    expect(await fault()).toBeUndefined();
  });

  it('shows a changed entry, whatever was changed of it', async () => {
    await notes(4);
    const head = (await checkAudit()).head.hash;
    for (const [column, value] of [
      ['by', `'eve'`],
      ['at', `at + interval '1 microsecond'`],
      ['action', `'import.deleted'`],
      ['subject', `'import:9'`],
      ['details', `'{"bytes": 1}'`],
    ] as const) {
      await tamper(
        `CREATE TABLE kept AS SELECT * FROM audit`,
        `UPDATE audit SET ${column} = ${value} WHERE id = 2`,
      );
      expect(await fault()).toBe('Entry 2 is not what was written: its text does not give its hash.');
      await tamper('DELETE FROM audit', 'INSERT INTO audit SELECT * FROM kept', 'DROP TABLE kept');
    }
    expect(await checkAudit(head)).toMatchObject({ entries: 4, known: { id: 4 } });
  });

  it('shows a changed entry whose hash was computed anew by the next one', async () => {
    await notes(4);
    await tamper(
      `UPDATE audit a SET by = 'eve' WHERE id = 2`,
      `UPDATE audit a SET hash = audit_hash(previous, audit_text(id, at, by, action, subject, details)) WHERE id = 2`,
    );
    expect(await fault()).toBe(
      'Entry 3 does not follow from the entry before it: one of the two was written anew, with its hash.',
    );
  });

  it('shows removed entries, at the beginning, in the middle and at the end', async () => {
    await notes(6);
    await tamper('DELETE FROM audit WHERE id IN (3, 4)');
    expect(await fault()).toBe('Entries 3 to 4 were removed: entry 5 does not follow the entry before it.');
    await tamper('DELETE FROM audit WHERE id <= 4');
    expect(await fault()).toBe('Entries 1 to 4 were removed: entry 5 does not follow the entry before it.');
    await tamper('DELETE FROM audit');
    expect(await fault()).toBe('The end was cut off: entries 1 to 6 were written and are gone.');
  });

  it('shows reordered entries', async () => {
    await notes(5);
    await tamper(
      'UPDATE audit SET id = 100 WHERE id = 2',
      'UPDATE audit SET id = 2 WHERE id = 4',
      'UPDATE audit SET id = 4 WHERE id = 100',
    );
    expect(await fault()).toBe('Entry 2 was written as entry 4: entries were put in another order.');
  });

  it('shows a chain cut at its end by the head that names more, and by a head that was kept', async () => {
    await notes(5);
    const kept = (await checkAudit()).head.hash;
    await tamper('DELETE FROM audit WHERE id > 3');
    expect(await fault()).toBe('The end was cut off: entries 4 to 5 were written and are gone.');
    // Whoever also puts the head back leaves a chain that holds in itself.
    await tamper('UPDATE audit_head SET id = 3, hash = (SELECT hash FROM audit WHERE id = 3)');
    expect(await fault()).toBeUndefined();
    expect((await checkAudit(kept)).known).toEqual({ hash: kept });
  });

  it('shows entries before its first', async () => {
    await notes(2);
    await tamper(
      `INSERT INTO audit (id, at, by, action, subject, details, previous, hash)
         SELECT 0, at, by, action, subject, details, hash, hash FROM audit WHERE id = 1`,
    );
    expect(await fault()).toBe("Entry 0 lies before the chain's first: it was not added by Sequela.");
  });

  it('shows entries past its end, and an end that is another', async () => {
    await notes(3);
    await tamper(
      `INSERT INTO audit (id, at, by, action, subject, details, previous, hash) SELECT 4, at, by, action, subject, details, hash,
         audit_hash(hash, audit_text(4, at, by, action, subject, details)) FROM audit WHERE id = 3`,
    );
    expect(await fault()).toBe('Entry 4 lies past the end of the chain: it was not added by Sequela.');
    await tamper('DELETE FROM audit WHERE id = 4', `UPDATE audit_head SET hash = repeat('1', 64)`);
    expect((await checkAudit()).fault).toMatchObject({ how: 'unlinked', id: 3 });
  });

  it('does not believe a function of the database that was replaced', async () => {
    await notes(3);
    await tamper(
      `UPDATE audit SET by = 'eve' WHERE id = 2`,
      `CREATE OR REPLACE FUNCTION audit_hash(previous TEXT, entry TEXT) RETURNS TEXT LANGUAGE sql AS $$ SELECT hash FROM audit LIMIT 1 $$`,
    );
    expect(await fault()).toContain('Entry 2');
  });

  it('cannot be written to but at its end, whatever an insert says', async () => {
    await notes(2);
    for (const statement of [`UPDATE audit SET by = 'eve'`, 'DELETE FROM audit', 'TRUNCATE audit'])
      await expect(pool().query(statement)).rejects.toThrow();
    await pool().query(
      `INSERT INTO audit (id, at, by, action, subject, hash, previous) VALUES (1, '2001-01-01', 'eve', 'x', 'y', 'h', 'p')`,
    );
    expect(await checkAudit()).toMatchObject({ entries: 3, head: { id: 3 } });
    expect(await fault()).toBeUndefined();
  });
});

describe('entries', () => {
  it('are found by subject, person, beginning of the action, text and time', async () => {
    await notes(3);
    await note('ben', 7);
    await transaction((connection) =>
      addAudit(connection, {
        by: 'ben',
        action: 'host.clock',
        subject: 'host:ws1',
        details: { choice: '100%_' },
      }),
    );
    const found = async (filter: Parameters<typeof listAudit>[0]) =>
      (await listAudit(filter, { limit: 50 })).map(({ id }) => id);
    expect(await found({})).toEqual([5, 4, 3, 2, 1]);
    expect(await found({ by: 'ben' })).toEqual([5, 4]);
    expect(await found({ actions: ['import'] })).toEqual([4, 3, 2, 1]);
    expect(await found({ actions: ['imp', ''] })).toEqual([]);
    expect(await found({ actions: ['host.clock'] })).toEqual([5]);
    expect(await found({ actions: ['host', 'import'], by: 'ana' })).toEqual([3, 2, 1]);
    expect(await found({ subject: 'import:2' })).toEqual([2]);
    expect(await found({ text: '100%_' })).toEqual([5]);
    expect(await found({ text: 'WS1' })).toEqual([5]);
    expect(await found({ text: 'a\0' })).toEqual([]);
    const [, , third] = await listAudit({}, { limit: 5 });
    const at = third?.at ?? '';
    expect(await found({ from: at })).toEqual([5, 4, 3]);
    expect(await found({ to: at })).toEqual([2, 1]);
    expect(await listAudit({}, { limit: 1, before: 3 })).toMatchObject([{ id: 2 }]);
  });

  it('come with the very text their hash is made of', async () => {
    await notes(2);
    const page = (await auditPages({}).next()).value ?? [];
    expect(JSON.parse(page[1]?.text ?? '')).toEqual([
      2,
      page[1]?.at,
      'ana',
      'import.created',
      'import:2',
      page[1]?.details,
    ]);
  });
});

describe('the migration that makes a chain of the trail', () => {
  it('chains the entries of before, in their order and without gaps', async () => {
    const empty = await createTestDatabase({ empty: true });
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sequela-chain-'));
    const source = path.resolve('prisma/migrations');
    const names = fs
      .readdirSync(source)
      .filter((name) => /^\d+_/.test(name))
      .sort();
    const last = names.findIndex((name) => name.endsWith('_people'));
    const copy = (some: readonly string[]) => {
      for (const name of some)
        fs.cpSync(path.join(source, name), path.join(folder, name), { recursive: true });
    };
    try {
      copy(names.slice(0, last));
      await migrate(empty.url, folder);
      const client = new pg.Client({ connectionString: empty.url });
      await client.connect();
      await client.query(
        `INSERT INTO audit (id, by, action, subject) SELECT n * 3, 'old', 'import.created', 'import:' || n FROM generate_series(1, 40) n`,
      );
      await client.end();
      copy(names.slice(last));
      await migrate(empty.url, folder);
      await closeStorage();
      setEnvironment({ DATABASE_URL: empty.url });
      await note('ana', 1);
      const check = await checkAudit();
      expect(check).toMatchObject({ entries: 41, head: { id: 41 } });
      expect(check.fault).toBeUndefined();
    } finally {
      await closeStorage();
      setEnvironment({ DATABASE_URL: database.url });
      await empty.drop();
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
});
