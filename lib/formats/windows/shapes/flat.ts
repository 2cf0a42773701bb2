import type { VendorRecord } from '../../exportFormat';
import { channelOf } from '../channels';
import { insertOf } from '../dataNames';
import { ENVELOPE } from '../envelope';
import { eventNumber, type WindowsRecord } from '../windowsRecord';

/**
 * One flat object per record with EventData's names at the top: NXLog's im_msvistalog, and the Security
 * Datasets (Mordor) recordings. `host` is the collector, `Hostname` the origin. Fluent Bit and Fluentd keep
 * EventData's values without names, as `StringInserts` or a list `EventData`.
 *
 * Time: TimeCreated, else NXLog's EventTime (local, whole seconds), else `@timestamp`. EventTime comes first
 * because NXLog's `@timestamp` is when the collector received the record: measured up to two minutes late and
 * out of order, where EventTime is within a second of Sysmon's own time.
 */
export function readFlat(record: VendorRecord): WindowsRecord | undefined {
  const eventId = eventNumber(record.EventID);
  if (eventId === undefined) return undefined;
  const nxlog = record.SourceModuleType !== undefined || record.EventReceivedTime !== undefined;
  const provider = record.SourceName ?? record.ProviderName;
  const flat: WindowsRecord = {
    channel: channelOf(record.Channel, provider),
    eventId,
    provider,
    host: record.Hostname ?? record.HOSTNAME ?? record.Computer ?? record.HostName,
    time: record.TimeCreated ?? record.EventTime ?? record['@timestamp'],
    recordId: record.RecordNumber ?? record.EventRecordID ?? record.RecordID,
    data: record,
    envelope: ENVELOPE,
    message: record.Message ?? record.Description,
    writerPid:
      record.ExecutionProcessID ??
      (nxlog && typeof record.ProcessID === 'number' ? record.ProcessID : undefined),
    nxlog,
  };
  const inserts = record.StringInserts ?? record.EventData;
  const values = Array.isArray(inserts) ? { values: inserts.map(insertOf) } : undefined;
  if (record.UserID === undefined) return values === undefined ? flat : { ...flat, ...values };
  return {
    ...flat,
    ...values,
    writer: { sid: record.UserID, name: record.AccountName, domain: record.Domain },
  };
}
