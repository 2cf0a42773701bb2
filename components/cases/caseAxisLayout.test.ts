import { describe, expect, it } from 'vitest';
import type { CaseTimeline } from '@/lib/contracts/cases';
import { layoutCaseAxis, markKey } from './caseAxisLayout';

const mark = (eventId: string, time: string) => ({
  findingId: 'f' as string | null,
  eventId,
  time,
  stage: 's',
  stageTitle: 'Stage',
  text: 'did',
  kind: 'process_start',
});
const lane = (host: string, marks: ReturnType<typeof mark>[]) => ({
  hostId: host,
  host,
  offsetSeconds: 0,
  blind: [],
  marks,
});
const timeline = (part: Partial<CaseTimeline>): CaseTimeline => ({
  from: '2026-01-01T00:00:00.000000Z',
  to: '2026-01-01T01:00:00.000000Z',
  lanes: [],
  joins: [],
  cut: 0,
  ...part,
});

describe('the axis of a case', () => {
  it('names one event apart in each finding and stage it stands in', () => {
    const one = mark('1', '2026-01-01T00:00:00Z');
    const keys = [one, { ...one, findingId: 'g' }, { ...one, stage: 't' }, { ...one, findingId: null }].map(
      markKey,
    );
    expect(new Set(keys).size).toBe(4);
  });

  it('places marks in order of time within its width, a lane below the other', () => {
    const { lanes, height } = layoutCaseAxis(
      timeline({
        lanes: [
          lane('a', [mark('2', '2026-01-01T01:00:00Z'), mark('1', '2026-01-01T00:00:00Z')]),
          lane('b', [mark('3', '2026-01-01T00:30:00Z')]),
        ],
      }),
      800,
    );
    const [a, b] = lanes;
    expect(a?.marks.map(({ eventId }) => eventId)).toEqual(['1', '2']);
    for (const { x } of a?.marks ?? []) expect(x).toBeGreaterThan(0);
    for (const { x } of a?.marks ?? []) expect(x).toBeLessThan(800);
    expect(b?.y).toBe(a?.height);
    expect(height).toBe((a?.height ?? 0) + (b?.height ?? 0));
  });

  it('puts marks of one moment above each other, in a lane that grows with them', () => {
    const at = '2026-01-01T00:30:00Z';
    const { lanes } = layoutCaseAxis(timeline({ lanes: [lane('a', [mark('1', at), mark('2', at)])] }), 800);
    const ys = lanes[0]?.marks.map(({ y }) => y) ?? [];
    expect(new Set(ys).size).toBe(2);
    expect(lanes[0]?.height).toBeGreaterThan(34);
  });

  it('joins only marks of different hosts', () => {
    const lanes = [
      lane('a', [mark('1', '2026-01-01T00:10:00Z'), mark('2', '2026-01-01T00:20:00Z')]),
      lane('b', [mark('3', '2026-01-01T00:30:00Z')]),
    ];
    const joins = [
      { by: 'hash' as const, value: 'x', eventIds: ['1', '3'] },
      { by: 'user' as const, value: 'y', eventIds: ['1', '2'] },
      { by: 'destination' as const, value: 'z', eventIds: ['1', 'not drawn'] },
    ];
    expect(layoutCaseAxis(timeline({ lanes, joins }), 800).joins.map(({ value }) => value)).toEqual(['x']);
  });

  it('draws blindness without an end to the edge', () => {
    const blind = [{ from: null, to: null, kind: 'dns_query', reason: 'never recorded' }];
    const { lanes } = layoutCaseAxis(
      timeline({ lanes: [{ ...lane('a', [mark('1', '2026-01-01T00:10:00Z')]), blind }] }),
      800,
    );
    expect(lanes[0]?.blind).toMatchObject([{ x0: 0, x1: 800 }]);
  });
});
