import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { setEnvironment } from '../../base/testEnvironment';
import { COVERAGE_TABLES } from '../../contracts/coverage';
import type { reportScheduleBody } from '../../contracts/reports';
import type { ValidationReport } from '../../contracts/validation';
import { fleetMachine } from '../../sample/machine';
import { fleetPlan } from '../../sample/plan';
import { workday } from '../../sample/workday';
import { closeStorage, pool } from '../../storage/client';
import { createTestDatabase, type TestDatabase } from '../../storage/testDatabase';
import { makeBoardReport } from '../coverage/boardReport';
import { exportCoverage } from '../coverage/exportCoverage';
import { readCoverage } from '../coverage/readCoverage';
import { readPdfText } from '../coverage/testPdfText';
import { importWhole } from '../testImports';
import { makeReports, runReportSchedule } from './makeReports';
import {
  addReportSchedule,
  changeReportSchedule,
  readReportSchedules,
  removeReportSchedule,
} from './reportSchedules';

const LEAD = { name: 'lea', role: 'lead' } as const;
const NOW = new Date('2026-05-04T10:00:00Z');
const BOARD: z.output<typeof reportScheduleBody> = {
  what: 'board',
  every: 'week',
  dayOf: 1,
  hour: 6,
  mailTo: ['board@corp.example', 'CISO@corp.example'],
  webhooks: [],
  enabled: true,
};
const VALIDATION: typeof BOARD = { ...BOARD, what: 'validation', every: 'day', mailTo: [] };

let database: TestDatabase;
let restore: () => void;
let spoolDir: string;
let auditedBefore: number;

beforeAll(async () => {
  database = await createTestDatabase();
  spoolDir = await mkdtemp(path.join(os.tmpdir(), 'sequela-spool-'));
  restore = setEnvironment({
    DATABASE_URL: database.url,
    SEQUELA_SMTP_URL: 'smtp://127.0.0.1:9',
    SEQUELA_MAIL_FROM: 'Sequela <sequela@corp.example>',
    SEQUELA_URL: 'https://sequela.corp.example',
  });
  const lines = [0, 1].flatMap((n) => {
    const machine = fleetMachine(n);
    const scenes = fleetPlan(machine, 'reports', n, 2);
    return workday({ seed: 'reports', machine, date: '2026-04-30', scenes, activity: 0.1 }).lines;
  });
  await importWhole(Buffer.from(`${lines.join('\n')}\n`), 'fleet.ndjson', spoolDir);
});
beforeEach(async () => {
  await pool().query('TRUNCATE report_schedules, deliveries, webhooks, validation_runs CASCADE');
  auditedBefore = (await pool().query('SELECT coalesce(max(id), 0)::int AS id FROM audit')).rows[0]?.id;
});
afterAll(async () => {
  await closeStorage();
  restore();
  await database.drop();
  await rm(spoolDir, { recursive: true, force: true });
});

type Sent = { address: string | null; webhookId: number | null; text: string; link: string };
const sent = async (): Promise<Sent[]> =>
  (
    await pool().query<Sent>(
      `SELECT address, webhook_id AS "webhookId", payload->>'text' AS text, payload->>'link' AS link
       FROM deliveries ORDER BY id`,
    )
  ).rows;
const only = async () => {
  const [schedule] = (await readReportSchedules()).items;
  if (schedule === undefined) throw new Error('there is no schedule');
  return schedule;
};
/** As if the server had been off for three weeks. */
const overdue = () => pool().query(`UPDATE report_schedules SET next_at = '2026-04-13T06:00:00Z'`);
const audited = async (action: string) => (await auditDetails(action)).length;
const auditDetails = async (action: string) =>
  (
    await pool().query<{ by: string; details: Record<string, unknown> }>(
      'SELECT by, details FROM audit WHERE action = $1 AND id > $2 ORDER BY id',
      [action, auditedBefore],
    )
  ).rows;

