import { describe, expect, it } from 'vitest';
import { limitsFromEnvironment, UNPACK_LIMITS } from './limits';

describe('limits of unpacking from the environment', () => {
  it('are the usual ones where nothing is said', () => {
    expect(limitsFromEnvironment({})).toEqual(UNPACK_LIMITS);
    expect(limitsFromEnvironment({ SEQUELA_MAX_ENTRIES: ' ' })).toEqual(UNPACK_LIMITS);
  });

  it('are what is said', () => {
    expect(
      limitsFromEnvironment({
        SEQUELA_MAX_ENTRIES: '7',
        SEQUELA_MAX_UNPACKED_BYTES: ' 1000 ',
        SEQUELA_MAX_UNPACK_RATIO: '3',
      }),
    ).toEqual({ ...UNPACK_LIMITS, entries: 7, bytes: 1000, ratio: 3 });
  });

  it.each(['0', '-1', '1.5', '1e3', '0x10', 'many', '99999999999999999999'])(
    'name the variable that is wrong: %s',
    (value) => {
      for (const variable of [
        'SEQUELA_MAX_ENTRIES',
        'SEQUELA_MAX_UNPACKED_BYTES',
        'SEQUELA_MAX_UNPACK_RATIO',
      ])
        expect(() => limitsFromEnvironment({ [variable]: value })).toThrow(`${variable}=${value} is not`);
    },
  );
});
