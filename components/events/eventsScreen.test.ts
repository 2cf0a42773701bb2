import { describe, expect, it } from 'vitest';
import { DEFAULT_COLUMNS } from '@/components/shared/query/eventColumns';
import { brushed, moveBrush } from './brush';
import { COLUMN_CHOICES, columnsShown, DEFAULT_FACETS, FACET_CHOICES, facetsShown } from './eventChoices';
import { andParts } from './queryParts';
import { parseTimeField, timeFieldText } from './timeField';
import { presetsOf } from './timePresets';

describe('columns and facets', () => {
  it('are those of the address, else of this browser, else the first ones', () => {
    expect(columnsShown(['file.path'], ['user.name'])).toEqual(['file.path']);
    expect(columnsShown(null, ['user.name'])).toEqual(['user.name']);
    expect(columnsShown(null, null)).toBe(DEFAULT_COLUMNS);
  });

  it('leave out what is no field, and each stands once', () => {
    expect(columnsShown(['x', 'file.path', 'file.path', '<b>'], null)).toEqual(['file.path']);
    expect(columnsShown(['nonsense'], null)).toBe(DEFAULT_COLUMNS);
    expect(facetsShown([], ['user.name'])).toEqual([]);
    expect(facetsShown(['@timestamp'], null)).toBe(DEFAULT_FACETS);
  });

  it('are offered under their full names, with the defaults among them', () => {
    const names = COLUMN_CHOICES.map(({ name }) => name);
    expect(DEFAULT_COLUMNS.every((name) => names.includes(name))).toBe(true);
    expect(DEFAULT_FACETS.every((name) => FACET_CHOICES.includes(name))).toBe(true);
    expect(names).not.toContain('cmd');
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('fields of a time range', () => {
  it('read days, times and other zones as UTC', () => {
    expect(parseTimeField('2026-11-20', 'utc', 'from')).toBe('2026-11-20T00:00:00.000000Z');
    expect(parseTimeField('2026-11-20', 'utc', 'to')).toBe('2026-11-20T23:59:59.999999Z');
    expect(parseTimeField('2026-11-20 14:02:23.6', 'utc', 'to')).toBe('2026-11-20T14:02:23.600000Z');
    expect(parseTimeField('2026-11-20T14:02+02:00', 'local', 'from')).toBe('2026-11-20T12:02:00.000000Z');
  });

  it('tell an empty field from one that is no time', () => {
    expect(parseTimeField('  ', 'utc', 'from')).toBeNull();
    expect(
      ['yesterday', '2026-13-01', '2026-02-30', '12'].map((text) => parseTimeField(text, 'utc', 'from')),
    ).toEqual(Array(4).fill(undefined));
  });

  it('read back what they write, in either zone', () => {
    for (const zone of ['utc', 'local'] as const) {
      const iso = '2026-07-01T09:16:31.702001Z';
      expect(parseTimeField(timeFieldText(iso, zone), zone, 'from')).toBe(iso);
    }
    expect(timeFieldText('2026-07-01T09:16:31.000000Z', 'utc')).toBe('2026-07-01 09:16:31');
  });
});

describe('presets of time', () => {
  const summary = {
    from: '2026-11-01T00:00:00Z',
    to: '2026-11-20T12:00:00Z',
    binSeconds: 3600,
    bins: [
      { from: '2026-11-01T00:00:00Z', count: 1 },
      { from: '2026-11-20T11:00:00Z', count: 9 },
    ],
  };

  it('count back from the last event, not from now', () => {
    expect(presetsOf(summary).find(({ label }) => label === 'Its last hour')).toEqual({
      label: 'Its last hour',
      from: '2026-11-20T11:00:00.000000Z',
      to: '2026-11-20T12:00:00.000000Z',
    });
    expect(presetsOf(summary).at(-1)).toMatchObject({ from: '2026-11-20T11:00:00.000000Z' });
  });

  it('are only what makes a difference', () => {
    expect(presetsOf(undefined)).toHaveLength(1);
    const short = { ...summary, from: '2026-11-20T11:30:00Z', bins: [] };
    expect(presetsOf(short).map(({ label }) => label)).toEqual(['All of the recording']);
  });
});

describe('the brush of the histogram', () => {
  const span = { from: 0, to: 100 };

  it('wanders a bin at a time, stretches with Shift, and stays on the axis', () => {
    const first = moveBrush(null, 'ArrowRight', false, span, 10);
    expect(first).toEqual({ at: 10, fixed: 20 });
    const stretched = moveBrush(moveBrush(first, 'ArrowRight', true, span, 10), 'End', true, span, 10);
    expect(stretched).toEqual({ at: 90, fixed: 20 });
    expect(stretched === null ? null : brushed(stretched, 10)).toEqual({ from: 20, to: 90 });
    expect(moveBrush(first, 'PageUp', false, span, 10)).toEqual({ at: 0, fixed: 10 });
  });

  it('leaves other keys alone, and is never of no length', () => {
    expect(moveBrush(null, 'a', false, span, 10)).toBeNull();
    expect(brushed({ at: 30, fixed: 30 }, 10)).toEqual({ from: 30, to: 40 });
  });
});

describe('parts of a query that found nothing', () => {
  it('are its conditions, as they are written', () => {
    expect(andParts('process.name:a.exe and (user.name:b or user.name:c) AND not pid:7')).toEqual([
      'process.name:a.exe',
      '(user.name:b or user.name:c)',
      'not pid:7',
    ]);
  });

  it('are none where there is nothing to part', () => {
    expect(['', 'mshta', 'a or b and c', 'file.path:"x and y"', 'a and ('].map(andParts)).toEqual([
      [],
      [],
      [],
      [],
      [],
    ]);
  });
});
