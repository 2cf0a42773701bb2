import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { micros } from '../../base/time';
import type { EndpointEvent } from '../../events/endpointEvent';
import { scenario } from '../../events/scenario';
import type { Scenario } from '../../events/story';
import { buildLineage } from '../../lineage/buildLineage';
import { buildVisibility } from '../../visibility/visibility';
import type { Analytic } from '../analytic';
import { parseCatalogue } from '../catalogue';
import type { Chain } from '../chain';
import { NO_HISTORY } from '../history/history';
import { indexHost } from '../host/indexHost';
import { CMD, catalogue, EDGE, MSHTA, shippedFiles } from '../testStory';
import { matchChains } from './matchChains';

const DOWNLOADS = 'C:\\Users\\j.doe\\Downloads';

describe('a window', () => {
  it.each([
    ['descendant_of: a', 'process_start', (s: Scenario) => void s.starts(CMD, { parent: s.starts(MSHTA) })],
    ['same_process: a', 'file_create', (s: Scenario) => s.writes(s.starts(MSHTA), 'C:\\a.txt')],
    ['same_user: a', 'dns_query', (s: Scenario) => besides(s)],
    ['same_host: a', 'dns_query', (s: Scenario) => besides(s)],
  ])(
    'of %s holds an event at its very end and its very beginning, and none beyond',
    (relation, kind, tell) => {
      const s = scenario();
      tell(s);
      const analytic = analyticOf(relation, kind, 'after: 10s\n    before: 1s');
      const found = (offset: number) => {
        const anchor = s.events().find((event) => event['process.executable'] === MSHTA);
        const events = s
          .events()
          .map((event) =>
            event.kind === kind && event !== anchor ? moved(event, (anchor?.time ?? 0) + offset) : event,
          );
        return chainsOf(events, analytic).some((chain) => chain.complete);
      };
      expect(found(10_000_000)).toBe(true);
      expect(found(10_000_001)).toBe(false);
      expect(found(-1_000_000)).toBe(true);
      expect(found(-1_000_001)).toBe(false);
    },
  );
});

