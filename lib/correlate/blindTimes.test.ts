import { describe, expect, it } from 'vitest';
import { CMD, catalogue } from '../analytics/testStory';
import { type Micros, micros, parseMicros } from '../base/time';
import type { EndpointEvent, EventKind } from '../events/endpointEvent';
import { scenario } from '../events/scenario';
import { buildVisibility } from '../visibility/visibility';
import { blindTimes, EVER, kindsWatched } from './blindTimes';

/** Starts every 20 minutes from 08:00 to before 10:00 and from 14:00 to before 16:00, and files in the morning. */
function withSilence(): readonly EndpointEvent[] {
  const s = scenario();
  for (const [from, to] of [
    ['08:00', '10:00'],
    ['14:00', '16:00'],
  ] as const) {
    for (s.at(iso(from)); (parseMicros(s.now()) ?? 0) < at(to); s.after('20m')) {
      const cmd = s.starts(CMD);
      if (from === '08:00') s.writes(cmd, 'C:\\Users\\Public\\a.txt');
    }
  }
  return s.events();
}

const of = (events: readonly EndpointEvent[], kind: EventKind) =>
  blindTimes(buildVisibility(events), catalogue).filter((interval) => interval.kind === kind);

describe('when a host was blind', () => {
  it('is before its first record, in a silence, and after its last, for a kind that came', () => {
    const blind = of(withSilence(), 'process_start');
    expect(blind.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^telemetry begins at 08:00:/),
      'no telemetry at all between 10:00Z and 14:00Z',
      expect.stringMatching(/^telemetry ends at 15:40:/),
    ]);
    expect(blind[0]?.from).toBe(EVER.from);
    expect(blind[1]).toMatchObject({ from: at('10:00'), to: at('14:00') });
    expect(blind.at(-1)?.to).toBe(EVER.to);
  });

  it('is always, for a kind that never came', () => {
    expect(of(withSilence(), 'dns_query')).toEqual([
      { kind: 'dns_query', ...EVER, reason: 'no dns_query events from this host' },
    ]);
  });

  it('is not told of kinds that are out of the ordinary, nor of those its sources write as another', () => {
    const kinds = new Set(blindTimes(buildVisibility(withSilence()), catalogue).map(({ kind }) => kind));
    expect(kindsWatched(catalogue)).toContain('file_rename');
    for (const kind of ['alert', 'log_clear', 'sensor_change', 'file_rename'] as const)
      expect(kinds).not.toContain(kind);
  });

  it('is always and for every kind where nothing came that an analytic looks at', () => {
    const blind = blindTimes(buildVisibility([]), catalogue);
    expect(blind.map(({ kind }) => kind)).toContain('process_start');
    for (const { from, to } of blind) expect({ from, to }).toEqual(EVER);
  });

  it('is in order of kind and time, and no interval overlaps another of its kind', () => {
    const blind = blindTimes(buildVisibility(withSilence()), catalogue);
    for (const [i, interval] of blind.entries()) {
      const next = blind[i + 1];
      expect(interval.from).toBeLessThan(interval.to);
      if (next === undefined) continue;
      expect(next.kind >= interval.kind).toBe(true);
      if (next.kind === interval.kind) expect(next.from).toBeGreaterThanOrEqual(interval.to);
    }
  });
});

function at(time: string): Micros {
  return parseMicros(iso(time)) ?? micros(0);
}

function iso(time: string): string {
  return `2026-03-02T${time}:00Z`;
}
