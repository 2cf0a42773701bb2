import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../access/can';
import { setEnvironment } from '../base/testEnvironment';
import { closeStorage, pool, transaction } from '../storage/client';
import { type Note, notify } from '../storage/notifications';
import { startQueueWorker } from '../storage/queueWorker';
import { createTestDatabase, type TestDatabase } from '../storage/testDatabase';
import { createTasks, SCHEDULE } from '../worker/tasks';
import { chooseChannels, readOwnChoices } from './notificationChoices';
import { readAll, readNotifications, readOne, readUnread } from './notifications';
import { notifyBreaches } from './notifyBreaches';
import { notifyEndings } from './notifyEndings';
import { notifyFailedImports } from './notifyFailedImports';

const SETTINGS = {
  SEQUELA_SMTP_URL: 'smtp://127.0.0.1:9',
  SEQUELA_MAIL_FROM: 'Sequela <sequela@corp.example>',
};
let database: TestDatabase;
let restore: () => void;

beforeAll(async () => {
  database = await createTestDatabase();
  restore = setEnvironment({ DATABASE_URL: database.url, ...SETTINGS });
});
beforeEach(async () => {
  await pool().query(
    'TRUNCATE people, notifications, notification_choices, webhooks, deliveries, baselines, decisions, service_clocks, uploads CASCADE',
  );
  await pool().query(
    'SELECT graphile_worker.remove_job(key) FROM graphile_worker.jobs WHERE key IS NOT NULL',
  );
  await addPerson('anna', 'analyst');
  await addPerson('ben', 'lead');
});
afterAll(async () => {
  await closeStorage();
  await database.drop();
  restore();
});

function addPerson(handle: string, role: Role, left = false): Promise<unknown> {
  return pool().query(
    `INSERT INTO people (id, handle, name, email, role, deactivated_at)
     VALUES ($1, $1, $1, $1 || '@corp.example', $2, CASE WHEN $3 THEN now() END)`,
    [handle, role, left],
  );
}

const ASSIGNED: Note = {
  person: 'anna',
  kind: 'finding.assigned',
  subject: 'finding:f1',
  by: 'ben',
  text: 'Ben gave you a finding.',
  link: '/findings/f1',
};
const tell = (...notes: readonly Partial<Note>[]) =>
  transaction((connection) =>
    notify(
      connection,
      notes.map((note) => ({ ...ASSIGNED, ...note })),
    ),
  );
const toldTo = async (person: string) => (await readNotifications(person, {})).items;

async function deliveries(): Promise<
  readonly { channel: string; address: string | null; people: string[] }[]
> {
  const { rows } = await pool().query(
    `SELECT channel, address, payload->'people' AS people FROM deliveries ORDER BY id`,
  );
  return rows;
}

async function jobs(): Promise<number> {
  const { rows } = await pool().query(
    `SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'deliver_message'`,
  );
  return rows.length;
}

