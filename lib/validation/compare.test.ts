import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../cli/loadCatalogue';
import { type ScenarioRecording, scenarioRecordings } from '../sample/scenarios/scenarios';
import { compareRecording } from './compare';
import { explained } from './deviations';
import { toNeedle } from './evidence';
import { benignLabel, type DatasetLabel, labelFile } from './labels';
import { readRecording, replay } from './replay';
import { precisionOf, recallOf, scorecardOf } from './scorecard';
import { digest } from './testTransforms';

const catalogue = await loadCatalogue();

function recordingOf(id: string): ScenarioRecording {
  const [one] = scenarioRecordings(id);
  if (one === undefined) throw new Error(`no scenario ${id}`);
  return one;
}

function labelOf(recording: ScenarioRecording): DatasetLabel {
  const [label] = labelFile.parse({ datasets: [recording.label] }).datasets;
  if (label === undefined) throw new Error('no label');
  return label;
}

const recording = recordingOf('mshta-remote-url');
const label = labelOf(recording);
const found = replay(
  readRecording([new TextEncoder().encode(recording.lines.join('\n'))], digest),
  catalogue,
  digest,
);
const expectation = label.expect[0];
if (expectation === undefined) throw new Error('nothing expected');

describe('holding a recording against its label', () => {
  it('says nothing when all is as labelled', () => {
    expect(compareRecording(label, found, 'abc')).toMatchObject({ ok: true, sha256: 'abc' });
  });

  it('names a chain that was raised where none may be', () => {
    const result = compareRecording({ ...label, expect: [], none_for: ['AN1397'] }, found, '');
    expect(result.ok).toBe(false);
    expect(result.analytics[0]?.differences[0]).toMatch(/^AN1397 is complete and should be no finding: /);
  });

  it('names a chain that was not found', () => {
    const result = compareRecording(label, { ...found, findings: [] }, '');
    expect(result.analytics[0]?.differences[0]).toBe('AN1397 should be complete and was not found');
  });

  it('names a stage that was matched by another record than the labelled one', () => {
    const stages = [{ stage: 'network', state: 'matched' as const, match_all: ['198.51.100.250'] }];
    const result = compareRecording({ ...label, expect: [{ ...expectation, stages }] }, found, '');
    expect(result.analytics[0]?.differences).toEqual([
      'AN1397 network was matched by another record than the labelled one',
    ]);
  });

  it('takes a finding of another process for another finding', () => {
    const trigger = { image: 'C:\\Windows\\System32\\mshta.exe', pid: 1 };
    const result = compareRecording({ ...label, expect: [{ ...expectation, trigger }] }, found, '');
    expect(result.analytics[0]?.found).toBe('none');
  });

  it('reads labels that quote records as vendors write them', () => {
    expect(toNeedle('{39E4A257-2d77-5f91-6b13-000000000700}')).toBe('39e4a257-2d77-5f91-6b13-000000000700');
    expect(toNeedle('HostUrl=http://10.0.5.13/a.exe')).toBe('http://10.0.5.13/a.exe');
  });

  it('lets a file of which nothing else is known be partial, never complete', () => {
    const result = compareRecording(benignLabel('x', ['AN1397']), found, '');
    expect(result.ok).toBe(false);
    const partial = found.findings.map((finding) => ({ ...finding, status: 'partial' as const }));
    expect(compareRecording(benignLabel('x', ['AN1397']), { ...found, findings: partial }, '').ok).toBe(true);
  });
});

describe('the scorecard', () => {
  const right = compareRecording(label, found, '');
  const missed = compareRecording(label, { ...found, findings: [] }, '');
  const wrong = compareRecording({ ...label, expect: [], none_for: ['AN1397'] }, found, '');
  const [score] = scorecardOf('mine', [right, missed, wrong], []).analytics;

  it('counts what was found, missed and raised in vain', () => {
    expect(score?.complete).toEqual({ labelled: 2, found: 1, accepted: 0, missed: 1, false: 1 });
    expect(score?.quiet).toEqual({ labelled: 1, kept: 0 });
    if (score === undefined) throw new Error('no score');
    expect([recallOf(score.complete), precisionOf(score.complete)]).toEqual([0.5, 0.5]);
  });

  it('has no share of nothing', () => {
    const none = { labelled: 0, found: 0, accepted: 0, missed: 0, false: 0 };
    expect([recallOf(none), precisionOf(none)]).toEqual([undefined, undefined]);
  });

  it('gives a stated reason to the very result it is stated for', () => {
    const deviation = { file: 'a.evtx', analytic: 'AN1397', found: 'complete', because: 'so it is' } as const;
    expect(explained([deviation], 'evtx/a.evtx', { analytic: 'AN1397', found: 'complete' })).toBe('so it is');
    expect(explained([deviation], 'evtx/a.evtx', { analytic: 'AN1397', found: 'none' })).toBeUndefined();
  });
});

describe('the generated recordings', () => {
  it('are the same bytes whenever they are made', () => {
    const once = recordingOf('svg-d1-smuggling');
    const again = recordingOf('svg-d1-smuggling');
    expect(digest(again.lines.join('\n'))).toBe(digest(once.lines.join('\n')));
  });

  it('use invented names and addresses kept for documentation', () => {
    const text = recordingOf('svg-d1-smuggling').lines.join('\n');
    const addresses = text.match(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g) ?? [];
    const allowed = /^(10\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/;
    expect(addresses.filter((address) => !allowed.test(address))).toEqual([]);
  });
});
