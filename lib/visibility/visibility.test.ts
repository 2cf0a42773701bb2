import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MICROS_PER_HOUR, type Micros, micros, parseMicros } from '../base/time';
import type { EndpointEvent, EventKind } from '../events/endpointEvent';
import { scenario } from '../events/scenario';
import type { Scenario, ScenarioOptions } from '../events/story';
import { buildVisibility } from './visibility';

const CMD = 'C:\\Windows\\System32\\cmd.exe';
const CALC = 'C:\\Windows\\System32\\calc.exe';

describe('a host', () => {
  it('is blind for kinds of which it delivered nothing', () => {
    const s = day({ without: ['network_connect'] });
    const seen = buildVisibility(s.events());
    expect(seen.sees('process_start')).toBe(true);
    expect(seen.sees('network_connect')).toBe(false);
    expect(seen.count('network_connect')).toBe(0);
    expect(seen.blindBecause('network_connect', at('10:00'), at('10:10'))).toBe(
      'no network_connect events from this host',
    );
    expect(seen.blindBecause('process_start', at('10:00'), at('10:10'))).toBeUndefined();
  });

  it('that delivered nothing at all is blind for everything', () => {
    const seen = buildVisibility([]);
    expect(seen.from).toBeUndefined();
    expect(seen.to).toBeUndefined();
    expect(seen.sees('process_start')).toBe(false);
    expect(seen.filled('process_start', 'process.pid')).toBeUndefined();
    expect(seen.blindBecause('process_start', at('10:00'), at('10:10'))).toBeDefined();
  });

  it('is known from its first to its last event, in whatever order they come', () => {
    const events = day().events();
    const [first, last] = [events[0], events.at(-1)];
    const seen = buildVisibility([...events].reverse());
    expect([seen.from, seen.to]).toEqual([first?.time, last?.time]);
  });

  it('is counted by kind, over all channels', () => {
    const s = scenario({ source: 'both' });
    s.starts(CMD);
    s.starts(CMD);
    expect(buildVisibility(s.events()).count('process_start')).toBe(4);
  });
});

describe('a window', () => {
  it.each([
    ['that the recording surrounds is seen', '10:00', '12:00', undefined],
    ['of one moment is seen', '10:00', '10:00', undefined],
    [
      'in which the recording ends is blind',
      '13:30',
      '14:30',
      'telemetry ends at 14:00:00Z, before the window',
    ],
    ['after the recording is blind', '15:00', '16:00', 'telemetry ends at 14:00:00Z'],
    [
      'in which the recording begins is blind',
      '07:30',
      '08:30',
      'telemetry begins at 08:00:00Z, inside the window',
    ],
    ['before the recording is blind', '06:00', '07:00', 'telemetry begins at 08:00:00Z, after the window'],
  ])('%s', (_, from, to, reason) => {
    const seen = buildVisibility(every('20m', '08:00', '14:00').events());
    const said = seen.blindBecause('process_start', at(from), at(to));
    if (reason === undefined) expect(said).toBeUndefined();
    else expect(said).toContain(reason);
  });

  it.each([
    ['with a silent hour in it is blind', '10:30', '12:30', 'no telemetry at all between 11:00Z and 12:00Z'],
    ['inside a silent hour is blind', '11:10', '11:20', 'no telemetry at all between 11:00Z and 12:00Z'],
    [
      'that ends in a silent hour is blind',
      '10:30',
      '11:05',
      'no telemetry at all between 11:00Z and 12:00Z',
    ],
    ['before a silent hour is seen', '10:00', '10:59', undefined],
    ['after a silent hour is seen', '12:01', '12:30', undefined],
  ])('%s', (_, from, to, reason) => {
    const s = every('20m', '08:00', '10:40');
    tellEvery(s, '20m', '12:00', '14:00');
    expect(buildVisibility(s.events()).blindBecause('process_start', at(from), at(to))).toBe(reason);
  });

  it('names all of a silence of several hours', () => {
    const s = every('20m', '08:00', '09:00');
    tellEvery(s, '20m', '12:00', '14:00');
    expect(buildVisibility(s.events()).blindBecause('process_start', at('09:30'), at('13:00'))).toBe(
      'no telemetry at all between 10:00Z and 12:00Z',
    );
  });

  it('counts any event of the channel as a sign of life, not only those of the kind', () => {
    const s = scenario();
    s.at(iso('08:00'));
    const cmd = s.starts(CMD);
    for (const time of ['09:10', '10:10', '11:10', '12:10']) {
      s.at(iso(time));
      s.writes(cmd, 'C:\\a.txt');
    }
    const seen = buildVisibility(s.events());
    expect(seen.blindBecause('process_start', at('09:00'), at('11:30'))).toBeUndefined();
  });

  it('does not take another channel’s signs of life for the sensor’s', () => {
    const s = every('20m', '08:00', '10:00');
    s.at(iso('13:00'));
    s.logsOn('CORP\\a.lee');
    expect(buildVisibility(s.events()).blindBecause('process_start', at('10:30'), at('11:00'))).toContain(
      'telemetry ends at 10:00:00Z',
    );
  });

  it('is seen if one of two channels saw it', () => {
    const s = every('20m', '08:00', '14:00', { source: 'both' });
    const kept = (channel: string) => (event: EndpointEvent) =>
      event.channel !== channel || event.time < at('10:00');
    const blind = (events: readonly EndpointEvent[]) =>
      buildVisibility(events).blindBecause('process_start', at('11:00'), at('11:30'));
    const channels = [...new Set(s.events().map((event) => event.channel))];
    expect(channels).toHaveLength(2);
    for (const channel of channels) expect(blind(s.events().filter(kept(channel)))).toBeUndefined();
    expect(blind(s.events().filter((event) => event.time < at('10:00')))).toBeDefined();
  });

  it('is blind, for that reason, where the log was cleared in it', () => {
    const s = scenario({ source: 'security' });
    s.at(iso('10:10'));
    s.tells('log_clear', undefined, {});
    tellEvery(s, '20m', '10:11', '14:00');
    const seen = buildVisibility(s.events());
    expect(seen.blindBecause('process_start', at('10:00'), at('10:30'))).toBe(
      'the log was cleared at 10:10:00Z',
    );
    expect(seen.blindBecause('process_start', at('10:15'), at('10:30'))).toBeUndefined();
  });

  it('is seen where a log was cleared that had been collected before', () => {
    const s = every('20m', '08:00', '14:00', { source: 'security' });
    s.at(iso('10:10'));
    s.tells('log_clear', undefined, {});
    expect(
      buildVisibility(s.events()).blindBecause('process_start', at('10:00'), at('10:30')),
    ).toBeUndefined();
  });
});

