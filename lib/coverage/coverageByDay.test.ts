import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../analytics/testStory';
import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_SECOND, micros, parseMicros } from '../base/time';
import type { EndpointEvent, EventId, EventKind } from '../events/endpointEvent';
import { scenario } from '../events/scenario';
import { buildVisibility } from '../visibility/visibility';
import type { HostCoverage } from './coverage';
import { type CoverageDay, coverageByDay } from './coverageByDay';

/** A stage that needs network events and one that needs process starts, by the shipped definitions. */
const NETWORK = 'AN1397/network';
const STARTS = 'AN1397/child_process';
const START = parseMicros('2026-03-02T22:00:00Z') ?? micros(0);
const DAY = Math.floor(START / MICROS_PER_DAY);
const HOUR = MICROS_PER_HOUR;
const SMSS = 'C:\\Windows\\System32\\smss.exe';

describe('how long of a day a stage could be seen', () => {
  it('is all of the time between the first event and a second after the last', () => {
    expect(byDay([start(0), start(1), start(2)])[STARTS]).toEqual([
      { day: DAY, visible: 2 * HOUR, partial: 0, blind: 0 },
      { day: DAY + 1, visible: MICROS_PER_SECOND, partial: 0, blind: 0 },
    ]);
  });

  it('is a second where there is one event', () => {
    expect(byDay([start(0)])[STARTS]).toEqual([
      { day: DAY, visible: MICROS_PER_SECOND, partial: 0, blind: 0 },
    ]);
  });

  it('is partial or blind throughout where the stage is', () => {
    const events = [start(0), start(1)];
    expect(byDay(events, 'partial')[STARTS]).toEqual([
      { day: DAY, visible: 0, partial: HOUR + MICROS_PER_SECOND, blind: 0 },
    ]);
    expect(byDay(events, 'blind')[STARTS]).toEqual([
      { day: DAY, visible: 0, partial: 0, blind: HOUR + MICROS_PER_SECOND },
    ]);
  });

  it('is less the hours without a word, and those before and after the channel of a kind it needs', () => {
    const events = [start(0), start(1), call(1.5), call(2), start(6), call(7), start(8)];
    expect(byDay(events)[STARTS]).toEqual([
      { day: DAY, visible: 2 * HOUR, partial: 0, blind: 0 },
      // Process starts have a channel of their own here: silent from midnight to four, and from five to six.
      { day: DAY + 1, visible: HOUR + MICROS_PER_SECOND, partial: 0, blind: 5 * HOUR },
    ]);
    expect(byDay(events)[NETWORK]).toEqual([
      { day: DAY, visible: HOUR / 2, partial: 0, blind: 1.5 * HOUR },
      { day: DAY + 1, visible: HOUR, partial: 0, blind: 5 * HOUR + MICROS_PER_SECOND },
    ]);
  });

  it('counts no hour in which the machine was off, for any stage', () => {
    const boot = { ...start(6.25), 'process.executable': SMSS };
    const days = byDay([start(0), start(1), call(1.5), boot, start(7)]);
    expect(days[STARTS]).toEqual([
      { day: DAY, visible: 2 * HOUR, partial: 0, blind: 0 },
      { day: DAY + 1, visible: HOUR + MICROS_PER_SECOND, partial: 0, blind: 0 },
    ]);
    expect(days[NETWORK]).toEqual([
      { day: DAY, visible: 0, partial: 0, blind: 2 * HOUR },
      { day: DAY + 1, visible: 0, partial: 0, blind: HOUR + MICROS_PER_SECOND },
    ]);
  });

  it('has no row for a day on which it was off, and none for a host without events', () => {
    const boot = { ...start(72), 'process.executable': SMSS };
    expect(byDay([start(0), boot])[STARTS]?.map(({ day }) => day)).toEqual([DAY, DAY + 3]);
    expect(byDay([])).toEqual({});
  });

  it('has rows only for days with events where a wrong clock spans centuries', () => {
    const days = byDay([start(-24 * 365 * 200), start(0), start(24 * 365 * 150)])[STARTS] ?? [];
    expect(days).toHaveLength(3);
    for (const { visible, blind } of days) expect(visible + blind).toBeLessThanOrEqual(MICROS_PER_DAY);
  });
});

