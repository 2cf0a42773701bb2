import { describe, expect, it } from 'vitest';
import type { SigmaCorrelation } from '../rule';
import { correlateHits, createCorrelator } from './correlateHits';
import { type CorrelationHit, fieldsForCorrelations } from './correlationHit';
import { correlation, hit, SECOND } from './testCorrelations';
import { CORRELATION_LIMITS } from './watcher';

const gte = (value: number): SigmaCorrelation['conditions'] => [{ op: 'gte', value }];
const failures = (seconds: readonly number[], fields: Record<string, string> = {}): CorrelationHit[] =>
  seconds.map((second) => hit('logon_failed', second, fields));
const spans = (one: SigmaCorrelation, hits: readonly CorrelationHit[]) =>
  correlateHits([one], hits).map(({ from, to, hits: n }) => [from / SECOND, to / SECOND, n]);

describe('event_count counts events occurring in the given time frame', () => {
  const three = correlation({ type: 'event_count', conditions: gte(3) });

  it('and holds from so many events on', () => {
    expect(spans(three, failures([1, 2]))).toEqual([]);
    expect(spans(three, failures([1, 2, 3]))).toEqual([[1, 3, 3]]);
  });
  it('in a window that slides: minutes on the clock are no boundary', () => {
    expect(spans(three, failures([58, 59, 61]))).toEqual([[58, 61, 3]]);
  });
  it('of which the beginning is not part', () => {
    expect(spans(three, failures([0, 5, 10]))).toEqual([]);
    expect(spans(three, failures([0.000001, 5, 10]))).toEqual([[0.000001, 10, 3]]);
  });
  it('for each group separately', () => {
    const byUser = correlation({ type: 'event_count', conditions: gte(2), groupBy: ['User'] });
    const hits = [
      ...failures([1], { User: 'Ann' }),
      ...failures([2], { User: 'Bob' }),
      ...failures([3], { User: 'ANN' }),
    ];
    expect(correlateHits([byUser], hits)).toMatchObject([
      { group: [{ field: 'User', value: 'Ann' }], hits: 2 },
    ]);
  });
  it('leaving out hits that lack a field of the group', () => {
    const byUser = correlation({ type: 'event_count', conditions: gte(2), groupBy: ['User'] });
    expect(
      spans(byUser, [...failures([1]), ...failures([2], { User: '' }), ...failures([3], { User: 'a' })]),
    ).toEqual([]);
  });
  it('an event that two of the rules hit once', () => {
    const both = correlation({ type: 'event_count', rules: ['a', 'b'], conditions: gte(2) });
    expect(spans(both, [hit('a', 1, {}, { eventId: 'e' }), hit('b', 1, {}, { eventId: 'e' })])).toEqual([]);
    expect(spans(both, [hit('a', 1), hit('b', 1)])).toEqual([[1, 1, 2]]);
  });
  it('of the machine, however the rule calls it', () => {
    const byHost = correlation({ type: 'event_count', conditions: gte(2), groupBy: ['ComputerName'] });
    expect(correlateHits([byHost], failures([1, 2]))[0]?.group).toEqual([
      { field: 'ComputerName', value: 'pc1' },
    ]);
  });
});

describe('conditions must all hold', () => {
  it('as a range', () => {
    const range = correlation({
      type: 'event_count',
      conditions: [
        { op: 'gt', value: 1 },
        { op: 'lte', value: 2 },
      ],
    });
    expect(spans(range, failures([1, 2, 3, 4]))).toEqual([[1, 2, 2]]);
  });
  it('as just so many, and as others than so many', () => {
    const just = correlation({ type: 'event_count', conditions: [{ op: 'eq', value: 2 }] });
    expect(spans(just, failures([1, 2, 3]))).toEqual([[1, 2, 2]]);
    const other = correlation({ type: 'event_count', conditions: [{ op: 'neq', value: 1 }] });
    expect(spans(other, failures([1, 2]))).toEqual([[1, 2, 2]]);
  });
  it('for fewer only where there is a hit at all', () => {
    const few = correlation({ type: 'event_count', conditions: [{ op: 'lt', value: 2 }] });
    expect(spans(few, [])).toEqual([]);
    expect(spans(few, failures([1]))).toEqual([[1, 1, 1]]);
  });
});