describe('a field', () => {
  it('is filled in a share of the events of a kind', () => {
    const s = scenario();
    s.starts(CMD);
    s.starts(CMD);
    s.starts(CMD);
    s.loses('process.command_line');
    s.starts(CMD);
    expect(buildVisibility(s.events()).filled('process_start', 'process.command_line')).toBe(0.75);
  });

  it('has no share where the kind has no events', () => {
    expect(buildVisibility(day().events()).filled('alert', 'process.pid')).toBeUndefined();
  });

  it('is collected by a source of which one record in twenty carries it', () => {
    const collected = (of: number) => {
      const told = scenario();
      told.starts(CMD);
      told.loses('process.command_line');
      for (let i = 1; i < of; i++) told.starts(CMD);
      const events = told.events();
      return buildVisibility(events).collects(events[1] as EndpointEvent, 'process.command_line');
    };
    expect(collected(20)).toBe(true);
    expect(collected(21)).toBe(false);
  });

  it('is judged by channel and code: what Sysmon tells, 4688 may not', () => {
    const s = scenario({ source: 'both' });
    s.starts(CALC);
    const seen = buildVisibility(s.events());
    const collects = s
      .events()
      .map((event) => [event.code, seen.collects(event, 'process.pe.original_file_name')]);
    expect(Object.fromEntries(collects)).toEqual({ '1': true, '4688': false });
  });

  it('that nobody watches is taken as collected, as is any field of a source not heard of', () => {
    const events = day().events();
    const seen = buildVisibility(events);
    const one = events[0] as EndpointEvent;
    expect(seen.collects(one, 'rule.name')).toBe(true);
    expect(seen.collects({ ...one, code: '9999' }, 'dns.question.name')).toBe(true);
  });
});

it('says the same whatever the order of events, and changes none', () => {
  const kinds: readonly EventKind[] = ['process_start', 'file_create', 'log_clear'];
  const event = fc.record({
    kind: fc.constantFrom(...kinds),
    hour: fc.nat({ max: 6 }),
    channel: fc.constantFrom('Security', 'Sysmon'),
    code: fc.constantFrom('1', '2'),
    commandLine: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(event, { maxLength: 20 }),
      fc.nat({ max: 5 }),
      fc.nat({ max: 3 }),
      (drafts, from, length) => {
        const template = scenarioEvent();
        const events = drafts.map(({ kind, hour, channel, code, commandLine }) =>
          Object.freeze({
            ...template,
            kind,
            channel,
            code,
            time: micros(at('08:00') + hour * MICROS_PER_HOUR),
            ...(commandLine ? { 'process.command_line': 'x' } : {}),
          }),
        );
        const forth = buildVisibility(events);
        const back = buildVisibility([...events].reverse());
        const start = micros(at('08:00') + from * MICROS_PER_HOUR);
        const end = micros(start + length * MICROS_PER_HOUR);
        for (const kind of kinds) {
          expect(back.sees(kind)).toBe(forth.sees(kind));
          expect(back.count(kind)).toBe(forth.count(kind));
          expect(back.filled(kind, 'process.command_line')).toBe(forth.filled(kind, 'process.command_line'));
          expect(back.blindBecause(kind, start, end) === undefined).toBe(
            forth.blindBecause(kind, start, end) === undefined,
          );
          // Never seen, never absent: what was blind in a part of a window is blind in the whole of it.
          if (forth.blindBecause(kind, start, end) === undefined && length > 0) {
            expect(forth.blindBecause(kind, start, micros(start + MICROS_PER_HOUR))).toBeUndefined();
          }
        }
      },
    ),
  );
});

function scenarioEvent(): EndpointEvent {
  const s = scenario({ without: ['process.command_line'] });
  s.starts(CMD);
  return s.events()[0] as EndpointEvent;
}

/** A working day's events, 07:00 to 17:00. */
function day(options: ScenarioOptions = {}): Scenario {
  const s = scenario(options);
  s.background();
  return s;
}

/** A start at every step from one time of the day to another. */
function every(step: string, from: string, to: string, options: ScenarioOptions = {}): Scenario {
  const s = scenario(options);
  tellEvery(s, step, from, to);
  return s;
}

function tellEvery(s: Scenario, step: string, from: string, to: string): void {
  for (s.at(iso(from)); (parseMicros(s.now()) ?? 0) <= at(to); s.after('-1ms')) {
    s.starts(CMD);
    s.after(step);
  }
}

function at(time: string): Micros {
  return parseMicros(iso(time)) ?? micros(0);
}

function iso(time: string): string {
  return `2026-03-02T${time}:00Z`;
}