describe('telling people', () => {
  it('tells by the kind’s own ways, and queues the mail with it', async () => {
    await tell({});
    expect(await toldTo('anna')).toMatchObject([
      { kind: 'finding.assigned', by: 'ben', link: '/findings/f1', readAt: null },
    ]);
    expect(await deliveries()).toEqual([{ channel: 'mail', address: 'anna@corp.example', people: ['anna'] }]);
    expect(await jobs()).toBe(1);
  });

  it('tells nothing when what it is about did not happen', async () => {
    await expect(
      transaction(async (connection) => {
        await notify(connection, [ASSIGNED]);
        throw new Error('the change failed');
      }),
    ).rejects.toThrow('the change failed');
    expect([await toldTo('anna'), await deliveries(), await jobs()]).toEqual([[], [], 0]);
  });

  it('tells nobody of what they did themselves, nobody who left, and nobody unknown', async () => {
    await addPerson('carl', 'analyst', true);
    await tell({ by: 'anna' }, { person: 'carl' }, { person: 'nobody' });
    for (const person of ['anna', 'carl', 'nobody']) expect(await toldTo(person)).toEqual([]);
    expect(await deliveries()).toEqual([]);
  });

  it('does not tell again what is still unread, and does once it was read', async () => {
    await tell({}, { text: 'Again.' });
    await tell({});
    const [first, ...others] = await toldTo('anna');
    expect(others).toEqual([]);
    expect(await deliveries()).toHaveLength(1);
    await readOne('anna', first?.id ?? '');
    await tell({});
    expect(await toldTo('anna')).toHaveLength(2);
    expect(await deliveries()).toHaveLength(2);
  });

  it('sends no mail where no mail server is set', async () => {
    const back = setEnvironment({ SEQUELA_SMTP_URL: undefined });
    await tell({}).finally(back);
    expect([(await toldTo('anna')).length, await deliveries()]).toEqual([1, []]);
  });

  it('keeps text that cannot be stored or is too long, and links to no other server', async () => {
    await tell({ text: `a\u0000\ud800${'x'.repeat(2_000)}`, link: '//evil.example/' });
    const [told] = await toldTo('anna');
    expect(told?.text).toMatch(/^a\ufffd\ufffdx+…$/);
    expect(told?.text.length).toBe(600);
    expect(told?.link).toBe('/');
  });

  it('tells a webhook once per thing, whoever it concerns, and only of its kinds', async () => {
    await pool().query(
      `INSERT INTO webhooks (name, url, secret, kinds, enabled, created_by) VALUES
       ('a', 'https://a.example', '', '{case.submitted}', true, 'x'),
       ('b', 'https://b.example', '', '{finding.assigned,security}', true, 'x'),
       ('c', 'https://c.example', '', '{case.submitted}', false, 'x')`,
    );
    const submitted = { kind: 'case.submitted', subject: 'case:1', by: 'dora' } as const;
    await tell({ ...submitted, person: 'anna' }, { ...submitted, person: 'ben' }, { kind: 'security' });
    const toWebhooks = (await deliveries()).filter(({ channel }) => channel === 'webhook');
    expect(toWebhooks).toEqual([{ channel: 'webhook', address: null, people: ['anna', 'ben'] }]);
  });
});

describe('choices', () => {
  const actor = { name: 'anna', role: 'analyst' } as const;

  it('are the usual ways until one chooses, and are kept in the audit trail', async () => {
    const usual = await readOwnChoices('anna');
    expect(usual).toMatchObject({ mail: true, address: 'anna@corp.example' });
    expect(usual.items.every((item) => item.usual)).toBe(true);
    expect(usual.items.map((item) => item.kind)).not.toContain('test');
    const changed = await chooseChannels(actor, [{ kind: 'finding.assigned', channels: ['mail', 'mail'] }]);
    expect(changed.items.find((item) => item.kind === 'finding.assigned')).toMatchObject({
      channels: ['mail'],
      usual: false,
    });
    const { rows } = await pool().query(
      `SELECT by, details FROM audit WHERE action = 'notifications.chosen' ORDER BY id DESC LIMIT 1`,
    );
    expect(rows).toEqual([{ by: 'anna', details: { 'finding.assigned': 'mail' } }]);
  });

  it('decide by which ways one is told', async () => {
    await chooseChannels(actor, [{ kind: 'finding.assigned', channels: ['mail'] }]);
    await tell({});
    expect([await toldTo('anna'), (await deliveries()).length]).toEqual([[], 1]);
    await chooseChannels(actor, [{ kind: 'finding.assigned', channels: [] }]);
    await tell({ subject: 'finding:f2' });
    expect([await toldTo('anna'), (await deliveries()).length]).toEqual([[], 1]);
    await chooseChannels(actor, [{ kind: 'finding.assigned', channels: ['app'] }]);
    await tell({ subject: 'finding:f3' });
    expect([(await toldTo('anna')).length, (await deliveries()).length]).toEqual([1, 1]);
  });
});

