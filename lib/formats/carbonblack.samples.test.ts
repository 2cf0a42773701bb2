import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseMicros } from '../base/time';
import { edrGuid } from './carbonblack/processGuid';
import { carbonblackCloud } from './carbonblackCloud';
import { carbonblackEdr } from './carbonblackEdr';
import type { VendorRecord } from './exportFormat';
import { createNormaliser } from './recognise';

/** Published vendor samples, if they lie beside the project; they are never part of it. */
const DATA = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'carbonblack');
const present = existsSync(DATA);
if (!present) process.stdout.write('skipped Carbon Black samples: no ../shared/data/carbonblack\n');

const read = createNormaliser(carbonblackEdr, [carbonblackEdr, carbonblackCloud]);

describe.runIf(present)('published Carbon Black samples', () => {
  it('makes an alert of every hit, with its machine, rule, and process or binary', () => {
    const outcomes = lines('cb_response_event_forwarder.ndjson').flatMap((record) => read(record));
    expect(outcomes.length).toBeGreaterThanOrEqual(91);
    for (const one of outcomes) {
      expect(one).toMatchObject({ outcome: 'event', event: { kind: 'alert' } });
      if (one.outcome !== 'event') continue;
      expect(one.event['rule.name']).toBeDefined();
      expect(one.event['host.id']).toMatch(/^carbon black edr \d+$/);
      expect(one.event['process.entity_id'] ?? one.event['file.hash.md5']).toBeDefined();
      expect(JSON.stringify(one.event)).not.toMatch(/PREPREPRE|POSTPOSTPOST/);
    }
  });

  it('finds pid and start of a process in its guid, as the server tells them beside it', () => {
    let seen = 0;
    for (const record of lines('cb_response_event_forwarder.ndjson')) {
      const docs = (record.docs ?? []) as VendorRecord[];
      for (const doc of docs) {
        if (typeof doc.unique_id !== 'string' || typeof doc.start !== 'string') continue;
        const guid = edrGuid(doc.unique_id);
        expect(guid?.pid).toBe(doc.process_pid);
        // The document rounds to the millisecond.
        expect(Math.abs((guid?.start ?? 0) - (parseMicros(doc.start) ?? 0))).toBeLessThan(1000);
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(10);
  });

  it('reads every record of the other samples: alerts of the Cloud, and its audit log, which is ignored', () => {
    const outcomes = lines('panther_rule_tests.ndjson').flatMap((record) => read(record));
    expect(outcomes.filter((one) => one.outcome === 'quarantined')).toEqual([]);
    expect(outcomes.filter((one) => one.outcome === 'event')).toHaveLength(2);
  });
});

function lines(name: string): VendorRecord[] {
  return readFileSync(path.join(DATA, name), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as VendorRecord);
}
