import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { at, textAt } from '../vendorValues';
import { wordsAt } from './ecsValues';

/** A document of a Kibana detection alert index, today's (`kibana.alert.*`) or that of 7.x (`signal.*`). */
export function isKibanaAlert(record: VendorRecord): boolean {
  for (const name of ALERT_MARKS) if (Object.hasOwn(record, name)) return true;
  const kibana = record.kibana;
  if (isObject(kibana))
    return at(kibana, 'alert.rule.name') !== undefined || at(kibana, 'alert.uuid') !== undefined;
  const signal = record.signal;
  return isObject(signal) && isObject(signal.rule);
}

const ALERT_MARKS = [
  'kibana.alert.rule.name',
  'kibana.alert.uuid',
  'kibana.alert.rule.uuid',
  'signal.rule.name',
];

/** A document of one of Elastic Defend's data streams (`logs-endpoint.*`, `metrics-endpoint.*`). */
export function isEndpointDocument(record: VendorRecord): boolean {
  // Its logons carry `winlog` too, as far as that knows more.
  return endpointStream(record) !== undefined && !isKibanaAlert(record);
}

/**
 * Which of Defend's streams a document is of, without `endpoint.`: `events.process`, `alerts`, `metadata`. Told by its
 * data set, else by the name of its index. An export that left both out still names the agent: the stream is `''`.
 */
export function endpointStream(record: VendorRecord): string | undefined {
  const dataset = textAt(record, 'data_stream.dataset', 'event.dataset');
  if (dataset !== undefined)
    return dataset.startsWith('endpoint.') ? dataset.slice('endpoint.'.length) : undefined;
  // A hit of a search has the name of its index, too, but holds the document: `fields`.
  const index = record['@timestamp'] === undefined ? undefined : textAt(record, '_index');
  const named = index === undefined ? undefined : /(?:logs|metrics)-endpoint\.([a-z_.]+)-/.exec(index)?.[1];
  if (named !== undefined) return named;
  return textAt(record, 'agent.type') === 'endpoint' || textAt(record, 'event.module') === 'endpoint'
    ? ''
    : undefined;
}

/** A document of the Windows event log's own shippers, which other formats read. */
function isWindowsEventLog(record: VendorRecord): boolean {
  return (
    isObject(record.winlog) ||
    Object.hasOwn(record, 'winlog.event_id') ||
    Object.hasOwn(record, 'winlog.channel') ||
    Object.hasOwn(record, 'winlog.provider_name')
  );
}

/**
 * Any other document in the Elastic Common Schema: it says what kind or category its event is of in the schema's
 * own words, or what was done to a process of a host. Products that we read natively keep their own text in
 * `event.original`: that is better than what a pipeline made of it, and stays theirs.
 */
export function isOtherEcsDocument(record: VendorRecord): boolean {
  if (record['@timestamp'] === undefined && record.timestamp === undefined) return false;
  if (!saysWhatHappened(record)) return false;
  if (isKibanaAlert(record) || isWindowsEventLog(record) || endpointStream(record) !== undefined)
    return false;
  const original = textAt(record, 'event.original');
  const module = textAt(record, 'event.module', 'data_stream.dataset', 'event.dataset') ?? '';
  return !(original?.startsWith('{') === true && NATIVE.some((name) => module.startsWith(name)));
}

function saysWhatHappened(record: VendorRecord): boolean {
  const named = at(record, 'host.name') !== undefined || at(record, 'host.hostname') !== undefined;
  if (record['@timestamp'] === undefined && !named) return false;
  // Another product's flat record may have a name in common: `event.type: Process Creation`.
  const types = wordsAt(record, 'event.type');
  if (types.length > 0 && !types.some((word) => TYPES.has(word))) return false;
  if (wordsAt(record, 'event.kind').some((word) => KINDS.has(word))) return true;
  if (wordsAt(record, 'event.category').some((word) => CATEGORIES.has(word))) return true;
  if (!named) return false;
  const acts =
    isObject(record.process) ||
    at(record, 'process.pid') !== undefined ||
    at(record, 'process.executable') !== undefined;
  if (acts && at(record, 'event.action') !== undefined) return true;
  // Collectors that put Windows events into ECS: the provider's event number beside its values.
  return at(record, 'event.provider') !== undefined && at(record, 'event.code') !== undefined;
}

const KINDS: ReadonlySet<string> = new Set([
  'event',
  'alert',
  'signal',
  'state',
  'metric',
  'asset',
  'enrichment',
  'pipeline_error',
]);

const TYPES: ReadonlySet<string> = new Set([
  'access',
  'admin',
  'allowed',
  'change',
  'connection',
  'creation',
  'deletion',
  'denied',
  'device',
  'end',
  'error',
  'group',
  'indicator',
  'info',
  'installation',
  'protocol',
  'start',
  'user',
]);

const CATEGORIES: ReadonlySet<string> = new Set([
  'api',
  'authentication',
  'configuration',
  'database',
  'driver',
  'email',
  'file',
  'host',
  'iam',
  'intrusion_detection',
  'library',
  'malware',
  'network',
  'package',
  'process',
  'registry',
  'session',
  'threat',
  'vulnerability',
  'web',
]);

/** Elastic's integrations of products whose own records we read. */
const NATIVE = [
  'crowdstrike',
  'sentinel_one',
  'm365_defender',
  'microsoft_defender_endpoint',
  'carbon_black',
  'carbonblack',
  'panw_cortex_xdr',
];
