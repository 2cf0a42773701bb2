// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a definition writes its parameters so.
import { describe, expect, it } from 'vitest';
import { micros } from '../../base/time';
import type { Analytic } from '../analytic';
import { buildCatalogue, type CatalogueSources } from '../catalogue';
import { DEFAULT_SEVERITY } from '../severity';
import { rawDefinition } from './parseAnalytic';
import { environmentProblems, NO_TUNING, type Tuning, tuningProblems } from './tuning';

const DEFINITION = `id: AN0001
title: A shell, then a file
version: "1.0"
description: For tests.
parameters:
  TimeWindow: { value: 5m, about: How long after. }
  Least: 2
  Names: [a.exe, b.exe]
  Word: file
stages:
  - id: start
    title: Shell
    anchor: true
    on: process_start
    where: { process.name|expand: '%shell%', process.parent.name: '\${Names}', process.args_count|gte: '\${Least}' }
    telemetry: { needs: process_start, fix: Record starts. }
  - id: write
    title: File
    group: after
    on: file_create
    where: { file.path|contains: '\${Word}' }
    relation: { descendant_of: start, depth: 3 }
    after: \${TimeWindow}
    telemetry: { needs: file_create, fix: Record files. }
groups:
  - { id: after, title: what followed, min: 1 }
score:
  - id: sum
    take: sum
    reasons:
      - { id: R1, points: 20, text: a shell, when: { stage: start } }
headline:
  - text: a shell
`;
const files = [
  { name: 'lists.yaml', text: 'shell: [cmd.exe]\n' },
  { name: 'an0001.yaml', text: DEFINITION },
];
const raw = rawDefinition(DEFINITION, 'an0001.yaml');
const tuning = (change: Partial<Tuning>): Tuning => ({ ...NO_TUNING, ...change });
const sources = (change: Partial<CatalogueSources> = {}): CatalogueSources => ({
  ...{ files, tunings: new Map(), definitions: [], baselines: [] },
  ...change,
});
const tunedBy = (change: Partial<Tuning>, shipped = files): ReturnType<typeof buildCatalogue> =>
  buildCatalogue(
    sources({ files: shipped, tunings: new Map([['AN0001', { ...tuning(change), revision: 3 }]]) }),
  );
const only = (built: ReturnType<typeof buildCatalogue>): Analytic => {
  const [analytic] = built.catalogue.analytics;
  if (analytic === undefined) throw new Error('no analytic');
  return analytic;
};