describe('reading', () => {
  it('comes page by page, newest first, with the count of unread ones', async () => {
    for (let n = 1; n <= 5; n++) await tell({ subject: `finding:${n}` });
    const first = await readNotifications('anna', { limit: 2 });
    expect(first.items.map((item) => item.subject)).toEqual(['finding:5', 'finding:4']);
    expect(first.unread).toBe(5);
    const second = await readNotifications('anna', { limit: 3, cursor: first.nextCursor ?? undefined });
    expect(second.items.map((item) => item.subject)).toEqual(['finding:3', 'finding:2', 'finding:1']);
    expect(second.nextCursor).toBeNull();
  });

  it('of another person’s is not found and changes nothing', async () => {
    await tell({});
    const [told] = await toldTo('anna');
    await expect(readOne('ben', told?.id ?? '')).rejects.toMatchObject({ code: 'not_found' });
    await readAll('ben', told?.id ?? '');
    expect((await readUnread('anna')).unread).toBe(1);
  });

  it('marks all up to the newest one saw; what came since stays unread', async () => {
    await tell({ subject: 'finding:1' }, { subject: 'finding:2' });
    const { newest } = await readUnread('anna');
    await tell({ subject: 'finding:3' });
    expect(await readAll('anna', newest ?? '')).toMatchObject({ unread: 1 });
    const unread = await readNotifications('anna', { unread: 'true' });
    expect(unread.items.map((item) => item.subject)).toEqual(['finding:3']);
  });
});

