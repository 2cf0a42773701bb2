import { DNS_CLIENT, DNS_CLIENT_FOLDER, SECURITY, SYSMON } from './categories';

function words(text: string): readonly string[] {
  return text.split(' ');
}

/**
 * Fields that Sysmon's events have by its published schema (4.90): no record of the event can have another. Events not
 * listed are not known here and may have any.
 */
const SYSMON_FIELDS: Readonly<Record<number, readonly string[]>> = {
  1: words(
    'RuleName UtcTime ProcessGuid ProcessId Image FileVersion Description Product Company OriginalFileName CommandLine CurrentDirectory User LogonGuid LogonId TerminalSessionId IntegrityLevel Hashes ParentProcessGuid ParentProcessId ParentImage ParentCommandLine ParentUser',
  ),
  2: words(
    'RuleName UtcTime ProcessGuid ProcessId Image TargetFilename CreationUtcTime PreviousCreationUtcTime User',
  ),
  3: words(
    'RuleName UtcTime ProcessGuid ProcessId Image User Protocol Initiated SourceIsIpv6 SourceIp SourceHostname SourcePort SourcePortName DestinationIsIpv6 DestinationIp DestinationHostname DestinationPort DestinationPortName',
  ),
  4: words('UtcTime State Version SchemaVersion'),
  5: words('RuleName UtcTime ProcessGuid ProcessId Image User'),
  6: words('RuleName UtcTime ImageLoaded Hashes Signed Signature SignatureStatus'),
  7: words(
    'RuleName UtcTime ProcessGuid ProcessId Image ImageLoaded FileVersion Description Product Company OriginalFileName Hashes Signed Signature SignatureStatus User',
  ),
  8: words(
    'RuleName UtcTime SourceProcessGuid SourceProcessId SourceImage TargetProcessGuid TargetProcessId TargetImage NewThreadId StartAddress StartModule StartFunction SourceUser TargetUser',
  ),
  9: words('RuleName UtcTime ProcessGuid ProcessId Image Device User'),
  10: words(
    'RuleName UtcTime SourceProcessGUID SourceProcessId SourceThreadId SourceImage TargetProcessGUID TargetProcessId TargetImage GrantedAccess CallTrace SourceUser TargetUser',
  ),
  11: words('RuleName UtcTime ProcessGuid ProcessId Image TargetFilename CreationUtcTime User'),
  12: words('RuleName EventType UtcTime ProcessGuid ProcessId Image TargetObject User'),
  13: words('RuleName EventType UtcTime ProcessGuid ProcessId Image TargetObject Details User'),
  14: words('RuleName EventType UtcTime ProcessGuid ProcessId Image TargetObject NewName User'),
  15: words('RuleName UtcTime ProcessGuid ProcessId Image TargetFilename CreationUtcTime Hash Contents User'),
  16: words('UtcTime Configuration ConfigurationFileHash'),
  17: words('RuleName EventType UtcTime ProcessGuid ProcessId PipeName Image User'),
  18: words('RuleName EventType UtcTime ProcessGuid ProcessId PipeName Image User'),
  19: words('RuleName EventType UtcTime Operation User EventNamespace Name Query'),
  20: words('RuleName EventType UtcTime Operation User Name Type Destination'),
  21: words('RuleName EventType UtcTime Operation User Consumer Filter'),
  22: words('RuleName UtcTime ProcessGuid ProcessId QueryName QueryStatus QueryResults Image User'),
  23: words('RuleName UtcTime ProcessGuid ProcessId User Image TargetFilename Hashes IsExecutable Archived'),
  24: words('RuleName UtcTime ProcessGuid ProcessId Image Session ClientInfo Hashes Archived User'),
  25: words('RuleName UtcTime ProcessGuid ProcessId Image Type User'),
  26: words('RuleName UtcTime ProcessGuid ProcessId User Image TargetFilename Hashes IsExecutable'),
  27: words('RuleName UtcTime ProcessGuid ProcessId User Image Hashes TargetFilename'),
  28: words('RuleName UtcTime ProcessGuid ProcessId User Image Hashes TargetFilename IsExecutable'),
  29: words('RuleName UtcTime ProcessGuid ProcessId User Image TargetFilename Hashes'),
  255: words('UtcTime ID Description'),
};

/** Digests that rules name by themselves, taken out of Hashes. */
const DIGESTS = words('Hashes md5 sha1 sha256 Imphash');

/** Whether events of Sysmon list digests; of events we do not know they may. */
export function listsDigests(eventId: number): boolean {
  const fields = SYSMON_FIELDS[eventId];
  return fields === undefined || fields.includes('Hashes') || fields.includes('Hash');
}

/** Events of the Security log in whose place Sysmon's are usual: what rules may ask of them and they never have. */
const LIKE_SYSMON: ReadonlyMap<number, number> = new Map([
  [4688, 1],
  [4689, 5],
  [5156, 3],
  [4657, 13],
  [4663, 11],
  [4656, 11],
]);

/**
 * What enrichment adds to such events elsewhere, and rules for it ask: no record that we read has it.
 */
const ENRICHED = words(
  'GrandParentImage GrandParentCommandLine ParentImage ParentCommandLine ParentUser ParentIntegrityLevel CommandLine OriginalFileName Description Product Company FileVersion CurrentDirectory IntegrityLevel Signature Signed SignatureStatus CallTrace',
);

/** Names that these events have as well, whether for the same or not. */
const SHARED: ReadonlySet<string> = new Set(['ProcessId', 'SourcePort', 'Protocol']);

/** Queries that Windows' own resolver logs: it does not tell which process asked. */
const QUERIES: ReadonlySet<string> = new Set(
  [DNS_CLIENT, DNS_CLIENT_FOLDER].flatMap((channel) => [`${channel} 3006`, `${channel} 3008`]),
);
const QUERY: ReadonlySet<string> = new Set(['QueryName', 'QueryStatus', 'QueryResults']);

/** What a class says of the fields its records can have. Names as `looseName` makes them. */
export type PublishedFields = {
  /** All there are; absent: any name may be there. */
  readonly only?: ReadonlySet<string>;
  /** Names that no record can have, whatever else it has. */
  readonly never?: ReadonlySet<string>;
};

/** The fields that records of a class can have, `channel` in lower case; nothing is said of classes we do not know. */
export function publishedFields(channel: string, eventId: number): PublishedFields {
  if (channel === SYSMON) {
    const fields = SYSMON_FIELDS[eventId];
    if (fields === undefined) return {};
    const digests = listsDigests(eventId) ? DIGESTS : [];
    return { only: new Set([...fields, ...digests].map((name) => name.toLowerCase())) };
  }
  const shared = QUERIES.has(`${channel} ${eventId}`) ? QUERY : SHARED;
  const like = shared === QUERY ? 22 : channel === SECURITY ? LIKE_SYSMON.get(eventId) : undefined;
  if (like === undefined) return {};
  const never = [...(SYSMON_FIELDS[like] ?? []), ...DIGESTS, ...ENRICHED].filter((name) => !shared.has(name));
  return { never: new Set(never.map((name) => name.toLowerCase())) };
}
