import type { VendorRecord } from '../../exportFormat';
import { isObject } from '../../jsonSink';
import { channelOf, DEFENDER, POWERSHELL, SECURITY, SYSMON } from '../channels';
import { eventNumber, type WindowsRecord } from '../windowsRecord';

/**
 * The record behind a line of a Hayabusa timeline. Channels are abbreviated (`Sec`); fields stand under their
 * own names in `AllFieldInfo` or `ExtraFieldInfo`, and under Hayabusa's short ones in `Details`: objects in JSON,
 * `Name: value ¦ Name: value` in CSV.
 */
export function readHayabusa(record: VendorRecord): WindowsRecord | undefined {
  const eventId = eventNumber(record.EventID);
  if (eventId === undefined) return undefined;
  const channel = channelOf(record.Channel, record.Provider);
  return {
    channel,
    eventId,
    provider: record.Provider,
    host: record.Computer,
    time: record.Timestamp ?? record.timestamp,
    recordId: record.RecordID,
    data: {
      ...spelledOut(fieldsOf(record.Details), channel, eventId),
      ...fieldsOf(record.ExtraFieldInfo),
      ...fieldsOf(record.AllFieldInfo),
    },
    message: undefined,
    writerPid: undefined,
    nxlog: false,
  };
}

function fieldsOf(info: unknown): VendorRecord {
  if (isObject(info)) return info;
  if (typeof info !== 'string') return {};
  const fields: Record<string, unknown> = Object.create(null);
  for (const part of info.split(' ¦ ')) {
    const colon = part.indexOf(': ');
    if (colon > 0) fields[part.slice(0, colon).trim()] = part.slice(colon + 2);
  }
  return fields;
}

/** Details under EventData's names; what has no other name keeps its own. */
function spelledOut(details: VendorRecord, channel: string, eventId: number): VendorRecord {
  const own = BY_EVENT.get(`${channel} ${eventId}`);
  const common = COMMON.get(channel);
  const data: Record<string, unknown> = Object.create(null);
  for (const [short, value] of Object.entries(details)) {
    const name = own?.get(short) ?? common?.get(short) ?? short;
    data[name] = value;
  }
  return data;
}

function names(list: string): ReadonlyMap<string, string> {
  return new Map(list.split(' ').map((pair) => pair.split('=') as [string, string]));
}

const COMMON: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    SYSMON,
    names(
      'Cmdline=CommandLine Proc=Image PID=ProcessId PGUID=ProcessGuid ParentProc=ParentImage ParentCmdline=ParentCommandLine ParentPID=ParentProcessId ParentPGUID=ParentProcessGuid LID=LogonId LGUID=LogonGuid Hash=Hashes Path=TargetFilename TgtFile=TargetFilename TgtObj=TargetObject Proto=Protocol SrcIP=SourceIp SrcPort=SourcePort SrcHost=SourceHostname TgtIP=DestinationIp TgtPort=DestinationPort TgtHost=DestinationHostname Query=QueryName Result=QueryResults Pipe=PipeName',
    ),
  ],
  [
    SECURITY,
    names(
      'Proc=ProcessName PID=ProcessId User=SubjectUserName Domain=SubjectDomainName LID=SubjectLogonId SrcUser=SubjectUserName SrcSID=SubjectUserSid TgtUser=TargetUserName TgtSID=TargetUserSid TgtLID=TargetLogonId Type=LogonType SrcIP=IpAddress SrcPort=IpPort SrcComp=WorkstationName Obj=ObjectName',
    ),
  ],
  [POWERSHELL, names('ScriptBlock=ScriptBlockText')],
  [
    DEFENDER,
    names(
      'Threat=Threat_Name Severity=Severity_Name Type=Category_Name User=Detection_User Proc=Process_Name',
    ),
  ],
]);

const BY_EVENT: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    `${SECURITY} 4688`,
    names(
      'Proc=NewProcessName Cmdline=CommandLine PID=NewProcessId ParentProc=ParentProcessName ParentPID=ProcessId',
    ),
  ],
  [
    `${SECURITY} 5156`,
    names(
      'Proc=Application PID=ProcessID SrcIP=SourceAddress SrcPort=SourcePort TgtIP=DestAddress TgtPort=DestPort Proto=Protocol Dir=Direction',
    ),
  ],
  [`${SYSMON} 7`, names('Image=ImageLoaded')],
  [`${SECURITY} 4624`, names('LID=TargetLogonId')],
]);
