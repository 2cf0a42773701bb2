import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalogue, findingsOf, MSHTA, POWERSHELL, storyOf } from '../analytics/testStory';
import { setEnvironment } from '../base/testEnvironment';
import { micros } from '../base/time';
import type { Finding } from '../findings/finding';
import { closeStorage, pool, transaction } from '../storage/client';
import { replaceFindings } from '../storage/replaceFindings';
import { createTestDatabase, type TestDatabase } from '../storage/testDatabase';
import { exportFinding } from './exports/exportFinding';
import { readFinding } from './readFinding';
import { readTriageQueue } from './readTriageQueue';

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

async function store(findings: readonly Finding[]): Promise<void> {
  const { rows } = await pool().query<{ id: number }>(
    `INSERT INTO hosts (id, name, canonical_id) VALUES (1, 'ws01', 1) RETURNING id`,
  );
  const host = rows[0]?.id ?? 0;
  await transaction((connection) => replaceFindings(connection, host, [host], findings));
}

/** A partial finding of 45 points and a complete one of fewer. */
function unequal(): readonly Finding[] {
  const { s } = storyOf();
  s.starts(MSHTA, { commandLine: `${MSHTA} https://files.example/view.hta` });
  const local = s.starts(MSHTA, { commandLine: `${MSHTA} D:\\forms\\a.hta` });
  s.writes(local, 'D:\\forms\\out.dat');
  return findingsOf(s.events(), 'AN1397');
}

describe('the queue', () => {
  it('ranks what is proven above what is in part, page by page', async () => {
    await store(unequal());
    const all = await readTriageQueue({}, 'anna');
    expect(all.items.map(({ status }) => status)).toEqual(['complete', 'partial']);
    expect(all.items[0]?.score).toBeLessThan(all.items[1]?.score ?? 0);

    const first = await readTriageQueue({ limit: 1 }, 'anna');
    const second = await readTriageQueue({ limit: 1, cursor: first.nextCursor ?? '' }, 'anna');
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(all.items.map(({ id }) => id));
    expect(second.nextCursor).toBeNull();
  });

  it('finds what a baseline hid, and keeps the keys of the history that was asked', async () => {
    const { s } = storyOf();
    s.starts(POWERSHELL, {
      parent: s.starts(MSHTA, { commandLine: `${MSHTA} https://files.example/a.hta` }),
    });
    const hides = {
      id: 7,
      analytic: 'AN1397',
      title: 'The help desk\u2019s tool',
      when: { op: 'stage', stage: 'execution' },
      points: undefined,
      until: micros(Number.MAX_SAFE_INTEGER),
    } as const;
    const [finding] = findingsOf(s.events(), 'AN1397', { ...catalogue, baselines: [hides] });
    await store([...(finding === undefined ? [] : [finding]), ...unequal()]);
    expect((await readTriageQueue({ baseline: 7 }, 'anna')).items.map(({ id }) => id)).toEqual([finding?.id]);
    expect((await readTriageQueue({ baseline: 8 }, 'anna')).total).toBe(0);
    const { rows } = await pool().query<{ history_keys: string[]; baseline_ids: number[] }>(
      'SELECT history_keys, baseline_ids FROM findings WHERE id = $1',
      [finding?.id],
    );
    expect(rows[0]).toEqual({ history_keys: finding?.historyKeys, baseline_ids: [7] });
  });
});

describe('a finding', () => {
  it('is shown and exported with what would change it, and its score as an account', async () => {
    const [, partial] = unequal();
    await store(partial === undefined ? [] : [partial]);
    const detail = await readFinding(partial?.id ?? '');
    expect(detail.counterfactuals.map(({ kind }) => kind)).toEqual(
      partial?.counterfactuals.map(({ kind }) => kind),
    );
    expect(detail.reasons.every(({ group, counted }) => group !== null || !counted)).toBe(true);
    const { content } = await exportFinding(partial?.id ?? '', 'markdown');
    expect(content).toContain('## What would change it');
    expect(content).toMatch(/- raises 20: mshta was started with script content/);
  });

  it('that an earlier version stored is shown as far as it says', async () => {
    const [finding] = unequal();
    await store(finding === undefined ? [] : [finding]);
    await pool().query(
      `UPDATE findings SET body = (body - 'unjudged' - 'scoreBeforeBaselines' - 'baselines')
         || '{"counterfactuals": [{"text": "Would be partial without it."}],
              "reasons": [{"id": "X1", "effect": "raises", "points": 20, "text": "it ran"}]}'::jsonb`,
    );
    const detail = await readFinding(finding?.id ?? '');
    expect(detail).toMatchObject({
      scoreBeforeBaselines: finding?.score,
      unjudged: [],
      reasons: [{ id: 'X1', counted: true, group: null }],
      counterfactuals: [{ kind: 'missing', field: null }],
    });
  });
});