describe('a schedule', () => {
  it('is due the next time it means, is kept by revision, and every change is audited', async () => {
    const added = await addReportSchedule(LEAD, BOARD, NOW);
    expect(added).toMatchObject({
      nextAt: '2026-05-11T06:00:00.000Z',
      mailTo: ['board@corp.example', 'ciso@corp.example'],
      lastAt: null,
      lastError: null,
      createdBy: 'lea',
      revision: 1,
    });
    const body = { ...BOARD, every: 'month' as const, dayOf: 28, revision: 1 };
    const changed = await changeReportSchedule(LEAD, Number(added.id), body, NOW);
    expect(changed).toMatchObject({ nextAt: '2026-05-28T06:00:00.000Z', revision: 2 });
    await expect(
      changeReportSchedule({ ...LEAD, name: 'mia' }, Number(added.id), body, NOW),
    ).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(/^lea changed/) });
    await removeReportSchedule(LEAD, Number(added.id));
    expect((await readReportSchedules()).items).toEqual([]);
    for (const action of ['report.scheduled', 'report.changed', 'report.removed'])
      expect(await audited(action), action).toBe(1);
  });

  it('tells in history to whom it went and goes', async () => {
    const { id } = await addReportSchedule(LEAD, BOARD, NOW);
    const mailTo = ['board@corp.example', 'new@corp.example'];
    await changeReportSchedule(LEAD, Number(id), { ...BOARD, mailTo, revision: 1 }, NOW);
    await removeReportSchedule(LEAD, Number(id));
    const told = async (action: string) => (await auditDetails(action))[0]?.details;
    expect(await told('report.scheduled')).toMatchObject({
      addressesAdded: 'board@corp.example, ciso@corp.example',
      addressesRemoved: '',
    });
    expect(await told('report.changed')).toMatchObject({
      addressesAdded: 'new@corp.example',
      addressesRemoved: 'ciso@corp.example',
    });
    expect(await told('report.removed')).toMatchObject({
      addressesAdded: '',
      addressesRemoved: 'board@corp.example, new@corp.example',
    });
  });

  it('can be switched off, and no longer on, once its webhook is gone and mail is not set', async () => {
    await addWebhook('report.board');
    const hook = (await readReportSchedules()).webhooks[0]?.id ?? '';
    const body = { ...BOARD, webhooks: [hook] };
    const { id } = await addReportSchedule(LEAD, body, NOW);
    await pool().query('DELETE FROM webhooks');
    const unset = setEnvironment({ SEQUELA_SMTP_URL: undefined });
    const off = { ...body, enabled: false, revision: 1 };
    expect(await changeReportSchedule(LEAD, Number(id), off, NOW)).toMatchObject({ enabled: false });
    await expect(changeReportSchedule(LEAD, Number(id), { ...body, revision: 2 }, NOW)).rejects.toMatchObject(
      { code: 'bad_request' },
    );
    unset();
  });

  it('is refused where it would go to nobody, to a webhook that takes no reports, or by mail that is not set', async () => {
    const refused = { code: 'bad_request' };
    const body = { ...BOARD, mailTo: [] };
    await expect(addReportSchedule(LEAD, body, NOW)).rejects.toMatchObject(refused);
    await addWebhook('finding.assigned');
    const hook = (await pool().query('SELECT id FROM webhooks')).rows[0]?.id as number;
    await expect(addReportSchedule(LEAD, { ...body, webhooks: [String(hook)] }, NOW)).rejects.toMatchObject(
      refused,
    );
    await expect(
      addReportSchedule(LEAD, { ...VALIDATION, mailTo: ['a@b.example'] }, NOW),
    ).rejects.toMatchObject(refused);
    const unset = setEnvironment({ SEQUELA_SMTP_URL: undefined });
    await expect(addReportSchedule(LEAD, { ...body, mailTo: ['a@b.example'] }, NOW)).rejects.toMatchObject(
      refused,
    );
    unset();
  });
});

function addWebhook(kind: string): Promise<unknown> {
  return pool().query(
    `INSERT INTO webhooks (name, url, secret, kinds, created_by) VALUES ('room', 'https://x.example/', 's', $1, 'ada')`,
    [[kind]],
  );
}

