import type { NormalisedRecord } from '../../events/record';
import { event, ignored, type OpenDraft, put, quarantined, startEvent } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { at, digestOf, severityOf } from '../vendorValues';
import { countIn, type Fields, foldName, foldRecord, idIn, textIn, timeIn } from './fields';
import { type DescribedProcess, entityOf, integrityOf, isNamed, putProcess } from './processes';

/**
 * An alert of a custom rule (STAR): one Deep Visibility event that matched, with the process that acted, its
 * parent, and what it acted on. An alert about a process creation is about the process that started.
 */
export function normaliseStarAlert(record: VendorRecord): NormalisedRecord {
  return starAlert({
    agent: group(record, 'agentDetectionInfo', 'agentRealtimeInfo'),
    alert: group(record, 'alertInfo'),
    rule: group(record, 'ruleInfo'),
    source: group(record, 'sourceProcessInfo'),
    parent: group(record, 'sourceParentProcessInfo'),
    target: group(record, 'targetProcessInfo'),
  });
}

/** The groups of an alert, folded; an activity has all of them in one. */
export type StarAlert = {
  readonly agent: Fields;
  readonly alert: Fields;
  readonly rule: Fields;
  readonly source: Fields;
  readonly parent: Fields;
  readonly target: Fields;
};

/** The members of the first group the record has; in tables they are written `group.member`. */
function group(record: VendorRecord, ...names: readonly string[]): Fields {
  for (const name of names) {
    const value = at(record, name);
    if (isObject(value)) return foldRecord(value);
    const flat = Object.keys(record).filter((key) => key.startsWith(`${name}.`));
    if (flat.length > 0)
      return foldRecord(Object.fromEntries(flat.map((key) => [key.slice(name.length + 1), record[key]])));
  }
  return new Map();
}

function starAlert(from: StarAlert): NormalisedRecord {
  const { agent, alert, rule } = from;
  const host = textIn(agent, 'name', 'computerName');
  const deviceId = textIn(agent, 'uuid', 'id');
  if (host === undefined && deviceId === undefined)
    return ignored('SentinelOne STAR alert without a machine');
  const draft = startEvent({
    kind: 'alert',
    host,
    deviceId,
    time: timeIn(alert, 'createdAt', 'reportedAt'),
    channel: 'SentinelOne/Alerts',
    code: 'STAR alert',
  });
  if (typeof draft === 'string') return quarantined(draft);
  put(draft, 'rule.name', textIn(rule, 'name'));
  put(draft, 'rule.id', idIn(rule, 'id'));
  put(draft, 'event.id', idIn(alert, 'alertId'));
  put(draft, 'event.severity', severityOf(textIn(rule, 'severity')));
  put(draft, 'message', textIn(rule, 'description') ?? textIn(alert, 'indicatorDescription'));
  const started =
    foldName(textIn(alert, 'eventType') ?? '') === 'proccreation' ? startedProcess(from.target) : undefined;
  const source = actingProcess(from.source);
  if (started !== undefined) putProcess(draft, started, source);
  else if (source !== undefined) putProcess(draft, source, actingProcess(from.parent));
  putObject(draft, alert, from.target);
  return event(draft);
}

function actingProcess(fields: Fields): DescribedProcess | undefined {
  const process: DescribedProcess = {
    entityId: entityOf(textIn(fields, 'uniqueId')),
    pid: countIn(fields, 'pid'),
    executable: textIn(fields, 'filePath', 'name'),
    commandLine: textIn(fields, 'commandline'),
    start: timeIn(fields, 'pidStarttime'),
    user: textIn(fields, 'user'),
    integrity: integrityOf(textIn(fields, 'integrityLevel')),
    md5: digestOf(textIn(fields, 'fileHashMd5'), 32),
    sha1: digestOf(textIn(fields, 'fileHashSha1'), 40),
    sha256: digestOf(textIn(fields, 'fileHashSha256'), 64),
    publisher: textIn(fields, 'fileSignerIdentity'),
  };
  return isNamed(process) ? process : undefined;
}

