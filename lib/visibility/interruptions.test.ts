import { describe, expect, it } from 'vitest';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE, type Micros, micros, parseMicros } from '../base/time';
import type { EndpointEvent, EventId, EventKind } from '../events/endpointEvent';
import { scenario } from '../events/scenario';
import type { Scenario, ScenarioOptions } from '../events/story';
import { buildVisibility } from './visibility';

const CMD = 'C:\\Windows\\System32\\cmd.exe';
const at = (time: string): Micros => parseMicros(`2026-03-02T${time}:00Z`) ?? micros(0);

/** A start every twenty minutes from one time of the day to another. */
function tell(s: Scenario, from: string, to: string): void {
  for (s.at(`2026-03-02T${from}:00Z`); (parseMicros(s.now()) ?? 0) <= at(to); s.after('-1ms')) {
    s.starts(CMD);
    s.after('20m');
  }
}

function day(...spans: readonly (readonly [string, string])[]): Scenario {
  const s = scenario();
  for (const [from, to] of spans) tell(s, from, to);
  return s;
}

const intervals = (events: readonly EndpointEvent[], from: string, to: string) =>
  buildVisibility(events)
    .blindIntervals('process_start', at(from), at(to))
    .map((one) => [
      new Date(one.from / 1000).toISOString().slice(11, 16),
      new Date(one.to / 1000).toISOString().slice(11, 16),
      one.cause,
    ]);

describe('the stretches in which a kind could not be seen', () => {
  it('are before the recording, its silent hours, and after it', () => {
    expect(intervals(day(['08:00', '09:40'], ['13:00', '15:00']).events(), '06:00', '18:00')).toEqual([
      ['06:00', '08:00', 'begins'],
      ['10:00', '13:00', 'silent'],
      ['15:00', '18:00', 'ends'],
    ]);
  });

  it('are all of the time for a kind that the host never showed', () => {
    expect(
      buildVisibility(day(['08:00', '09:00']).events()).blindIntervals('dns_query', at('08:00'), at('09:00')),
    ).toEqual([
      { from: at('08:00'), to: at('09:00'), cause: 'never', reason: 'no dns_query events from this host' },
    ]);
  });

  it('are none where another channel saw it meanwhile', () => {
    const both: ScenarioOptions = { source: 'both' };
    const s = scenario(both);
    tell(s, '08:00', '14:00');
    const [sysmon, security] = [...new Set(s.events().map((event) => event.channel))];
    const events = s
      .events()
      .filter((event) => (event.time < at('10:30') ? event.channel === sysmon : event.channel === security));
    expect(intervals(events, '08:00', '14:00')).toEqual([
      // Between the last record of the one and the first of the other.
      ['10:20', '10:40', 'ends'],
    ]);
    expect(intervals([...events].reverse(), '08:00', '14:00')).toEqual(intervals(events, '08:00', '14:00'));
  });

  it('are not the hours in which the machine was off, which end with its starting up', () => {
    const s = day(['08:00', '09:40']);
    s.at('2026-03-02T13:00:00Z');
    s.starts('C:\\Windows\\System32\\smss.exe', { parent: 'unknown' });
    tell(s, '13:05', '15:00');
    expect(intervals(s.events(), '08:00', '14:40')).toEqual([]);
  });

  it('are not the hours off alone: a channel that stays silent after the start is blind from then on', () => {
    const s = scenario({ source: 'both' });
    tell(s, '08:00', '09:40');
    tell(s, '16:10', '17:00');
    const [sysmon, security] = [...new Set(s.events().map((event) => event.channel))];
    const boot = scenario({ source: 'both' });
    boot.at('2026-03-02T13:10:00Z');
    boot.starts('C:\\Windows\\System32\\smss.exe', { parent: 'unknown' });
    // Sysmon is silent from ten to four; of Security there is only the start of the machine at one.
    const ofSysmon = s.events().filter((event) => event.channel === sysmon);
    const seen = buildVisibility([
      ...ofSysmon,
      ...ofSysmon.map((event) => ({ ...event, kind: 'file_create' as const })),
      ...boot.events().filter((event) => event.channel === security),
    ]);
    expect(seen.off).toEqual([{ from: at('10:00'), to: at('13:00') }]);
    expect(
      seen
        .blindIntervals('file_create', at('08:00'), at('16:30'))
        .map(({ from, to, cause }) => [from, to, cause]),
    ).toEqual([[at('13:00'), at('16:00'), 'silent']]);
  });

  it('agree with what is said of the whole window', () => {
    const seen = buildVisibility(day(['08:00', '09:40'], ['13:00', '15:00']).events());
    for (const [from, to] of [
      ['08:10', '09:30'],
      ['09:00', '11:00'],
      ['10:10', '10:20'],
      ['14:00', '16:00'],
    ] as const)
      expect(seen.blindBecause('process_start', at(from), at(to)) === undefined).toBe(
        seen.blindIntervals('process_start', at(from), at(to)).length === 0,
      );
  });
});