describe('a tuning', () => {
  it('sets parameters and points, and both values stay known', () => {
    const analytic = only(tunedBy({ parameters: { TimeWindow: '1h', Names: ['c.exe'] }, points: { R1: 5 } }));
    expect(analytic.version).toBe('1.0+3');
    expect(analytic.stages[1]?.alternatives[0]?.after).toBe(3_600_000_000);
    expect(analytic.parameters).toMatchObject([
      { name: 'TimeWindow', kind: 'duration', value: '1h', shipped: '5m', about: 'How long after.' },
      { name: 'Least', value: 2, shipped: 2 },
      { name: 'Names', kind: 'list', value: ['c.exe'], shipped: ['a.exe', 'b.exe'] },
      { name: 'Word', value: 'file', shipped: 'file' },
    ]);
    expect(analytic.score[0]?.reasons[0]).toMatchObject({ points: 5, shippedPoints: 20 });
  });

  it('outlives a new version of the shipped file, which keeps its other changes', () => {
    const updated = DEFINITION.replace('"1.0"', '"1.1"').replace('R1, points: 20', 'R1, points: 25');
    const built = tunedBy({ parameters: { TimeWindow: '1h' } }, [
      ...files.slice(0, 1),
      { name: 'an0001.yaml', text: updated },
    ]);
    expect(only(built).version).toBe('1.1+3');
    expect(only(built).stages[1]?.alternatives[0]?.after).toBe(3_600_000_000);
    expect(only(built).score[0]?.reasons[0]?.points).toBe(25);
  });

  it('never stops detection: what a new version does not have any more is left out, and said', () => {
    const built = tunedBy({ parameters: { Gone: '1h', TimeWindow: '2h' }, points: { R9: 1 } });
    expect(built.definitions[0]?.problems).toEqual([
      expect.stringContaining('no parameter Gone'),
      expect.stringContaining('no reason R9'),
    ]);
    expect(only(built).stages[1]?.alternatives[0]?.after).toBe(7_200_000_000);
  });

  it.each([
    ['a name there is not', { parameters: { Window: '5m' } }, /there is no parameter Window/],
    ['a name of the object itself', { parameters: { constructor: '5m' } }, /no parameter constructor/],
    ['a number for a length of time', { parameters: { TimeWindow: 5 } }, /takes a length of time/],
    ['words for a length of time', { parameters: { TimeWindow: '5 minutes' } }, /takes a length of time/],
    ['a text for a list', { parameters: { Names: 'a.exe' } }, /takes a list/],
    ['a list for a number', { parameters: { Least: ['2'] } }, /takes a number/],
    ['an empty text in a list', { parameters: { Names: ['a.exe', ' '] } }, /would match everything/],
    ['a reason there is not', { points: { R2: 5 } }, /there is no reason R2/],
  ])('is refused for %s', (_name, change, message) => {
    expect(tuningProblems(raw, tuning(change as Partial<Tuning>))).toEqual([
      { path: expect.any(String), message: expect.stringMatching(message) },
    ]);
  });

  it('may switch a definition off: it is listed, and detects nothing', () => {
    const built = tunedBy({ enabled: false });
    expect(built.catalogue.analytics).toEqual([]);
    expect(built.definitions).toMatchObject([{ id: 'AN0001', enabled: false, origin: 'tuned', revision: 3 }]);
  });
});

describe('an environment', () => {
  const severity = { critical: 90, high: 70, medium: 50, low: 30 };

  it('replaces lists whole and sets severities, for all definitions', () => {
    const built = buildCatalogue(
      sources({ environment: { lists: { shell: ['PWSH.exe'] }, severity, revision: 2 } }),
    );
    expect(built.catalogue.lists.get('shell')).toEqual(['pwsh.exe']);
    expect(built.catalogue.severity).toEqual(severity);
    expect(only(built).version).toBe('1.0+env2');
  });

  it('is refused for a list there is not, and for severities out of order', () => {
    const lists = new Map([['shell', ['cmd.exe']]]);
    expect(environmentProblems({ lists: { shells: [] }, severity }, lists)).toEqual([
      { path: 'lists.shells', message: expect.stringContaining('no list shells') },
    ]);
    expect(
      environmentProblems({ lists: {}, severity: { ...DEFAULT_SEVERITY, high: 10 } }, lists),
    ).toMatchObject([{ path: 'severity' }]);
  });
});

describe('definitions and baselines of one\u2019s own', () => {
  const own = { id: 'MY1', yaml: DEFINITION.replace('AN0001', 'MY1'), enabled: true, revision: 4 };

  it('stand beside the shipped ones', () => {
    const built = buildCatalogue(sources({ definitions: [own] }));
    expect(built.catalogue.analytics.map(({ id, version }) => [id, version])).toEqual([
      ['AN0001', '1.0'],
      ['MY1', '1.0+4'],
    ]);
    expect(built.definitions.map(({ origin }) => origin)).toEqual(['shipped', 'own']);
  });

  it('that cannot be read any more are named, and stop nothing', () => {
    const broken = { ...own, yaml: own.yaml.replace('%shell%', '%gone%') };
    const baseline = { id: 7, analytic: 'AN0001', title: 'x', points: 5, until: micros(1) };
    const built = buildCatalogue(
      sources({
        definitions: [broken],
        baselines: [
          { ...baseline, when: 'stage: start' },
          { ...baseline, id: 8, when: 'stage: gone' },
        ],
      }),
    );
    expect(built.catalogue.analytics.map(({ id }) => id)).toEqual(['AN0001']);
    expect(built.catalogue.baselines.map(({ id }) => id)).toEqual([7]);
    expect(built.definitions.map(({ problems }) => problems.length)).toEqual([1, 1]);
  });
});