describe('what is due', () => {
  it('is made once by workers that look at the same time, and once for all the times that were missed', async () => {
    await addWebhook('report.board');
    const webhook = (await readReportSchedules()).webhooks[0];
    await addReportSchedule(LEAD, { ...BOARD, webhooks: [webhook?.id ?? ''] }, NOW);
    await overdue();
    const made = await Promise.all([makeReports(NOW), makeReports(NOW), makeReports(NOW)]);
    expect(made.reduce((a, b) => a + b)).toBe(1);
    expect(await sent()).toEqual([
      expect.objectContaining({ address: 'board@corp.example' }),
      expect.objectContaining({ address: 'ciso@corp.example' }),
      expect.objectContaining({ webhookId: Number(webhook?.id) }),
    ]);
    const [first] = await sent();
    // Due on Monday 4 May: the week before it.
    expect(first?.link).toBe('/api/v1/coverage/report?from=2026-04-27&to=2026-05-03');
    expect(first?.text).toMatch(/^Coverage 27 Apr 2026 to 3 May 2026: \d+ % visible on 2 hosts/);
    expect(await only()).toMatchObject({ nextAt: '2026-05-11T06:00:00.000Z', lastAt: NOW.toISOString() });
    expect(await makeReports(NOW)).toBe(0);
    expect(await auditDetails('report.sent')).toEqual([
      { by: 'sequela', details: { what: 'board', asked: false, addresses: 2, webhooks: webhook?.id } },
    ]);
  });

  it('does not go to a webhook that is told of board reports no more, and waits when nobody is left', async () => {
    await addWebhook('report.board');
    const hook = (await readReportSchedules()).webhooks[0]?.id ?? '';
    await addReportSchedule(LEAD, { ...BOARD, mailTo: [], webhooks: [hook] }, NOW);
    await overdue();
    await pool().query(`UPDATE webhooks SET kinds = '{finding.assigned}'`);
    expect(await makeReports(NOW)).toBe(0);
    expect(await sent()).toEqual([]);
    expect(await only()).toMatchObject({
      nextAt: '2026-04-13T06:00:00.000Z',
      lastError: expect.stringContaining('Nobody is left'),
    });
  });

  it('is not taken for made when a run of something else stands in its place', async () => {
    await addReportSchedule(LEAD, VALIDATION, NOW);
    await overdue();
    await pool().query(
      `INSERT INTO validation_runs (cause, asked_by, ablation, shipped, recording_ids) VALUES ('asked', 'mia', FALSE, TRUE, '{0}')`,
    );
    expect(await makeReports(NOW)).toBe(0);
    expect(await only()).toMatchObject({
      nextAt: '2026-04-13T06:00:00.000Z',
      lastAt: null,
      lastError: expect.stringContaining('replays something else'),
    });
    const { id } = await only();
    await expect(runReportSchedule(LEAD, Number(id), NOW)).rejects.toMatchObject({ code: 'conflict' });
    await pool().query(`UPDATE validation_runs SET state = 'done'`);
    await runReportSchedule(LEAD, Number(id), NOW);
    expect(await makeReports(NOW)).toBe(1);
    expect(await only()).toMatchObject({ nextAt: '2026-05-05T06:00:00.000Z', lastError: null });
    const { rows } = await pool().query('SELECT cause, asked_by FROM validation_runs ORDER BY id');
    expect(rows).toEqual([
      { cause: 'asked', asked_by: 'mia' },
      { cause: 'asked', asked_by: 'lea' },
    ]);
  });

  it('is neither sent nor lost when the worker dies before the end, and one that fails holds up no other', async () => {
    const broken = await addReportSchedule(LEAD, BOARD, NOW);
    await addReportSchedule(LEAD, VALIDATION, NOW);
    await overdue();
    await pool().query(`ALTER TABLE deliveries ADD CONSTRAINT broken CHECK (address <> 'ciso@corp.example')`);
    await expect(makeReports(NOW)).rejects.toThrow(/broken/);
    expect(await sent()).toEqual([]);
    const { items } = await readReportSchedules();
    expect(items.find(({ id }) => id === broken.id)).toMatchObject({
      nextAt: '2026-04-13T06:00:00.000Z',
      lastAt: null,
      lastError: expect.stringContaining('could not be made (23514)'),
    });
    const runs = await pool().query('SELECT cause, asked_by, state FROM validation_runs');
    expect(runs.rows).toEqual([{ cause: 'schedule', asked_by: null, state: 'queued' }]);
    await pool().query('ALTER TABLE deliveries DROP CONSTRAINT broken');
    expect(await makeReports(NOW)).toBe(1);
    expect((await sent()).length).toBe(2);
    expect((await readReportSchedules()).items.map(({ lastError }) => lastError)).toEqual([null, null]);
  });

  it('is left alone while it is switched off; by hand it is sent at once and stays due when it was', async () => {
    const { id } = await addReportSchedule(LEAD, { ...BOARD, enabled: false }, NOW);
    await overdue();
    expect(await makeReports(NOW)).toBe(0);
    await runReportSchedule(LEAD, Number(id), NOW);
    expect((await sent()).length).toBe(2);
    expect(await only()).toMatchObject({ nextAt: '2026-04-13T06:00:00.000Z', lastAt: NOW.toISOString() });
    expect(await audited('report.sent')).toBe(1);
    await pool().query(
      `UPDATE deliveries SET last_error = 'the mail server answered 550', created_at = $1 WHERE address LIKE 'c%'`,
      [NOW],
    );
    expect((await only()).lastError).toBe('Not delivered: the mail server answered 550');
  });
});

