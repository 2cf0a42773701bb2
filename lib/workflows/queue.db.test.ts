import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FindingQuery } from '../contracts/findings';
import { TRIAGE_VIEWS, VIEW_QUERY } from '../contracts/triage';
import type { Finding } from '../findings/finding';
import { pool } from '../storage/client';
import { toCursor } from './cursor';
import { assignFinding, giveVerdict } from './decideFinding';
import { readFindingGroups } from './readFindingGroups';
import { countNewFindings, readTriageQueue } from './readTriageQueue';
import { changeView, dropView, keepView, readViews } from './savedViews';
import { readServiceClocks, setServiceClocks } from './serviceClocks';
import { ANNA, BERT, exampleFinding, storeFindings, useTestDatabase } from './testFindings';

let end: () => Promise<void>;
const SEVERITIES = ['low', 'critical', 'high', 'low', 'medium'] as const;

/** On three hosts, with users, severities, scores and destinations that repeat. */
function findingsOf(host: number): readonly Finding[] {
  return Array.from({ length: 7 }, (_, i) => {
    const base = exampleFinding(`h${host}n${i}`);
    const { user: _user, ...without } = base;
    const odd = host === 3 && i === 6;
    return {
      ...(i === 3 ? without : { ...base, user: i % 2 === 0 ? 'CORP\\Ann' : 'CORP\\bob' }),
      severity: SEVERITIES[i % 5] ?? 'low',
      score: (i * 31 + host) % 60,
      status: i % 3 === 0 ? 'complete' : 'partial',
      headline: `finding ${i} of host ${host}, 100%_sure`,
      destinations: [odd ? 'elsewhere.example' : 'files.example'],
      suppressed: i === 5,
    } satisfies Finding;
  });
}

beforeAll(async () => {
  end = await useTestDatabase();
  for (const host of [1, 2, 3]) await storeFindings(findingsOf(host), host);
  await assignFinding('h1n0', { assignee: 'bert' }, ANNA);
  await giveVerdict('h2n0', { verdict: 'true_positive', reason: 'seen' }, ANNA);
}, 60_000);
afterAll(() => end());

const idsOf = async (query: FindingQuery) => (await readTriageQueue(query, 'anna')).items.map(({ id }) => id);

