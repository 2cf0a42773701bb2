import { describe, expect, it } from 'vitest';
import { MICROS_PER_HOUR } from '../base/time';
import type { Gap } from '../visibility/gap';
import { type DarkCell, rankFixes } from './ranking';

const kind = (what: string): Gap => ({ kind: 'kind', what, sentence: `no ${what} events from this host` });
const fixId = (gap: Gap): string => `${gap.kind}:${gap.what ?? ''}`;
const cell = (hostId: number, stage: string, more: Partial<DarkCell>): DarkCell => ({
  hostId,
  stage,
  weight: 10,
  blind: false,
  gaps: [],
  time: { visible: 0, partial: 0, blind: 10 * MICROS_PER_HOUR },
  after: 0,
  silent: [],
  ...more,
});
const hours = (visible: number, blind: number) => ({
  visible: visible * MICROS_PER_HOUR,
  partial: 0,
  blind: blind * MICROS_PER_HOUR,
});
const summary = (cells: readonly DarkCell[]) =>
  rankFixes(cells, fixId).map(({ id, cells: alone, helps, worth, hosts }) => [
    id,
    alone,
    helps,
    worth,
    [...hosts],
  ]);

describe('what would fix most', () => {
  it('is what makes most points visible for most hours', () => {
    expect(
      summary([
        cell(1, 'A/net', { gaps: [kind('network_connect')] }),
        cell(2, 'A/net', { gaps: [kind('network_connect')], time: hours(0, 2) }),
        cell(1, 'A/read', { gaps: [kind('file_access')], weight: 20 }),
      ]),
    ).toEqual([
      ['kind:file_access', 1, 0, 200, [1]],
      ['kind:network_connect', 2, 0, 120, [1, 2]],
    ]);
  });

  it('shares the worth of a cell in which something else is missing too, and does not claim it', () => {
    expect(
      summary([
        cell(1, 'A/x', { gaps: [kind('dns_query'), kind('file_access')] }),
        cell(1, 'A/y', { gaps: [kind('file_access')], weight: 1 }),
      ]),
    ).toEqual([
      ['kind:file_access', 1, 1, 60, [1]],
      ['kind:dns_query', 0, 1, 50, [1]],
    ]);
  });

  it('counts a thing that is missing in two ways once', () => {
    const twice = { ...kind('file_access'), sentence: 'in other words' };
    expect(summary([cell(1, 'A/x', { gaps: [kind('file_access'), twice] })])).toEqual([
      ['kind:file_access', 1, 0, 100, [1]],
    ]);
  });

  it('counts a silence and a host that went quiet by their own time, alone only where nothing else is missing', () => {
    const silent = { gap: { ...kind('image_load'), kind: 'silent' as const }, micros: 3 * MICROS_PER_HOUR };
    const quiet = { kind: 'quiet' as const, sentence: 'quiet' };
    const after = 5 * MICROS_PER_HOUR;
    expect(
      summary([
        cell(1, 'A/x', { time: hours(4, 3), silent: [silent], after, quiet }),
        cell(2, 'A/x', { gaps: [kind('file_access')], silent: [silent], after, quiet }),
      ]),
    ).toEqual([
      ['kind:file_access', 1, 0, 100, [2]],
      ['quiet:', 1, 1, 50, [1, 2]],
      ['silent:image_load', 1, 1, 30, [1, 2]],
    ]);
  });

  it('counts a cell for a silence only where it is dark most of the time and would not be without it', () => {
    const silent = (micros: number) => [
      { gap: { ...kind('image_load'), kind: 'silent' as const }, micros: micros * MICROS_PER_HOUR },
    ];
    expect(summary([cell(1, 'A/x', { time: hours(8, 3), silent: silent(3) })])).toEqual([
      ['silent:image_load', 0, 0, 30, [1]],
    ]);
    expect(summary([cell(1, 'A/x', { time: hours(2, 3), silent: silent(3) })])).toEqual([
      ['silent:image_load', 1, 0, 30, [1]],
    ]);
    expect(
      summary([cell(1, 'A/x', { time: hours(1, 2), after: 9 * MICROS_PER_HOUR, silent: silent(2) })]),
    ).toEqual([['silent:image_load', 0, 1, 20, [1]]]);
  });

  it('takes no time in which the machine was off for a silence, and shares it among kinds', () => {
    const silent = ['image_load', 'dns_query'].map((what) => ({
      gap: { ...kind(what), kind: 'silent' as const },
      micros: 50 * MICROS_PER_HOUR,
    }));
    expect(summary([cell(1, 'A/x', { time: hours(0, 4), silent })])).toEqual([
      ['silent:dns_query', 0, 1, 20, [1]],
      ['silent:image_load', 0, 1, 20, [1]],
    ]);
  });

  it('ends blindness where it is the one kind the stage cannot do without, though not all is seen then', () => {
    const part: Gap = { ...kind('dns_query'), kind: 'part' };
    const unblinded = (blind: boolean, gaps: readonly Gap[]) =>
      rankFixes([cell(1, 'A/x', { blind, gaps })], fixId).flatMap(({ id, unblinded: stages }) =>
        stages.has(1) ? [id] : [],
      );
    expect(unblinded(true, [kind('network_connect'), part])).toEqual(['kind:network_connect']);
    expect(unblinded(true, [kind('network_connect'), kind('file_create'), part])).toEqual([]);
    expect(unblinded(false, [part, { ...part, what: 'image_load' }])).toEqual([]);
    expect(unblinded(false, [part])).toEqual(['part:dns_query']);
  });
});
