import { describe, expect, it } from 'vitest';
import {
  CMD,
  callsOut,
  findingOf,
  homeOf,
  MSHTA,
  POWERSHELL,
  storyOf,
  type ToldStory,
} from '../analytics/testStory';
import type { Counterfactual, Finding } from './finding';

const URL = 'https://files.example/view';

function told(tell: (s: ToldStory['s']) => void, options: Parameters<typeof storyOf>[0] = {}): Finding {
  const { s } = storyOf({ quiet: true, ...options });
  const start = Date.parse(s.now());
  tell(s);
  goesOn(s, start);
  return findingOf(s.events(), 'AN1397');
}

/** Telemetry of every kind through and past every window: what did not happen is absent then, not blind. */
function goesOn(s: ToldStory['s'], start: number): void {
  s.at(new Date(start).toISOString());
  const shell = s.starts(CMD, { parent: s.explorer });
  for (let minute = 0; minute < 60; minute++) {
    s.at(new Date(start + minute * 60_000 + 500).toISOString());
    s.writes(s.explorer, 'C:\\Users\\Public\\seen.log');
    s.resolves(s.svchost, 'time.example', ['192.0.2.10']);
    s.connects(s.svchost, '192.0.2.10', 443);
    s.starts(CMD, { parent: shell, commandLine: `${CMD} /c exit` });
  }
}

function remote(s: ToldStory['s']) {
  return s.starts(MSHTA, { commandLine: `${MSHTA} ${URL}` });
}

function only(finding: Finding, kind: Counterfactual['kind'], stage?: string): Counterfactual {
  const found = finding.counterfactuals.filter(
    (one) => one.kind === kind && (stage === undefined || one.stage === stage),
  );
  const [first] = found;
  if (first === undefined || found.length > 1)
    throw new Error(
      `${found.length} of ${kind} ${stage}: ${JSON.stringify(finding.counterfactuals, null, 1)}`,
    );
  return first;
}

describe('what a complete finding would be without a stage', () => {
  it('is judged again: still complete where another of its group stands, with the points it would have', () => {
    const both = told((s) => {
      const mshta = remote(s);
      s.starts(POWERSHELL, { parent: mshta });
      callsOut(s, mshta);
    });
    const less = told((s) => {
      const mshta = remote(s);
      callsOut(s, mshta);
    });
    const without = only(both, 'dispensable', 'child_process');
    expect(without).toMatchObject({ change: 'complete', score: less.score, severity: less.severity });
    expect(without.text).toBe(
      `Without \u201cStarted a program\u201d it would still be complete, ${less.score} instead of ${both.score}.`,
    );
  });

  it('is partial where nothing else stands for it, at the score the rest of the chain has by itself', () => {
    const finding = told((s) => void s.starts(POWERSHELL, { parent: remote(s) }));
    const alone = told((s) => void remote(s));
    expect(alone.status).toBe('partial');
    expect(only(finding, 'needed', 'child_process')).toMatchObject({ change: 'partial', score: alone.score });
  });

  it('is no finding where the definition would not keep what is left', () => {
    const { s } = storyOf({ quiet: true });
    const start = Date.parse(s.now());
    const hta = `${homeOf(s)}\\Documents\\a.hta`;
    s.starts(POWERSHELL, { parent: s.starts(MSHTA, { commandLine: `${MSHTA} ${hta}` }) });
    goesOn(s, start);
    const finding = findingOf(s.events(), 'AN1397');
    expect(only(finding, 'needed', 'child_process')).toMatchObject({ change: 'gone' });
    expect(only(finding, 'needed', 'child_process').text).toMatch(/would not be a finding/);
  });

  it('says nothing of a stage that nothing hangs on', () => {
    const finding = told((s) => void s.starts(POWERSHELL, { parent: remote(s) }));
    expect(finding.stages.find(({ id }) => id === 'lineage')?.state).toBe('matched');
    expect(finding.counterfactuals.map(({ stage }) => stage)).not.toContain('lineage');
  });
});

