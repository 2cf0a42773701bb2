import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { isMap, isScalar, isSeq, parseDocument, visit } from 'yaml';
import { compileGlob, literalOf, matchesGlob } from '../../sigma/glob';
import { catalogue, shippedFiles } from '../testStory';
import { compilePredicate } from './predicate';

/** Every `…|re…` value of the shipped definitions. */
function shippedRegexes(): readonly {
  readonly file: string;
  readonly key: string;
  readonly pattern: string;
}[] {
  return shippedFiles().flatMap(({ name, text }) => {
    const found: { file: string; key: string; pattern: string }[] = [];
    visit(parseDocument(text), {
      Pair(_, pair) {
        if (!isScalar(pair.key) || !/\|re(\||$)/.test(String(pair.key.value))) return;
        const values = isSeq(pair.value) ? pair.value.items : [pair.value];
        for (const value of values)
          if (isScalar(value))
            found.push({ file: name, key: String(pair.key.value), pattern: String(value.value) });
        if (isMap(pair.value)) throw new Error(`${name}: a regex that is a map`);
      },
    });
    return found;
  });
}

const HOSTILE = [
  'a'.repeat(32_767),
  '\\\\'.repeat(16_000),
  `${'mshtml '.repeat(4000)}x`,
  `about:${'<'.repeat(30_000)}`,
  `${'.a:'.repeat(10_000)}`,
  `${'"'.repeat(30_000)}.hta`,
  `${' -e '.repeat(8000)}`,
  `${'login.'.repeat(5000)}`,
];

describe('shipped regular expressions', () => {
  const regexes = shippedRegexes();

  it('are many, and all compile in a linear-time engine', () => {
    expect(regexes.length).toBeGreaterThan(20);
    for (const { file, pattern } of regexes)
      expect(() => RE2JS.compile(pattern), `${file} ${pattern}`).not.toThrow();
  });

  it('judge the longest command lines that Windows allows in little time', { timeout: 60_000 }, () => {
    for (const pattern of new Set(regexes.map((regex) => regex.pattern))) {
      const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
      for (const text of HOSTILE) {
        const from = performance.now();
        compiled.matcher(text).find();
        expect(performance.now() - from, `${pattern} on ${text.slice(0, 12)}…`).toBeLessThan(1500);
      }
    }
  });

  it('may not look around or refer back: such a definition is refused', () => {
    for (const pattern of ['(?=a)b', '(?<!a)b', '(a)\\1'])
      expect(() => compilePredicate({ 'process.command_line|re': pattern }, catalogue.lists)).toThrow();
  });
});

describe('wildcards', () => {
  it('match as their meaning says, for any text', () => {
    const piece = fc.constantFrom('a', 'b', '*', '?', '.', 'ab');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }),
        fc.array(fc.constantFrom('a', 'b', '.', 'c'), { maxLength: 12 }),
        (pieces, letters) => {
          const [pattern, text] = [pieces.join(''), letters.join('')];
          const regex = new RegExp(
            `^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`,
          );
          expect(matchesGlob(compileGlob(pattern), text)).toBe(regex.test(text));
        },
      ),
    );
  });

  it('know an escaped wildcard and a lone backslash', () => {
    expect(literalOf(compileGlob('a\\*b'))).toBe('a*b');
    expect(literalOf(compileGlob('c:\\dir\\file'))).toBe('c:\\dir\\file');
    expect(
      matchesGlob(compileGlob('?:\\users\\\\*\\downloads\\\\*'), 'c:\\users\\ann\\downloads\\a.svg'),
    ).toBe(true);
    expect(literalOf(compileGlob(''))).toBe('');
  });

  it('cannot be made to explode', () => {
    const glob = compileGlob(`${'*a'.repeat(40)}*b`);
    const from = performance.now();
    expect(matchesGlob(glob, 'a'.repeat(32_767))).toBe(false);
    expect(performance.now() - from).toBeLessThan(3000);
  });
});
