import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CORRELATION_TYPES, type SigmaCorrelation } from '../rule';
import { correlateHits } from './correlateHits';
import type { CorrelationHit } from './correlationHit';
import { correlation, hit, SECOND } from './testCorrelations';

/** A hit in the eyes of the slow evaluator; results of other correlations have no host. */
type Seen = {
  rule: string;
  event: string;
  time: number;
  fields: Readonly<Record<string, string>>;
  isResult: boolean;
};
type Found = { id: string; group: string; from: number; to: number; hits: number };

/** Judges every window by itself, from nothing. */
function holds(one: SigmaCorrelation, window: readonly Seen[]): boolean {
  const numbers = [
    ...new Map(window.map((seen) => [`${seen.event} ${seen.time}`, Number(seen.fields.n)])).values(),
  ];
  numbers.sort((a, b) => a - b);
  const sum = numbers.reduce((total, n) => total + n, 0);
  const value = (): number => {
    switch (one.type) {
      case 'event_count':
        return new Set(window.map(({ event }) => event)).size;
      case 'temporal':
        return new Set(window.map(({ rule }) => rule)).size;
      case 'value_count':
        return new Set(window.map(({ fields }) => one.fields.map((name) => fields[name]).join('|'))).size;
      case 'value_sum':
        return sum;
      case 'value_avg':
        return sum / numbers.length;
      default:
        return (
          numbers[Math.max(0, Math.ceil((numbers.length * (one.percentile ?? 50)) / 100) - 1)] ?? Number.NaN
        );
    }
  };
  if (one.type === 'temporal' && one.conditions.length === 0)
    return one.rules.every((rule) => window.some((seen) => seen.rule === rule));
  if (one.type === 'temporal_ordered') {
    const chain = (place: number, from: number): boolean =>
      place === one.rules.length ||
      window.some((seen, i) => i >= from && seen.rule === one.rules[place] && chain(place + 1, i + 1));
    return chain(0, 0);
  }
  const n = value();
  return one.conditions.every(({ op, value: bound }) => {
    const verdicts = {
      gt: n > bound,
      gte: n >= bound,
      lt: n < bound,
      lte: n <= bound,
      eq: n === bound,
      neq: n !== bound,
    };
    return verdicts[op];
  });
}

function evaluate(one: SigmaCorrelation, seen: readonly Seen[]): { found: Found[]; results: Seen[] } {
  const lacks = (each: Seen) =>
    [...one.groupBy, ...one.fields].some((name) => (each.fields[name] ?? '') === '') ||
    (/sum|avg|percentile/.test(one.type) && Number.isNaN(Number(each.fields.n)));
  const own = seen.filter((each) => one.rules.includes(each.rule) && !lacks(each));
  const place = (each: Seen) => one.rules.indexOf(each.rule);
  const found: Found[] = [];
  const results: Seen[] = [];
  for (const group of new Set(own.map(({ fields }) => one.groupBy.map((name) => fields[name]).join('|')))) {
    const hits = own
      .filter(({ fields }) => one.groupBy.map((name) => fields[name]).join('|') === group)
      .sort((a, b) => a.time - b.time || place(a) - place(b) || (a.event < b.event ? -1 : 1));
    let open: { since: number; to: number; from: number; hits: Set<Seen> } | undefined;
    const close = () => {
      if (open === undefined) return;
      const plain = [...open.hits].filter(({ isResult }) => !isResult).length;
      const repeated = new Set([...open.hits].filter(({ isResult }) => isResult).map(({ event }) => event))
        .size;
      found.push({ id: one.id, group, from: open.from, to: open.to, hits: plain + repeated });
    };
    for (const time of new Set(hits.map((each) => each.time))) {
      const window = hits.filter((each) => each.time > time - one.timespan && each.time <= time);
      if (!holds(one, window)) continue;
      if (open === undefined || time - one.timespan >= open.to) {
        close();
        open = { since: time, from: window[0]?.time ?? 0, to: time, hits: new Set() };
      }
      open.to = time;
      for (const each of window) open.hits.add(each);
      const [first] = window;
      const fields = Object.fromEntries(one.groupBy.map((name) => [name, first?.fields[name] ?? '']));
      results.push({ rule: one.id, event: `${one.id} ${group} ${open.since}`, time, fields, isResult: true });
    }
    close();
  }
  return { found, results };
}

const conditions = fc.array(
  fc.record({
    op: fc.constantFrom('gt', 'gte', 'lt', 'lte', 'eq', 'neq'),
    value: fc.integer({ min: 0, max: 5 }),
  }),
  { minLength: 1, maxLength: 2 },
) as fc.Arbitrary<SigmaCorrelation['conditions']>;
const correlationOf = (id: string, rules: readonly string[]): fc.Arbitrary<SigmaCorrelation> =>
  fc
    .record({
      type: fc.constantFrom(...CORRELATION_TYPES),
      rules: fc.array(fc.constantFrom(...rules), { minLength: 1, maxLength: 3 }),
      groupBy: fc.subarray(['user', 'machine']),
      timespan: fc.integer({ min: 1, max: 8 }).map((seconds) => seconds * SECOND),
      conditions,
      percentile: fc.constantFrom(0, 25, 50, 90, 100),
      all: fc.boolean(),
    })
    .map(({ all, ...one }) =>
      correlation({
        id,
        ...one,
        ...(one.type === 'temporal' && all ? { conditions: [] } : {}),
        fields: one.type === 'value_count' ? ['user', 'n'] : one.type.startsWith('value') ? ['n'] : [],
      }),
    );
const hits: fc.Arbitrary<CorrelationHit[]> = fc
  .array(
    fc.record({
      rule: fc.constantFrom('a', 'b', 'c', 'd'),
      second: fc.integer({ min: 0, max: 30 }),
      user: fc.constantFrom('u', 'v', ''),
      machine: fc.constantFrom('m', 'n'),
      n: fc.constantFrom('0', '1', '2.25', '4', '-1', 'none'),
    }),
    { maxLength: 25 },
  )
  .map((list) => list.map(({ rule, second, ...fields }) => hit(rule, second, fields)));

it('for any correlations and hits, finds what judging every window from nothing finds, in whatever order equal times come', () => {
  fc.assert(
    fc.property(
      correlationOf('inner', ['a', 'b', 'c']),
      correlationOf('outer', ['inner', 'a', 'd']),
      hits,
      fc.boolean(),
      (inner, outer, list, reversed) => {
        // Results carry no numbers to reckon with.
        fc.pre(!outer.type.startsWith('value'));
        const ordered = (reversed ? [...list].reverse() : [...list]).sort((a, b) => a.time - b.time);
        const seen = list.map(({ rule, eventId, time, fields }) => ({
          rule,
          event: `pc1 ${eventId}`,
          time,
          fields,
          isResult: false,
        }));
        const first = evaluate(inner, seen);
        const second = evaluate(outer, [...seen, ...first.results]);
        const found = correlateHits([outer, inner], ordered).map((one) => ({
          id: one.correlation.id,
          group: one.group.map(({ value }) => value).join('|'),
          from: Number(one.from),
          to: Number(one.to),
          hits: one.hits,
        }));
        const sorted = (all: Found[]) => all.map((one) => JSON.stringify(one)).sort();
        expect(sorted(found)).toEqual(sorted([...first.found, ...second.found]));
      },
    ),
    { numRuns: 3000 },
  );
});
