import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyzeDocument } from '../contracts/analyze';
import { type Analysis, analyzeFiles } from './analyzeFiles';
import { parseArguments } from './arguments';
import { loadCatalogue } from './loadCatalogue';
import { ansiPaint, plainPaint, printAnalysis } from './printAnalysis';
import { createProgressBar } from './progressBar';
import { terminalJson, terminalText } from './terminalText';
import { attack, ESCAPE, guid, quiet } from './testRecordings';

let folder: string;
const at = (name: string): string => path.join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sequela-analyze-'));
  mkdirSync(at('folder'));
  writeFileSync(at('attack.json'), `${attack.join('\n')}\n`);
  writeFileSync(at('first.json'), `${attack.slice(0, 2).join('\n')}\n`);
  writeFileSync(
    at('rest.json.gz'),
    zlib.gzipSync(`${attack.slice(2).reverse().join('\n').replaceAll('WS1.corp.example', 'ws1')}\n`),
  );
  writeFileSync(at('same-host.json.gz'), zlib.gzipSync(`${attack.slice(2).reverse().join('\n')}\n`));
  writeFileSync(at('quiet.json'), `${quiet}\n{"broken\n`);
  writeFileSync(
    at('broken.json'),
    '{"EventID":4688,"Channel":"Security"}\n{"EventID":4688,"Channel":"Security"}\n',
  );
  writeFileSync(at('notes.txt'), `hello\u001b[2J, ${'this is a note. '.repeat(9)}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('analyze', () => {
  it('finds a chain and tells it in the agreed shape', async () => {
    const { document } = await analyze('attack.json');
    expect(analyzeDocument.parse(document)).toEqual(document);
    expect(document.imports).toMatchObject([
      {
        file: at('attack.json'),
        format: 'windows-flat-json',
        hosts: ['ws1.corp.example'],
        records: { read: 4, events: 4, ignored: 0, duplicates: 0, quarantined: 0 },
        from: '2026-11-20T09:16:01.100000Z',
        to: '2026-11-20T09:16:04.100000Z',
      },
    ]);
    const finding = document.findings.find((one) => one.analytic === 'AN1397');
    expect(finding).toMatchObject({
      host: 'ws1.corp.example',
      anchor: { pid: 200, entityId: guid(2).slice(1, -1) },
    });
    const quoted = finding?.stages.flatMap((stage) => stage.events).map((event) => event.record);
    expect(quoted).toContainEqual({ file: at('attack.json'), index: 1 });
    expect(document.coverage.map((one) => one.host)).toContain('ws1.corp.example');
  });

  it('finds the same in any order of files, in parts, and twice over', async () => {
    const whole = (await analyze('attack.json')).document;
    for (const files of [
      ['first.json', 'same-host.json.gz'],
      ['same-host.json.gz', 'first.json'],
      ['attack.json', 'attack.json', 'first.json'],
    ]) {
      const { document } = await analyze(...files);
      expect(strip(document.findings)).toEqual(strip(whole.findings));
      expect(document.coverage).toEqual(whole.coverage);
      for (const { records } of document.imports) {
        expect(records.read).toBe(
          records.events + records.ignored + records.duplicates + records.quarantined,
        );
      }
      expect(document.imports.reduce((sum, one) => sum + one.records.events, 0)).toBe(4);
    }
  });

  it('joins the short and the full name of a host', async () => {
    const { document } = await analyze('first.json', 'rest.json.gz');
    expect(document.imports.map((one) => one.hosts)).toEqual([['ws1.corp.example'], ['ws1.corp.example']]);
    expect(document.findings.map((one) => one.host)).toContain('ws1.corp.example');
  });

  it('refuses what cannot be used, with the reason', async () => {
    await expect(analyze('none.json')).rejects.toThrow(/none.json does not exist/);
    await expect(analyze('folder')).rejects.toThrow(/is a directory/);
    await expect(analyze('notes.txt')).rejects.toThrow(
      /notes.txt: not an export Sequela knows: text that begins with/,
    );
    await expect(analyze('broken.json')).rejects.toThrow(/none of its 2 records can be read; record 0 of/);
  });

  it('prints for people without letting telemetry steer the terminal', async () => {
    const { document } = await analyze('attack.json', 'quiet.json');
    const text = printAnalysis(document, plainPaint);
    expect(text).not.toContain('\u001b');
    expect(text).toContain('1 quarantined');
    expect(text).toContain('mshta');
    expect(printAnalysis(document, ansiPaint)).not.toContain(`${ESCAPE}\n`);
    expect(terminalText('a\u001b[31m\u202eb\u0000é')).toBe('a\\u{1b}[31m\\u{202e}b\\u{0}é');
    const tricky = { a: 'x\u009b31m\u202e\u2028\u200b "é"' };
    expect(terminalJson(JSON.stringify(tricky))).toMatch(/^[\x20-\x7eé]+$/);
    expect(JSON.parse(terminalJson(JSON.stringify(tricky)))).toEqual(tricky);
  });

  it('draws progress on a terminal only', () => {
    const written: string[] = [];
    const write = (text: string | Uint8Array): boolean => written.push(String(text)) > 0;
    let time = 0;
    const off = createProgressBar({ write, isTTY: false as true }, () => time);
    off.onProgress('a', { bytesRead: 1, bytesTotal: 2 });
    off.clear();
    expect(written).toEqual([]);
    const on = createProgressBar({ write, isTTY: true }, () => time);
    on.onProgress('a\u001b', { bytesRead: 1, bytesTotal: 2 });
    time = 10;
    on.onProgress('a', { bytesRead: 2, bytesTotal: 2 });
    expect(written).toHaveLength(1);
    expect(written[0]).toContain(' 50%  a\\u{1b}');
  });

  it('reads its arguments', () => {
    expect(
      parseArguments([
        ...['a', '--json', '--format', 'winlogbeat', '--mapping=m', '--mapping', 'n'],
        ...['--sigma', 'r', '--sigma=s', '--', '-b'],
      ]),
    ).toEqual({
      files: ['a', '-b'],
      json: true,
      help: false,
      format: 'winlogbeat',
      mappings: ['m', 'n'],
      sigma: ['r', 's'],
    });
    for (const words of [
      [],
      ['--json'],
      ['a', '--nonsense'],
      ['a', '--format'],
      ['a', '--mapping'],
      ['a', '--sigma'],
    ])
      expect(() => parseArguments(words)).toThrow(/usage:/);
  });
});

describe('the analyze command', { timeout: 30_000 }, () => {
  it('ends with 1 and a document when there are findings', () => {
    const { status, stdout, stderr } = run('attack.json', '--json');
    expect(status).toBe(1);
    expect(analyzeDocument.parse(JSON.parse(stdout)).findings.length).toBeGreaterThan(0);
    expect(stdout).not.toContain('\u001b');
    expect(stderr).toBe('');
  });

  it('ends with 0 when there is nothing to look at', () => {
    const { status, stdout } = run('quiet.json');
    expect(status).toBe(0);
    expect(stdout).toContain('No findings.');
  });

  it('ends with 2 and one line when the input is bad', () => {
    for (const words of [
      ['none.json', '--json'],
      ['attack.json', 'notes.txt'],
    ]) {
      const { status, stdout, stderr } = run(...words);
      expect(status).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^analyze: \P{Cc}+\n$/u);
    }
  });
});

async function analyze(...names: string[]): Promise<Analysis> {
  return analyzeFiles(names.map(at), {
    format: 'auto',
    catalogue: await loadCatalogue(),
    onProgress: () => undefined,
  });
}

/** Findings without the places of records, which differ with the files. */
function strip(findings: Analysis['document']['findings']): unknown {
  return JSON.parse(JSON.stringify(findings, (key, value: unknown) => (key === 'record' ? null : value)));
}

function run(...words: string[]): { status: number | null; stdout: string; stderr: string } {
  const root = path.join(import.meta.dirname, '..', '..');
  return spawnSync(
    process.execPath,
    [
      '--import',
      'tsx',
      path.join(import.meta.dirname, 'analyze.ts'),
      ...words.map((word) => (word.startsWith('--') ? word : at(word))),
    ],
    { cwd: root, encoding: 'utf8' },
  );
}