function startedProcess(fields: Fields): DescribedProcess | undefined {
  const process: DescribedProcess = {
    entityId: entityOf(textIn(fields, 'tgtProcUid')),
    pid: countIn(fields, 'tgtProcPid'),
    executable: textIn(fields, 'tgtProcImagePath', 'tgtProcName'),
    commandLine: textIn(fields, 'tgtProcCmdLine'),
    start: timeIn(fields, 'tgtProcessStartTime'),
    integrity: integrityOf(textIn(fields, 'tgtProcIntegrityLevel')),
    signature: textIn(fields, 'tgtProcSignedStatus')?.toLowerCase(),
  };
  return isNamed(process) ? process : undefined;
}

/** What the process acted on: file, address, name, registry, module. */
function putObject(draft: OpenDraft, alert: Fields, target: Fields): void {
  put(draft, 'file.path', textIn(target, 'tgtFilePath'));
  put(draft, 'file.hash.sha1', digestOf(textIn(target, 'tgtFileHashSha1'), 40));
  put(draft, 'file.hash.sha256', digestOf(textIn(target, 'tgtFileHashSha256'), 64));
  put(draft, 'destination.ip', textIn(alert, 'dstIp'));
  put(draft, 'destination.port', countIn(alert, 'dstPort'));
  put(draft, 'source.ip', textIn(alert, 'srcIp'));
  put(draft, 'source.port', countIn(alert, 'srcPort'));
  put(draft, 'dns.question.name', textIn(alert, 'dnsRequest'));
  put(draft, 'dns.answers', textIn(alert, 'dnsResponse'));
  put(draft, 'registry.path', textIn(alert, 'registryKeyPath', 'registryPath'));
  put(draft, 'dll.path', textIn(alert, 'modulePath'));
}

/**
 * The same alert as the activity that announces it carries it: all members in one object, in other words
 * (`sourceprocesskey`, `rulename`). Members of a group are renamed to the group's own names.
 */
export function normaliseAnnouncedAlert(data: VendorRecord, agentId: string | undefined): NormalisedRecord {
  const all = foldRecord(data);
  const renamed = (names: Readonly<Record<string, string>>): Fields => {
    const fields = new Map<string, unknown>();
    for (const [name, announced] of Object.entries(names)) {
      const value = all.get(foldName(announced));
      if (value !== undefined) fields.set(foldName(name), value);
    }
    return fields;
  };
  const severity = textIn(all, 'severity')?.replace(/^E_/i, '');
  const agent = new Map(renamed({ name: 'origagentname', uuid: 'origagentuuid' }));
  if (agentId !== undefined) agent.set('id', agentId);
  const rule = new Map(renamed({ name: 'rulename', id: 'ruleid', description: 'ruledescription' }));
  if (severity !== undefined) rule.set('severity', severity);
  const alert = new Map(all);
  const detected = all.get('detectedat');
  if (detected !== undefined) alert.set('createdat', detected);
  const event = all.get('dveventtype');
  if (event !== undefined) alert.set('eventtype', event);
  return starAlert({
    agent,
    alert,
    rule,
    source: renamed(announcedNames('sourceprocess')),
    parent: renamed(announcedNames('sourceparentprocess')),
    target: all,
  });
}

function announcedNames(prefix: string): Readonly<Record<string, string>> {
  return {
    uniqueId: `${prefix}key`,
    pid: `${prefix}pid`,
    filePath: prefix === 'sourceprocess' ? `${prefix}filepath` : `${prefix}path`,
    name: `${prefix}name`,
    commandline: `${prefix}commandline`,
    pidStarttime: `${prefix}starttime`,
    user: `${prefix}username`,
    integrityLevel: `${prefix}integritylevel`,
    fileHashMd5: `${prefix}md5`,
    fileHashSha1: `${prefix}sha1`,
    fileHashSha256: `${prefix}sha256`,
    fileSignerIdentity:
      prefix === 'sourceprocess' ? `${prefix}filesigneridentity` : `${prefix}signeridentity`,
  };
}
