import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { scorecardOf } from '../validation/scorecard';
import { validateGenerated, writeGenerated } from './generatedRecordings';
import { validateFolder } from './labelledFolder';
import { loadCatalogue } from './loadCatalogue';
import { plainPaint } from './printAnalysis';
import { printScorecards } from './printScorecard';
import { validationDocument } from './scorecardDocument';
import { scorecardMarkdown } from './scorecardMarkdown';
import { parseValidateArguments } from './validateArguments';

const catalogue = await loadCatalogue();
const folder = mkdtempSync(path.join(tmpdir(), 'sequela-validate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const quiet = (): void => undefined;

describe('validate', () => {
  it('finds in the written recordings what it finds in those it makes itself', async () => {
    expect(await writeGenerated('mshta-remote-alone', folder)).toBe(7);
    const { recordings, unusable } = await validateFolder(folder, catalogue, quiet);
    expect(unusable).toEqual([]);
    const made = validateGenerated('mshta-remote-alone', catalogue, quiet);
    expect(made).toEqual(recordings);
  });

  it('says of a labelled file that is not there that it was missed', async () => {
    const empty = mkdtempSync(path.join(folder, 'empty-'));
    writeFileSync(
      path.join(empty, 'LABELS.json'),
      '{"datasets":[{"file":"gone.json","none_for":["AN1397"]}]}',
    );
    const { unusable } = await validateFolder(empty, catalogue, quiet);
    expect(unusable).toEqual([{ file: 'gone.json', why: 'the file is not in the folder', missed: true }]);
  });

  it('refuses a folder without labels, and labels that are none', async () => {
    const none = mkdtempSync(path.join(folder, 'none-'));
    await expect(validateFolder(none, catalogue, quiet)).rejects.toThrow('LABELS.json cannot be read');
    writeFileSync(path.join(none, 'LABELS.json'), '{"datasets":[{"expect":[]}]}');
    await expect(validateFolder(none, catalogue, quiet)).rejects.toThrow('datasets.0.file');
  });

  it('prints a scorecard for people and the same as a page', async () => {
    const { datasets } = JSON.parse(readFileSync(path.join(folder, 'LABELS.json'), 'utf8')) as {
      datasets: unknown[];
    };
    expect(datasets).toHaveLength(7);
    const { recordings } = await validateFolder(folder, catalogue, quiet);
    const document = await validationDocument(catalogue, [scorecardOf('mine', recordings, [])], []);
    expect(document.definitions.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256))).toBe(true);
    const text = printScorecards(document, plainPaint);
    expect(text).toContain('mine: 7 recordings, ');
    expect(text).toMatch(/AN1397 partial +7 +7 +0 +0 +0 +100 % +100 %/);
    expect(scorecardMarkdown(document)).toContain('| AN1397 | partial | 7 | 7 | 0 | 0 | 0 | 100 % | 100 % |');
  });

  it('knows its options and no others', () => {
    expect(parseValidateArguments(['data', '--json'])).toMatchObject({ folder: 'data', shape: 'json' });
    expect(() => parseValidateArguments(['--jsn'])).toThrow('unknown option --jsn');
    expect(() => parseValidateArguments(['a', 'b'])).toThrow('one folder at a time');
    expect(() => parseValidateArguments(['--write'])).toThrow('--write needs a folder');
  });
});
