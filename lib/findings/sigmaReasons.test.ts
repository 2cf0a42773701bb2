import { describe, expect, it } from 'vitest';
import { callsOut, catalogue, digest, MSHTA, POWERSHELL, storyOf } from '../analytics/testStory';
import { MICROS_PER_HOUR } from '../base/time';
import { correlateHost } from '../correlate/correlate';
import type { PlacedEvent } from '../events/record';
import type { HostHit } from '../sigma/hit';
import type { SigmaLevel } from '../sigma/rule';
import type { Finding } from './finding';
import { SIGMA_SCORE } from './sigmaReasons';

const URL = 'https://files.example/view.hta';

function story(more: { readonly calls?: boolean } = {}) {
  const { s } = storyOf();
  const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} ${URL}` });
  const shell = s.starts(POWERSHELL, { parent: mshta });
  if (more.calls !== false) callsOut(s, mshta);
  const events = s.events() as readonly PlacedEvent[];
  const startOf = (image: string): PlacedEvent => {
    const found = events.find((e) => e.kind === 'process_start' && e['process.executable'] === image);
    if (found === undefined) throw new Error(`no start of ${image}`);
    return found;
  };
  return { events, shell, start: startOf(MSHTA), child: startOf(POWERSHELL), host: startOf(MSHTA).host };
}

type Told = ReturnType<typeof story>;

function hit(event: PlacedEvent, ruleId: string, level: SigmaLevel, more: Partial<HostHit> = {}): HostHit {
  return {
    ...{ ruleId, title: `Rule {execution.image} ${ruleId}`, level, eventId: event.id, time: event.time },
    ...(event['process.entity_id'] === undefined ? {} : { entityId: event['process.entity_id'] }),
    ...more,
  };
}

function judged({ events, host }: Told, hits?: readonly HostHit[]): readonly Finding[] {
  const enabled = new Set(hits?.map(({ ruleId }) => ruleId));
  return correlateHost({
    ...{ host, events, catalogue, digest },
    ...(hits === undefined ? {} : { sigma: { enabled, hits } }),
  }).findings;
}

function only(findings: readonly Finding[]): Finding {
  const found = findings.find(({ analytic }) => analytic === 'AN1397');
  if (found === undefined) throw new Error('no finding');
  return found;
}

const sigmaOf = (finding: Finding) => finding.reasons.filter(({ id }) => id.startsWith('sigma:'));

describe('hits of Sigma\u2019s rules', () => {
  it('change nothing where there are none, though rules are switched on', () => {
    const told = story();
    expect(judged(told, [])).toEqual(judged(told));
  });

  it('raise the score by level, each rule once however often it hit, and say on what', () => {
    const told = story();
    const plain = only(judged(told));
    const raised = only(
      judged(told, [
        hit(told.start, 'b', 'high'),
        hit(told.child, 'b', 'high'),
        hit(told.start, 'a', 'low'),
        hit(told.start, 'n', 'informational'),
      ]),
    );
    expect(raised.scoreBeforeBaselines).toBe(Math.min(100, plain.score + 9));
    expect(sigmaOf(raised)).toMatchObject([
      { id: 'sigma:b', effect: 'raises', points: 8, counted: true, eventId: told.start.id },
      { id: 'sigma:a', points: 1, counted: true },
      { id: 'sigma:n', points: 0 },
    ]);
    // A title is a stranger\u2019s text: places in it are not filled in.
    expect(sigmaOf(raised)[0]?.text).toBe('Sigma: Rule {execution.image} b (high) on mshta.exe');
    expect(raised.id).toBe(plain.id);
    expect(raised.reasons.filter(({ id }) => !id.startsWith('sigma:'))).toEqual(plain.reasons);
  });

  it('add no more together than the cap, which their group states', () => {
    const told = story();
    const plain = only(judged(told));
    const levels: readonly SigmaLevel[] = ['critical', 'critical', 'high'];
    const raised = only(
      judged(
        told,
        levels.map((level, i) => hit(told.start, `r${i}`, level)),
      ),
    );
    expect(raised.score).toBe(Math.min(100, plain.score + SIGMA_SCORE.cap));
    expect(sigmaOf(raised)).toMatchObject([
      { points: 12, counted: true, group: { id: 'sigma', take: 'sum', cap: 20 } },
      { points: 8, worth: 12, counted: true },
      { points: 8, counted: false },
    ]);
  });

  it('do not lift the cap of a partial chain', () => {
    const { s } = storyOf();
    s.starts(MSHTA, { commandLine: `${MSHTA} ${URL}` });
    const events = s.events() as readonly PlacedEvent[];
    const start = events.find((event) => event['process.executable'] === MSHTA);
    if (start === undefined) throw new Error('no start');
    const told = { ...story(), events, start, host: start.host };
    const raised = only(
      judged(
        told,
        ['a', 'b', 'c'].map((id) => hit(start, id, 'critical')),
      ),
    );
    expect(raised.status).toBe('partial');
    expect(raised.score).toBeLessThanOrEqual(60);
  });

  it('make no finding of a partial chain that has too little of a story without them', () => {
    const { s } = storyOf();
    s.starts(MSHTA, { commandLine: 'mshta.exe C:\\Users\\Public\\view.hta' });
    const events = s.events() as readonly PlacedEvent[];
    const start = events.find((event) => event['process.executable'] === MSHTA);
    if (start === undefined) throw new Error('no start');
    const told = { ...story(), events, start, host: start.host };
    const hits = ['a', 'b', 'c'].map((id) => hit(start, id, 'critical'));
    expect(judged(told)).toEqual([]);
    expect(judged(told, hits)).toEqual([]);
  });

  it('count on the chain\u2019s processes an hour around it, and not beyond or on others', () => {
    const told = story();
    const plain = only(judged(told));
    const { entityId } = plain.anchor;
    if (entityId === undefined) throw new Error('no process');
    const record = (ruleId: string, more: Partial<HostHit>) =>
      hit(told.start, ruleId, 'medium', { eventId: `record-${ruleId}`, entityId, noEvent: true, ...more });
    const raised = only(
      judged(told, [
        record('near', { time: plain.to + MICROS_PER_HOUR }),
        record('late', { time: plain.to + MICROS_PER_HOUR + 1 }),
        record('early', { time: plain.from - MICROS_PER_HOUR - 1 }),
        record('other', { time: plain.from, entityId: 'another' }),
      ]),
    );
    const [reason, ...others] = sigmaOf(raised);
    expect(others).toEqual([]);
    expect(reason).toMatchObject({ id: 'sigma:near', points: 4 });
    // What became no event cannot be opened as one.
    expect(reason).not.toHaveProperty('eventId');
  });

  it('leave with the stage that they are on: what would be without it is told without them', () => {
    const told = story();
    const plain = only(judged(told));
    const cited = plain.stages.find(({ id, state }) => id !== 'execution' && state === 'matched')?.events[0];
    const on = told.events.find(({ id }) => id === cited?.eventId);
    if (on === undefined) throw new Error('no stage beside the anchor');
    // On the event alone: what is on the process stays with the process.
    const raised = only(judged(told, [{ ...hit(on, 'c', 'critical'), entityId: 'nobody' }]));
    const without = (finding: Finding, stage: string | undefined) =>
      finding.counterfactuals.find((one) => one.stage === stage && one.score !== undefined)?.score;
    const [reason] = sigmaOf(raised);
    expect(reason?.stage).toBeDefined();
    expect(raised.score).toBeGreaterThan(plain.score);
    expect(without(raised, reason?.stage)).toBe(without(plain, reason?.stage));
  });

  it('of one rule are told by the earliest on an event that the chain cites', () => {
    const told = story();
    const cited = only(judged(told))
      .stages.filter(({ state }) => state === 'matched')
      .flatMap(({ events }) => events.map(({ eventId }) => told.events.find(({ id }) => id === eventId)))
      .filter((event) => event !== undefined)
      .sort((a, b) => a.time - b.time);
    const [first] = cited;
    const last = cited.at(-1);
    if (first === undefined || last === undefined) throw new Error('nothing cited');
    expect(last.time).toBeGreaterThan(first.time);
    const before = hit(first, 'r', 'high', { eventId: 'record', time: first.time - 1, noEvent: true });
    const [reason, ...others] = sigmaOf(
      only(judged(told, [before, hit(last, 'r', 'high'), hit(first, 'r', 'high')])),
    );
    expect(others).toEqual([]);
    expect(reason).toMatchObject({ id: 'sigma:r', points: 8, eventId: first.id });
  });

  it('tell no more of a title than fits', () => {
    const told = story();
    const [reason] = sigmaOf(only(judged(told, [hit(told.start, 'r', 'high', { title: 't'.repeat(500) })])));
    expect(reason?.text).toBe(`Sigma: ${'t'.repeat(159)}\u2026 (high) on mshta.exe`);
  });

  it('are the same in any order, and given twice count once', () => {
    const told = story();
    const hits = [hit(told.start, 'a', 'low'), hit(told.child, 'B', 'high'), hit(told.child, 'c', 'medium')];
    expect(judged(told, [...hits, ...hits].reverse())).toEqual(judged(told, hits));
  });
});
