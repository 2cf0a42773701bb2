import { describe, expect, it } from 'vitest';
import { micros, parseMicros } from '../base/time';
import type { EndpointEvent, EntityId, EventId } from './endpointEvent';
import { measureProductClocks, moveToReference } from './productClock';

const T0 = parseMicros('2026-03-02T09:00:00Z') ?? micros(0);
const SYSMON = 'Microsoft-Windows-Sysmon/Operational';
const FALCON = 'CrowdStrike Falcon';

describe('measureProductClocks', () => {
  it('measures from paired starts how far a product is from the event log, and moves its events', () => {
    const events = [...starts(SYSMON, 0, 5), ...starts(FALCON, 95_000, 5)];
    const clocks = measureProductClocks(events);
    expect(clocks).toEqual([
      {
        product: 'CrowdStrike Falcon',
        reference: 'Windows event log',
        offset: 95_000_000,
        pairs: 5,
        agreeing: 5,
        applied: true,
      },
    ]);
    const moved = moveToReference(events, clocks);
    expect(moved.slice(5).map((event) => event.time)).toEqual(moved.slice(0, 5).map((event) => event.time));
    expect(moved.slice(5).map((event) => event['process.start'])).toEqual(
      moved.slice(0, 5).map((event) => event['process.start']),
    );
  });

  it('leaves jitter, too few pairs, and what a person switched off as reported', () => {
    expect(measureProductClocks([...starts(SYSMON, 0, 5), ...starts(FALCON, 300, 5)])[0]?.applied).toBe(
      false,
    );
    expect(measureProductClocks([...starts(SYSMON, 0, 2), ...starts(FALCON, 95_000, 2)])[0]?.applied).toBe(
      false,
    );
    const switchedOff = measureProductClocks(
      [...starts(SYSMON, 0, 5), ...starts(FALCON, 95_000, 5)],
      new Set([FALCON]),
    );
    expect(switchedOff[0]).toMatchObject({ offset: 95_000_000, applied: false });
  });

  it('is not misled by a pid that is used again', () => {
    const reused = [0, 3_600_000].flatMap((shift) => starts(FALCON, shift, 1));
    const clocks = measureProductClocks([
      ...starts(SYSMON, 0, 4),
      ...reused,
      ...starts(FALCON, 95_000, 4).slice(1),
    ]);
    expect(clocks[0]).toMatchObject({ offset: 95_000_000, pairs: 3, applied: true });
  });

  it('does not depend on the order of events', () => {
    const events = [...starts(SYSMON, 0, 5), ...starts(FALCON, 95_000, 5)];
    expect(measureProductClocks([...events].reverse())).toEqual(measureProductClocks(events));
  });
});

/** Starts of processes 1000, 1001, … ten seconds apart, as one product reports them, `shift` milliseconds late. */
function starts(channel: string, shift: number, count: number): EndpointEvent[] {
  return Array.from({ length: count }, (_, i) => {
    const time = micros(T0 + i * 10_000_000 + shift * 1000);
    return {
      id: `${channel}-${i}-${shift}` as EventId,
      kind: 'process_start',
      time,
      clock: 'source',
      recorded: time,
      reported: time,
      host: 'ws1',
      channel,
      code: '1',
      'process.entity_id': `${channel}-${i}` as EntityId,
      'process.pid': 1000 + i,
      'process.executable': `C:\\Windows\\System32\\p${i}.exe`,
      'process.start': time,
    };
  });
}