describe('the queue', () => {
  it('comes page by page in every order, none twice and none left out', async () => {
    const all = (await idsOf({ limit: 500 })).sort();
    expect(all).toHaveLength(21);
    for (const sort of [
      'score',
      'newest',
      'oldest',
      'host',
      'due',
      'severity',
      'user',
      'analytic',
      'assignee',
    ] as const) {
      const whole = await idsOf({ sort, limit: 500 });
      const ids: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: Awaited<ReturnType<typeof readTriageQueue>> = await readTriageQueue(
          { sort, limit: 4, cursor },
          'anna',
        );
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(ids, sort).toEqual(whole);
      expect([...ids].sort(), sort).toEqual(all);
    }
    expect((await idsOf({ sort: 'assignee' }))[0]).toBe('h1n0');
    const users = (await readTriageQueue({ sort: 'user' }, 'anna')).items.map(({ user }) => user);
    expect(users.slice(-3)).toEqual([null, null, null]);
  });

  it('shows who is first due, by the clock of its severity, and what hides waits for nobody', async () => {
    await pool().query(`UPDATE findings SET created_at = now() - interval '50 minutes' WHERE id = 'h1n1'`);
    await pool().query(
      `UPDATE findings SET created_at = now() - interval '10 hours' WHERE id IN ('h2n1', 'h3n5')`,
    );
    await setServiceClocks(
      {
        items: [
          { severity: 'critical', minutes: 60 },
          { severity: 'low', minutes: 60 },
        ],
      },
      { name: 'demo', role: 'administrator' },
    );
    expect((await readServiceClocks()).items.map(({ severity }) => severity)).toEqual(['critical', 'low']);
    const byId = new Map((await readTriageQueue({}, 'anna')).items.map((item) => [item.id, item]));
    expect(['h1n1', 'h2n1', 'h3n5', 'h2n0', 'h1n2'].map((id) => byId.get(id)?.clock)).toEqual([
      'soon',
      'breached',
      null,
      'met',
      null,
    ]);
    expect((await idsOf({ sort: 'due' })).slice(0, 2)).toEqual(['h2n1', 'h1n1']);
    expect(await idsOf({ clock: 'breached' })).toEqual(['h2n1']);
    const soon = await readTriageQueue({ clock: 'soon' }, 'anna');
    expect(soon.items.map(({ id }) => id)).toContain('h1n1');
    expect(soon.total).toBe(soon.counts.due);
    await expect(
      setServiceClocks(
        {
          items: [
            { severity: 'low', minutes: 1 },
            { severity: 'low', minutes: 2 },
          ],
        },
        ANNA,
      ),
    ).rejects.toMatchObject({ code: 'bad_request' });
  });

  it('has counts that agree with what each filter lists', async () => {
    const { counts, facets, total } = await readTriageQueue({}, 'bert');
    const open = { verdict: 'none', suppressed: 'false' } as const;
    expect(counts.open).toBe((await idsOf({ ...open, limit: 500 })).length);
    expect(counts.unassigned).toBe((await idsOf({ ...open, assignee: 'none', limit: 500 })).length);
    expect(counts.mine).toBe(1);
    expect(counts.closed).toBe(1);
    expect(counts.suppressed).toBe(3);
    expect(counts.partial).toBe((await idsOf({ ...open, status: 'partial', limit: 500 })).length);
    expect(facets.host).toEqual(['ws01', 'ws02', 'ws03'].map((value) => ({ value, count: 7 })));
    expect(facets.severity.reduce((sum, { count }) => sum + count, 0)).toBe(total);
    await giveVerdict('h3n0', { verdict: 'undetermined', reason: 'seen' }, BERT);
    expect((await readTriageQueue({}, 'bert')).counts).toMatchObject({ open: counts.open - 1, closed: 2 });
    await giveVerdict('h3n0', { verdict: null, reason: '' }, BERT);
  });

  it('counts each view as the list of that view does', async () => {
    await pool().query(`UPDATE findings SET blind = true WHERE id IN ('h1n1', 'h2n0', 'h2n2', 'h3n5')`);
    await pool().query(`UPDATE findings SET stale = true WHERE id IN ('h1n3', 'h1n4')`);
    await pool().query(
      `INSERT INTO decisions (finding_id, reopened_at, reopened_why) SELECT id, now(), '{}' FROM findings WHERE id IN ('h2n2', 'h2n4', 'h2n5')
       ON CONFLICT (finding_id) DO UPDATE SET reopened_at = now()`,
    );
    // Hidden and closed both.
    await giveVerdict('h3n5', { verdict: 'undetermined', reason: 'seen' }, BERT);
    for (const view of TRIAGE_VIEWS) {
      const query = { ...VIEW_QUERY[view], ...(view === 'mine' ? { assignee: 'bert' } : {}) };
      const { counts, total } = await readTriageQueue(query, 'bert');
      expect(total, view).toBeGreaterThan(0);
      expect(counts[view], view).toBe(total);
    }
    await giveVerdict('h3n5', { verdict: null, reason: '' }, BERT);
    await pool().query('UPDATE findings SET stale = false');
  });

  it('finds text as it is written, in the finding and in the host’s name', async () => {
    expect(await idsOf({ q: 'FINDING 2 of host 1' })).toEqual(['h1n2']);
    expect((await idsOf({ q: '100%_s' })).length).toBe(21);
    expect(await idsOf({ q: '100_%' })).toEqual([]);
    expect((await idsOf({ q: 'ws02' })).every((id) => id.startsWith('h2'))).toBe(true);
    expect((await idsOf({ user: 'corp\\ANN' })).length).toBe(12);
  });

  it('knows cases by what they were merged into', async () => {
    await pool().query(
      `INSERT INTO cases (id, title, created_by, merged_into) VALUES (1, 'whole', 'anna', NULL), (2, 'part', 'anna', 1), (3, 'part of a part', 'anna', 2)`,
    );
    await pool().query(
      `INSERT INTO case_items (kind, ref, case_id, added_by) VALUES ('finding', 'h1n1', 3, 'anna'), ('finding', 'h1n2', 1, 'anna')`,
    );
    const { items } = await readTriageQueue({ case: '1' }, 'anna');
    expect(items.map(({ id }) => id).sort()).toEqual(['h1n1', 'h1n2']);
    expect(items.map((item) => item.case)).toEqual([
      { id: 1, title: 'whole' },
      { id: 1, title: 'whole' },
    ]);
    expect(await idsOf({ case: '3' })).toEqual(['h1n1']);
    expect((await idsOf({ case: 'none', limit: 500 })).length).toBe(19);
    expect((await idsOf({ case: 'any' })).length).toBe(2);
  });

  it('tells how many are new since a page was read', async () => {
    const { asOf } = await readTriageQueue({}, 'anna');
    expect((await countNewFindings({ since: asOf, host: 'ws09' })).count).toBe(0);
    await storeFindings([exampleFinding('new1'), exampleFinding('new2')], 9);
    expect((await countNewFindings({ since: asOf })).count).toBe(2);
    await storeFindings([], 9);
  });

  it('refuses cursors and texts that no list gave out', async () => {
    const bad = [
      'zzz',
      toCursor([]),
      toCursor([1, 2, 3, 4, 'a\u0000']),
      toCursor([1, 2, 3, 1e300, 'a']),
      toCursor([1, 2, 3, 0.5, 'a']),
      toCursor(['1', '2', '3', '4', '5']),
      Buffer.from('[1e999,1,1,1,"a"]').toString('base64url'),
    ];
    for (const cursor of bad)
      await expect(readTriageQueue({ cursor }, 'anna'), cursor).rejects.toMatchObject({
        code: 'bad_request',
      });
    await expect(
      readTriageQueue({ sort: 'due', cursor: toCursor(['soon', 'a']) }, 'anna'),
    ).rejects.toMatchObject({ code: 'bad_request' });
    // A number that no column holds is a place in the order like any other.
    expect(
      (await readTriageQueue({ cursor: toCursor([9e15, 9e15, 9e15, 9e15, 'z']) }, 'anna')).items,
    ).toHaveLength(21);
    for (const name of ['q', 'user', 'assignee', 'analytic', 'shape', 'host'])
      await expect(readTriageQueue({ [name]: 'a\u0000' }, 'anna'), name).rejects.toMatchObject({
        code: 'bad_request',
      });
    await expect(readFindingGroups({ cursor: toCursor([1, 2, 'a', '\u0000']) })).rejects.toMatchObject({
      code: 'bad_request',
    });
  });
});

