import type { NormalisedRecord } from '../events/record';
import { isExternalEvent } from './crowdstrike/externalEvent';
import { eventTypeOf } from './crowdstrike/fields';
import { feedOf, normaliseFeed } from './crowdstrike/inventory';
import { normaliseTelemetry } from './crowdstrike/telemetry';
import type { ExportFormat, VendorRecord } from './exportFormat';
import { isObject } from './jsonSink';

/** CrowdStrike Falcon's sensor events and host lists, from the replicator, LogScale or the former Event Search. */
export const crowdstrikeFdr: ExportFormat = {
  id: 'crowdstrike-fdr',
  title: 'CrowdStrike Falcon Data Replicator, LogScale / Event Search export (JSON, CSV)',
  layouts: ['json', 'csv', 'lines'],
  shape: 'event_simpleName',
  fits,
  marks: ['event_simpleName', '"aid"'],
  normalise,
};

/**
 * A record with an `event` in it is a collector's copy of a few fields around the sensor's own record (Panther);
 * the inner one is read. Detections, which the replicator delivers too, are the other format's.
 */
function fits(record: VendorRecord): boolean {
  if (isObject(record.event)) return false;
  if (eventTypeOf(record) !== undefined) return !isExternalEvent(record);
  return feedOf(record) !== undefined;
}

function normalise(record: VendorRecord): NormalisedRecord {
  const feed = eventTypeOf(record) === undefined ? feedOf(record) : undefined;
  return feed === undefined ? normaliseTelemetry(record) : normaliseFeed(feed, record);
}
