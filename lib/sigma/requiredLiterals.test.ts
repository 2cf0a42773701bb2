import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { requiredLiterals } from './requiredLiterals';

describe('what a match of a regular expression must hold', () => {
  test.each([
    ['downloadstring|downloadfile', ['downloadstring', 'downloadfile']],
    ['\\bhttps?://|javascript:', ['http', 'javascript:']],
    ['(^|\\s)[-/]embedding\\b', ['embedding']],
    ['\\.(docx?|pdf)$', ['doc', 'pdf']],
    ['^[a-z]:\\\\windows\\\\', [':\\windows\\']],
    ['(setup|install(er)?)[^\\\\]*\\.exe$', ['setup', 'install']],
    ['a{0,3}bcd{2}', ['bc']],
    ['Frombase64String', ['frombase64string']],
  ])('%s asks for %j', (pattern, expected) => {
    expect(requiredLiterals(pattern)).toEqual(expected);
  });

  test.each(['[a-z]+', 'a?b*', 'abc|', '(?i)abc', '\\x{200b}', '(abc', 'abc|.*', '\\pL'])(
    '%s tells nothing',
    (pattern) => {
      expect(requiredLiterals(pattern)).toBeUndefined();
    },
  );

  test('whatever matches holds one of them', () => {
    const patterns = [
      '(^|\\s)"?(cmd|powershell|pwsh|mshta|[wc]script)(\\.exe)?(\\s|"|$)',
      '\\^[a-z]\\^?[a-z]|%[a-z_]+:~-?\\d|![a-z]+:~-?\\d',
      '^("[^"]+\\.svgz?"|[^"\\s]+\\.svgz?(\\s|$))',
      '(\\\\\\\\|//)[^\\\\/\\s]+@(ssl|[0-9]+)|\\\\davwwwroot\\\\',
      'a(b|c(d|e)+)f|g[]h]i{2,}?|x+?y',
    ];
    const alphabet = [
      'a',
      'b',
      'cd',
      'f',
      'gh',
      'ii',
      'XY',
      '^',
      '%A:~1',
      '.SVG',
      '"',
      ' ',
      '\\\\',
      '@ssl',
      'CMD',
      '.exe',
      '//',
      '!',
      ']',
      'e',
    ];
    let matched = 0;
    for (const pattern of patterns) {
      const literals = requiredLiterals(pattern);
      const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
      for (let i = 0; i < 4000; i++) {
        let text = '';
        for (let rest = i * 7 + 1; rest > 0; rest = Math.floor(rest / 20)) text += alphabet[rest % 20] ?? '';
        if (!compiled.matcher(text).find()) continue;
        matched++;
        expect(literals === undefined || literals.some((one) => text.toLowerCase().includes(one)), text).toBe(
          true,
        );
      }
    }
    expect(matched).toBeGreaterThan(500);
  });
});