describe('overlapping windows are one result', () => {
  const two = correlation({ type: 'event_count', conditions: gte(2) });

  it('as long as each begins before the last one ended', () => {
    expect(spans(two, failures([1, 2, 8, 11]))).toEqual([[1, 11, 4]]);
    expect(spans(two, failures([1, 2, 12, 13]))).toEqual([
      [1, 2, 2],
      [12, 13, 2],
    ]);
  });
  it('that names the first hundred hits and counts all', () => {
    const [result] = correlateHits([two], failures(Array.from({ length: 500 }, (_, i) => i)));
    expect(result?.events).toHaveLength(100);
    expect(result).toMatchObject({ hits: 500, dropped: 0, hosts: ['pc1'] });
  });
});

describe('value_count counts distinct values', () => {
  it('of a field, case ignored, leaving out hits without it', () => {
    const users = correlation({ type: 'value_count', fields: ['User'], conditions: gte(2) });
    expect(
      spans(users, [...failures([1], { User: 'a' }), ...failures([2], { User: 'A' }), ...failures([3])]),
    ).toEqual([]);
    expect(spans(users, [...failures([1], { User: 'a' }), ...failures([2], { User: 'b' })])).toEqual([
      [1, 2, 2],
    ]);
  });
  it('of several fields together', () => {
    const pairs = correlation({ type: 'value_count', fields: ['User', 'Ip'], conditions: gte(3) });
    const logon = (second: number, User: string, Ip: string) => hit('logon_failed', second, { User, Ip });
    expect(spans(pairs, [logon(1, 'a', '1'), logon(2, 'a', '2'), logon(3, 'a', '1')])).toEqual([]);
    expect(spans(pairs, [logon(1, 'a', '1'), logon(2, 'a', '2'), logon(3, 'b', '1')])).toEqual([[1, 3, 3]]);
  });
});

describe('value_sum, value_avg and value_percentile reckon with the numbers of a field', () => {
  const bytes = (...sizes: string[]) => sizes.map((size, i) => hit('logon_failed', i + 1, { Size: size }));

  it('as a sum within the window', () => {
    const sum = correlation({ type: 'value_sum', fields: ['Size'], conditions: gte(100) });
    expect(spans(sum, bytes('60', '39.5', 'much', ''))).toEqual([]);
    expect(spans(sum, bytes('60', '39.5', '0.5'))).toEqual([[1, 3, 3]]);
    expect(
      spans(sum, [hit('logon_failed', 0, { Size: '60' }), hit('logon_failed', 10, { Size: '60' })]),
    ).toEqual([]);
  });
  it('as an average', () => {
    const average = correlation({
      type: 'value_avg',
      fields: ['Size'],
      conditions: [{ op: 'lt', value: 10 }],
    });
    expect(spans(average, bytes('20', '10', '-3'))).toEqual([[1, 3, 3]]);
  });
  it('as a percentile by nearest rank', () => {
    const median = correlation({
      type: 'value_percentile',
      fields: ['Size'],
      percentile: 50,
      conditions: gte(5),
    });
    expect(spans(median, bytes('1', '9'))).toEqual([]);
    expect(spans(median, bytes('1', '9', '5'))).toEqual([[1, 3, 3]]);
  });
});