describe('a single value that a complete finding rests on', () => {
  it('is told with its field, what it held and what was wanted', () => {
    const finding = told((s) => {
      const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} ${URL} once` });
      s.starts(POWERSHELL, { parent: mshta });
    });
    const rests = only(finding, 'one_value', 'execution');
    expect(rests).toMatchObject({ field: 'process.args', change: 'gone' });
    expect(rests.actual).toContain(URL);
    expect(rests.wanted).toContain('https?');
    expect(rests.eventId).toBe(finding.stages.find(({ id }) => id === 'execution')?.events[0]?.eventId);
  });

  it('is none where another way of matching holds as well', () => {
    const finding = told((s) => {
      const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} ${URL} -Embedding` });
      s.starts(POWERSHELL, { parent: mshta });
    });
    expect(
      finding.counterfactuals.filter(({ kind, stage }) => kind === 'one_value' && stage === 'execution'),
    ).toEqual([]);
  });
});

describe('what is missing', () => {
  it('is said once for stages that stand for one another, with what it would make of the finding', () => {
    const finding = told((s) => void remote(s));
    const missing = only(finding, 'missing');
    expect(missing).toMatchObject({ change: 'complete', score: finding.score });
    expect(missing.text).toContain('Wrote a file');
    expect(missing.text).toContain('Started a program');
  });

  it('came near when it only came too late: by how much is said', () => {
    const finding = told((s) => {
      const mshta = remote(s);
      s.after('31m');
      s.connects(mshta, '10.0.0.5', 443);
    });
    expect(only(finding, 'near_miss', 'network')).toMatchObject({
      text: 'mshta.exe contacted 10.0.0.5:443, but 31 min after \u201cmshta started with script content\u201d; the window is 10 min',
      field: 'window',
      actual: '31 min',
      wanted: 'at most 10 min',
    });
  });

  it('came near when one value kept it out: which, what it was and what was wanted', () => {
    const finding = told((s) => s.connects(remote(s), '127.0.0.1', 8080));
    const near = only(finding, 'near_miss', 'network');
    expect(near).toMatchObject({ field: 'destination.scope', actual: 'loopback', wanted: 'not loopback' });
    expect(near.text).toMatch(/^mshta\.exe contacted 127\.0\.0\.1:8080, but one value keeps it out/);
  });

  it('did not come near when it was far too late, nor when it failed in two ways', () => {
    const late = told((s) => {
      const mshta = remote(s);
      s.after('5h');
      s.connects(mshta, '10.0.0.5', 443);
    });
    const twice = told((s) => {
      const mshta = remote(s);
      s.after('31m');
      s.connects(mshta, '127.0.0.1', 443);
    });
    for (const finding of [late, twice])
      expect(
        finding.counterfactuals.filter(({ kind, stage }) => kind === 'near_miss' && stage !== undefined),
      ).toEqual([]);
  });

  it('stays a short list whatever a process does: ten thousand near misses are two', () => {
    const finding = told((s) => {
      const mshta = remote(s);
      for (let i = 0; i < 10_000; i++) s.connects(mshta, '127.0.0.1', 1024 + (i % 60_000));
    });
    expect(
      finding.counterfactuals.filter(({ kind, stage }) => kind === 'near_miss' && stage === 'network'),
    ).toHaveLength(2);
  });
});

describe('what could not be seen', () => {
  it('is told with the setting that would show it and what the finding would be', () => {
    const finding = told((s) => void remote(s), { without: ['file_create', 'file_stream'] });
    expect(finding.status).toBe('partial');
    const blind = only(finding, 'undecidable', 'file_write');
    expect(blind).toMatchObject({ change: 'complete', score: finding.score });
    expect(blind.text).toMatch(
      /could not be seen; to see it: Sysmon FileCreate.*would be complete, at least/,
    );
  });

  it('is told where a reason that could not be judged would reach the next severity', () => {
    const finding = told((s) => void s.starts(POWERSHELL, { parent: remote(s) }), { source: 'security' });
    expect(finding.unjudged.map(({ id }) => id)).toContain('X12');
    const border = finding.counterfactuals.find(
      ({ stage, text }) => stage === undefined && text.includes('X12'),
    );
    expect(border?.text).toMatch(
      /points? below \w+; X12 .* could not be judged: process\.pe\.original_file_name is not recorded/,
    );
  });
});

it('is the same whatever order the events came in', () => {
  const { s } = storyOf();
  const mshta = remote(s);
  for (let i = 0; i < 40; i++) s.connects(mshta, '127.0.0.1', 8000 + i);
  s.after('31m');
  s.connects(mshta, '10.0.0.5', 443);
  const events = s.events();
  expect(findingOf([...events].reverse(), 'AN1397').counterfactuals).toEqual(
    findingOf(events, 'AN1397').counterfactuals,
  );
});
