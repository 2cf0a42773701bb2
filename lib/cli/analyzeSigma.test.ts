import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AnalyzeDocument, analyzeDocument } from '../contracts/analyze';
import { SHOWN_PER_RULE } from './sigmaWatch';
import { guid, quiet, sysmon } from './testRecordings';
import { access, analyze, at, id, makeSigmaFolder, sigmaOf } from './testSigmaFolder';

let remove: () => void;
beforeAll(() => {
  remove = makeSigmaFolder();
});
afterAll(() => remove());

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
