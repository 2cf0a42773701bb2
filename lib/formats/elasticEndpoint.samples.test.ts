import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isOtherEcsDocument } from './elastic/recordShapes';
import { readSamples, samplesOf, tally } from './elastic/testPublished';
import { endgame } from './elasticEndgame';
import { elasticEndpoint } from './elasticEndpoint';
import { createRecordDecoder } from './recordDecoder';

const FOLDER = samplesOf('elastic');

describe.runIf(FOLDER !== undefined)('published samples of Elastic', () => {
  const read = (file: string): Uint8Array => readFileSync(path.join(FOLDER ?? '', file));

  it.each([
    ['process', 'process_start'],
    ['file', 'file_create'],
    ['alerts', 'alert'],
  ])('reads the sample event of the %s stream', (stream, kind) => {
    const outcomes = readSamples(elasticEndpoint, read(`elastic_defend_${stream}_sample_event.json`));
    expect(outcomes.map((one) => (one.outcome === 'event' ? one.event.kind : one))).toEqual([kind]);
  });

  it('ignores the end of a flow', () => {
    const outcomes = readSamples(elasticEndpoint, read('elastic_defend_network_sample_event.json'));
    expect(outcomes).toEqual([{ outcome: 'ignored', type: 'Elastic Defend network disconnect_received' }]);
  });

  it('reads the test data of the Event Query Language, in which most parents are there', () => {
    const outcomes = readSamples(endgame, read('endgame_eql_test_data.json'));
    expect(tally(outcomes)).toEqual({ events: 101, ignored: 1, reasons: [] });
    const starts = outcomes.flatMap((one) =>
      one.outcome === 'event' && one.event.kind === 'process_start' ? [one.event] : [],
    );
    const ids = new Set(starts.map((start) => start['process.entity_id']));
    const named = starts.filter((start) => start['process.parent.entity_id'] !== undefined);
    expect(named.length).toBeGreaterThan(40);
    const found = named.filter((start) => ids.has(start['process.parent.entity_id']));
    expect(found.length / named.length).toBeGreaterThan(0.8);
  });

  it('leaves the events of Winlogbeat to its own format', () => {
    const decoder = createRecordDecoder();
    const records = [...decoder.push(read('winlogbeat_ecs.ndjson')), ...decoder.end().records];
    expect(records.length).toBeGreaterThan(0);
    for (const { value } of records) {
      if (value === undefined || value.winlog === undefined) continue;
      expect(isOtherEcsDocument(value)).toBe(false);
      expect(elasticEndpoint.fits(value)).toBe(false);
    }
  });
});
