import { describe, expect, it } from 'vitest';
import { durationMicros, MICROS_PER_HOUR, micros } from '../base/time';
import { alignClocks, type ClockSegment } from '../events/clock';
import type { EndpointEvent } from '../events/endpointEvent';
import { scenario } from '../events/scenario';
import { settleAgainstStarts } from './settleTimes';

const MSHTA = 'C:\\Windows\\System32\\mshta.exe';
const NO_OFFSET: readonly ClockSegment[] = [];

describe('an act recorded before the start of its process', () => {
  it.each(['network_connect', 'dns_query'] as const)('%s takes the log’s time', (kind) => {
    const [start, act] = startThen(kind);
    const early = { ...act, time: micros(start.time - 3_000_000) };
    expect(settleAgainstStarts([start, early], NO_OFFSET)).toEqual([
      start,
      { ...early, time: act.recorded, clock: 'record' },
    ]);
  });

  it('takes the start itself, when the log’s time is before it too', () => {
    const [start, act] = startThen('network_connect');
    const early = { ...act, time: micros(start.time - 3_000_000), recorded: micros(start.time - 1_000_000) };
    expect(settleAgainstStarts([start, early], NO_OFFSET)[1]).toMatchObject({
      time: start.time,
      clock: 'record',
    });
  });

  it('takes the log’s time on the host’s clock', () => {
    const [start, act] = startThen('network_connect');
    const segments = [{ from: micros(0), offset: durationMicros(MICROS_PER_HOUR) }];
    const early = { ...act, time: micros(start.time - 1), recorded: micros(act.time - MICROS_PER_HOUR) };
    expect(settleAgainstStarts([start, early], segments)[1]?.time).toBe(act.time);
  });

  it('is measured against the earliest record of the start, wherever it stands', () => {
    const [start, act] = startThen('network_connect');
    const earlier = { ...start, time: micros(start.time - 10_000_000) };
    const before = { ...act, time: micros(start.time - 3_000_000) };
    expect(settleAgainstStarts([start, before, earlier], NO_OFFSET)[1]).toBe(before);
  });
});

describe('an event', () => {
  it('at or after the start keeps its time, and is not copied', () => {
    const [start, act] = startThen('dns_query');
    const same = { ...act, time: start.time };
    const settled = settleAgainstStarts([act, start, same], NO_OFFSET);
    expect(settled[0]).toBe(act);
    expect(settled[1]).toBe(start);
    expect(settled[2]).toBe(same);
  });

  it('of another kind keeps its time: its clock is the start’s own', () => {
    const [start, act] = startThen('file_create');
    const early = { ...act, time: micros(start.time - 3_000_000) };
    expect(settleAgainstStarts([start, early], NO_OFFSET)[1]).toBe(early);
  });

  it('of a process whose start was not recorded keeps its time', () => {
    const [, act] = startThen('network_connect');
    expect(settleAgainstStarts([act], NO_OFFSET)[0]).toBe(act);
  });

  it('without a unique id keeps its time', () => {
    const [start, act] = startThen('network_connect');
    const { 'process.entity_id': _, ...anonymous } = { ...act, time: micros(start.time - 3_000_000) };
    expect(settleAgainstStarts([start, anonymous], NO_OFFSET)[1]).toBe(anonymous);
  });

  it('is settled the same a second time', () => {
    const s = scenario();
    const mshta = s.starts(MSHTA);
    s.connects(mshta, '198.51.100.44', 443, { sensorClock: '-2m' });
    const { events, segments } = alignClocks(s.events());
    const once = settleAgainstStarts(events, segments);
    expect(once[1]).toMatchObject({ time: once[1]?.recorded, clock: 'record' });
    expect(settleAgainstStarts(once, segments)).toEqual(once);
  });
});

function startThen(
  kind: 'network_connect' | 'dns_query' | 'file_create',
): readonly [start: EndpointEvent, act: EndpointEvent] {
  const s = scenario();
  const mshta = s.starts(MSHTA);
  s.after('2s');
  s.tells(kind, mshta, {});
  const [start, act] = s.events();
  if (start === undefined || act === undefined) throw new Error('a story of two events');
  return [Object.freeze(start), Object.freeze(act)];
}
