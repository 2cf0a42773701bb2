import { describe, expect, it } from 'vitest';
import { jsonText } from './jsonText';

describe('JSON for the database', () => {
  it('holds neither NUL nor half a character, and leaves all else as it is', () => {
    const value = { a: 'x\0y', b: 'half \ud83d, half \ude00', c: 'whole \u{1f600}', d: 'C:\\ud83d\\u0000' };
    expect(JSON.parse(jsonText(value))).toEqual({
      a: 'xy',
      b: 'half \ufffd, half \ufffd',
      c: 'whole \u{1f600}',
      d: 'C:\\ud83d\\u0000',
    });
  });
});
