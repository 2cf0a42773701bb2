import { describe, expect, it } from 'vitest';
import { micros } from '../base/time';
import type { EventId } from '../events/endpointEvent';
import type { FindingStage } from '../findings/finding';
import { stagesByEvent } from './timelineView';

describe('the stage of an event on the timeline', () => {
  const anchor = stageOf('anchor', true);
  const joined = (id: string, required: boolean): FindingStage => ({
    ...stageOf(id, required),
    relation: { kind: 'descendant_of', to: 'anchor', strength: 'exact', text: '', hops: [] },
  });
  const chosen = (...stages: readonly FindingStage[]) => stagesByEvent({ stages }).get('e');

  it('is the anchor where the event satisfies that too', () => {
    expect(chosen(joined('before', true), anchor, joined('after', true))).toBe('anchor');
  });

  it('is else a required one, and of those the first', () => {
    expect(chosen(joined('optional', false), joined('needed', true), joined('other', true))).toBe('needed');
    expect(chosen(joined('one', false), joined('two', false))).toBe('one');
  });
});

function stageOf(id: string, required: boolean): FindingStage {
  return {
    ...{ id, required, title: id, state: 'matched', eventsTotal: 1 },
    events: [{ eventId: 'e' as EventId, time: micros(1), kind: 'process_start' }],
  };
}
