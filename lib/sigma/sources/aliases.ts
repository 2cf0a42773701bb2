import type { LogRecord } from '../../events/record';
import { type FieldValue, UNKNOWN } from '../rule';
import { POWERSHELL_CLASSIC, SECURITY, SYSMON } from './categories';
import { devicePath } from './devicePath';
import { fieldValue, firstText, looseName, ownReader } from './fieldText';
import { type Algorithm, digestOf, namedDigest } from './hashes';
import { listsDigests } from './publishedFields';
import { dword, qword, sysmonRegistryPath } from './registryPath';

/** How Sigma's field is read of a record that has it by another name, or in another form. */
export type Alias = (record: LogRecord) => FieldValue;

/**
 * Aliases of a class of Windows records by loose name, `channel` in lower case. They stand before the record's own
 * fields of that name.
 */
export function aliasesOf(channel: string, eventId: number): ReadonlyMap<string, Alias> {
  const aliases =
    channel === SYSMON
      ? sysmonAliases(eventId)
      : channel === SECURITY
        ? SECURITY_ALIASES[eventId]
        : channel === POWERSHELL_CLASSIC
          ? CLASSIC
          : channel === DEFENDER
            ? ANTIVIRUS
            : undefined;
  return new Map(Object.entries(aliases ?? {}).map(([name, alias]) => [looseName(name), alias]));
}

const DEFENDER = 'microsoft-windows-windows defender/operational';

type Aliases = Readonly<Record<string, Alias>>;

/** The value of the first of these names that has one. */
function of(...names: readonly string[]): Alias {
  const readers = names.map(ownReader);
  return ({ data }) => {
    for (const read of readers) {
      const value = read(data);
      if (value !== undefined) return value;
    }
    return undefined;
  };
}

/** The same, but unknown where there is none: the machine was not told to record it, or is too old to. */
function collected(read: Alias): Alias {
  return (record) => {
    const value = read(record);
    return value === undefined || value === '' ? UNKNOWN : value;
  };
}

/** `DOMAIN\name` of an account's fields, the first that names one. */
function account(...prefixes: readonly string[]): Alias {
  const readers = prefixes.map((prefix) => ({
    name: ownReader(`${prefix}UserName`),
    domain: ownReader(`${prefix}DomainName`),
  }));
  return ({ data }) => {
    for (const { name, domain } of readers) {
      const user = firstText(name(data));
      if (user === undefined || user === '' || user === '-') continue;
      const of = firstText(domain(data));
      return of === undefined || of === '' || of === '-' ? user : `${of}\\${user}`;
    }
    return undefined;
  };
}

/** The text of a field, changed. */
function changed(read: Alias, change: (text: string) => FieldValue): Alias {
  return (record) => {
    const value = read(record);
    return typeof value === 'string' ? change(value) : value;
  };
}

const HASHES = of('Hashes', 'Hash');

/** One digest of the list; unknown where the sensor was not told to compute it. */
function digest(algorithm: Algorithm): Alias {
  return (record) => {
    const hashes = HASHES(record);
    return typeof hashes === 'string' ? (digestOf(hashes, algorithm) ?? UNKNOWN) : UNKNOWN;
  };
}

const DIGEST_ALIASES: Aliases = {
  // Some collectors keep a digest without its algorithm.
  Hashes: changed(HASHES, namedDigest),
  md5: digest('MD5'),
  sha1: digest('SHA1'),
  sha256: digest('SHA256'),
  Imphash: digest('IMPHASH'),
};

const REGISTRY_EVENTS: ReadonlySet<number> = new Set([12, 13, 14]);

function sysmonAliases(eventId: number): Aliases {
  if (REGISTRY_EVENTS.has(eventId)) return { TargetObject: changed(of('TargetObject'), sysmonRegistryPath) };
  // Sysmon writes the stream's line breaks as two blanks; collectors that read the message have them back.
  if (eventId === 15)
    return {
      ...DIGEST_ALIASES,
      Contents: changed(of('Contents'), (text) => text.replaceAll(/\r?\n/g, '  ')),
    };
  return listsDigests(eventId) ? DIGEST_ALIASES : {};
}

/** Integrity as Sysmon calls it beside the label's SID, which rules name as well. */
const INTEGRITY: ReadonlyMap<string, string> = new Map([
  ['S-1-16-0', 'Untrusted'],
  ['S-1-16-4096', 'Low'],
  ['S-1-16-8192', 'Medium'],
  ['S-1-16-8448', 'MediumPlus'],
  ['S-1-16-12288', 'High'],
  ['S-1-16-16384', 'System'],
  ['S-1-16-20480', 'Protected'],
]);

function integrity(label: string): FieldValue {
  const name = INTEGRITY.get(label) ?? /^Mandatory Label\\(\w+)/.exec(label)?.[1];
  return name === undefined ? label : [name, label];
}

/** IANA protocol numbers by Sysmon's words. */
const PROTOCOLS: ReadonlyMap<string, string> = new Map([
  ['6', 'tcp'],
  ['17', 'udp'],
]);

const DIRECTIONS: ReadonlyMap<string, string> = new Map([
  ['%%14593', 'true'],
  ['outbound', 'true'],
  ['%%14592', 'false'],
  ['inbound', 'false'],
]);

