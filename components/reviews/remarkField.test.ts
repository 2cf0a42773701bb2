import { describe, expect, it } from 'vitest';
import { COMMON_FIELDS, fieldProblem } from './remarkField';

describe('the field a remark is about', () => {
  it('may be any of those offered, another name, or none', () => {
    for (const field of [...COMMON_FIELDS, '@timestamp', 'winlog.event_data.Param-1', ''])
      expect(fieldProblem(field)).toBeNull();
  });

  it('is told to be wrong before the server refuses it', () => {
    for (const field of ['command line', '1st', '.name', 'a\u202Eb', 'größe'])
      expect(fieldProblem(field)).toContain('begins with a letter');
    expect(fieldProblem('a'.repeat(100))).toBeNull();
    expect(fieldProblem('a'.repeat(101))).toContain('100');
  });
});
