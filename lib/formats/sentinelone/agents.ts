import type { NormalisedRecord } from '../../events/record';
import { ignoredDevice } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { textAt } from '../vendorValues';

/** An entry of the list of agents: no event, but it names the machine that events know by its uuid. */
export function normaliseAgent(record: VendorRecord): NormalisedRecord {
  return ignoredDevice('SentinelOne agent', textAt(record, 'uuid'), textAt(record, 'computerName'));
}