describe('temporal: all rules hit in the time frame', () => {
  const recon = correlation({ type: 'temporal', rules: ['a', 'b', 'c'], groupBy: ['User'] });

  it('in arbitrary order, by the same user', () => {
    const by = (User: string) => [hit('c', 1, { User }), hit('a', 2, { User }), hit('b', 3, { User })];
    expect(spans(recon, by('u'))).toEqual([[1, 3, 3]]);
    const [first, second] = [by('u'), by('v')];
    expect(spans(recon, [...first.slice(0, 2), ...second.slice(2)])).toEqual([]);
  });
  it('and not over more than the timespan', () => {
    expect(
      spans(recon, [hit('a', 1, { User: 'u' }), hit('b', 5, { User: 'u' }), hit('c', 11, { User: 'u' })]),
    ).toEqual([]);
  });
  it('or as many rules as its condition says, each counted once', () => {
    const two = correlation({
      type: 'temporal',
      rules: ['a', 'b', 'c'],
      conditions: [{ op: 'gte', value: 2 }],
    });
    expect(spans(two, [hit('a', 1), hit('a', 2)])).toEqual([]);
    expect(spans(two, [hit('a', 1), hit('c', 2)])).toEqual([[1, 2, 2]]);
    const one = correlation({ type: 'temporal', rules: ['a', 'b'], conditions: [{ op: 'eq', value: 1 }] });
    expect(spans(one, [hit('a', 1), hit('b', 2)])).toEqual([[1, 1, 1]]);
  });
  it('with fields that go by other names in other rules', () => {
    const aliased = correlation({
      type: 'temporal',
      rules: ['internal_error', 'new_connection'],
      groupBy: ['internal_ip'],
      aliases: { internal_ip: { internal_error: 'destination', new_connection: 'source' } },
    });
    const error = hit(
      'id of the rule',
      1,
      { destination: '10.0.0.1', source: 'x' },
      { name: 'internal_error' },
    );
    expect(spans(aliased, [error, hit('new_connection', 2, { source: '10.0.0.1' })])).toEqual([[1, 2, 2]]);
    expect(spans(aliased, [error, hit('new_connection', 2, { destination: '10.0.0.1' })])).toEqual([]);
    expect(Object.fromEntries(fieldsForCorrelations([aliased]))).toEqual({
      internal_error: ['destination'],
      new_connection: ['source'],
    });
  });
});

describe('temporal_ordered: in addition in the order provided', () => {
  const order = correlation({ type: 'temporal_ordered', rules: ['a', 'b', 'c'] });

  it('whatever comes between', () => {
    expect(spans(order, [hit('a', 1), hit('c', 2), hit('b', 3), hit('a', 4), hit('c', 5)])).toEqual([
      [1, 5, 5],
    ]);
    expect(spans(order, [hit('c', 1), hit('b', 2), hit('a', 3)])).toEqual([]);
  });
  it('with hits of one time in either order', () => {
    for (const hits of [
      [hit('a', 1), hit('b', 1), hit('c', 1)],
      [hit('c', 1), hit('b', 1), hit('a', 1)],
    ])
      expect(spans(order, hits)).toEqual([[1, 1, 3]]);
  });
  it('needs two hits of a rule that it names twice', () => {
    const twice = correlation({ type: 'temporal_ordered', rules: ['a', 'a'] });
    expect(spans(twice, [hit('a', 1)])).toEqual([]);
    expect(spans(twice, [hit('a', 1), hit('a', 2)])).toEqual([[1, 2, 2]]);
  });
});

