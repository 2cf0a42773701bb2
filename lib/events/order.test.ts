import fc from 'fast-check';
import { expect, it } from 'vitest';
import { micros } from '../base/time';
import type { EndpointEvent, EventId } from './endpointEvent';
import { compareEvents } from './order';

const event: fc.Arbitrary<EndpointEvent> = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    time: fc.nat({ max: 1 }),
    channel: fc.constantFrom('Security', 'Sysmon'),
    recordId: fc.option(fc.nat({ max: 3 }), { nil: undefined }),
  })
  .map(({ id, time, channel, recordId }) => ({
    id: id as EventId,
    kind: 'process_start',
    time: micros(time),
    clock: 'source',
    recorded: micros(time),
    host: 'ws1',
    channel,
    code: '1',
    ...(recordId === undefined ? {} : { recordId }),
  }));

it('orders any three events without a circle', () => {
  fc.assert(
    fc.property(event, event, event, (a, b, c) => {
      expect(Math.sign(compareEvents(a, b))).toBe(0 - Math.sign(compareEvents(b, a)));
      if (compareEvents(a, b) <= 0 && compareEvents(b, c) <= 0)
        expect(compareEvents(a, c)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 2000 },
  );
});

it('gives the same order whatever the order of input', () => {
  fc.assert(
    fc.property(fc.uniqueArray(event, { selector: (one) => one.id }), (events) => {
      const ids = (list: readonly EndpointEvent[]): string[] =>
        [...list].sort(compareEvents).map((one) => one.id);
      expect(ids([...events].reverse())).toEqual(ids(events));
    }),
  );
});

it('follows the log within a tie', () => {
  const at = (id: string, recordId: number): EndpointEvent => ({
    id: id as EventId,
    kind: 'process_start',
    time: micros(5),
    clock: 'source',
    recorded: micros(5),
    host: 'ws1',
    channel: 'Sysmon',
    code: '1',
    recordId,
  });
  expect([at('a', 12), at('b', 9)].sort(compareEvents).map((one) => one.id)).toEqual(['b', 'a']);
});
