import { describe, expect, it } from 'vitest';
import { type Micros, micros, parseMicros } from '../base/time';
import type { EndpointEvent, EventId } from '../events/endpointEvent';
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
