import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeZip } from '../containers/testZip';
import { type AnalyzeDocument, analyzeDocument } from '../contracts/analyze';
import { type Analysis, analyzeFiles } from './analyzeFiles';
import { loadCatalogue } from './loadCatalogue';
import { ansiPaint, plainPaint } from './printAnalysis';
import { isWorthALook, printRefusals, printSigma } from './printSigma';
import { digest, readFile } from './readFiles';
import type { Recording } from './recording';
import { readRuleFiles } from './sigmaFiles';
import { loadSigmaRules } from './sigmaRules';
import { createSigmaWatch, SHOWN_PER_RULE } from './sigmaWatch';
import { attack, ESCAPE, guid, quiet, sysmon } from './testRecordings';

const id = (n: number): string => `7d0f2c1a-0000-4000-8000-${String(n).padStart(12, '0')}`;

function rule(n: number, title: string, level: string, logsource: string, detection: string): string {
  return `title: ${JSON.stringify(title)}
id: ${id(n)}
status: test
author: ann
level: ${level}
logsource:
  product: windows
  category: ${logsource}
detection:
${detection.replace(/^/gm, '  ')}
  condition: selection
`;
}

const script = rule(
  1,
  `Script host ${'\u202e'} with an address`,
  'high',
  'process_creation',
  `selection:
  Image|endswith: '\\mshta.exe'
  CommandLine|contains:
    - 'ftp://'
    - 'https://'`,
);
const opened = rule(
  2,
  'LSASS opened',
  'medium',
  'process_access',
  `selection:\n  TargetImage|endswith: '\\lsass.exe'`,
);
const notes = rule(3, 'Notes', 'low', 'process_creation', `selection:\n  Image|endswith: '\\notepad.exe'`);
const asked = rule(4, 'Name asked', 'high', 'dns_query', `selection:\n  QueryName: x.example`);
const many = `title: Opened again and again
id: ${id(5)}
level: critical
author: bea
correlation:
  type: event_count
  rules:
    - ${id(2)}
  group-by:
    - SourceImage
  timespan: 1m
  condition:
    gte: 2
`;
const linux = rule(6, 'Elsewhere', 'high', 'process_creation', `selection:\n  Image: x`).replace(
  'product: windows',
  'product: linux',
);
const broken = rule(7, 'Broken', 'high', 'process_creation', `selection:\n  Image|sounds_like: x`);

const access = (n: number, second: number): string =>
  sysmon(10, second, {
    SourceProcessGUID: guid(2),
    SourceProcessId: '200',
    SourceImage: 'C:\\Windows\\System32\\mshta.exe',
    TargetImage: `C:\\Windows\\System32\\lsass.exe`,
    GrantedAccess: `0x${n}`,
  });

