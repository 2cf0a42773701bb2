import type { NormalisedRecord } from '../events/record';
import { channelOf } from './defender/channels';
import { normaliseRow } from './defender/huntingRow';
import type { ExportFormat, VendorRecord } from './exportFormat';

/** The timeline of one device, exported from its page in the portal: all tables in one, headings with blanks. */
export const defenderTimeline: ExportFormat = {
  id: 'defender-timeline',
  title: 'Microsoft Defender for Endpoint: device timeline (CSV)',
  layouts: ['csv', 'json'],
  shape: 'Event Time, Machine Id and Action Type',
  fits,
  marks: ['Event Time', 'Machine Id', 'Action Type'],
  normalise,
};

function fits(record: VendorRecord): boolean {
  return (
    record['Action Type'] !== undefined &&
    (record['Event Time'] !== undefined || record['Machine Id'] !== undefined)
  );
}

function normalise(record: VendorRecord): NormalisedRecord {
  const row: Record<string, unknown> = Object.create(null);
  for (const [heading, value] of Object.entries(record)) {
    const column = RENAMED.get(heading) ?? heading.replaceAll(' ', '');
    if (row[column] === undefined) row[column] = value;
  }
  return normaliseRow(row, undefined, channelOf('Timeline'));
}

/** Headings that are more than the column's name with blanks. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['Event Time', 'Timestamp'],
  ['Machine Id', 'DeviceId'],
  ['Computer Name', 'DeviceName'],
  ['Remote Computer Name', 'RemoteDeviceName'],
  ['Sha1', 'SHA1'],
  ['Sha256', 'SHA256'],
  ['Md5', 'MD5'],
  ['Initiating Process Sha1', 'InitiatingProcessSHA1'],
  ['Initiating Process Sha256', 'InitiatingProcessSHA256'],
  ['Initiating Process Md5', 'InitiatingProcessMD5'],
]);