describe('a sensor that says it is stopped or changed', () => {
  const changed = (s: Scenario, message: string): EndpointEvent => {
    const [first] = s.events();
    if (first === undefined) throw new Error('nothing told');
    const time = at('10:05');
    return {
      ...first,
      id: 'stop' as EventId,
      kind: 'sensor_change',
      code: '4',
      time,
      recorded: time,
      message,
    };
  };

  it('is the reason why telemetry ends', () => {
    const s = day(['08:00', '10:00']);
    const seen = buildVisibility([...s.events(), changed(s, 'Sysmon was stopped')]);
    expect(seen.blindBecause('process_start', at('09:50'), at('10:30'))).toContain(
      'Sysmon was stopped at 10:05',
    );
  });

  it('makes blind until it is heard again', () => {
    const s = day(['08:00', '10:00'], ['10:30', '12:00']);
    const events = [...s.events(), changed(s, 'Sysmon was stopped')];
    expect(intervals(events, '09:00', '11:00')).toEqual([['10:05', '10:30', 'stopped']]);
  });

  it('makes blind for good for a kind that never came again, though the channel goes on', () => {
    const s = day(['08:00', '10:00']);
    const writer = s.starts(CMD);
    for (const time of ['10:30', '11:10', '12:10', '13:10']) {
      s.at(`2026-03-02T${time}:00Z`);
      s.writes(writer, 'C:\\a.txt');
    }
    const events = [
      ...s.events(),
      { ...changed(s, 'the configuration of Sysmon was changed'), time: at('10:25') },
    ];
    expect(intervals(events, '09:00', '13:00')).toEqual([['10:25', '13:00', 'stopped']]);
  });
});

describe('a kind that comes by a rhythm of its own', () => {
  const CALM = '2026-03-02T00:00:00Z';
  const hour = (n: number): Micros => micros((parseMicros(CALM) ?? 0) + n * MICROS_PER_HOUR);

  /** Files every hour, and calls every five minutes but in some hours. */
  function weeks(days: number, without: (hour: number) => boolean): readonly EndpointEvent[] {
    const s = scenario();
    s.starts(CMD);
    const [template] = s.events();
    if (template === undefined) throw new Error('nothing told');
    const one = (kind: EventKind, time: Micros): EndpointEvent => ({
      ...template,
      id: `${kind}${time}` as EventId,
      kind,
      time,
      recorded: time,
    });
    return Array.from({ length: days * 24 }, (_, n) => [
      one('file_create', hour(n)),
      ...(without(n)
        ? []
        : Array.from({ length: 12 }, (_call, i) =>
            one('network_connect', micros(hour(n) + i * 5 * MICROS_PER_MINUTE)),
          )),
    ]).flat();
  }

  it('is blind where it fails to come while the rest of its channel goes on', () => {
    const seen = buildVisibility(weeks(20, (n) => n >= 200 && n < 231));
    const blind = { from: hour(200), to: hour(231), cause: 'silent' };
    const reason = 'no network_connect for 31 h, where this host usually has 12 an hour';
    expect(seen.blindIntervals('network_connect', hour(100), hour(300))).toEqual([{ ...blind, reason }]);
    expect(seen.blindBecause('network_connect', hour(210), hour(211))).toBe(reason);
    expect(seen.blindBecause('network_connect', hour(210), hour(210))).toBe(reason);
    expect(seen.blindBecause('network_connect', hour(231), hour(232))).toBeUndefined();
    expect(seen.blindIntervals('file_create', hour(100), hour(300))).toEqual([]);
    expect(seen.blindIntervals('network_connect', hour(205), hour(210))).toMatchObject([
      { from: hour(205), to: hour(210) },
    ]);
  });

  it('is seen at all times where it has no week of rhythm', () => {
    const seen = buildVisibility(weeks(6, (n) => n >= 50 && n < 81));
    expect(seen.blindIntervals('network_connect', hour(10), hour(100))).toEqual([]);
  });
});
