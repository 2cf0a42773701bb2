import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue } from '../analytics/catalogue';
import { loadCatalogue } from '../cli/loadCatalogue';
import type { AblationRow, ValidationCase } from '../contracts/validation';
import { bytesOf, scenarioRecordings } from '../sample/scenarios/scenarios';
import { createAblationTally, DEFECT } from './ablation';
import { casesOf } from './cases';
import { compareRuns } from './compareRuns';
import { type DatasetLabel, labelFile } from './labels';
import { missedStages, provenStages, unrefuted } from './provenStages';
import type { CollectedRecording } from './recording';
import { type Replay, readRecording, replay } from './replay';
import { analyticScores, measureAll, recallOf } from './scores';
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
    casesOf(factsOf(one), one.label, replay(one.read, catalogueInForce, digest), catalogueInForce, digest),
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
    const [miss] = casesOf(factsOf(chain), chain.label, blind, catalogue, digest);
    expect(miss?.ok).toBe(false);
    expect(miss?.differences.join('\n')).toMatch(/could not be seen/);
    const quiet = { ...chain.label, expect: [], none_for: ['AN1314'] };
    const [alarm] = casesOf(factsOf(chain), quiet, chain.whole, catalogue, digest);
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
      relabelled: [],
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
    expect(compareRuns({ cases: [], unusable: [] }, others)).toMatchObject({ regressed: null });
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

describe('a run in which a label does not explain a complete chain', () => {
  const told = 'user-zip-7zfm.sysmon.ndjson';
  const casesLabelled = (change: (label: DatasetLabel) => DatasetLabel): readonly ValidationCase[] => {
    const [sample] = samples.filter(({ name }) => name === told);
    if (sample === undefined) throw new Error('no such recording');
    return casesOf(factsOf(sample), change(sample.label), sample.whole, catalogue, digest);
  };
  const silent = (label: DatasetLabel): DatasetLabel => ({ ...label, expect: [], none_for: ['AN1407'] });

  it('counts it as a false alarm, names it, and makes no quiet recording of it', () => {
    const cases = casesLabelled(silent);
    const alarm = cases.find(({ analytic }) => analytic === 'AN1314');
    expect(alarm).toMatchObject({ labelSha256: null, expected: 'none', found: 'complete', ok: false });
    expect(alarm?.error).toBe('false_alarm');
    expect(alarm?.differences.join(' ')).toMatch(/explains no such chain.*Raised on/);
    const [score] = analyticScores(alarm === undefined ? [] : [alarm], catalogue.analytics);
    expect(score).toMatchObject({ recall: { of: 0 }, precision: { right: 0, of: 1 }, quiet: { of: 0 } });
  });

  it('says how many there are beyond those it tells one by one', () => {
    const [sample] = samples.filter(({ name }) => name === told);
    const chain = sample?.whole.findings.find(
      ({ status, suppressed }) => status === 'complete' && !suppressed,
    );
    if (sample === undefined || chain === undefined) throw new Error('no such chain');
    const alarms = (count: number) =>
      casesOf(
        factsOf(sample),
        silent(sample.label),
        { ...sample.whole, findings: Array.from({ length: count }, () => chain) },
        catalogue,
        digest,
      ).filter(({ labelSha256 }) => labelSha256 === null);
    expect(alarms(200).at(-1)?.differences.join(' ')).not.toMatch(/further/);
    const many = alarms(203);
    expect(many).toHaveLength(200);
    expect(many.at(-1)?.differences.at(-1)).toBe(
      '3 further complete chains that the label does not explain are not told one by one, and in no number.',
    );
    expect(many.filter(({ differences }) => differences.join(' ').includes('further'))).toHaveLength(1);
  });

  it('counts a further chain of a labelled analytic as one, and a chain of another host', () => {
    const elsewhere = (label: DatasetLabel): DatasetLabel => ({
      ...label,
      expect: label.expect.map((one) => ({ ...one, host: 'other.corp.example' })),
    });
    const wrong = casesLabelled(elsewhere).filter(({ ok }) => !ok);
    expect(wrong.map(({ error }) => error)).toEqual(expect.arrayContaining(['miss', 'false_alarm']));
    const here = (label: DatasetLabel): DatasetLabel => ({
      ...label,
      expect: label.expect.map((one) => ({
        ...one,
        host: samples.find(({ name }) => name === told)?.whole.findings[0]?.host.toUpperCase(),
      })) as DatasetLabel['expect'],
    });
    expect(casesLabelled(here).filter(({ ok }) => !ok)).toEqual([]);
  });

  it('is worse than one that raised no such chain under the same label, and better the other way round', () => {
    const now = { cases: [...casesLabelled(silent)], unusable: [] };
    const before = { cases: now.cases.filter(({ labelSha256 }) => labelSha256 !== null), unusable: [] };
    expect(compareRuns(now, before)).toMatchObject({ regressed: true, worse: [{ analytic: 'AN1314' }] });
    expect(compareRuns(before, now)).toMatchObject({ regressed: false, better: [{ analytic: 'AN1314' }] });
  });

  it('is no regression where the label itself was changed, which is told', () => {
    const [now, before] = [casesLabelled(silent), casesLabelled((label) => label)];
    const compared = compareRuns({ cases: [...now], unusable: [] }, { cases: [...before], unusable: [] });
    expect(compared).toMatchObject({ relabelled: [told], worse: [], better: [] });
  });

  it('is worse where a stage is lost, whether or not the case was right', () => {
    const cases = [...casesLabelled((label) => label)];
    const lose = (ok: boolean): ValidationCase[] =>
      cases.map((one) => ({
        ...one,
        ok,
        stages: one.stages.map((stage, i) => (i === 0 ? { ...stage, ok: false, found: 'blind' } : stage)),
      }));
    const before = { cases: cases.map((one) => ({ ...one, ok: false })), unusable: [] };
    const { regressed, worse } = compareRuns({ cases: lose(false), unusable: [] }, before);
    expect(regressed).toBe(true);
    expect(worse[0]?.sentence).toMatch(/ was matched as labelled and is blind\.$/);
  });
});