describe('correlations stand on correlations', () => {
  const many = correlation({
    id: 'many',
    name: 'many_failed_logins',
    type: 'event_count',
    groupBy: ['User', 'Computer'],
    conditions: gte(3),
  });
  const success = correlation({
    id: 'broken_in',
    type: 'temporal_ordered',
    rules: ['many_failed_logins', 'logon'],
    groupBy: ['User'],
  });
  const user = { User: 'ann' };

  it('many failed logins followed by a successful one, whatever order the correlations are given in', () => {
    const hits = [...failures([1, 2, 3], user), hit('logon', 5, user, { host: 'pc2' })];
    for (const given of [
      [many, success],
      [success, many],
    ])
      expect(correlateHits(given, hits).find((one) => one.correlation.id === 'broken_in')).toMatchObject({
        group: [{ field: 'User', value: 'ann' }],
        from: 3 * SECOND,
        to: 5 * SECOND,
        hits: 2,
        hosts: ['pc1', 'pc2'],
      });
  });
  it('also where the failures go on after it', () => {
    const hits = [...failures([1, 2, 3], user), hit('logon', 4, user), ...failures([5, 6, 7, 8], user)];
    expect(correlateHits([many, success], hits).map((one) => one.correlation.id)).toEqual([
      'many',
      'broken_in',
    ]);
  });
  it('but not where the success came first', () => {
    const hits = [hit('logon', 0, user), ...failures([1, 2, 3], user)];
    expect(correlateHits([many, success], hits).map((one) => one.correlation.id)).toEqual(['many']);
  });
  it('a result that lasts counts as one event', () => {
    const waves = correlation({
      id: 'waves',
      type: 'event_count',
      rules: ['many'],
      groupBy: ['User'],
      timespan: 1000 * SECOND,
      conditions: gte(2),
    });
    const first = failures([1, 2, 3, 4, 5], user);
    expect(correlateHits([many, waves], first)).toHaveLength(1);
    expect(correlateHits([many, waves], [...first, ...failures([101, 102, 103], user)])).toHaveLength(3);
  });
});

describe('memory is bounded, and what is let go is told', () => {
  const limits = { ...CORRELATION_LIMITS, hitsPerGroup: 10, hits: 100, groups: 20 };
  const run = (one: SigmaCorrelation, hits: readonly CorrelationHit[]) => {
    const correlator = createCorrelator([one], limits);
    for (const each of hits) correlator.add(each);
    return correlator.end();
  };
  const long = { timespan: 100_000 * SECOND };

  it('in the window of a group', () => {
    const one = correlation({ type: 'event_count', conditions: gte(5), ...long });
    const { correlated, dropped } = run(one, failures(Array.from({ length: 50 }, (_, i) => i)));
    expect(correlated).toMatchObject([{ hits: 50, dropped: 40 }]);
    expect(dropped).toMatchObject([{ hits: 40, groups: 0, results: 0 }]);
  });
  it('except as far as its condition counts', () => {
    const one = correlation({ type: 'event_count', conditions: gte(40), ...long });
    expect(run(one, failures(Array.from({ length: 40 }, (_, i) => i)))).toMatchObject({
      correlated: [{ hits: 40 }],
      dropped: [],
    });
  });
  it('in the number of groups', () => {
    const one = correlation({ type: 'event_count', groupBy: ['User'], conditions: gte(2), ...long });
    const hits = Array.from({ length: 50 }, (_, i) => hit('logon_failed', i, { User: `user ${i}` }));
    expect(run(one, hits).dropped).toMatchObject([{ hits: 30, groups: 30 }]);
  });
  it('at one moment', () => {
    const one = correlation({ type: 'event_count', conditions: gte(5), ...long });
    const hits = Array.from({ length: 50 }, () => hit('logon_failed', 1));
    expect(run(one, hits)).toMatchObject({ correlated: [{ hits: 10 }], dropped: [{ hits: 40 }] });
  });
  it('and nothing is told where nothing was', () => {
    const one = correlation({ type: 'event_count', groupBy: ['User'], conditions: gte(2) });
    const hits = Array.from({ length: 500 }, (_, i) => hit('logon_failed', i, { User: `user ${i}` }));
    expect(run(one, hits).dropped).toEqual([]);
  });
  it('hits that do not come in order of time are a mistake of the caller', () => {
    expect(() => correlateHits([correlation({ type: 'temporal' })], failures([2, 1]))).toThrow(
      'order of time',
    );
  });
});

it('takes a chain of correlations as long as somebody writes it', () => {
  const chain = Array.from({ length: 12_000 }, (_, i) =>
    correlation({
      type: 'event_count',
      id: `c${i}`,
      rules: [i === 11_999 ? 'a' : `c${i + 1}`],
      conditions: [{ op: 'gte', value: 2 }],
    }),
  );
  expect(correlateHits(chain, [hit('a', 1)])).toEqual([]);
});
