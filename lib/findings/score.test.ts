import { describe, expect, it } from 'vitest';
import type { When } from '../analytics/analytic';
import type { Baseline } from '../analytics/baseline';
import type { Catalogue } from '../analytics/catalogue';
import { callsOut, catalogue, findingsOf, homeOf, MSHTA, POWERSHELL, storyOf } from '../analytics/testStory';
import { micros } from '../base/time';
import type { Finding } from './finding';

const URL = 'https://files.example/view.hta';
const FOREVER = micros(Number.MAX_SAFE_INTEGER);
const REMOTE: When = { op: 'stage', stage: 'execution' };

function events() {
  const { s } = storyOf();
  const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} ${URL}` });
  s.starts(POWERSHELL, { parent: mshta });
  callsOut(s, mshta);
  return s.events();
}

function judgedBy(definitions: Partial<Catalogue>): Finding {
  const [finding] = findingsOf(events(), 'AN1397', { ...catalogue, ...definitions });
  if (finding === undefined) throw new Error('no finding');
  return finding;
}

const baseline = (more: Partial<Baseline>): Baseline => ({
  id: 7,
  analytic: 'AN1397',
  title: 'The help desk\u2019s tool',
  when: REMOTE,
  points: undefined,
  until: FOREVER,
  ...more,
});

describe('the reasons of a score', () => {
  it('list what holds and does not count beside what counts, each with its group', () => {
    const { reasons } = judgedBy({});
    const child = reasons.filter(({ group }) => group?.id === 'child');
    expect(child.map(({ id, counted }) => [id, counted])).toEqual([
      ['F1', true],
      ['F3', false],
    ]);
    expect(child[0]?.group).toEqual({ id: 'child', take: 'highest' });
  });

  it('show what a cap left of them', () => {
    const { s } = storyOf();
    const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} https://files.example/view.png` });
    s.starts(POWERSHELL, { parent: mshta });
    const hta = `${homeOf(s)}\\Downloads\\x.txt`;
    const both = s.starts(MSHTA, { commandLine: `${MSHTA} "\\\\share\\x\\a.txt" ${hta} javascript:a` });
    s.starts(POWERSHELL, { parent: both });
    for (const finding of findingsOf(s.events(), 'AN1397')) {
      const content = finding.reasons.filter(({ group }) => group?.id === 'content');
      const counted = content.filter((reason) => reason.counted);
      expect(counted.reduce((sum, { points }) => sum + points, 0)).toBeLessThanOrEqual(30);
      for (const reason of counted) expect(reason.points).toBeLessThanOrEqual(reason.worth ?? reason.points);
      expect(content[0]?.group?.cap).toBe(30);
    }
  });

  it('show the values that held, and the event they were read from', () => {
    const remote = judgedBy({}).reasons.find(({ id }) => id === 'X2');
    expect(remote?.why).toMatchObject({ result: 'true', field: 'process.args', matched: 'https://' });
    expect(remote?.eventId).toBeDefined();
  });

  it('say where there is no history to judge by', () => {
    const unusual = judgedBy({}).reasons.find(({ id }) => id === 'F6');
    expect(unusual?.note).toContain('no history to judge by');
  });
});

describe('a baseline', () => {
  it('that suppresses hides, changes no point, and is counted by its id', () => {
    const plain = judgedBy({});
    const hidden = judgedBy({ baselines: [baseline({})] });
    expect(hidden).toMatchObject({ suppressed: true, score: plain.score, baselines: [7], id: plain.id });
    expect(hidden.reasons.at(-1)).toMatchObject({ effect: 'suppresses', points: 0, baseline: 7 });
  });

  it('that lowers is taken off last, under caps and all; what the score was is kept', () => {
    const plain = judgedBy({});
    const lowered = judgedBy({ baselines: [baseline({ points: 30 })] });
    expect(lowered).toMatchObject({
      score: plain.score - 30,
      scoreBeforeBaselines: plain.score,
      suppressed: false,
      baselines: [7],
    });
    expect(lowered.reasons.at(-1)).toMatchObject({ effect: 'lowers', points: 30, baseline: 7 });
    expect(lowered.severity).not.toBe(plain.severity);
  });

  it('does nothing to another analytic, past its end, or where its pattern does not hold', () => {
    const plain = judgedBy({});
    for (const other of [
      baseline({ analytic: 'AN1314' }),
      baseline({ until: micros(0) }),
      baseline({ when: { op: 'not', of: REMOTE } }),
    ])
      expect(judgedBy({ baselines: [other] })).toEqual(plain);
  });

  it('takes no finding away, however far it lowers', () => {
    expect(judgedBy({ baselines: [baseline({ points: 500 })] })).toMatchObject({
      score: 0,
      status: 'complete',
    });
  });
});

describe('severity', () => {
  it('is read from the environment\u2019s own scale', () => {
    const severity = { critical: 100, high: 99, medium: 98, low: 97 };
    expect(judgedBy({ severity }).severity).toBe('informational');
  });
});

describe('a partial finding', () => {
  const alone = () => {
    const { s } = storyOf();
    s.starts(MSHTA, { commandLine: `${MSHTA} ${URL}` });
    return s.events();
  };
  const from = (keepPartialFrom: number): Catalogue => ({
    ...catalogue,
    analytics: catalogue.analytics.map((analytic) => ({ ...analytic, keepPartialFrom })),
  });

  it('is kept from so many points on as its definition says', () => {
    const [kept] = findingsOf(alone(), 'AN1397', from(0));
    expect(kept?.status).toBe('partial');
    expect(findingsOf(alone(), 'AN1397', from(kept?.score ?? 0))).toHaveLength(1);
    expect(findingsOf(alone(), 'AN1397', from((kept?.score ?? 0) + 1))).toEqual([]);
  });

  it('is not dropped for what a baseline took off it', () => {
    const [kept] = findingsOf(alone(), 'AN1397', from(0));
    const definitions = { ...from(kept?.score ?? 0), baselines: [baseline({ points: 20 })] };
    expect(findingsOf(alone(), 'AN1397', definitions)).toHaveLength(1);
  });

  it('ranks below a complete one, whatever their scores', () => {
    const { s } = storyOf();
    s.starts(MSHTA, { commandLine: `${MSHTA} ${URL}` });
    const local = s.starts(MSHTA, { commandLine: `${MSHTA} D:\\forms\\a.hta` });
    s.writes(local, 'D:\\forms\\out.dat');
    const findings = findingsOf(s.events(), 'AN1397');
    expect(findings.map(({ status }) => status)).toEqual(['complete', 'partial']);
    expect(findings[0]?.score).toBeLessThan(findings[1]?.score ?? 0);
  });
});
