import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue } from '../analytics/catalogue';
import { loadCatalogue } from '../cli/loadCatalogue';
import type { AblationRow, ValidationCase } from '../contracts/validation';
import { bytesOf, scenarioRecordings } from '../sample/scenarios/scenarios';
import { createAblationTally, DEFECT } from './ablation';
import { casesOf } from './cases';
import { compareRuns } from './compareRuns';
import { type DatasetLabel, labelFile } from './labels';
import { provenStages } from './provenStages';
import type { CollectedRecording } from './recording';
import { type Replay, readRecording, replay } from './replay';
import { analyticScores, measureAll } from './scores';
import { sourcePart, TELEMETRY_PARTS, type TelemetryPart, withoutPart } from './telemetryParts';
import { digest } from './testTransforms';

type Sample = {
  readonly name: string;
  readonly label: DatasetLabel;
  readonly read: CollectedRecording;
  readonly whole: Replay;
};

const STORIES = ['user-zip-7zfm', 'mshta-remote-url', 'svg-zip-explorer-callback', 'user-benign-printing'];
const FORMS = /\.(windows|sysmon|defender)\./;
/** What is blind when no connection is recorded. */
const NETWORK_STAGES = ['AN1314/egress', 'AN1397/network', 'AN1407/callback'];

let catalogue: Catalogue;
let samples: readonly Sample[];

beforeAll(async () => {
  catalogue = await loadCatalogue();
  samples = STORIES.flatMap((story) => [...scenarioRecordings(story)])
    .filter(({ file }) => FORMS.test(file))
    .map((recording) => {
      const [label] = labelFile.parse({ datasets: [recording.label] }).datasets;
      if (label === undefined) throw new Error('no label');
      const read = readRecording([bytesOf(recording)], digest);
      return { name: recording.file, label, read, whole: replay(read, catalogue, digest) };
    });
}, 120_000);

const factsOf = ({ name, read }: Sample) =>
  ({ recording: name, sha256: digest(name), origin: 'shipped', sources: read.sources }) as const;
const casesUnder = (catalogueInForce: Catalogue): ValidationCase[] =>
  samples.flatMap((one) =>
    casesOf(factsOf(one), one.label, replay(one.read, catalogueInForce, digest), catalogueInForce),
  );
const without = (sample: Sample, part: TelemetryPart): Replay | undefined => {
  const left = withoutPart(sample.read, part);
  return left === undefined ? undefined : replay(left, catalogue, digest);
};
const part = (name: string): TelemetryPart => {
  const found = TELEMETRY_PARTS.find((one) => one.without === name);
  if (found === undefined) throw new Error(`no part ${name}`);
  return found;
};

describe('the scores of a run', () => {
  it('are whole where everything is as labelled, and name every stage as the definitions do', () => {
    const cases = casesUnder(catalogue);
    expect(cases.filter(({ ok }) => !ok)).toEqual([]);
    const scores = analyticScores(cases, catalogue.analytics);
    expect(scores.map(({ analytic }) => analytic)).toEqual(['AN1314', 'AN1397', 'AN1407']);
    for (const { recall, quiet, precision, stages } of scores) {
      for (const one of [recall, precision]) expect(one).toMatchObject({ share: 1, right: one.of });
      expect(quiet.right).toBe(quiet.of);
      expect(stages.every(({ title, stage }) => title !== stage)).toBe(true);
    }
    expect(measureAll([])).toEqual({ share: null, right: 0, of: 0 });
  });

  it('say of a definition that is switched off what is missed, and that it is not in force', () => {
    const off = { ...catalogue, analytics: catalogue.analytics.filter(({ id }) => id !== 'AN1397') };
    const missed = casesUnder(off).filter(({ ok }) => !ok);
    expect(missed.length).toBeGreaterThan(0);
    for (const one of missed) {
      expect(one).toMatchObject({ analytic: 'AN1397', error: 'miss', found: 'none' });
      expect(one.differences.join(' ')).toContain('AN1397 is not in force');
    }
    const [score] = analyticScores(missed, off.analytics);
    expect(score?.recall).toEqual({ share: 0, right: 0, of: missed.length });
  });

  it('say of a miss what could not be seen, and of a false alarm what it rests on', () => {
    const [chain] = samples.filter(({ name }) => name === 'user-zip-7zfm.sysmon.ndjson');
    if (chain === undefined) throw new Error('no such recording');
    const blind = without(chain, part('file events'));
    if (blind === undefined) throw new Error('nothing taken away');
    const [miss] = casesOf(factsOf(chain), chain.label, blind, catalogue);
    expect(miss?.ok).toBe(false);
    expect(miss?.differences.join('\n')).toMatch(/could not be seen/);
    const quiet = { ...chain.label, expect: [], none_for: ['AN1314'] };
    const [alarm] = casesOf(factsOf(chain), quiet, chain.whole, catalogue);
    expect(alarm).toMatchObject({ error: 'false_alarm', expected: 'none', found: 'complete' });
    expect(alarm?.differences.join('\n')).toMatch(/Raised on .* points, .*it rests on .*\(\+\d+\)/);
    const [score] = analyticScores(alarm === undefined ? [] : [alarm], catalogue.analytics);
    expect(score).toMatchObject({ precision: { share: 0, right: 0, of: 1 }, quiet: { right: 0, of: 1 } });
  });
});