describe('what time brings', () => {
  async function addFinding(id: string, minutesAgo: number, assignee: string | null): Promise<void> {
    await pool().query(
      `INSERT INTO hosts (id, name, canonical_id) VALUES (1, 'WS-7', 1) ON CONFLICT DO NOTHING`,
    );
    await pool().query(
      `INSERT INTO findings (id, host_id, analytic, analytic_version, status, severity, score, headline, trail, suppressed, blind,
         from_time, to_time, shape, import_ids, strip, body, created_at)
       VALUES ($1, 1, 'a', '1', 'complete', 3, 80, 'Macro starts a shell', '', false, false, 0, 0, '', '{}', '[]', '{}',
         now() - make_interval(mins => $2))`,
      [id, minutesAgo],
    );
    await pool().query('INSERT INTO decisions (finding_id, assignee) VALUES ($1, $2)', [id, assignee]);
  }

  it('tells an assignee once that a finding is past its service clock', async () => {
    await pool().query(`INSERT INTO service_clocks (severity, minutes, set_by) VALUES (3, 60, 'x')`);
    await addFinding('late', 61, 'anna');
    await addFinding('early', 59, 'anna');
    await addFinding('nobodys', 61, null);
    await addPerson('dora', 'analyst', true);
    await addFinding('of-one-who-left', 61, 'dora');
    await addFinding('long-ago', 60 * 24 * 30, 'anna');
    await addFinding('decided', 61, 'anna');
    await pool().query(`UPDATE decisions SET verdict = 'false_positive' WHERE finding_id = 'decided'`);
    expect(await notifyBreaches()).toBe(1);
    const [told] = await toldTo('anna');
    expect(told).toMatchObject({ subject: 'finding:late', by: null, link: '/findings/late' });
    expect(told?.text).toBe('Past its service clock: Macro starts a shell on WS-7.');
    await readOne('anna', told?.id ?? '');
    expect(await notifyBreaches()).toBe(0);
    // Opened again by later data, its clock began anew.
    await pool().query(
      `UPDATE decisions SET reopened_at = now() - interval '30 minutes' WHERE finding_id = 'late'`,
    );
    expect(await notifyBreaches()).toBe(0);
  });

  it('tells once also those who want it by mail only', async () => {
    await chooseChannels({ name: 'anna', role: 'analyst' }, [{ kind: 'clock.breached', channels: ['mail'] }]);
    await pool().query(`INSERT INTO service_clocks (severity, minutes, set_by) VALUES (3, 60, 'x')`);
    await addFinding('by-mail', 90, 'anna');
    expect([await notifyBreaches(), await notifyBreaches()]).toEqual([1, 0]);
    expect(await deliveries()).toHaveLength(1);
  });

  async function addBaseline(title: string, owner: string, days: number): Promise<number> {
    const { rows } = await pool().query<{ id: number }>(
      `INSERT INTO baselines (analytic, title, "when", reason, owner, created_by, expires_at, effect)
       VALUES ('a', $1, '', '', $2, 'x', now() + make_interval(days => $3), '{}') RETURNING id`,
      [title, owner, days],
    );
    return rows[0]?.id ?? 0;
  }

  it('tells owners of baselines seven days before their end, and leads where the owner left', async () => {
    await addPerson('carl', 'analyst', true);
    await addBaseline('far', 'anna', 20);
    await addBaseline('near', 'anna', 6);
    await addBaseline('orphan', 'carl', 6);
    expect((await notifyEndings()).ending).toBe(2);
    expect((await toldTo('anna')).map((told) => told.text)).toEqual([
      expect.stringMatching(/^The baseline "near" ends on \d{4}-\d\d-\d\d\.$/),
    ]);
    expect((await toldTo('ben')).map((told) => told.text)).toEqual([expect.stringContaining('"orphan"')]);
    expect((await notifyEndings()).ending).toBe(0);
  });

  it('writes the end of a baseline into history once, and never for one that was revoked', async () => {
    const ended = await addBaseline('ended', 'anna', -1);
    const revoked = await addBaseline('revoked', 'anna', -1);
    await pool().query('UPDATE baselines SET revoked_at = now() WHERE id = $1', [revoked]);
    expect([(await notifyEndings()).ended, (await notifyEndings()).ended]).toEqual([1, 0]);
    const { rows } = await pool().query(`SELECT by, subject FROM audit WHERE action = 'baseline.expired'`);
    expect(rows).toEqual([{ by: 'sequela', subject: `baseline:${ended}` }]);
  });

  async function addFailedImport(
    name: string,
    ...acts: readonly (readonly [string, string])[]
  ): Promise<void> {
    const { rows } = await pool().query<{ id: number }>(
      `WITH u AS (INSERT INTO uploads (id) VALUES (gen_random_uuid()) RETURNING id)
       INSERT INTO imports (upload_id, name, requested_format, sha256, bytes, state, error, finished_at)
       SELECT id, $1::text, 'auto', md5($1::text), 0, 'failed', '{"message": "It is encrypted."}', now() FROM u RETURNING id`,
      [name],
    );
    for (const [by, action] of acts)
      await pool().query(`INSERT INTO audit (by, action, subject, details) VALUES ($1, $2, $3, '{}')`, [
        by,
        action,
        `import:${rows[0]?.id}`,
      ]);
  }

  it('tells whoever asked for it last that an import failed, once, and not of one that was cancelled', async () => {
    await addFailedImport('day.zip', ['ben', 'import.created'], ['anna', 'import.reparsed']);
    await addFailedImport('stopped.zip', ['anna', 'import.created'], ['anna', 'import.cancelled']);
    expect([await notifyFailedImports(), await notifyFailedImports()]).toEqual([1, 0]);
    expect(await toldTo('anna')).toMatchObject([
      { by: null, text: 'The import of day.zip failed. It is encrypted.' },
    ]);
    expect(await toldTo('ben')).toEqual([]);
  });

  it('is looked after by a worker, on a schedule it can read', async () => {
    const worker = await startQueueWorker(createTasks('/nowhere'), 1, () => undefined, SCHEDULE);
    try {
      await pool().query(`SELECT graphile_worker.add_job('tell_failed_imports', '{}')`);
      await addFailedImport('late.zip', ['anna', 'import.created']);
      await pool().query(`SELECT graphile_worker.add_job('tell_failed_imports', '{}')`);
      await expect.poll(() => toldTo('anna'), { timeout: 15_000 }).toHaveLength(1);
      const { rows } = await pool().query('SELECT identifier FROM graphile_worker._private_known_crontabs');
      expect(rows.map((row) => row.identifier)).toContain('tell_breached');
    } finally {
      await worker.stop();
    }
  });
});
