import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlertList } from '../contracts/alerts';
import { toAlertKey } from '../storage/alertKey';
import { pool } from '../storage/client';
import { assignAlert, giveAlertVerdict } from './decideAlert';
import { readAlerts } from './readAlerts';
import { ANNA, BERT, useTestDatabase } from './testFindings';

let end: () => Promise<void>;

beforeAll(async () => {
  end = await useTestDatabase();
  await pool().query(
    `INSERT INTO hosts (id, name, canonical_id) VALUES (1, 'ws01', 1), (2, 'ws01.corp', 2), (3, 'ws03', 3)`,
  );
  await pool().query(
    `INSERT INTO alerts (host_id, event_id, alert, rule, product, severity, time, entity_id, subject, user_name, finding_id)
     SELECT 1 + i % 3, gen_random_uuid(), 'da' || i / 3 % 4, 'rule ' || i % 3, 'defender', (i * 10 % 100)::smallint, 1000 + i / 6, NULL, 'a.exe', 'u',
       CASE WHEN i = 5 THEN 'f1' END FROM generate_series(0, 23) i`,
  );
}, 60_000);
afterAll(() => end());

const KEY = toAlertKey(1, 'da0');
const verdict = { verdict: 'false_positive', reason: 'our own tool' } as const;

describe('alerts', () => {
  it('come page by page, each once with all its evidence', async () => {
    const whole = await readAlerts({ limit: 500 });
    expect(whole.items).toHaveLength(12);
    expect(whole.items.every(({ evidence }) => evidence === 2)).toBe(true);
    expect(whole.counts).toEqual({ total: 12, unexplained: 11, open: 11, chains: 1 });
    const keys: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: AlertList = await readAlerts({ limit: 5, cursor });
      keys.push(...page.items.map(({ key }) => key));
      cursor = page.nextCursor;
    }
    expect(keys).toEqual(whole.items.map(({ key }) => key));
    expect((await readAlerts({ explained: 'true' })).items.map(({ findingId }) => findingId)).toEqual(['f1']);
    expect((await readAlerts({ explained: 'false' })).items).toHaveLength(11);
    expect((await readAlerts({ q: 'RULE 1' })).items).toHaveLength(4);
    expect((await readAlerts({ host: 'ws03' })).items).toHaveLength(4);
    expect((await readAlerts({ severity: 'high' })).items.length).toBeLessThan(12);
    await expect(readAlerts({ cursor: 'x' })).rejects.toMatchObject({ code: 'bad_request' });
    await expect(readAlerts({ q: '\u0000' })).rejects.toMatchObject({ code: 'bad_request' });
  });

  it('take a verdict with a reason from whoever saw the newest revision', async () => {
    await expect(
      giveAlertVerdict(KEY, { verdict: 'undetermined', reason: '', revision: 0 }, ANNA),
    ).rejects.toMatchObject({ code: 'bad_request' });
    const both = await Promise.allSettled([
      giveAlertVerdict(KEY, { ...verdict, revision: 0 }, ANNA),
      giveAlertVerdict(KEY, { ...verdict, revision: 0 }, BERT),
    ]);
    const winner = both[0]?.status === 'fulfilled' ? 'anna' : 'bert';
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'conflict', details: { revision: 1, verdict: 'false_positive', by: winner } },
    });
    const { items, counts } = await readAlerts({ verdict: 'any' });
    expect(items.map(({ key, revision }) => [key, revision])).toEqual([[KEY, 1]]);
    expect(counts).toMatchObject({ total: 12, open: 10 });
    expect((await readAlerts({ verdict: 'none' })).items).toHaveLength(11);
  });

  it('are given to people who may decide on them, who are told', async () => {
    await expect(assignAlert(KEY, { assignee: 'mara', revision: 1 }, ANNA)).rejects.toMatchObject({
      code: 'bad_request',
    });
    expect(await assignAlert(KEY, { assignee: 'bert', revision: 1 }, ANNA)).toMatchObject({
      assignee: 'bert',
      revision: 2,
    });
    const { rows } = await pool().query('SELECT person, kind, link FROM notifications');
    expect(rows).toEqual([{ person: 'bert', kind: 'alert.assigned', link: `/alerts?show=all&alert=${KEY}` }]);
    expect((await readAlerts({ assignee: 'bert' })).items.map(({ key }) => key)).toEqual([KEY]);
    const audit = await pool().query('SELECT action, subject FROM audit ORDER BY id');
    expect(audit.rows).toEqual([
      { action: 'alert.verdict', subject: `alert:${KEY}` },
      { action: 'alert.assigned', subject: `alert:${KEY}` },
    ]);
  });

  it('tell whose they are of what somebody else decides on them, and nobody of their own', async () => {
    await giveAlertVerdict(KEY, { verdict: 'undetermined', reason: 'hm', revision: 2 }, ANNA);
    await giveAlertVerdict(KEY, { verdict: null, reason: '', revision: 3 }, BERT);
    // Of one alert, nobody is told again before they have read.
    await pool().query('UPDATE notifications SET read_at = now()');
    await giveAlertVerdict(KEY, { ...verdict, revision: 4 }, ANNA);
    const { rows } = await pool().query<{ person: string; text: string }>(
      `SELECT person, text FROM notifications WHERE kind = 'alert.changed' ORDER BY id`,
    );
    expect(rows).toEqual([
      { person: 'bert', text: 'anna gave a verdict on an alert of yours, undetermined: rule 0 on ws01' },
      { person: 'bert', text: 'anna gave a verdict on an alert of yours, false positive: rule 0 on ws01' },
    ]);
  });

  it('keep what was decided when their host is joined with another name', async () => {
    await pool().query(`UPDATE hosts SET canonical_id = 2 WHERE id IN (1, 2)`);
    await pool().query(`UPDATE alerts SET host_id = 2, alert = alert || '-2' WHERE host_id = 2`);
    await pool().query(`UPDATE alerts SET host_id = 2 WHERE host_id = 1`);
    const { items } = await readAlerts({ verdict: 'false_positive' });
    expect(items.map(({ key, assignee, revision }) => [key, assignee, revision])).toEqual([
      [toAlertKey(2, 'da0'), 'bert', 5],
    ]);
    // A link from before still finds it.
    expect(await giveAlertVerdict(KEY, { verdict: null, reason: '', revision: 5 }, ANNA)).toMatchObject({
      verdict: null,
      revision: 6,
    });
    await expect(
      giveAlertVerdict(toAlertKey(9, 'da0'), { ...verdict, revision: 0 }, ANNA),
    ).rejects.toMatchObject({ code: 'not_found' });
    for (const key of ['', '%', 'abc', toAlertKey(2, 'da0\u0000')])
      await expect(giveAlertVerdict(key, { ...verdict, revision: 0 }, ANNA), key).rejects.toMatchObject({
        code: 'not_found',
      });
  });
});