const hourAndKind = fc.record({
  at: fc.double({ min: 0, max: 100, noNaN: true }),
  kind: fc.constantFrom<EventKind>('process_start', 'network_connect', 'file_create', 'sensor_change'),
  boots: fc.boolean(),
});

it('adds up to the span less the time off, whatever the order of events', () => {
  fc.assert(
    fc.property(fc.array(hourAndKind, { minLength: 1, maxLength: 30 }), (drafts) => {
      const events = drafts.map(told);
      const visibility = buildVisibility(events);
      const days = coverageByDay(judged('visible'), catalogue.analytics, visibility);
      const [from, to] = [visibility.from ?? 0, (visibility.to ?? 0) + MICROS_PER_SECOND];
      const off = visibility.off.reduce((sum, one) => sum + one.to - one.from, 0);
      for (const stage of [STARTS, NETWORK]) {
        const rows = days.filter((row) => row.stage === stage);
        const total = rows.reduce((sum, row) => sum + row.visible + row.partial + row.blind, 0);
        expect(total).toBe(to - from - off);
        for (const { visible, blind } of rows)
          expect(Math.min(visible, blind) >= 0 && Number.isSafeInteger(visible)).toBe(true);
      }
      expect(
        coverageByDay(judged('visible'), catalogue.analytics, buildVisibility(events.toReversed())),
      ).toEqual(days);
    }),
  );
});

it('only ever moves time towards blind when a kind loses its events in a stretch of a host that goes on', () => {
  const stretch = fc.tuple(fc.nat({ max: 99 }), fc.integer({ min: 1, max: 60 }));
  fc.assert(
    fc.property(fc.array(hourAndKind, { maxLength: 30 }), stretch, (drafts, [from, length]) => {
      // Something else is told all the time: the machine is on, and the span stays.
      const pulse = Array.from({ length: 102 }, (_, hour) => event('file_create', hour - 0.5, 'Pulse'));
      const events = [...pulse, ...drafts.map(told)];
      const left = events.filter(
        ({ kind, time }) =>
          kind !== 'network_connect' || time < START + from * HOUR || time > START + (from + length) * HOUR,
      );
      const [before, after] = [byDay(events), byDay(left)];
      expect(after[STARTS]?.map(({ day }) => day)).toEqual(before[STARTS]?.map(({ day }) => day));
      for (const [i, row] of (after[NETWORK] ?? []).entries()) {
        const was = before[NETWORK]?.[i];
        expect(row.day).toBe(was?.day);
        expect(row.visible).toBeLessThanOrEqual(was?.visible ?? 0);
        expect(row.visible + row.blind).toBe((was?.visible ?? 0) + (was?.blind ?? 0));
      }
    }),
  );
});

function told({ at, kind, boots }: { at: number; kind: EventKind; boots: boolean }): EndpointEvent {
  const one = event(kind, at);
  return kind === 'process_start' && boots ? { ...one, 'process.executable': SMSS } : one;
}

function judged(state: HostCoverage['state']): readonly HostCoverage[] {
  return [STARTS, NETWORK].map((stage) => ({ host: 'h', stage, state, why: '', gaps: [] }));
}

/** Rows by stage. */
function byDay(
  events: readonly EndpointEvent[],
  state: HostCoverage['state'] = 'visible',
): Record<string, Omit<CoverageDay, 'stage'>[]> {
  const rows: Record<string, Omit<CoverageDay, 'stage'>[]> = {};
  for (const { stage, ...row } of coverageByDay(judged(state), catalogue.analytics, buildVisibility(events)))
    rows[stage] = [...(rows[stage] ?? []), row];
  return rows;
}

/** At some hours after START; each kind has a channel of its own unless one is given. */
function event(kind: EventKind, hours: number, channel: string = kind): EndpointEvent {
  const time = micros(START + Math.round(hours * HOUR));
  return { ...template(), id: `${kind}${hours}` as EventId, kind, channel, time, recorded: time };
}

function start(hours: number): EndpointEvent {
  return event('process_start', hours);
}

function call(hours: number): EndpointEvent {
  return event('network_connect', hours);
}

let told1: EndpointEvent | undefined;
function template(): EndpointEvent {
  if (told1 !== undefined) return told1;
  const s = scenario();
  s.starts('C:\\Windows\\System32\\cmd.exe');
  const [first] = s.events();
  if (first === undefined) throw new Error('nothing told');
  told1 = first;
  return first;
}
