import { describe, expect, it } from 'vitest';
import { compileGlob, literalOf, matchesGlob } from '@/lib/sigma/glob';
import { fieldProblem, literalPattern, patternOf, proposedFields, valuesOf } from './normalDraft';
import { testHit } from './testSigma';

describe('a value as a pattern', () => {
  it.each(['C:\\Windows\\cmd.exe', '\\\\server\\share', 'a*b?c', 'C:\\*', 'x\\\\*\\?y\\', '\\', '?\\\\'])(
    'means just %j',
    (value) => {
      expect(literalOf(compileGlob(literalPattern(value)))).toBe(value);
    },
  );

  it('takes any one character where a line ends, since a line is a value', () => {
    expect(matchesGlob(compileGlob(literalPattern('a\nb')), 'a\nb')).toBe(true);
    expect(valuesOf({ text: literalPattern('a\nb') })).toHaveLength(1);
  });

  it('goes on as anything where the value was cut, also behind a backslash', () => {
    for (const end of ['x', '\\']) {
      const cut = `${'a'.repeat(1_899)}${end}`;
      const pattern = literalPattern(`${cut}${'b'.repeat(3_000)}`);
      expect(pattern.length).toBeLessThan(4_000);
      expect(matchesGlob(compileGlob(pattern), `${cut}rest`)).toBe(true);
      expect(matchesGlob(compileGlob(pattern), 'other')).toBe(false);
    }
  });
});

describe('what is proposed for a hit', () => {
  it('is image, parent and command line, the user switched off, and the rest of what matched', () => {
    expect(proposedFields(testHit()).map(({ field, on }) => [field, on])).toEqual([
      ['Image', true],
      ['ParentImage', true],
      ['CommandLine', true],
      ['User', false],
    ]);
  });

  it('is what the rule matched where no process is known', () => {
    const none = { entityId: null, pid: null, image: null, commandLine: null, user: null };
    const hit = testHit({
      process: none,
      matched: [
        { selection: 's', field: 'TargetObject', modifiers: [], expected: '*Run*', value: 'HKLM\\Run\\x' },
        { selection: 's', field: null, modifiers: [], expected: 'word', value: 'word' },
      ],
    });
    expect(proposedFields(hit)).toEqual([{ field: 'TargetObject', on: true, text: 'HKLM\\Run\\x' }]);
  });

  it('becomes a pattern of what is on, of this host or all; nothing narrowed is none', () => {
    const hit = testHit();
    const fields = [
      { field: 'Image', on: true, text: 'C:\\a.exe\n\nC:\\b.exe\nC:\\a.exe' },
      { field: 'User', on: false, text: 'x' },
    ];
    expect(patternOf(hit, fields, true)).toEqual({
      ruleId: hit.rule.ruleId,
      host: hit.host.id,
      fields: { Image: ['C:\\a.exe', 'C:\\b.exe'] },
    });
    expect(patternOf(hit, fields, false)?.host).toBeNull();
    expect(patternOf(hit, [], true)?.fields).toEqual({});
    expect(patternOf(hit, [], false)).toBeNull();
    const empty = { field: 'Image', on: true, text: ' \n' };
    expect(patternOf(hit, [empty], true)).toBeNull();
    expect(fieldProblem(empty)).toContain('Give a value');
  });
});