const ACTOR: Aliases = { Image: of('ProcessName'), User: account('Subject') };

const FILE_ACCESS: Aliases = { ...ACTOR, FileName: of('ObjectName'), TargetFilename: of('ObjectName') };

const SECURITY_ALIASES: Readonly<Record<number, Aliases>> = {
  4688: {
    Image: of('NewProcessName'),
    ParentImage: collected(of('ParentProcessName')),
    // Empty unless the policy asks for command lines.
    CommandLine: collected(of('CommandLine', 'ProcessCommandLine')),
    ProcessCommandLine: collected(of('CommandLine', 'ProcessCommandLine')),
    User: collected(account('Target', 'Subject')),
    ParentUser: collected(account('Subject')),
    ParentProcessId: of('ProcessId'),
    LogonId: (record) =>
      account('Target')(record) === undefined ? SUBJECT_LOGON(record) : TARGET_LOGON(record),
    // Windows before 10 does not write the label.
    IntegrityLevel: collected(changed(of('MandatoryLabel'), integrity)),
  },
  4689: ACTOR,
  5156: {
    Image: changed(of('Application'), devicePath),
    ProcessId: of('ProcessID'),
    SourceIp: of('SourceAddress'),
    DestinationIp: of('DestAddress'),
    DestinationPort: of('DestPort'),
    DestinationIsIpv6: changed(of('DestAddress'), (address) => String(address.includes(':'))),
    SourceIsIpv6: changed(of('SourceAddress'), (address) => String(address.includes(':'))),
    Protocol: changed(of('Protocol'), (protocol) => {
      const name = PROTOCOLS.get(protocol);
      return name === undefined ? protocol : [name, protocol];
    }),
    Initiated: changed(of('Direction'), (direction) => DIRECTIONS.get(direction.toLowerCase()) ?? UNKNOWN),
  },
  4657: {
    ...ACTOR,
    TargetObject: valuePath,
    Details: valueDetails,
    EventType: ({ data }) =>
      data.OperationType === '%%1906' || data.OperationType === 'Registry value deleted'
        ? 'DeleteValue'
        : 'SetValue',
  },
  4656: FILE_ACCESS,
  4663: FILE_ACCESS,
};

const SUBJECT_LOGON = of('SubjectLogonId');
const TARGET_LOGON = of('TargetLogonId');
const OBJECT = of('ObjectName');
const VALUE_NAME = of('ObjectValueName');
const VALUE = of('NewValue');
const VALUE_TYPE = of('NewValueType');

/** 4657 names the key and the value apart. */
function valuePath(record: LogRecord): FieldValue {
  const key = firstText(OBJECT(record));
  if (key === undefined) return undefined;
  const path = sysmonRegistryPath(key);
  const name = firstText(VALUE_NAME(record));
  return name === undefined || name === '' || name === '-' ? path : `${path}\\${name}`;
}

/** The new value as Sysmon renders values of its type. */
function valueDetails(record: LogRecord): FieldValue {
  const value = firstText(VALUE(record));
  if (value === undefined) return undefined;
  switch (firstText(VALUE_TYPE(record))) {
    case '%%1875':
    case 'REG_BINARY':
      return 'Binary Data';
    case '%%1876':
    case 'REG_DWORD':
      return /^(?:0x[0-9a-f]{1,8}|\d{1,10})$/i.test(value) ? dword(Number(value)) : value;
    case '%%1883':
    case 'REG_QWORD':
      return /^(?:0x[0-9a-f]{1,16}|\d{1,20})$/i.test(value) ? qword(BigInt(value)) : value;
    default:
      return value;
  }
}

/** The parts of a record of Windows PowerShell as one text; collectors name them param1, param2, … or not at all. */
const CLASSIC_DATA = of('Data', 'StringInserts', 'param3', 'param2', 'param1');

function classicData(record: LogRecord): FieldValue {
  return CLASSIC_DATA(record) ?? fieldValue(record.message);
}

/** A `Name=value` line of such a record. */
function classicLine(name: string): Alias {
  return (record) => {
    const value = classicData(record);
    const texts =
      typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];
    for (const text of texts) {
      const at = text.indexOf(`${name}=`);
      if (at < 0 || (at > 0 && !/\s/.test(text.charAt(at - 1)))) continue;
      const from = at + name.length + 1;
      const end = text.slice(from).search(/[\r\n]/);
      return text.slice(from, end < 0 ? undefined : from + end);
    }
    return undefined;
  };
}

const CLASSIC: Aliases = {
  Data: classicData,
  HostApplication: classicLine('HostApplication'),
  HostName: classicLine('HostName'),
  HostVersion: classicLine('HostVersion'),
  EngineVersion: classicLine('EngineVersion'),
  ScriptName: classicLine('ScriptName'),
  CommandLine: classicLine('CommandLine'),
  NewEngineState: classicLine('NewEngineState'),
  ProviderName: classicLine('ProviderName'),
};

/** Names of the category antivirus. */
const ANTIVIRUS: Aliases = {
  Signature: of('Threat Name'),
  Filename: of('Path'),
};
