import { describe, expect, it } from 'vitest';
import { pickedOf, pickedOfEntries, readRuleFiles, sortPicked, suggestedName } from './ruleFiles';

const file = (path: string, size = 10) => {
  const made = new File(['title: x'], path.slice(path.lastIndexOf('/') + 1));
  Object.defineProperty(made, 'size', { value: size });
  return { path, file: made };
};

describe('what was picked', () => {
  it('is the rules of a folder, whatever else lies in it', () => {
    const picked = sortPicked([file('rules/a.yml'), file('rules/b.YAML'), file('rules/README.md')]);
    expect(picked).toMatchObject({ kind: 'rules', bytes: 20, skipped: 1 });
  });

  it('is one ZIP as it is, and a single rule too large for text', () => {
    expect(sortPicked([file('all.zip')]).kind).toBe('archive');
    expect(sortPicked([file('huge.yml', 3_000_000)]).kind).toBe('archive');
  });

  it.each([
    [[], 'no file'],
    [[file('a.zip'), file('b.zip')], 'one ZIP at a time'],
    [[file('notes.txt')], '.yml or .yaml'],
    [[file('a.yml'), file('huge.yml', 3_000_000)], 'huge.yml is too large'],
    [Array.from({ length: 20_001 }, (_, place) => file(`${place}.yml`)), '20,001 files'],
    [Array.from({ length: 40 }, (_, place) => file(`${place}.yml`, 1_000_000)), '32 MiB'],
  ])('says what is wrong with anything else (%#)', (picked, words) => {
    const sorted = sortPicked(picked);
    expect(sorted.kind).toBe('none');
    expect(sorted.kind === 'none' ? sorted.reason : '').toContain(words);
  });

  it('counts only rules while folders are gone through, and is refused where there is too much', async () => {
    const leaf = (fullPath: string) =>
      ({
        isFile: true,
        fullPath,
        file: (give: (made: File) => void) => give(new File(['x'], fullPath)),
      }) as never;
    const folder = (fullPath: string, inside: FileSystemEntry[]) => {
      const batches = [inside, []];
      const readEntries = (give: (some: FileSystemEntry[]) => void) => give(batches.shift() ?? []);
      return { isDirectory: true, fullPath, createReader: () => ({ readEntries }) } as never;
    };
    const images = Array.from({ length: 20_001 }, (_, place) => leaf(`/repo/${place}.png`));
    const found = await pickedOfEntries([folder('/repo', [...images, leaf('/repo/a.yml')])]);
    expect(found).toMatchObject({ others: 20_001, cut: false });
    expect(sortPicked(found.picked, found)).toMatchObject({ kind: 'rules', skipped: 20_001 });
    const rules = Array.from({ length: 20_002 }, (_, place) => leaf(`/repo/${place}.yml`));
    const many = await pickedOfEntries([folder('/repo', rules)]);
    expect(many.cut).toBe(true);
    expect(sortPicked(many.picked, many)).toMatchObject({ kind: 'none' });
    expect(sortPicked([], { others: 3, cut: false })).toMatchObject({
      reason: expect.stringContaining('.yml or .yaml'),
    });
  });

  it('is named after its folder, else its first file', () => {
    expect(suggestedName([file('sigma/windows/a.yml')])).toBe('sigma');
    expect(suggestedName([file('weekly.zip')])).toBe('weekly');
    expect(suggestedName([])).toBe('');
  });

  it('is read as text under its path', async () => {
    const picked = pickedOf([new File(['title: ü'], 'a.yml')]);
    expect(await readRuleFiles(picked)).toEqual([{ path: 'a.yml', text: 'title: ü' }]);
  });
});