describe('recall and precision', () => {
  const verdicts = (
    expected: ValidationCase['expected'],
    acceptable: ValidationCase['acceptable'],
    found: ValidationCase['found'],
  ) => recallOf([{ expected, acceptable, found }]);

  it('leave out what a label lets go and that was not found, unless it is labelled complete', () => {
    expect(verdicts('partial', ['partial', 'none'], 'none').of).toBe(0);
    expect(verdicts('partial', ['partial', 'none'], 'partial')).toMatchObject({ right: 1, of: 1 });
    expect(verdicts('complete', ['complete', 'none'], 'none')).toMatchObject({ right: 0, of: 1 });
  });

  it('count as found what is found further than labelled, and as missed what is found less far', () => {
    expect(verdicts('partial', ['partial'], 'complete')).toMatchObject({ right: 1, of: 1 });
    expect(verdicts('complete', ['complete'], 'partial')).toMatchObject({ right: 0, of: 1 });
  });

  it('take a finding that is too severe for a false alarm', () => {
    const [sample] = samples.filter(({ name }) => name === 'user-zip-7zfm.sysmon.ndjson');
    if (sample === undefined) throw new Error('no such recording');
    const expect_ = sample.label.expect.map((one) => ({ ...one, max_severity: 'informational' as const }));
    const cases = casesOf(
      factsOf(sample),
      { ...sample.label, expect: expect_ },
      sample.whole,
      catalogue,
      digest,
    );
    const severe = cases.filter(({ analytic }) => analytic === 'AN1314');
    expect(severe.map(({ error }) => error)).toEqual(['false_alarm']);
    const [score] = analyticScores(severe, catalogue.analytics);
    expect(score).toMatchObject({ recall: { right: 1 }, precision: { right: 0, of: 1 } });
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

  it('is nothing of a stage and source that another of its recordings missed', () => {
    const [shown, other] = samples.filter(({ name }) => /user-zip-7zfm\.(sysmon|windows)\./.test(name));
    if (shown === undefined || other === undefined) throw new Error('no such recordings');
    const proven = provenStages(shown.label, shown.whole, catalogue);
    const egress = (all: typeof proven) => all.some(({ stage }) => stage === 'AN1314/egress');
    expect(missedStages(other.label, other.whole, other.read.sources)).toEqual([]);
    expect(egress(unrefuted(proven, []))).toBe(true);
    const blind = without(other, part('network events'));
    if (blind === undefined) throw new Error('nothing taken away');
    const missed = missedStages(other.label, blind, ['Sysmon']);
    expect(missed).toContainEqual({ stage: 'AN1314/egress', source: 'Sysmon' });
    const left = unrefuted(proven, missed);
    expect(egress(left)).toBe(false);
    expect(left).toEqual(proven.filter((one) => !missed.some(({ stage }) => stage === one.stage)));
    expect(unrefuted(proven, missedStages(other.label, blind, ['Elastic Defend']))).toEqual(proven);
  });
});

describe('taking telemetry away', () => {
  /** `recording host stage: before → now` of everything that is not as it was. */
  const changes = (without_: string): readonly { stage: string; told: string; now: string | undefined }[] =>
    samples.flatMap((sample) => {
      const left = without(sample, part(without_));
      if (left === undefined) throw new Error(`${sample.name} has no ${without_}`);
      const states = new Map(left.coverage.map((one) => [`${one.host} ${one.stage}`, one.state]));
      expect(left.coverage).toHaveLength(sample.whole.coverage.length);
      return sample.whole.coverage.flatMap(({ host, stage, state }) => {
        const now = states.get(`${host} ${stage}`);
        return now === state
          ? []
          : [{ stage, now, told: `${sample.name} ${host} ${stage}: ${state} → ${now}` }];
      });
    });

  it('turns exactly the network stages blind when connections are not recorded, and nothing else', () => {
    // A sign-in page is told by a connection too, beside what else collects credentials: it is seen in part then.
    const inPart = catalogue.analytics.flatMap(({ id, stages }) =>
      stages.flatMap(({ id: stage, alternatives }) =>
        alternatives.some(({ on }) => on.has('network_connect')) ? [`${id}/${stage}`] : [],
      ),
    );
    const changed = changes('network events');
    const blind = changed.filter(({ stage }) => NETWORK_STAGES.includes(stage));
    expect(blind.every(({ now }) => now === 'blind')).toBe(true);
    expect(blind).toHaveLength(NETWORK_STAGES.length * samples.length);
    const others = changed.filter(({ stage }) => !NETWORK_STAGES.includes(stage));
    expect(others.filter(({ stage }) => !inPart.includes(stage)).map(({ told }) => told)).toEqual([]);
    expect(others.filter(({ told }) => !told.endsWith('visible → partial'))).toEqual([]);
  });

  it('leaves every stage as it was that does not ask for command lines, when they are not recorded', () => {
    const asking = catalogue.analytics.flatMap(({ id, stages }) =>
      stages.flatMap(({ id: stage, telemetry: { fields, essential } }) =>
        [...fields, ...essential].includes('process.command_line') ? [`${id}/${stage}`] : [],
      ),
    );
    const changed = changes('command lines');
    expect(changed.filter(({ stage }) => !asking.includes(stage)).map(({ told }) => told)).toEqual([]);
    expect(changed.length).toBeGreaterThan(0);
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
      const before = had.flatMap((sample) =>
        casesOf(factsOf(sample), sample.label, sample.whole, catalogue, digest),
      );
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
    const told = tally.row().examples.filter((example) => example.includes(DEFECT));
    expect(told.join('\n')).toMatch(/recall rises without it/);
    expect(told.join('\n')).toMatch(/is raised whole without it/);
    const unlabelled = createAblationTally('network events');
    const label = { ...sample.label, expect: [], none_for: [] };
    unlabelled.add({ recording: sample.name, label, whole: nothing, without: sample.whole });
    expect(unlabelled.row().examples.join('\n')).toMatch(/Defect: AN\d+ is raised whole without it/);
  });
});
