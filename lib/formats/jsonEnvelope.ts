import type { VendorRecord } from './exportFormat';
import { isObject } from './jsonSink';

/** Names of members of an outer object whose array holds the records: Event Hub, Graph, CloudTrail, hunting API, SentinelOne, Falcon. */
export const ENVELOPE_KEYS: ReadonlySet<string> = new Set([
  'records',
  'Records',
  'value',
  'results',
  'Results',
  'events',
  'Events',
  'data',
  'resources',
  'items',
  'hits',
]);

/**
 * An envelope has a few members beside its array (a count, a link to the next page); an object that has said more
 * before it comes to one is a record: an OCSF finding with its `resources`, a Cortex alert with its `events`.
 */
export const ENVELOPE_MEMBERS_MAX = 8;

/** Members that a record has and an envelope has not: an object that names one before its array is a record. */
export const RECORD_MEMBERS: ReadonlySet<string> = new Set([
  '@timestamp',
  'timestamp',
  'Timestamp',
  'time',
  'TimeGenerated',
  'type',
  'type_uid',
  'class_uid',
  'class_name',
  'category',
  'category_uid',
  'activity_id',
  'severity',
  'severity_id',
  'id',
  'uid',
  'finding_info',
  'event_type',
  'eventType',
  'event_id',
  'EventID',
  'event_simpleName',
  'alert_id',
  'DeviceId',
  'DeviceName',
]);

/** Members that make an object a record even where they stand behind its array. */
const RECORD_ANYWHERE = ['@timestamp', 'class_uid'];

/** The longest name of a member that is compared; what is longer is cut and equals none. */
export const MEMBER_NAME_MAX = 24;

/** Where the answers of Elasticsearch have their records: searches, EQL, `_msearch`, `_async_search`, Kibana's inspector. */
export const SEARCH_PATHS: ReadonlySet<string> = new Set(
  ['', 'rawResponse.', 'response.', 'result.rawResponse.', 'responses..'].flatMap((outer) => [
    `${outer}hits.hits`,
    `${outer}hits.events`,
  ]),
);

/** How deep the deepest of SEARCH_PATHS lies, in containers. */
export const SEARCH_DEPTH_MAX = 4;

/** Whether a whole object holds records and is none, as the splitter would find it reading member by member. */
export function isEnvelope(value: VendorRecord): boolean {
  if (isRecordAnywhere(value)) return false;
  return searchLists(value).length > 0 || firstList(value, isArrayOfObjects) !== undefined;
}

/** Whether an object has a member of records only, wherever it stands: its lists are its own. */
export function isRecordAnywhere(value: VendorRecord): boolean {
  const { metadata } = value;
  return (
    RECORD_ANYWHERE.some((name) => value[name] !== undefined) ||
    (isObject(metadata) && metadata.product !== undefined)
  );
}

/** Whether an object is the answer to a query that found nothing: an envelope all of whose lists are empty. */
export function isEmptyEnvelope(value: VendorRecord): boolean {
  if (isRecordAnywhere(value)) return false;
  const lists = searchLists(value);
  if (lists.length > 0) return lists.every((list) => list.length === 0);
  return firstList(value, isEmptyArray) !== undefined && firstList(value, isFilledArray) === undefined;
}

/** The name of the first list under an envelope's name; undefined when members of a record, or too many, precede it. */
function firstList(value: VendorRecord, wanted: (list: unknown) => boolean): string | undefined {
  for (const name of Object.keys(value).slice(0, ENVELOPE_MEMBERS_MAX)) {
    if (RECORD_MEMBERS.has(name)) return undefined;
    if (ENVELOPE_KEYS.has(name) && wanted(value[name])) return name;
  }
  return undefined;
}

/** The lists at SEARCH_PATHS. */
function searchLists(value: VendorRecord): readonly (readonly unknown[])[] {
  const { result, responses } = value;
  const answers: readonly unknown[] = [
    value,
    value.rawResponse,
    value.response,
    isObject(result) ? result.rawResponse : undefined,
    ...(Array.isArray(responses) ? responses : []),
  ];
  return answers.flatMap((answer) => {
    const hits = isObject(answer) ? answer.hits : undefined;
    return isObject(hits) ? [hits.hits, hits.events].filter(Array.isArray) : [];
  });
}

function isArrayOfObjects(value: unknown): boolean {
  return Array.isArray(value) && isObject(value[0]);
}

function isEmptyArray(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isFilledArray(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}
