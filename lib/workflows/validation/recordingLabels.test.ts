import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildCatalogue } from '../../analytics/catalogue';
import { AppError } from '../../base/appError';
import { parseRecordingLabel } from './recordingLabels';

const FOLDER = path.join(import.meta.dirname, '..', '..', 'analytics', 'catalogue');
const { definitions } = buildCatalogue({
  files: ['an1314', 'an1397', 'an1407', 'lists'].map((name) => ({
    name: `${name}.yaml`,
    text: readFileSync(path.join(FOLDER, `${name}.yaml`), 'utf8'),
  })),
  tunings: new Map(),
  definitions: [],
  baselines: [],
});

const parse = (value: unknown, name = 'a.evtx') =>
  parseRecordingLabel(typeof value === 'string' ? value : JSON.stringify(value), name, definitions);

/** Places and words of everything that is refused. */
function mistakesIn(value: unknown, name?: string): readonly { path: string; message: string }[] {
  try {
    parse(value, name);
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad_request')
      return error.details.errors as { path: string; message: string }[];
    throw error;
  }
  return [];
}

const chain = { analytic: 'AN1397', verdict: 'complete' };

describe('the label of an uploaded recording', () => {
  it('is taken as one recording’s, whatever file it names', () => {
    expect(parse({ file: 'other.evtx', title: 'T', expect: [chain] })).toMatchObject({
      file: 'a.evtx',
      title: 'T',
      expect: [chain],
    });
    expect(parse({ none_for: ['AN1314'] }).none_for).toEqual(['AN1314']);
  });

  it('is found in a whole LABELS.json by path or name, also among those of which only quiet is known', () => {
    const labels = {
      datasets: [
        { file: 'evtx/a.evtx', expect: [chain] },
        { file: 'evtx/b.evtx', none_for: ['AN1314'] },
      ],
      unlabelled_groups: { quiet: { files: ['evtx/q.evtx'] } },
    };
    expect(parse(labels).expect).toMatchObject([chain]);
    expect(parse(labels, 'evtx/b.evtx').none_for).toEqual(['AN1314']);
    expect(parse(labels, 'q.evtx').expect.map(({ verdict }) => verdict)).toEqual(['none', 'none', 'none']);
    const [missing] = mistakesIn(labels, 'c.evtx');
    expect(missing).toMatchObject({ path: 'labels.datasets' });
    expect(missing?.message).toContain('evtx/a.evtx');
  });

  it.each([
    ['{"expect": [', 'labels', 'not JSON'],
    [[], 'labels', 'write an object'],
    [{}, 'labels.expect', 'at least one analytic'],
    [{ expect: [{ analytic: 'AN1397', verdict: 'maybe' }] }, 'labels.expect.0.verdict', ''],
    [{ expect: [{ ...chain, analytic: 'AN1' }] }, 'labels.expect.0.analytic', 'AN1314, AN1397, AN1407'],
    [{ none_for: ['AN9'] }, 'labels.none_for.0', 'no analytic AN9'],
    [
      { expect: [{ ...chain, stages: [{ stage: 'nope', state: 'matched' }] }] },
      'labels.expect.0.stages.0.stage',
      'child_process',
    ],
    [{ expect: Array.from({ length: 101 }, () => chain) }, 'labels.expect', '101 expectations; 100'],
    [
      { expect: [{ ...chain, stages: Array.from({ length: 51 }, () => ({ stage: 'x' })) }] },
      'labels.expect.0.stages',
      '51 stages; 50',
    ],
    [
      { expect: [{ ...chain, stages: [{ stage: 'x', match_all: Array.from({ length: 21 }, () => 'a') }] }] },
      'labels.expect.0.stages.0.match_all',
      '21 texts; 20',
    ],
    [
      { expect: [{ ...chain, stages: [{ stage: 'x', match_all: ['a', ' '] }] }] },
      'labels.expect.0.stages.0.match_all.1',
      'empty',
    ],
    [
      { expect: [{ ...chain, stages: [{ stage: 'x', match_all: ['a'.repeat(1001)] }] }] },
      'labels.expect.0.stages.0.match_all.0',
      '1001 characters; 1000',
    ],
  ])('is refused with the place and what to do: %j', (value, at, words) => {
    const mistakes = mistakesIn(value);
    expect(mistakes[0]?.path).toBe(at);
    expect(mistakes[0]?.message).toContain(words);
  });

  it('may tell stages in words of its own, without a state', () => {
    const stages = [{ stage: '2 child', match_all: ['powershell.exe'] }];
    expect(parse({ expect: [{ ...chain, stages }] }).expect[0]?.stages).toMatchObject(stages);
  });
});
