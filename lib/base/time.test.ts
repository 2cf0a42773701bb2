import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatDuration,
  formatMicros,
  MICROS_PER_DAY,
  MICROS_PER_HOUR,
  MICROS_PER_MINUTE,
  MICROS_PER_SECOND,
  micros,
  parseMicros,
} from './time';

const NINE = Date.UTC(2026, 2, 2, 9) * 1000;

describe('parseMicros', () => {
  it.each([
    ['2026-03-02T09:00:00Z', 0],
    ['2026-03-02 09:00:00', 0],
    ['2026-03-02 09:00:00.123', 123_000],
    ['2026-03-02T09:00:00.123456Z', 123_456],
    // Digits beyond the microsecond are cut, not rounded.
    ['2026-03-02T09:00:00.1234569Z', 123_456],
    ['2026-03-02T09:00:00.999999999999Z', 999_999],
    ['2026-03-02T09:00:00.000000000001+00:00', 0],
    ['2026-03-02T09:00:00,5Z', 500_000],
    ['2026-03-02 09:00:00.5 UTC', 500_000],
    ['2026-03-02T09:00Z', 0],
    ['2026-03-02T10:30:00+01:30', 0],
    ['2026-03-02T10:30:00+0130', 0],
    ['2026-03-02T01:00:00.5-08:00', 500_000],
    ['2026-03-03 05:00:00 +2000', 0],
    ['  2026-03-02T09:00:00Z\n', 0],
    ['2026-03-02', -9 * MICROS_PER_HOUR],
    // A leap second is the second after.
    ['2026-03-02T08:59:60Z', 0],
  ])('reads %s', (text, offset) => {
    expect(parseMicros(text)).toBe(NINE + offset);
  });

  it.each([
    '',
    'yesterday',
    '2026-03-02T',
    '2026-03-02T09',
    '2026-03-02T09:00:00X',
    '2026-03-02T09:00:00ZZ',
    '2026-03-02T09:00:00.',
    '2026-03-02T09:00:00.Z',
    '2026-03-02T09:00:00.1a',
    '2026-03-02x09:00:00',
    '2026/03/02 09:00:00',
    '2026-3-2 09:00:00',
    '20260302T090000Z',
    '2026-00-02T09:00:00Z',
    '2026-13-02T09:00:00Z',
    '2026-03-00T09:00:00Z',
    '2026-04-31T09:00:00Z',
    '2026-02-29T09:00:00Z',
    '2100-02-29',
    '2026-03-02T24:00:00Z',
    '2026-03-02T09:60:00Z',
    '2026-03-02T09:00:61Z',
    '2026-03-02T09:00:00+24:00',
    '2026-03-02T09:00:00+01:60',
    // A vendor's word for "never" is no time; nor would it fit a safe integer.
    '1601-01-01T00:00:00Z',
    '1684-12-31T23:59:59Z',
    '9999-12-31T23:59:59Z',
    '2255-01-01T00:00:00Z',
    '1772442000',
  ])('refuses "%s"', (text) => {
    expect(parseMicros(text)).toBeUndefined();
  });

  it('knows leap years', () => {
    expect(parseMicros('2024-02-29T00:00:00Z')).toBe(Date.UTC(2024, 1, 29) * 1000);
    expect(parseMicros('2000-02-29T00:00:00Z')).toBe(Date.UTC(2000, 1, 29) * 1000);
  });

  it('reads back to the microsecond what formatMicros wrote, from 1685 to 2254', () => {
    const [from, to] = [Date.UTC(1685, 0, 1) * 1000, Date.UTC(2255, 0, 1) * 1000 - 1];
    fc.assert(
      fc.property(fc.integer({ min: from, max: to }), (time) => {
        const text = formatMicros(micros(time));
        expect(parseMicros(text)).toBe(time);
        // The rarer shapes go another way through the code, and mean the same.
        expect(parseMicros(text.replace('Z', '+00:00'))).toBe(time);
        expect(parseMicros(text.replace('.', ','))).toBe(time);
        expect(Number.isSafeInteger(time)).toBe(true);
      }),
    );
  });

  it('never throws, and answers with safe integers only', () => {
    const text = fc.stringMatching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}[T x][0-9:.,Z+-]{0,24}$/);
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), (written) => {
        const time = parseMicros(written);
        if (time !== undefined) expect(Number.isSafeInteger(time)).toBe(true);
      }),
    );
  });
});

describe('formatMicros', () => {
  it('writes UTC with six digits', () => {
    expect(formatMicros(micros(NINE + 702_001))).toBe('2026-03-02T09:00:00.702001Z');
    expect(formatMicros(micros(-1))).toBe('1969-12-31T23:59:59.999999Z');
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [380_000, '380 ms'],
    [4.2 * MICROS_PER_SECOND, '4.2 s'],
    [6 * MICROS_PER_MINUTE + 5 * MICROS_PER_SECOND, '6 min 05 s'],
    [200 * MICROS_PER_MINUTE, '3 h 20 min'],
    [52 * MICROS_PER_HOUR, '2 d 4 h'],
    [-3 * MICROS_PER_SECOND, '-3.0 s'],
    [-100, '0 ms'],
    // Rounding never fills a unit up.
    [MICROS_PER_SECOND - 1, '1.0 s'],
    [MICROS_PER_MINUTE - 1, '1 min 00 s'],
    [MICROS_PER_HOUR - 1, '1 h 00 min'],
    [MICROS_PER_DAY - 1, '1 d 0 h'],
  ])('%d microseconds: %s', (length, text) => {
    expect(formatDuration(length)).toBe(text);
  });
});
