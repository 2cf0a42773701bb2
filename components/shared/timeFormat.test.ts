import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatDateTime,
  formatDuration,
  formatTime,
  millisecondsBetween,
  nextZone,
  resolveZone,
  zoneMinutes,
  zoneName,
} from './timeFormat';

const AT = '2026-11-20T09:16:31.702345Z';

describe('times', () => {
  it('keep microseconds where the source had them', () => {
    expect(formatTime(AT, 'utc', 'full')).toBe('09:16:31.702345');
    expect(formatTime(AT, 'local', 'full')).toMatch(/:31\.702345$/);
  });

  it('are shown to the precision asked for', () => {
    expect(formatTime(AT, 'utc', 'min')).toBe('09:16');
    expect(formatTime(AT, 'utc', 's')).toBe('09:16:31');
    expect(formatDateTime(AT, 'utc')).toBe('2026-11-20 09:16:31.702');
  });

  it('do not invent digits the source did not give', () => {
    expect(formatTime('2026-11-20T09:16:31Z', 'utc', 'full')).toBe('09:16:31');
  });

  it('are passed through when they are not what was promised', () => {
    expect(formatTime('yesterday', 'utc')).toBe('yesterday');
  });

  it('name their zone', () => {
    expect(zoneName('utc')).toBe('UTC');
    expect(zoneName('local', AT)).toMatch(/^UTC[+−]\d\d:\d\d$/);
  });
});

describe('the zone of a host', () => {
  const tokyo = { hostMinutes: 540 };
  const rio = { hostMinutes: -180 };

  it('moves the clock and the day, and keeps every digit', () => {
    expect(formatTime(AT, tokyo, 'full')).toBe('18:16:31.702345');
    expect(formatDateTime('2026-11-20T23:30:00Z', tokyo)).toBe('2026-11-21 08:30:00.000');
    expect(formatDateTime('2026-11-20T01:30:00Z', rio, 's')).toBe('2026-11-19 22:30:00');
  });

  it('is named as the host’s', () => {
    expect(zoneName(tokyo)).toBe('host UTC+09:00');
    expect(zoneName(rio)).toBe('host UTC−03:00');
    expect(zoneMinutes(rio)).toBe(-180);
  });

  it('is UTC where no screen knows it, and is then left out when cycling', () => {
    expect(resolveZone('host', null)).toBe('utc');
    expect(resolveZone('host', 540)).toEqual(tokyo);
    expect(nextZone('local', null)).toBe('utc');
    expect(nextZone('host', null)).toBe('local');
    expect([nextZone('utc', 540), nextZone('local', 540), nextZone('host', 540)]).toEqual([
      'local',
      'host',
      'utc',
    ]);
  });
});

describe('durations', () => {
  it.each([
    [0, '0 s'],
    [0.4, '<1 ms'],
    [180, '180 ms'],
    [1338, '1.3 s'],
    [2000, '2 s'],
    [41_400, '41 s'],
    [320_000, '5 min 20 s'],
    [3_600_000, '1 h'],
    [7_440_000, '2 h 4 min'],
    [259_200_000, '3 d'],
  ])('%d ms reads %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  it('are exact to the microsecond', () => {
    expect(millisecondsBetween('2026-11-20T09:16:31.702345Z', '2026-11-20T09:16:31.702845Z')).toBeCloseTo(
      0.5,
      3,
    );
  });
});

describe('ages', () => {
  it.each([
    ['2026-11-20T09:16:00Z', 'now'],
    ['2026-11-20T09:04:00Z', '12 min'],
    ['2026-11-19T09:16:00Z', '24 h'],
    ['2026-11-10T09:16:00Z', '10 d'],
  ])('of %s is %s', (iso, text) => expect(formatAge(iso, Date.parse('2026-11-20T09:16:31Z'))).toBe(text));
});