describe('groups', () => {
  it('join findings of one shape over hosts, and name those that differ from most', async () => {
    const { items, total, nextCursor } = await readFindingGroups({});
    expect([total, nextCursor]).toEqual([1, null]);
    const [group] = items;
    expect(group).toMatchObject({ findings: 21, hosts: 3, users: 2, open: 20, outliersTotal: 1 });
    expect(group?.outliers).toEqual([
      { id: 'h3n6', host: 'ws03', what: 'destination', value: 'elsewhere.example', usual: 'files.example' },
    ]);
    expect(group?.first.status).toBe('complete');
    expect((await readFindingGroups({ host: 'ws01' })).items[0]).toMatchObject({ findings: 7, hosts: 1 });
    expect((await readTriageQueue({ shape: group?.shape ?? '', limit: 500 }, 'anna')).total).toBe(21);
  });

  it('come page by page', async () => {
    await pool().query(`UPDATE findings SET shape = shape || id WHERE host_id = 2`);
    const whole = await readFindingGroups({ user: 'corp\\ann' });
    const shapes: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Awaited<ReturnType<typeof readFindingGroups>> = await readFindingGroups({
        user: 'corp\\ann',
        limit: 2,
        cursor,
      });
      expect(page.total).toBe(whole.total);
      shapes.push(...page.items.map(({ shape }) => shape));
      cursor = page.nextCursor;
    }
    expect(shapes).toEqual(whole.items.map(({ shape }) => shape));
    expect(new Set(shapes).size).toBe(5);
  });
});

describe('saved views', () => {
  it('are one’s own or shared, counted by the same filter as the list, and changed by their owner only', async () => {
    const mine = await keepView(
      { name: 'Ours', search: 'host=ws01&q=finding&columns=user', shared: true },
      'anna',
    );
    expect(mine.count).toBe(6);
    await keepView({ name: 'Broken', search: 'severity=awful', shared: false }, 'anna');
    await keepView({ name: 'At a time', search: 'from=yesterday', shared: false }, 'anna');
    await keepView({ name: 'Mine', search: 'view=mine&assignee=anna&verdict=none', shared: true }, 'anna');
    expect((await readViews('anna')).items.map(({ name, count }) => [name, count])).toEqual([
      ['At a time', 0],
      ['Broken', 0],
      ['Mine', 0],
      ['Ours', 6],
    ]);
    const seen = await readViews('bert');
    expect(seen.items.map(({ name, count }) => [name, count])).toEqual([
      ['Mine', 1],
      ['Ours', 6],
    ]);
    await expect(changeView(mine.id, { ...mine, name: 'Theirs' }, 'bert')).rejects.toMatchObject({
      code: 'forbidden',
    });
    await changeView(mine.id, { name: 'Ours', search: '', shared: false }, 'anna');
    await expect(dropView(mine.id, 'bert')).rejects.toMatchObject({ code: 'not_found' });
    expect((await dropView(mine.id, 'anna')).items).toHaveLength(3);
  });
});
