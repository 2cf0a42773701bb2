import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { makeZip } from '../containers/testZip';
import { analyzeDocument } from '../contracts/analyze';
import { type Analysis, analyzeFiles } from './analyzeFiles';
import { loadCatalogue } from './loadCatalogue';
import { loadSigmaRules } from './sigmaRules';
import { attack, guid, quiet, sysmon } from './testRecordings';

export const id = (n: number): string => `7d0f2c1a-0000-4000-8000-${String(n).padStart(12, '0')}`;

export function rule(n: number, title: string, level: string, logsource: string, detection: string): string {
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

export const access = (n: number, second: number): string =>
  sysmon(10, second, {
    SourceProcessGUID: guid(2),
    SourceProcessId: '200',
    SourceImage: 'C:\\Windows\\System32\\mshta.exe',
    TargetImage: `C:\\Windows\\System32\\lsass.exe`,
    GrantedAccess: `0x${n}`,
  });

export const NO_LISTS = new Map<string, readonly string[]>();

let folder = '';
/** Where a file of the folder is. */
export const at = (name: string): string => path.join(folder, name);

/** For tests: a folder of rules and recordings, until it is called. */
export function makeSigmaFolder(): () => void {
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
  return () => rmSync(folder, { recursive: true, force: true });
}

export async function analyze(files: readonly string[], rules?: string): Promise<Analysis> {
  const catalogue = await loadCatalogue();
  const { lists } = catalogue;
  return analyzeFiles(files.map(at), {
    format: 'auto',
    catalogue,
    onProgress: () => undefined,
    ...(rules === undefined ? {} : { sigma: await loadSigmaRules([at(rules)], { lists }) }),
  });
}

export async function sigmaOf(files: readonly string[], rules: string) {
  const { document } = await analyze(files, rules);
  expect(analyzeDocument.parse(document)).toEqual(document);
  if (document.sigma === undefined) throw new Error('no sigma in the document');
  return document.sigma;
}
