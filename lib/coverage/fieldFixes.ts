import { COMMAND_LINES, type SettingsBySource, sysmon, vendors } from './fixSettings';
import type { KindFix } from './kindFixes';

/** What Sysmon always writes for a process start: nothing but the event itself has to be switched on. */
const SYSMON_START = sysmon('<ProcessCreate onmatch="exclude"/>');
const STARTS_OF_VENDORS = vendors({
  defender: 'DeviceProcessEvents',
  falcon: 'ProcessRollup2',
  elastic: 'Process',
  sentinelOne: 'Process',
});
const COMMAND_LINE_SETTINGS: SettingsBySource = { ...SYSMON_START, ...COMMAND_LINES, ...STARTS_OF_VENDORS };
const OF_STARTS: SettingsBySource = { ...SYSMON_START, ...STARTS_OF_VENDORS };
const HASHES: SettingsBySource = {
  Sysmon: {
    where: 'Sysmon configuration, top level',
    change: '<HashAlgorithms>SHA256,IMPHASH</HashAlgorithms>',
  },
  ...STARTS_OF_VENDORS,
};
const ORIGIN: SettingsBySource = {
  ...sysmon('<FileCreateStreamHash onmatch="exclude"/>'),
  ...vendors({
    defender: 'DeviceFileEvents (FileOriginUrl, FileOriginReferrerUrl)',
    falcon: 'MotwWritten',
    elastic: 'File',
    sentinelOne: 'File',
  }),
};
const NAMES: SettingsBySource = {
  ...sysmon('<DnsQuery onmatch="exclude"/>'),
  ...vendors({
    defender: 'DeviceNetworkEvents (RemoteUrl)',
    falcon: 'DnsRequest',
    elastic: 'DNS',
    sentinelOne: 'DNS',
  }),
};

/** Fields that stages ask for, by what fills them. */
export const FIELD_FIXES: Readonly<Record<string, KindFix>> = {
  'process.command_line': { noun: 'command lines of new processes', settings: COMMAND_LINE_SETTINGS },
  'process.parent.command_line': { noun: 'command lines of parent processes', settings: OF_STARTS },
  'process.parent.entity_id': { noun: 'the parent of new processes', settings: OF_STARTS },
  'process.parent.pid': { noun: 'the parent of new processes', settings: OF_STARTS },
  'process.parent.executable': { noun: 'the parent of new processes', settings: OF_STARTS },
  'process.pe.original_file_name': { noun: 'original file names of programs', settings: OF_STARTS },
  'process.integrity_level': { noun: 'integrity levels of new processes', settings: OF_STARTS },
  'process.working_directory': { noun: 'working directories of new processes', settings: OF_STARTS },
  'process.hash.sha256': { noun: 'hashes of programs', settings: HASHES },
  'file.zone_identifier': { noun: 'the mark of the web on files', settings: ORIGIN },
  'file.origin_url': { noun: 'where files came from', settings: ORIGIN },
  'file.origin_referrer_url': { noun: 'where files came from', settings: ORIGIN },
  'destination.domain': { noun: 'names of network destinations', settings: NAMES },
  'dns.question.name': { noun: 'names that are asked of DNS', settings: NAMES },
};
