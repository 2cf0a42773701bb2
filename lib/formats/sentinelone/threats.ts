import type { NormalisedRecord } from '../../events/record';
import { event, ignored, type OpenDraft, put, putUser, quarantined, startEvent } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { at, digestOf, isoTime, severityOf, textAt, textOf } from '../vendorValues';

/**
 * A threat of `/threats` (API 2.1, and 2.0 whose members are not grouped): an alert about a file and, where
 * the agent saw it act, the process that ran it. Threats name no pid and no process uid, so they are tied to
 * a process by image, command line and time only. Which process that is depends on how it was found: a
 * behavioural threat is the running file and `originatorProcess` its parent; a static one was written by it.
 */
export function normaliseThreat(record: VendorRecord): NormalisedRecord {
  const of = (name: string): string | undefined => textAt(record, `threatInfo.${name}`, name);
  const host = textAt(record, 'agentRealtimeInfo.agentComputerName', 'agentComputerName');
  const deviceId = textAt(record, ...AGENT_IDS);
  if (host === undefined && deviceId === undefined) return ignored('SentinelOne threat without a machine');
  const draft = startEvent({
    kind: 'alert',
    host,
    deviceId,
    time: isoTime(of('identifiedAt')) ?? isoTime(of('createdAt')) ?? isoTime(of('createdDate')),
    channel: 'SentinelOne/Alerts',
    code: 'threat',
  });
  if (typeof draft === 'string') return quarantined(draft);
  put(draft, 'rule.name', of('threatName') ?? of('fileDisplayName') ?? of('classification'));
  put(draft, 'event.id', of('threatId') ?? textAt(record, 'id'));
  put(draft, 'event.severity', confidenceSeverity(of('confidenceLevel')));
  putUser(draft, of('processUser') ?? of('username'));
  put(draft, 'file.path', of('filePath'));
  put(draft, 'file.hash.sha256', digestOf(of('sha256') ?? of('fileSha256'), 64));
  put(draft, 'file.hash.sha1', digestOf(of('sha1') ?? of('fileContentHash'), 40));
  put(draft, 'file.hash.md5', digestOf(of('md5'), 32));
  putThreatProcess(draft, of);
  putIndicators(draft, at(record, 'indicators'));
  if (draft.message === undefined) put(draft, 'message', of('description') ?? classificationOf(record, of));
  return event(draft);
}

/** Events know a machine by its agent's uuid; an agent's id is the console's own number. */
const AGENT_IDS = [
  'agentRealtimeInfo.agentUuid',
  'agentDetectionInfo.agentUuid',
  'agentRealtimeInfo.agentId',
  'agentId',
];

/** SentinelOne grades a threat by confidence, not severity: malicious is high, suspicious medium. */
export function confidenceSeverity(confidence: string | undefined): number | undefined {
  const word = confidence?.toLowerCase();
  if (word === 'malicious') return severityOf('high');
  return word === 'suspicious' ? severityOf('medium') : undefined;
}

type Read = (name: string) => string | undefined;

function putThreatProcess(draft: OpenDraft, of: Read): void {
  const originator = of('originatorProcess');
  const commandLine = of('maliciousProcessArguments');
  if (commandLine === undefined && of('detectionType')?.toLowerCase() !== 'dynamic') {
    put(draft, 'process.executable', originator);
    return;
  }
  put(draft, 'process.executable', of('filePath'));
  put(draft, 'process.command_line', commandLine);
  put(draft, 'process.parent.executable', originator);
  put(draft, 'process.code_signature.subject_name', of('publisherName'));
}

function classificationOf(record: VendorRecord, of: Read): string | undefined {
  const engines = at(record, 'threatInfo.detectionEngines');
  const titles = (Array.isArray(engines) ? engines : []).map((one) =>
    isObject(one) ? textOf(one.title) : undefined,
  );
  const words = [of('classification'), ...titles].filter((word) => word !== undefined);
  return words.length === 0 ? undefined : words.join(', ');
}

/** What the agent saw the threat do, with the techniques it names. */
function putIndicators(draft: OpenDraft, value: unknown): void {
  if (!Array.isArray(value)) return;
  const descriptions = new Set<string>();
  const tactics = new Set<string>();
  const techniques = new Set<string>();
  for (const indicator of value.slice(0, INDICATORS_MAX)) {
    if (!isObject(indicator)) continue;
    const description = textOf(indicator.description);
    if (description !== undefined) descriptions.add(description);
    for (const tactic of Array.isArray(indicator.tactics) ? indicator.tactics : []) {
      if (!isObject(tactic)) continue;
      const name = textOf(tactic.name);
      if (name !== undefined) tactics.add(name);
      for (const technique of Array.isArray(tactic.techniques) ? tactic.techniques : []) {
        const id = isObject(technique) ? textOf(technique.name) : undefined;
        if (id !== undefined) techniques.add(id);
      }
    }
  }
  if (descriptions.size > 0) draft.message = [...descriptions].join('; ');
  if (tactics.size > 0) draft['threat.tactic.name'] = [...tactics].join(';');
  if (techniques.size > 0) draft['threat.technique.id'] = [...techniques].join(';');
}

const INDICATORS_MAX = 200;
