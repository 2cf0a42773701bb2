import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationMicros, MICROS_PER_HOUR, MICROS_PER_MINUTE, MICROS_PER_SECOND, micros } from '../base/time';
import { alignClocks, clockSample, clockSegments, createRunningClock, offsetAt } from './clock';
import type { EndpointEvent, EventId, EventKind } from './endpointEvent';
import type { EventDraft } from './record';

const START = 1_795_166_191_000_000;

describe('clock', () => {
  it('measures the offset of a local log as whole quarters of an hour, whatever the jitter', () => {
    const sample = clockSample(
      draft('process_start', START, START + 4 * MICROS_PER_HOUR - 27 * MICROS_PER_SECOND),
    );
    expect(sample?.offset).toBe(4 * MICROS_PER_HOUR);
    expect(clockSample(draft('process_start', START, START - 13_000))?.offset).toBe(0);
  });

  it('takes no sample from network and DNS events', () => {
    for (const kind of ['network_connect', 'dns_query'] as const)
      expect(clockSample(draft(kind, START, START))).toBeUndefined();
  });

  it('moves records without sensor time by the offset of the nearest sample', () => {
    const events = [
      event('a', 'process_start', START, START + 19 * MICROS_PER_HOUR),
      event('b', 'script_block', START + MICROS_PER_SECOND),
      event('c', 'process_start', START + 100 * MICROS_PER_SECOND, START + 7 * MICROS_PER_HOUR),
      event('d', 'script_block', START + 99 * MICROS_PER_SECOND),
    ];
    const aligned = alignClocks(events).events;
    expect(aligned.map((one) => one.time - one.recorded)).toEqual(
      [19, 19, 7, 7].map((hours, i) =>
        i === 2 ? 7 * MICROS_PER_HOUR - 100 * MICROS_PER_SECOND : hours * MICROS_PER_HOUR,
      ),
    );
    expect(aligned.map((one) => one.clock)).toEqual(['source', 'record', 'source', 'record']);
  });

  it('believes a network event only near the log', () => {
    const near = event('a', 'network_connect', START, START + 19 * MICROS_PER_HOUR - 2 * MICROS_PER_SECOND);
    const far = event('b', 'network_connect', START, START - 134 * MICROS_PER_HOUR);
    const sample = event('c', 'process_start', START, START + 19 * MICROS_PER_HOUR);
    const [first, second] = alignClocks([near, far, sample]).events;
    expect([first?.clock, first?.time]).toEqual(['source', near.reported]);
    expect([second?.clock, second?.time]).toEqual(['record', START + 19 * MICROS_PER_HOUR]);
  });

  it('takes a record that was written late for late, not for a clock set back', () => {
    const samples = [0, 10, 20, 30].map((second) => sampleAt(second, 0));
    const late = [sampleAt(12, -30), sampleAt(13, -30)];
    expect(clockSegments([...samples, ...late])).toEqual(clockSegments(samples));
  });

  it('follows a clock that is set back for good, or forward for a moment', () => {
    expect(
      clockSegments([sampleAt(0, 60), sampleAt(10, 0), sampleAt(20, 0)]).map(
        (one) => one.offset / MICROS_PER_MINUTE,
      ),
    ).toEqual([60, 0]);
    expect(clockSegments([sampleAt(0, 0), sampleAt(10, 720), sampleAt(20, 0)])).toHaveLength(3);
  });

  it('gives the same result for any order of events, and leaves an aligned host as it is', () => {
    const one = fc.record({
      kind: fc.constantFrom<EventKind>('process_start', 'network_connect', 'script_block'),
      recorded: fc.nat({ max: 3600 }).map((second) => START + second * MICROS_PER_SECOND),
      offset: fc.option(fc.constantFrom(0, 4, -7, 19), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (list) => {
        const events = list.map(({ kind, recorded, offset }, i) =>
          event(
            String(i),
            kind,
            recorded,
            offset === undefined ? undefined : recorded + offset * MICROS_PER_HOUR,
          ),
        );
        const aligned = alignClocks(events);
        const reversed = alignClocks([...events].reverse());
        expect([...reversed.events].reverse()).toEqual(aligned.events);
        expect(reversed.segments).toEqual(aligned.segments);
        expect(alignClocks(aligned.events).events).toEqual(aligned.events);
        for (const e of aligned.events) expect(Number.isSafeInteger(e.time)).toBe(true);
      }),
    );
  });

  it('has an offset for every time once one sample is known, and 0 before', () => {
    expect(offsetAt([], micros(5))).toBe(0);
    const segments = clockSegments([sampleAt(0, 60)]);
    for (const time of [-1e15, 0, START, 4e15])
      expect(offsetAt(segments, micros(time))).toBe(60 * MICROS_PER_MINUTE);
  });

  it('runs along an import with each host’s latest offset', () => {
    const clock = createRunningClock();
    expect(clock.timeOf(draft('script_block', START)).time).toBe(START);
    clock.timeOf(draft('process_start', START, START + 4 * MICROS_PER_HOUR));
    expect(clock.timeOf(draft('script_block', START)).time).toBe(START + 4 * MICROS_PER_HOUR);
    expect(clock.timeOf({ ...draft('script_block', START), host: 'ws2' }).time).toBe(START);
  });
});

function sampleAt(
  second: number,
  minutes: number,
): { recorded: ReturnType<typeof micros>; offset: ReturnType<typeof durationMicros> } {
  return {
    recorded: micros(START + second * MICROS_PER_SECOND),
    offset: durationMicros(minutes * MICROS_PER_MINUTE),
  };
}

function draft(kind: EventKind, recorded: number, reported?: number): EventDraft {
  const base = { kind, recorded: micros(recorded), host: 'ws1', channel: 'x', code: '1' };
  return reported === undefined ? base : { ...base, reported: micros(reported) };
}

function event(id: string, kind: EventKind, recorded: number, reported?: number): EndpointEvent {
  return { id: id as EventId, time: micros(recorded), clock: 'record', ...draft(kind, recorded, reported) };
}