describe('chains', () => {
  const analytic = analyticOf('descendant_of: a', 'dns_query', 'after: 10m');

  it('are the same in whatever order the events come, and however they were split', () => {
    const s = scenario();
    const word = s.starts('C:\\WINWORD.EXE');
    for (let i = 0; i < 6; i++) {
      const mshta = s.starts(MSHTA, { parent: i % 2 === 0 ? word : 'unknown' });
      const shell = s.starts(CMD, { parent: mshta });
      s.resolves(shell, `${i}.example`);
      s.after('1s');
    }
    const events = s.events();
    const expected = told(chainsOf(events, analytic));
    expect(expected).toHaveLength(6);
    fc.assert(
      fc.property(fc.shuffledSubarray([...events], { minLength: events.length }), (shuffled) => {
        expect(told(chainsOf(shuffled, analytic))).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('are the same whether an answer was looked up or remembered', () => {
    const s = scenario();
    const mshta = s.starts(MSHTA);
    const shells = Array.from({ length: 40 }, () => s.starts(CMD, { parent: mshta }));
    for (const shell of shells) for (let i = 0; i < 3; i++) s.resolves(shell, `${i}.example`);
    const index = indexOf(s.events());
    const once = matchChains(analytic, index);
    const again = matchChains(analytic, index);
    expect(told(again)).toEqual(told(once));
    expect(once[0]?.stages[1]).toMatchObject({ total: 120, matches: { length: 24 } });
  });

  it('below one another are one: the outermost tells the story', () => {
    const s = scenario();
    const outer = s.starts(MSHTA);
    const inner = s.starts(MSHTA, { parent: s.starts(CMD, { parent: outer }) });
    s.resolves(s.starts(CMD, { parent: inner }), 'a.example');
    const chains = chainsOf(s.events(), analytic);
    expect(chains.map((chain) => chain.anchor.process)).toEqual([outer.entityId]);
  });
});

describe('bounds', () => {
  it('count what they do not keep', () => {
    const s = scenario();
    const mshta = s.starts(MSHTA);
    for (let i = 0; i < 3000; i++) s.writes(mshta, `${DOWNLOADS}\\${i}.txt`);
    const [chain] = chainsOf(s.events(), analyticOf('same_process: a', 'file_create', 'after: 10m'));
    expect(chain?.stages[1]).toMatchObject({ total: 3000, matches: { length: 24 } });
    expect(chain?.stages[1]?.cut).toBeUndefined();
  });

  it('say where they could not count', () => {
    const s = scenario();
    const mshta = s.starts(MSHTA);
    for (let i = 0; i < 40; i++) {
      const shell = s.starts(CMD, { parent: mshta });
      for (let j = 0; j < 60; j++) s.resolves(shell, 'a.example');
    }
    const relations = '[{ descendant_of: a }, { same_user: a }]';
    const [chain] = chainsOf(s.events(), analyticOf(relations, 'dns_query', 'after: 10m', true));
    const stage = chain?.stages[1];
    if (stage?.total !== 2400) expect(stage?.cut?.join()).toContain('not all counted');
  });
});

describe('the work of matching', () => {
  it.each([
    ['below one process', (n: number) => manyBelowOne(n), 'descendant_of: a'],
    ['written by one parent', (n: number) => manyOfOneParent(n), 'written_by_ancestor_of: a'],
    ['on one user', (n: number) => manyBesideEachOther(n), 'same_user: a'],
    ['naming one file', (n: number) => manyNamingOneFile(n), 'named_by: a'],
  ])('doubles, no more, when events and anchors %s do', (_, tell, relation) => {
    const kind = relation.startsWith('descendant') ? 'process_start' : 'file_create';
    const work = (n: number) => {
      const analytic = analyticOf(relation, kind, 'after: 10m\n    before: 10m');
      let judged = 0;
      const stages = analytic.stages.map((stage) => ({
        ...stage,
        alternatives: stage.alternatives.map((alternative) => ({
          ...alternative,
          where: {
            ...alternative.where,
            judge: (subject: Parameters<typeof alternative.where.judge>[0]) => {
              judged++;
              return alternative.where.judge(subject);
            },
          },
        })),
      }));
      expect(chainsOf(tell(n), { ...analytic, stages }).length).toBeGreaterThan(0);
      return judged;
    };
    expect(work(800) / work(400)).toBeLessThan(2.3);
  });
});

function manyBelowOne(n: number): readonly EndpointEvent[] {
  const s = scenario();
  const top = s.starts(MSHTA);
  for (let i = 0; i < n; i++) s.starts(i % 2 === 0 ? MSHTA : CMD, { parent: top });
  return s.events();
}

function manyOfOneParent(n: number): readonly EndpointEvent[] {
  const s = scenario();
  const edge = s.starts(EDGE);
  for (let i = 0; i < n; i++) {
    s.writes(edge, `${DOWNLOADS}\\${i}.hta`);
    s.starts(MSHTA, { parent: edge });
  }
  return s.events();
}

function manyBesideEachOther(n: number): readonly EndpointEvent[] {
  const s = scenario();
  const edge = s.starts(EDGE);
  for (let i = 0; i < n; i++) {
    s.writes(edge, `${DOWNLOADS}\\${i}.txt`);
    s.starts(MSHTA);
  }
  return s.events();
}

function manyNamingOneFile(n: number): readonly EndpointEvent[] {
  const s = scenario();
  const edge = s.starts(EDGE);
  for (let i = 0; i < n; i++) {
    s.writes(edge, `${DOWNLOADS}\\a.hta`);
    s.starts(MSHTA, { commandLine: `mshta.exe "${DOWNLOADS}\\a.hta"` });
  }
  return s.events();
}

/** An mshta, and beside it a browser that asks for a name. */
function besides(s: Scenario): void {
  s.starts(MSHTA);
  s.resolves(s.starts(EDGE), 'a.example');
}

/** mshta, then an event of a kind in a relation to it. */
function analyticOf(relation: string, kind: string, window: string, list = false): Analytic {
  const text = `
id: AN0001
title: Test
version: "1.0"
description: Test
techniques: [T1218.005]
stages:
  - id: a
    title: A
    anchor: true
    required: true
    position: 0
    on: process_start
    where: { process.name: mshta.exe }
    telemetry: { needs: process_start, fix: none }
  - id: b
    title: B
    required: true
    position: 1
    on: ${kind}
    relation: ${list ? relation : `{ ${relation} }`}
    ${window}
    telemetry: { needs: ${kind}, fix: none }
keep_partial_when: []
score: []
headline: [{ text: Test }]
runbook: []
known_gaps: []
references: []
`;
  const lists = shippedFiles().filter(({ name }) => name === 'lists.yaml');
  const [analytic] = parseCatalogue([...lists, { name: 'an0001.yaml', text }]).analytics;
  if (analytic === undefined) throw new Error('the definition did not parse');
  return analytic;
}

function chainsOf(events: readonly EndpointEvent[], analytic: Analytic): readonly Chain[] {
  return matchChains(analytic, indexOf(events));
}

function indexOf(events: readonly EndpointEvent[]): ReturnType<typeof indexHost> {
  const sorted = [...events].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
  return indexHost(sorted, buildLineage(sorted), buildVisibility(sorted), catalogue.lists, NO_HISTORY);
}

/** Anchor and matches of each chain, by id. */
function told(chains: readonly Chain[]): readonly unknown[] {
  return chains.map((chain) => [
    chain.anchor.evidence.id,
    chain.complete,
    ...chain.stages.map((stage) => [stage.total, ...stage.matches.map((match) => match.evidence.id)]),
  ]);
}

function moved(event: EndpointEvent, time: number): EndpointEvent {
  return { ...event, time: micros(time), recorded: micros(time) };
}
