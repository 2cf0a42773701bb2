import { POWERSHELL, SECURITY, SYSMON } from './channels';

/**
 * Names of EventData by position, for exports that keep the values without them: Fluent Bit's StringInserts,
 * `Properties` of Get-WinEvent, ReplacementStrings of Get-EventLog. From the manifests of Windows 7 to 11 and
 * of Sysmon 6 to 15. Undefined for events whose order is not known.
 */
export function namesByPosition(
  channel: string,
  eventId: number,
  values: readonly string[],
): readonly string[] | undefined {
  if (channel === SYSMON) return sysmonNames(eventId, values);
  if (channel === SECURITY) return SECURITY_NAMES[eventId];
  if (channel === POWERSHELL) return POWERSHELL_NAMES[eventId];
  return undefined;
}

/** One of the values as text; objects and lists, which no collector writes there, are empty. */
export function insertOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** Sysmon before 8 has no RuleName (a time comes first) and before 10 no OriginalFileName: fewer values tell. */
function sysmonNames(eventId: number, values: readonly string[]): readonly string[] | undefined {
  let names = SYSMON_NAMES[eventId];
  if (names === undefined) return undefined;
  if (/^\d{4}-\d\d-\d\d /.test(values[names.indexOf('UtcTime') - 1] ?? '')) names = names.slice(1);
  // Without the parent's user, which came later, 21 values are the old order.
  const old = eventId === 1 && values.length < names.length - 1;
  return old ? names.filter((name) => name !== 'OriginalFileName') : names;
}

/** Names of a Sysmon event's data in the order of its manifest and of its message; undefined for unknown events. */
export function sysmonOrder(eventId: number): readonly string[] | undefined {
  return SYSMON_NAMES[eventId];
}

function words(text: string): readonly string[] {
  return text.split(' ');
}

const SYSMON_NAMES: Readonly<Record<number, readonly string[]>> = {
  1: words(
    'RuleName UtcTime ProcessGuid ProcessId Image FileVersion Description Product Company OriginalFileName CommandLine CurrentDirectory User LogonGuid LogonId TerminalSessionId IntegrityLevel Hashes ParentProcessGuid ParentProcessId ParentImage ParentCommandLine ParentUser',
  ),
  2: words(
    'RuleName UtcTime ProcessGuid ProcessId Image TargetFilename CreationUtcTime PreviousCreationUtcTime User',
  ),
  3: words(
    'RuleName UtcTime ProcessGuid ProcessId Image User Protocol Initiated SourceIsIpv6 SourceIp SourceHostname SourcePort SourcePortName DestinationIsIpv6 DestinationIp DestinationHostname DestinationPort DestinationPortName',
  ),
  5: words('RuleName UtcTime ProcessGuid ProcessId Image User'),
  7: words(
    'RuleName UtcTime ProcessGuid ProcessId Image ImageLoaded FileVersion Description Product Company OriginalFileName Hashes Signed Signature SignatureStatus User',
  ),
  8: words(
    'RuleName UtcTime SourceProcessGuid SourceProcessId SourceImage TargetProcessGuid TargetProcessId TargetImage NewThreadId StartAddress StartModule StartFunction SourceUser TargetUser',
  ),
  11: words('RuleName UtcTime ProcessGuid ProcessId Image TargetFilename CreationUtcTime User'),
  12: words('RuleName EventType UtcTime ProcessGuid ProcessId Image TargetObject User'),
  13: words('RuleName EventType UtcTime ProcessGuid ProcessId Image TargetObject Details User'),
  14: words('RuleName EventType UtcTime ProcessGuid ProcessId Image TargetObject NewName User'),
  15: words('RuleName UtcTime ProcessGuid ProcessId Image TargetFilename CreationUtcTime Hash Contents User'),
  17: words('RuleName EventType UtcTime ProcessGuid ProcessId PipeName Image User'),
  18: words('RuleName EventType UtcTime ProcessGuid ProcessId PipeName Image User'),
  22: words('RuleName UtcTime ProcessGuid ProcessId QueryName QueryStatus QueryResults Image User'),
  23: words('RuleName UtcTime ProcessGuid ProcessId User Image TargetFilename Hashes IsExecutable Archived'),
  26: words('RuleName UtcTime ProcessGuid ProcessId User Image TargetFilename Hashes IsExecutable'),
  29: words('RuleName UtcTime ProcessGuid ProcessId User Image TargetFilename Hashes'),
};

const SECURITY_NAMES: Readonly<Record<number, readonly string[]>> = {
  1102: words('SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId'),
  4624: words(
    'SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId TargetUserSid TargetUserName TargetDomainName TargetLogonId LogonType LogonProcessName AuthenticationPackageName WorkstationName LogonGuid TransmittedServices LmPackageName KeyLength ProcessId ProcessName IpAddress IpPort',
  ),
  4657: words(
    'SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId ObjectName ObjectValueName HandleId OperationType OldValueType OldValue NewValueType NewValue ProcessId ProcessName',
  ),
  4663: words(
    'SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId ObjectServer ObjectType ObjectName HandleId AccessList AccessMask ProcessId ProcessName ResourceAttributes',
  ),
  4688: words(
    'SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId NewProcessId NewProcessName TokenElevationType ProcessId CommandLine TargetUserSid TargetUserName TargetDomainName TargetLogonId ParentProcessName MandatoryLabel',
  ),
  4689: words('SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId Status ProcessId ProcessName'),
  4697: words(
    'SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId ServiceName ServiceFileName ServiceType ServiceStartType ServiceAccount ClientProcessStartKey ClientProcessId ParentProcessId',
  ),
  4698: words(
    'SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId TaskName TaskContent ClientProcessStartKey ClientProcessId ParentProcessId RpcCallClientLocality FQDN',
  ),
  4702: words(
    'SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId TaskName TaskContentNew ClientProcessStartKey ClientProcessId ParentProcessId RpcCallClientLocality FQDN',
  ),
  5156: words(
    'ProcessID Application Direction SourceAddress SourcePort DestAddress DestPort Protocol FilterRTID LayerName LayerRTID',
  ),
};

const POWERSHELL_NAMES: Readonly<Record<number, readonly string[]>> = {
  4103: words('ContextInfo UserData Payload'),
  4104: words('MessageNumber MessageTotal ScriptBlockText ScriptBlockId Path'),
};
