import { describe, expect, it } from 'vitest';
import { testHit } from '../../sigma/testSigma';
import { sigmaMarks } from '../sigma/sigmaMarks';
import { layoutTimeline } from './layoutTimeline';
import { hitMarkName, markName } from './markName';
import { answer, at, event, iso } from './testTimeline';
import { chooseTimeline, onlyFlaggedOf } from './timelineData';
import {
  eventsAndHits,
  HIT_LANE,
  hitMarkId,
  hitOfMark,
  markOfHit,
  spanWithHits,
  withHits,
} from './timelineHits';
import { arrangeLanes } from './timelineLanes';
import { timelineRows } from './timelineRows';

const onEvent = testHit({ ref: 'on', eventId: 'e1', time: iso(1) });
const onCounted = testHit({ ref: 'counted', eventId: 'e9', time: iso(9) });
const onRecord = testHit({ ref: 'record', eventId: null, kind: null, source: 'Sysmon 10', time: iso(4) });
const marks = sigmaMarks([onEvent, onCounted, onRecord], 3);
const read = chooseTimeline({
  overview: answer({ events: [event('e1', 1), event('e2', 5)] }),
  part: null,
  by: 'kind',
  overviewBy: 'kind',
});
const data = withHits(read, marks);
const shown = { from: at(0), to: at(40) };

describe('hits on a timeline', () => {
  it('stand on the event they are on, and else have a mark of their own in a lane of their own', () => {
    for (const mode of ['stage', 'process', 'kind'] as const) {
      const lanes = arrangeLanes(data, { mode, stages: [], processes: [] });
      const { marks: drawn } = layoutTimeline(lanes, { width: 400, window: shown });
      expect(drawn.map((mark) => [mark.event.eventId, mark.isHit ?? false, mark.hits?.length ?? 0])).toEqual([
        ['e1', false, 1],
        [hitMarkId('record'), true, 1],
        ['e2', false, 0],
        ['e9', true, 1],
      ]);
      expect(lanes.lanes.at(-1)).toMatchObject({ id: HIT_LANE, total: 2 });
    }
  });

  it('keep an event with hits out of the density, so that its mark is seen', () => {
    const crowd = [0, 1, 2, 3, 4].map((step) => event(`c${step}`, 1 + step / 1000));
    const crowded = withHits({ ...read, events: [event('e1', 1), ...crowd] }, marks);
    const lanes = arrangeLanes(crowded, { mode: 'kind', stages: [], processes: [] });
    const { marks: drawn } = layoutTimeline(lanes, { width: 400, window: shown });
    expect(drawn.map((mark) => mark.event.eventId)).toContain('e1');
    expect(drawn.map((mark) => mark.event.eventId)).not.toContain('c1');
  });

  it('are gone to in order of time among the events', () => {
    expect(eventsAndHits(data).map(({ eventId }) => eventId)).toEqual(['e1', 'sigma:record', 'e2', 'e9']);
  });

  it('are rows of the table, with the kind of record', () => {
    const rows = timelineRows(data, shown);
    expect(rows.map((row) => [row.type, row.id])).toEqual([
      ['event', 'e1'],
      ['hit', 'sigma:record'],
      ['event', 'e2'],
      ['hit', 'e9'],
    ]);
    expect(rows[1]).toMatchObject({ hits: [{ source: 'Sysmon 10' }] });
  });

  it('are named as what they are', () => {
    expect(markName(event('e1', 1), '+1 s', [onEvent])).toBe(
      'e1, file created, +1 s, 1 Sigma hit, high: Shell out of an office program',
    );
    expect(hitMarkName([onRecord], '+4 s')).toBe(
      '1 Sigma hit, high: Shell out of an office program, Sysmon 10, +4 s',
    );
  });

  it('leave a timeline without hits as it is', () => {
    expect(withHits(read, sigmaMarks([], 0))).toBe(read);
    expect(eventsAndHits(read)).toBe(read.events);
  });

  it('go with what is not flagged', () => {
    expect(onlyFlaggedOf(data).hits?.own).toEqual([]);
  });

  it('make the span wider where they lie outside of it', () => {
    expect(spanWithHits(shown, data.hits)).toBe(shown);
    expect(spanWithHits({ from: at(0), to: at(5) }, data.hits).to).toBeGreaterThan(at(9));
  });

  it('are found by their ref, and several on one record by any of them', () => {
    const twin = testHit({ ref: 'twin', eventId: null, source: 'Sysmon 10', time: iso(4) });
    const both = sigmaMarks([onRecord, twin], 2);
    expect([markOfHit(both, 'record'), markOfHit(both, 'twin')]).toEqual(['sigma:record', 'sigma:record']);
    expect([hitOfMark('sigma:record'), hitOfMark('e1')]).toEqual(['record', null]);
  });
});