const NO_LISTS = new Map<string, readonly string[]>();
let folder: string;
const at = (name: string): string => path.join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sequela-sigma-'));
  for (const name of ['rules/deep/er', 'outside', 'low', 'foreign', 'nothing', 'faulty'])
    mkdirSync(at(name), { recursive: true });
  writeFileSync(at('rules/deep/script.yml'), script);
  writeFileSync(at('rules/deep/er/opened.YAML'), `${opened}---\n${many}`);
  writeFileSync(at('rules/asked.yml'), asked);
  writeFileSync(at('rules/broken.yml'), broken);
  writeFileSync(at('rules/linux.yml'), linux);
  writeFileSync(at('rules/README.md'), 'not a rule');
  writeFileSync(at('outside/secret.yml'), notes);
  symlinkSync(at('outside'), at('rules/linked'));
  symlinkSync(at('outside/secret.yml'), at('rules/linked.yml'));
  writeFileSync(at('low/notes.yml'), notes);
  writeFileSync(at('foreign/linux.yml'), linux);
  writeFileSync(at('faulty/broken.yml'), broken);
  writeFileSync(
    at('rules.zip'),
    makeZip([
      { name: 'set/z.yml', data: script },
      { name: 'set/a.YML', data: opened },
      { name: 'set/big.yml', data: '#'.repeat(2_000_001) },
      { name: 'set/raw.yml', data: Buffer.from([0xff, 0xfe, 0x00]) },
      { name: 'set/README.md', data: 'x' },
    ]),
  );
  writeFileSync(at('attack.json'), `${[...attack, access(1, 20), access(2, 25)].join('\n')}\n`);
  writeFileSync(at('again.json'), `${[access(2, 25), attack[1]].join('\n')}\n`);
  writeFileSync(at('quiet.json'), `${quiet}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('rules of Sigma on the command line', () => {
  it('are tried on every record, also those that become no event', async () => {
    const sigma = await sigmaOf(['attack.json'], 'rules');
    expect(sigma.rules).toMatchObject({ loaded: 5, runs: 4, foreign: 1, byLevel: { critical: 1, low: 0 } });
    expect(sigma.hitsTotal).toBe(3);
    expect(sigma.hits[0]).toEqual({
      rule: {
        id: id(1),
        title: expect.stringContaining('Script host'),
        level: 'high',
        author: 'ann',
        license: null,
        path: at('rules/deep/script.yml'),
      },
      host: 'ws1.corp.example',
      time: '2026-11-20T09:16:02.100000Z',
      source: 'Sysmon 1',
      kind: 'process_start',
      record: { file: at('attack.json'), index: 1 },
      process: {
        entityId: guid(2).slice(1, -1),
        pid: 200,
        image: 'C:\\Windows\\System32\\mshta.exe',
        commandLine: expect.stringContaining('mshta.exe https://'),
        user: 'CORP\\ann',
      },
      matched: [
        expect.objectContaining({ selection: 'selection', field: 'Image', modifiers: ['endswith'] }),
        expect.objectContaining({ field: 'CommandLine', expected: 'https://' }),
      ],
    });
    expect(sigma.hits.slice(1)).toMatchObject([
      { rule: { id: id(2) }, source: 'Sysmon 10', kind: null, record: { index: 4 }, process: { pid: 200 } },
      { rule: { id: id(2) }, source: 'Sysmon 10', kind: null, record: { index: 5 } },
    ]);
    expect(sigma.counts.map(({ rule: { level }, hits }) => [level, hits])).toEqual([
      ['high', 1],
      ['medium', 2],
    ]);
    expect(sigma.sources).toContainEqual({ host: 'ws1.corp.example', source: 'Sysmon 10', records: 2 });
  });

  it('are correlated by the rules over them', async () => {
    const sigma = await sigmaOf(['attack.json'], 'rules');
    expect(sigma.correlated).toMatchObject([
      {
        rule: { id: id(5), level: 'critical', author: 'bea' },
        type: 'event_count',
        group: [{ field: 'SourceImage', value: 'C:\\Windows\\System32\\mshta.exe' }],
        hits: 2,
        hosts: ['ws1.corp.example'],
        from: '2026-11-20T09:16:20.100000Z',
        to: '2026-11-20T09:16:25.100000Z',
        events: [{ title: 'LSASS opened' }, { title: 'LSASS opened' }],
      },
    ]);
  });

  it('hit a record once that is there twice, whatever the order of the files', async () => {
    const once = await sigmaOf(['attack.json'], 'rules');
    for (const files of [
      ['attack.json', 'again.json'],
      ['again.json', 'attack.json'],
    ]) {
      const sigma = await sigmaOf(files, 'rules');
      expect(strip(sigma.hits)).toEqual(strip(once.hits));
      expect([sigma.hitsTotal, sigma.counts, sigma.correlated]).toEqual([
        once.hitsTotal,
        once.counts,
        once.correlated,
      ]);
    }
  });

  it('that cannot be decided on a host are blind there, and not false', async () => {
    const sigma = await sigmaOf(['attack.json', 'quiet.json'], 'rules');
    expect(sigma.blind.find((one) => one.rule.id === id(4))).toMatchObject({ total: 2, of: 2 });
    expect(sigma.blind.find((one) => one.rule.id === id(2))?.hosts).toEqual([
      { host: 'ws2', why: expect.stringContaining('process_access') },
    ]);
    expect(sigma.blind.map((one) => one.rule.id)).not.toContain(id(1));
  });

  it('raise the score of the finding on whose process they hit, and change nothing else of it', async () => {
    const plain = (await analyze(['attack.json'])).document;
    expect(plain).not.toHaveProperty('sigma');
    const { document } = await analyze(['attack.json'], 'rules');
    const ids = (one: AnalyzeDocument) => one.findings.map((finding) => finding.id).sort();
    expect(ids(document)).toEqual(ids(plain));
    const chain = (one: AnalyzeDocument) => one.findings.find(({ analytic }) => analytic === 'AN1397');
    const told = chain(document)?.reasons.filter(({ text }) => text.startsWith('Sigma')) ?? [];
    expect(told.map(({ effect }) => effect)).toContain('raises');
    expect(chain(plain)?.reasons).toEqual(
      chain(document)?.reasons.filter((reason) => !told.includes(reason)),
    );
    // A rule that only hits elsewhere says nothing of it.
    const low = (await analyze(['attack.json', 'quiet.json'], 'low')).document;
    expect(low.sigma?.hitsTotal).toBe(1);
    expect(chain(low)).toEqual(chain(plain));
  });

  it('are counted beyond those that are shown, which are the first in order of time', async () => {
    const starts = Array.from({ length: SHOWN_PER_RULE * 2 + 300 }, (_, n) =>
      sysmon(1, n % 60, {
        ProcessGuid: guid(n),
        ProcessId: String(n + 1),
        Image: 'C:\\Windows\\System32\\notepad.exe',
      }),
    );
    writeFileSync(at('many.json'), `${starts.join('\n')}\n`);
    writeFileSync(at('turned.json'), `${starts.reverse().join('\n')}\n`);
    const sigma = await sigmaOf(['many.json'], 'low');
    expect([sigma.hitsTotal, sigma.counts[0]?.hits, sigma.hits.length]).toEqual([2300, 2300, SHOWN_PER_RULE]);
    expect(sigma.hits.at(-1)?.time).toMatch(/09:16:2[56]/);
    const turned = await sigmaOf(['turned.json'], 'low');
    expect(new Set(turned.hits.map(({ process }) => process.pid))).toEqual(
      new Set(sigma.hits.map(({ process }) => process.pid)),
    );
  });
});

describe('rules on a host of the command line', () => {
  const watched = async (judged: boolean) => {
    const given = await loadSigmaRules([at('rules')], { lists: NO_LISTS });
    const watch = createSigmaWatch(given, digest);
    const recording: Recording = { ids: new Set(), events: new Map(), kinds: new Set(), devices: new Map() };
    await readFile(recording, at('attack.json'), { format: 'auto' }, () => undefined, watch.take);
    return watch.byHost((name) => name, judged)('ws1.corp.example');
  };

  it('are switched on where they are tried, and told apart where records cannot decide them', async () => {
    const sigma = await watched(true);
    expect([...sigma.enabled].sort()).toEqual([1, 2, 4].map(id));
    expect([...(sigma.undecidable ?? [])]).toEqual([[id(4), expect.stringMatching(/^[a-z].*[^.]$/)]]);
    expect(sigma.hits.map(({ ruleId, noEvent }) => [ruleId, noEvent])).toEqual([
      [id(1), undefined],
      [id(2), true],
      [id(2), true],
    ]);
    expect(await watched(false)).not.toHaveProperty('undecidable');
  });
});

describe('files of rules', () => {
  it('are read from a folder and those in it, in order, and nothing that links out of it', async () => {
    const { files, refused } = await readRuleFiles(at('rules'));
    expect(files.map((file) => path.relative(at('rules'), file.path))).toEqual([
      'asked.yml',
      'broken.yml',
      'deep/er/opened.YAML',
      'deep/script.yml',
      'linux.yml',
    ]);
    expect(refused).toEqual([]);
  });

  it('are read from an archive, or are one file; what cannot be read is told by its name', async () => {
    const { files, refused } = await readRuleFiles(at('rules.zip'));
    expect(files.map((file) => file.path)).toEqual([at('rules.zip/set/a.YML'), at('rules.zip/set/z.yml')]);
    expect(refused.map((one) => [path.basename(one.path), one.reason])).toEqual([
      ['big.yml', 'larger than 2 MB: split it'],
      ['raw.yml', 'not UTF-8 text: save it as UTF-8'],
    ]);
    expect(
      (await loadSigmaRules([at('low/notes.yml')], { lists: NO_LISTS })).runs.map(({ title }) => title),
    ).toEqual(['Notes']);
  });

  it('are refused document by document with file, line and reason', async () => {
    const { refused, runs } = await loadSigmaRules([at('rules'), at('rules.zip')], { lists: NO_LISTS });
    expect(refused.map((one) => [path.relative(folder, one.path), one.line > 0])).toEqual([
      ['rules.zip/set/a.YML', true],
      ['rules.zip/set/big.yml', true],
      ['rules.zip/set/raw.yml', true],
      ['rules.zip/set/z.yml', true],
      ['rules/broken.yml', true],
    ]);
    expect(refused.at(-1)).toMatchObject({ id: id(7), reason: expect.stringContaining('sounds_like') });
    // What is there twice counts once.
    expect(runs).toHaveLength(3);
    const warnings = printRefusals(
      Array.from({ length: 12 }, (_, n) => ({ path: `${ESCAPE}${n}`, line: n, column: 1, reason: 'no' })),
    );
    expect(warnings).not.toContain('\u001b');
    expect(warnings.split('\n')).toHaveLength(13);
    expect(warnings).toContain('12 Sigma rules');
    expect(warnings).toContain('and 2 more');
    expect(printRefusals([])).toBe('');
  });

  it('may name the lists of the environment', async () => {
    writeFileSync(
      at('named.yml'),
      rule(8, 'Named', 'low', 'process_creation', "selection:\n  Image|endswith|expand: '%Pads%'"),
    );
    await expect(loadSigmaRules([at('named.yml')], { lists: NO_LISTS })).rejects.toThrow(
      /%Pads% has no values/,
    );
    const lists = new Map([['pads', ['notepad.exe']]]);
    expect((await loadSigmaRules([at('named.yml')], { lists })).runs).toHaveLength(1);
  });

  it('of which nothing can be used are refused as a whole', async () => {
    for (const [name, reason] of [
      ['none', /none does not exist/],
      ['nothing', /no Sigma rule in it/],
      ['faulty', /broken\.yml:\d+:\d+: .*sounds_like/],
      ['foreign', /none of its 1 rules is about records that can be read here/],
      ['attack.json', /no Sigma rule of it can be used/],
    ] as const)
      await expect(loadSigmaRules([at(name)], { lists: NO_LISTS }), name).rejects.toMatchObject({
        code: 'bad_input',
        message: expect.stringMatching(reason),
      });
    await expect(loadSigmaRules([at('rules'), at('nothing')], { lists: NO_LISTS })).rejects.toThrow(
      /nothing: no Sigma rule/,
    );
  });
});

describe('what rules found', () => {
  it('is printed without letting records or rules steer the terminal', async () => {
    const sigma = await sigmaOf(['attack.json'], 'rules');
    const text = printSigma(sigma, plainPaint);
    for (const unsafe of ['\u001b', '\u202e']) expect(text).not.toContain(unsafe);
    expect(text).toContain('Sigma: 5 rules, 4 run, 1 about other products, 1 refused');
    expect(text).toContain(`by ann; ${id(1)}; licence not stated`);
    expect(text).toContain('selection: CommandLine|contains https://');
    expect(text).toContain('CRITICAL  Opened again and again  event_count over 2 hits');
    expect(printSigma(sigma, ansiPaint)).not.toContain(`${ESCAPE}\n`);
    expect(printSigma({ ...sigma, hits: [], counts: [], hitsTotal: 0 }, plainPaint)).toContain('No hits.');
  });

  it('is worth a look from medium on', async () => {
    expect(isWorthALook(undefined)).toBe(false);
    expect(isWorthALook(await sigmaOf(['quiet.json'], 'low'))).toBe(false);
    expect(isWorthALook(await sigmaOf(['again.json'], 'rules.zip'))).toBe(true);
  });
});

describe('the analyze command with rules', { timeout: 120_000 }, () => {
  it('ends with 1 for a hit of medium or above, and warns of rules that cannot be used', () => {
    writeFileSync(at('access.json'), `${access(1, 20)}\n${quiet}\n`);
    const { status, stdout, stderr } = run('access.json', '--json', '--sigma', at('rules'));
    expect(status).toBe(1);
    const document = analyzeDocument.parse(JSON.parse(stdout));
    expect(document.findings).toEqual([]);
    expect(document.sigma?.hitsTotal).toBe(1);
    expect(stdout).not.toContain('\u202e');
    expect(stderr).toMatch(/^warning: 1 Sigma rule cannot be used\nwarning: .*broken\.yml:\d+:\d+: .*\n$/);
  });

  it('ends with 0 for hits below, and with 2 for rules that cannot be used', () => {
    const low = run('quiet.json', '--sigma', at('low'));
    expect([low.status, low.stderr]).toEqual([0, '']);
    expect(low.stdout).toContain('LOW  Notes  1 hit');
    const none = run('quiet.json', '--sigma', at('nothing'));
    expect([none.status, none.stdout]).toEqual([2, '']);
    expect(none.stderr).toMatch(/^analyze: \P{Cc}+\n$/u);
  });
});

async function analyze(files: readonly string[], rules?: string): Promise<Analysis> {
  const catalogue = await loadCatalogue();
  const { lists } = catalogue;
  return analyzeFiles(files.map(at), {
    format: 'auto',
    catalogue,
    onProgress: () => undefined,
    ...(rules === undefined ? {} : { sigma: await loadSigmaRules([at(rules)], { lists }) }),
  });
}

async function sigmaOf(files: readonly string[], rules: string) {
  const { document } = await analyze(files, rules);
  expect(analyzeDocument.parse(document)).toEqual(document);
  if (document.sigma === undefined) throw new Error('no sigma in the document');
  return document.sigma;
}

/** Hits without the places of records, which differ with the files. */
function strip(hits: readonly object[]): unknown {
  return hits.map((hit) => ({ ...hit, record: null }));
}

function run(file: string, ...words: string[]) {
  const root = path.join(import.meta.dirname, '..', '..');
  return spawnSync(
    process.execPath,
    ['--import', 'tsx', path.join(import.meta.dirname, 'analyze.ts'), at(file), ...words],
    { cwd: root, encoding: 'utf8' },
  );
}