describe('an export', () => {
  it('holds the numbers of the page to the last digit, as CSV and as JSON', async () => {
    const view = await readCoverage({ by: 'group' }, NOW);
    expect(view.hosts).toBe(2);
    const csv = await exportCoverage({ by: 'group', table: 'matrix', format: 'csv' }, NOW);
    expect(csv.name).toBe(`coverage-matrix_${view.from}_${view.to}.csv`);
    const rows: Record<string, string>[] = parse(await buffer(csv.content), { columns: true });
    const cells = view.rows.flatMap((row) =>
      [...row.cells, row.total].map((cell) => ({
        stage: row.stage,
        visible_seconds: String(cell.time.visible),
        partial_seconds: String(cell.time.partial),
        blind_seconds: String(cell.time.blind),
        hosts: String(cell.hosts),
        proven_hosts: String(cell.provenHosts),
      })),
    );
    expect(rows).toEqual(cells.map((cell) => expect.objectContaining(cell)));
    expect(rows.length).toBe(view.rows.length * (view.columns.length + 1));
    const json = await exportCoverage({ by: 'group', table: 'weeks', format: 'json' }, NOW);
    expect(JSON.parse((await buffer(json.content)).toString())).toEqual(
      view.weeks.map(({ week, hosts, time }) => ({
        week,
        hosts,
        visible_seconds: time.visible,
        partial_seconds: time.partial,
        blind_seconds: time.blind,
      })),
    );
  });

  it.each(COVERAGE_TABLES)(
    'has a column for every name of a row, and as many rows in both forms: %s',
    async (table) => {
      const csv = await exportCoverage({ by: 'os', table, format: 'csv' }, NOW);
      const json = await exportCoverage({ by: 'os', table, format: 'json' }, NOW);
      const rows: Record<string, string>[] = parse(await buffer(csv.content), { columns: true });
      const objects = JSON.parse((await buffer(json.content)).toString()) as Record<string, unknown>[];
      expect(rows.length).toBe(objects.length);
      const heads = rows.length === 0 ? [] : Object.keys(rows[0] ?? {});
      for (const object of objects) expect(Object.keys(object).sort()).toEqual([...heads].sort());
      if (!['quiet', 'validation', 'ablation'].includes(table)) expect(rows.length).toBeGreaterThan(0);
    },
  );

  it('has a line for every case of the newest validation over all recordings, and for what each source is worth', async () => {
    const recall = { share: 0.5, right: 1, of: 2 };
    const report: ValidationReport = {
      format: 'sequela-validation/1',
      run: 1,
      at: '2026-05-03T10:00:00.000Z',
      cause: 'asked',
      engine: { version: '1', catalogue: 'c' },
      definitions: [],
      recordings: 1,
      analytics: [],
      cases: [
        {
          recording: '=cmd.json',
          title: null,
          sha256: 'a'.repeat(64),
          origin: 'uploaded',
          sources: ['Sysmon', 'Windows Security'],
          analytic: 'AN1314',
          labelSha256: 'b'.repeat(64),
          expected: 'complete',
          acceptable: ['complete', 'partial'],
          found: 'none',
          ok: false,
          error: 'miss',
          differences: ['It was not found.', 'Egress could not be seen.'],
          stages: [
            { stage: 'egress', expected: 'matched', found: null, ok: false },
            { stage: 'tool', expected: 'matched', found: 'matched', ok: true },
          ],
        },
      ],
      unusable: [],
      ablation: [
        {
          without: 'network events',
          recordings: 1,
          recall,
          lost: 1,
          weakened: 0,
          blindStages: 2,
          partialStages: 3,
          analytics: [{ analytic: 'AN1314', recall }],
          examples: [],
        },
      ],
      comparison: null,
    };
    const insert = (recordingIds: string, text: ValidationReport) =>
      pool().query(
        `INSERT INTO validation_runs (cause, state, ended_at, shipped, recording_ids, report, sha256, signature, public_key)
         VALUES ('asked', 'done', now(), true, $1, $2, '', '', '')`,
        [recordingIds, JSON.stringify(text)],
      );
    await insert('{}', report);
    // A run over some recordings only is not what the file is about.
    await insert('{7}', { ...report, cases: [], ablation: null });
    const rowsOf = async (table: 'validation' | 'ablation', format: 'csv' | 'json') => {
      const { content } = await exportCoverage({ by: 'group', table, format }, NOW);
      const bytes = await buffer(content);
      return (format === 'csv' ? parse(bytes, { columns: true }) : JSON.parse(bytes.toString())) as Record<
        string,
        unknown
      >[];
    };
    const head = { run: 1, at: report.at };
    expect(await rowsOf('validation', 'json')).toEqual([
      {
        ...head,
        recording: '=cmd.json',
        title: null,
        sha256: 'a'.repeat(64),
        origin: 'uploaded',
        sources: 'Sysmon; Windows Security',
        analytic: 'AN1314',
        expected: 'complete',
        acceptable: 'complete; partial',
        found: 'none',
        ok: false,
        error: 'miss',
        differences: 'It was not found.; Egress could not be seen.',
        stages: 2,
        stages_wrong: 1,
      },
    ]);
    const share = { recall: 0.5, found: 1, of: 2 };
    expect(await rowsOf('ablation', 'json')).toEqual([
      {
        ...head,
        without: 'network events',
        analytic: null,
        recordings: 1,
        ...share,
        lost: 1,
        weakened: 0,
        blind_stages: 2,
        partial_stages: 3,
      },
      expect.objectContaining({ without: 'network events', analytic: 'AN1314', ...share, lost: null }),
    ]);
    for (const table of ['validation', 'ablation'] as const) {
      const [json, csv] = [await rowsOf(table, 'json'), await rowsOf(table, 'csv')];
      expect(csv.map((row) => Object.keys(row))).toEqual(json.map((row) => Object.keys(row)));
    }
    const [line] = await rowsOf('validation', 'csv');
    expect(line).toMatchObject({ recording: "'=cmd.json", ok: 'false', stages_wrong: '1', title: '' });
  });

  it('is a board report of one page that says what the page says', async () => {
    const view = await readCoverage({ by: 'group' }, NOW);
    const { content, name } = await makeBoardReport({ by: 'group' }, NOW);
    expect(name).toBe(`coverage-report_${view.from}_${view.to}.pdf`);
    const { pages, text } = readPdfText(await buffer(content));
    expect(pages).toBe(1);
    expect(text).toContain(`0 of ${view.rows.length}`);
    expect(text).toContain('No validation has been run');
  });
});
