import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlob, matchesGlob } from '../../sigma/glob';
import { forAnyProfile, literalPattern, patternFor } from './generalise';

const matches = (pattern: string, text: string): boolean =>
  matchesGlob(compileGlob(pattern.toLowerCase()), text.toLowerCase());
/** Texts made of what patterns are made of. */
const hostile = fc.string({
  unit: fc.constantFrom('\\', '*', '?', 'a', 'B', ' ', '\u{1F600}'),
  maxLength: 8,
});

describe('a literal pattern', () => {
  it('matches its text and no other', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, other) => {
        expect(matches(literalPattern(text), text)).toBe(true);
        expect(matches(literalPattern(text), other)).toBe(text.toLowerCase() === other.toLowerCase());
      }),
      { numRuns: 2000 },
    );
    expect(matches(literalPattern('run *.hta'), 'run any.hta')).toBe(false);
    expect(matches(literalPattern('\\\\srv\\*'), '\\\\srv\\share')).toBe(false);
  });
});

describe('a pattern for several texts', () => {
  it('matches each of them, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (tails) => {
        const texts = tails.map((tail) => `installer.exe /package ${tail} /silent`);
        const pattern = patternFor(texts);
        expect(pattern).toBeDefined();
        for (const text of texts) expect(matches(pattern ?? '', text)).toBe(true);
        expect(matches(pattern ?? '', 'installer.exe /other')).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps what is in the same place, and leaves open what differs', () => {
    expect(
      patternFor(['C:\\Users\\anna\\Downloads\\invoice-1.svg', 'C:\\Users\\ben\\Downloads\\invoice-22.svg']),
    ).toBe('C:\\Users\\\\*\\Downloads\\invoice-*.svg');
    expect(patternFor(['same', 'SAME'])).toBe('same');
  });

  it('is none where too little is shared', () => {
    expect(patternFor(['powershell -enc AAAA', 'x'])).toBeUndefined();
    expect(patternFor(['cmd /c dir', 'cmd /c net user administrator /active:yes'])).toBeUndefined();
  });
});

describe('a pattern for anybody', () => {
  it('opens the name of the profile, and nothing else', () => {
    const pattern = forAnyProfile(literalPattern('C:\\Users\\anna\\app\\run.exe'));
    expect(matches(pattern, 'C:\\Users\\ben\\app\\run.exe')).toBe(true);
    expect(matches(pattern, 'C:\\Users\\ben\\other\\run.exe')).toBe(false);
    expect(forAnyProfile('C:\\Windows\\x.exe')).toBe('C:\\Windows\\x.exe');
  });
});