describe('a run held against the one before', () => {
  it('is a regression when a case was right and is not, and only over recordings both have', () => {
    const before = { cases: casesUnder(catalogue), unusable: [] };
    const off = { ...catalogue, analytics: catalogue.analytics.filter(({ id }) => id !== 'AN1314') };
    const now = { cases: casesUnder(off), unusable: [] };
    expect(compareRuns(before, before)).toEqual({
      regressed: false,
      added: [],
      removed: [],
      worse: [],
      better: [],
    });
    const worse = compareRuns(now, before);
    expect(worse.regressed).toBe(true);
    expect(worse.worse.every(({ analytic }) => analytic === 'AN1314')).toBe(true);
    const better = compareRuns(before, now);
    expect(better).toMatchObject({ regressed: false, worse: [] });
    expect(better.better).toHaveLength(worse.worse.length);
    const [first] = samples;
    const others = { cases: before.cases.filter(({ recording }) => recording !== first?.name), unusable: [] };
    expect(compareRuns(now, others).added).toEqual([first?.name]);
    expect(compareRuns({ cases: [], unusable: [] }, others)).toMatchObject({ regressed: false });
  });

  it('is one too when a recording can no longer be read', () => {
    const before = { cases: casesUnder(catalogue), unusable: [] };
    const [one] = before.cases;
    if (one === undefined) throw new Error('no case');
    const { recording, sha256 } = one;
    const now = {
      cases: before.cases.filter((each) => each.sha256 !== sha256),
      unusable: [{ recording, sha256, reason: 'cut off' }],
    };
    const { regressed, worse, removed } = compareRuns(now, before);
    expect(regressed).toBe(true);
    expect(worse[0]?.sentence).toContain('cut off');
    expect(removed).toEqual([]);
  });
});

describe('what a run proves', () => {
  it('is each stage in the source whose events showed it, not in others beside it', () => {
    const [windows] = samples.filter(({ name }) => name === 'user-zip-7zfm.windows.ndjson');
    if (windows === undefined) throw new Error('no such recording');
    expect(windows.read.sources).toContain('Windows Security');
    const proven = provenStages(windows.label, windows.whole, catalogue);
    const egress = proven.filter(({ stage }) => stage === 'AN1314/egress').map(({ source }) => source);
    expect(egress).toEqual(['Sysmon']);
    const version = catalogue.analytics.find(({ id }) => id === 'AN1314')?.version;
    expect(proven.every((one) => one.version === version)).toBe(true);
  });
});

describe('taking telemetry away', () => {
  it('turns exactly the network stages blind when connections are not recorded', () => {
    for (const sample of samples) {
      const left = without(sample, part('network events'));
      if (left === undefined) throw new Error(`${sample.name} has no connections`);
      const states = new Map(left.coverage.map((one) => [`${one.host} ${one.stage}`, one.state]));
      for (const { host, stage, state } of sample.whole.coverage) {
        const now = states.get(`${host} ${stage}`);
        if (NETWORK_STAGES.includes(stage)) expect(now, `${sample.name} ${stage}`).toBe('blind');
        else if (now !== state)
          expect([state, now], `${sample.name} ${stage}`).toEqual(['visible', 'partial']);
      }
    }
  });

  it('never finds more, and never calls absent what was matched', () => {
    const rows: AblationRow[] = [];
    const sources = [...new Set(samples.flatMap(({ read }) => read.sources))].map(sourcePart);
    for (const one of [...sources, ...TELEMETRY_PARTS]) {
      const tally = createAblationTally(one.without);
      const had: Sample[] = [];
      for (const sample of samples) {
        const left = without(sample, one);
        if (left === undefined) continue;
        had.push(sample);
        tally.add({ recording: sample.name, label: sample.label, whole: sample.whole, without: left });
      }
      const row = tally.row();
      rows.push(row);
      expect(row.recordings, one.without).toBe(had.length);
      const before = had.flatMap((sample) => casesOf(factsOf(sample), sample.label, sample.whole, catalogue));
      const recall = measureAll(analyticScores(before, catalogue.analytics).map((score) => score.recall));
      expect(row.recall.of, one.without).toBe(recall.of);
      expect(row.recall.right, one.without).toBeLessThanOrEqual(recall.right);
      expect(row.examples.filter((example) => example.includes(DEFECT))).toEqual([]);
    }
    const named = new Map(rows.map((row) => [row.without, row]));
    expect(named.get('Sysmon')?.lost).toBeGreaterThan(0);
    expect(named.get('network events')?.blindStages).toBe(NETWORK_STAGES.length * samples.length);
    expect(named.get('command lines')?.partialStages).toBeGreaterThan(0);
    expect(named.get('process ends')).toMatchObject({ lost: 0, weakened: 0, blindStages: 0 });
  });

  it('is told as a defect where a chain is found only without a part', () => {
    const [sample] = samples;
    if (sample === undefined) throw new Error('no sample');
    const tally = createAblationTally('network events');
    const nothing = { ...sample.whole, findings: [] };
    tally.add({ recording: sample.name, label: sample.label, whole: nothing, without: sample.whole });
    expect(tally.row().examples.join('\n')).toContain(DEFECT);
  });
});
