import { describe, expect, it } from 'vitest';
import { previewSigmaBaselineBody } from '@/lib/contracts/sigmaBaselines';
import { compileGlob, literalOf, matchesGlob } from '@/lib/sigma/glob';
import {
  draftProblem,
  fieldProblem,
  literalPattern,
  patternOf,
  proposedFields,
  valuesOf,
} from './normalDraft';
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
    for (const value of [
      `${'a'.repeat(999)}x`,
      `${'a'.repeat(999)}\\`,
      `${'a'.repeat(900)}${'*'.repeat(100)}`,
      // A sign of two units was left out at its end.
      'a'.repeat(999),
    ]) {
      const pattern = literalPattern(value);
      expect(pattern.length).toBeLessThanOrEqual(2_001);
      expect(matchesGlob(compileGlob(pattern), value)).toBe(true);
      expect(matchesGlob(compileGlob(pattern), `${value}rest`)).toBe(true);
      expect(matchesGlob(compileGlob(pattern), 'other')).toBe(false);
    }
  });
});

describe('what is proposed for a hit', () => {
  it('is image, command line and parent as they are stored with it, and the rest switched off', () => {
    const fields = { ...testHit().fields, Image: 'C:\\Stored\\cmd.exe' };
    expect(proposedFields(testHit({ fields })).map(({ field, on }) => [field, on])).toEqual([
      ['Image', true],
      ['CommandLine', true],
      ['ParentImage', true],
      ['User', false],
    ]);
    expect(proposedFields(testHit({ fields }))[0]?.text).toBe('C:\\Stored\\cmd.exe');
    const access = testHit({ fields: { SourceImage: 'a.exe', TargetImage: 'lsass.exe' } });
    expect(proposedFields(access).map(({ field, on }) => [field, on])).toEqual([
      ['SourceImage', true],
      ['TargetImage', false],
    ]);
  });

  it('covers the hit itself, however long and odd its values are', () => {
    const fields = {
      Image: 'C:\\*?\\\\x\\',
      CommandLine: `powershell C:\\dir\\\n${'if (x) {\r\n'.repeat(150)}`.slice(0, 1_000),
    };
    const proposed = proposedFields(testHit({ fields, matched: [] }));
    const pattern = patternOf(testHit(), proposed, true);
    expect(previewSigmaBaselineBody.safeParse(pattern).error).toBeUndefined();
    for (const { field, on, text } of proposed) {
      expect(on).toBe(true);
      expect(fieldProblem({ field, on, text })).toBeUndefined();
      const value = fields[field as keyof typeof fields];
      expect(
        valuesOf({ text }).some((one) => matchesGlob(compileGlob(one), value)),
        field,
      ).toBe(true);
    }
  });

  it('is what the rule matched where no process is known', () => {
    const hit = testHit({
      fields: { User: 'CORP\\ada', TargetObject: 'HKLM\\Run\\x' },
      matched: [
        { selection: 's', field: 'TargetObject', modifiers: [], expected: '*Run*', value: 'HKLM\\Run\\x' },
        { selection: 's', field: null, modifiers: [], expected: 'word', value: 'word' },
      ],
    });
    expect(proposedFields(hit)).toEqual([
      { field: 'TargetObject', on: true, text: 'HKLM\\Run\\x' },
      { field: 'User', on: false, text: 'CORP\\ada' },
    ]);
  });

  it('becomes a pattern of what is on, of this host or all; no field on is none', () => {
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
    expect(patternOf(hit, [], true)).toBeNull();
    const wild = { field: 'Image', on: true, text: `${'*a'.repeat(101)}\n${'*b'.repeat(100)}` };
    expect(patternOf(hit, [wild], true)).toBeNull();
    expect(draftProblem([wild])).toContain('at most 200');
    expect(patternOf(hit, [], false)).toBeNull();
    const empty = { field: 'Image', on: true, text: ' \n' };
    expect(patternOf(hit, [empty], true)).toBeNull();
    expect(fieldProblem(empty)).toContain('Give a value');
  });
});
