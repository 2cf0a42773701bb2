import { describe, expect, it } from 'vitest';
import {
  type AnalyticStage,
  allFixes,
  coverageSentence,
  outsideUrl,
  precisionText,
  sentenceParts,
  stageBlocks,
  stagesSentence,
  templateParts,
} from './analyticWords';

const RECORD = {
  findings: 0,
  complete: 0,
  partial: 0,
  suppressed: 0,
  open: 0,
  truePositive: 0,
  benignTruePositive: 0,
  falsePositive: 0,
  undetermined: 3,
  precision: null,
};
const stage = (id: string, change: Partial<AnalyticStage> = {}): AnalyticStage => ({
  id,
  title: id,
  required: false,
  group: null,
  anchor: false,
  sentences: [],
  telemetry: { needs: [], fields: [], fix: '' },
  coverage: { hosts: 4, visible: 4, partial: 0, blind: 0, fixes: [] },
  ...change,
});
const BLIND = {
  hosts: 4,
  visible: 1,
  partial: 0,
  blind: 3,
  fixes: [{ fix: 'Sysmon 3', why: 'w', hosts: 3 }],
};

describe('an analytic in words', () => {
  it('has no precision until a verdict says right or wrong', () => {
    expect(precisionText(RECORD)).toBe('no verdicts yet');
    expect(precisionText({ ...RECORD, truePositive: 2, falsePositive: 1, precision: 2 / 3 })).toBe(
      '67 % of 3 verdicts right',
    );
  });

  it('says on how many hosts a stage can be seen', () => {
    expect(coverageSentence(BLIND)).toBe('Visible on 1, blind on 3 of 4 hosts');
    expect(coverageSentence({ ...BLIND, visible: 4, blind: 0 })).toBe('Visible on all 4 hosts');
    expect(coverageSentence({ ...BLIND, hosts: 0 })).toBe('Not known yet');
    expect(coverageSentence({ ...BLIND, hosts: 1, visible: 1, blind: 0 })).toBe('Visible on the one host');
    expect(stagesSentence([stage('a'), stage('b', { coverage: BLIND })])).toBe('b: blind on 3 of 4 hosts');
  });

  it('puts stages of a group together', () => {
    const stages = [stage('a'), stage('b', { group: 'g' }), stage('c'), stage('d', { group: 'g' })];
    const blocks = stageBlocks({ stages, groups: [{ id: 'g', title: 'what followed', min: 1 }] });
    expect(blocks.map((block) => block.stages.map(({ id }) => id))).toEqual([['a'], ['b', 'd'], ['c']]);
  });

  it('names a fix once, with all stages it opens, those that open most first', () => {
    const fixes = allFixes([
      stage('a', { coverage: { ...BLIND, fixes: [{ fix: 'Other', why: '', hosts: 4 }] } }),
      stage('b', { coverage: BLIND }),
      stage('c', { coverage: BLIND }),
    ]);
    expect(fixes.map(({ fix, hosts, stages }) => [fix, hosts, stages])).toEqual([
      ['Sysmon 3', 3, ['b', 'c']],
      ['Other', 4, ['a']],
    ]);
  });

  it('keeps the places for facts apart from the words', () => {
    expect(
      templateParts('reached {network.destination|the web}, twice').map(({ text, place }) => [text, place]),
    ).toEqual([
      ['reached ', false],
      ['{network.destination|the web}', true],
      [', twice', false],
    ]);
  });

  it('finds the lists a sentence names', () => {
    expect(sentenceParts('one of %browser%, not %mail%').map(({ text, list }) => [text, list])).toEqual([
      ['one of ', null],
      ['%browser%', 'browser'],
      [', not ', null],
      ['%mail%', 'mail'],
    ]);
    expect(sentenceParts('100 % sure')).toHaveLength(1);
  });

  it('opens only addresses of the web', () => {
    expect(outsideUrl('https://attack.mitre.org/')).toBe('https://attack.mitre.org/');
    expect(outsideUrl('javascript:alert(1)')).toBeNull();
    expect(outsideUrl(null)).toBeNull();
  });
});
