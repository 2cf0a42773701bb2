import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printRefusals } from './printSigma';
import { readRuleFiles } from './sigmaFiles';
import { loadSigmaRules } from './sigmaRules';
import { ESCAPE } from './testRecordings';
import { at, id, makeSigmaFolder, NO_LISTS, rule } from './testSigmaFolder';

let remove: () => void;
beforeAll(() => {
  remove = makeSigmaFolder();
});
afterAll(() => remove());

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
    expect(refused.map((one) => [path.relative(at(''), one.path), one.line > 0])).toEqual([
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
