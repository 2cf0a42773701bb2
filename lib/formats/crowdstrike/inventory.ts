import type { NormalisedRecord } from '../../events/record';
import type { VendorRecord } from '../exportFormat';
import { textOf } from '../vendorValues';
import { computerName, ignoredWith } from './fields';

/** A feed of Falcon Data Replicator beside the events, and the fields its rows have, all of them. */
type Feed = { readonly name: string; readonly has: readonly string[] };

/** Rows about hosts, users and programs; they have no event_simpleName. The first that fits names the row. */
const FEEDS: readonly Feed[] = [
  { name: 'ZeroTrustHostAssessment', has: ['aid', 'cid', 'assessments'] },
  { name: 'aidmaster', has: ['aid', 'ComputerName', 'AgentVersion'] },
  { name: 'managedassets', has: ['aid', 'cid', 'MACPrefix'] },
  { name: 'notmanaged', has: ['cid', 'LastDiscoveredBy', 'CurrentLocalIP'] },
  { name: 'userinfo', has: ['cid', 'AccountType', 'LocalAdminAccess'] },
  { name: 'userinfo', has: ['cid', 'UserSid_readable', 'LogonInfo'] },
  { name: 'appinfo', has: ['cid', 'detectioncount', 'SHA256HashData'] },
];

/** Name of the feed a row comes from; undefined for what is no such row. */
export function feedOf(record: VendorRecord): string | undefined {
  // Cheap for all other records: each feed has at least one of two short names.
  if (record.cid === undefined && record.aid === undefined) return undefined;
  return FEEDS.find(({ has }) => has.every((field) => record[field] !== undefined))?.name;
}

/** No event, but `aidmaster` ties a sensor's id to the machine's name, which older sensors' events lack. */
export function normaliseFeed(feed: string, record: VendorRecord): NormalisedRecord {
  return ignoredWith(feed, textOf(record.aid), computerName(record));
}
