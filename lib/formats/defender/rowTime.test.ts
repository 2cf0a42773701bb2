import { describe, expect, it } from 'vitest';
import { formatMicros, type Micros } from '../../base/time';
import { readTime } from './rowTime';

const written = (time: Micros | undefined): string | undefined =>
  time === undefined ? undefined : formatMicros(time);

describe('times of Defender exports', () => {
  it.each([
    ['2026-03-02T09:15:03.4567891Z', '2026-03-02T09:15:03.456789Z'],
    ['2025-04-11 20:51:04.058183200', '2025-04-11T20:51:04.058183Z'],
    ['3/2/2026, 9:15:03.456 PM', '2026-03-02T21:15:03.456000Z'],
    ['3/2/2026 12:15:03 AM', '2026-03-02T00:15:03.000000Z'],
    ['3/2/2026, 9:15:03\u202fPM', '2026-03-02T21:15:03.000000Z'],
    ['Mar 2, 2026 9:15:03 AM', '2026-03-02T09:15:03.000000Z'],
    ['March 2, 2026 12:15 PM', '2026-03-02T12:15:00.000000Z'],
    ['/Date(1772442903456)/', '2026-03-02T09:15:03.456000Z'],
  ])('reads %s', (text, time) => {
    expect(written(readTime(text))).toBe(time);
  });

  it('takes the first number for the month only beside AM or PM, and never for more than twelve', () => {
    expect(written(readTime('02/03/2026 09:15:03'))).toBe('2026-03-02T09:15:03.000000Z');
    expect(written(readTime('2.3.2026, 09:15:03'))).toBe('2026-03-02T09:15:03.000000Z');
    expect(written(readTime('02/03/2026, 9:15:03 pm'))).toBe('2026-03-02T21:15:03.000000Z');
    expect(written(readTime('3/22/2026 09:15:03'))).toBe('2026-03-22T09:15:03.000000Z');
    expect(written(readTime('22/3/2026 9:15:03 PM'))).toBe('2026-03-22T21:15:03.000000Z');
  });

  it.each([
    '',
    '-',
    'yesterday',
    '32/13/2026 09:15:03',
    '3/2/2026 25:15:03',
    '3/2/2026 13:15:03 PM',
    '0001-01-01T00:00:00Z',
    'Foo 2, 2026 9:15:03 AM',
    '9'.repeat(1000),
  ])('finds no time in %j', (text) => {
    expect(readTime(text)).toBeUndefined();
  });

  it('finds no time in what is no text', () => {
    for (const value of [null, undefined, 5, {}, []]) expect(readTime(value)).toBeUndefined();
  });
});
