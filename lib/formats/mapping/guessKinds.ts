import type { EventKind } from '../../events/endpointEvent';
import type { VendorRecord } from '../exportFormat';
import { joined } from '../vendorValues';
import { wordsOf } from './knownNames';
import type { KindRule, MappedField } from './mapping';
import { leafAt } from './recordPaths';
import type { SourceField } from './sourceValues';

/** Rules for what the records are, and the member that names their type. */
export type GuessedKinds = {
  readonly rules: readonly KindRule[];
  readonly otherwise?: EventKind;
  /** Path of the member whose value names the type; absent when none does. */
  readonly typePath?: string;
};

/**
 * Guesses what the records are: by the words in a member that looks like a type, or in two of them together
 * (`file` and `delete`); without one by which fields they have.
 */
export function guessKinds(
  records: readonly VendorRecord[],
  sources: readonly SourceField[],
  fields: Readonly<Partial<Record<MappedField, string>>>,
): GuessedKinds {
  const typed = bestTypes(records, typeCandidates(sources));
  return typed ?? byFields(records.length, sources, fields);
}

type Typing = {
  readonly paths: readonly string[];
  readonly kinds: ReadonlyMap<string, EventKind>;
  readonly score: number;
};

const DISTINCT_MAX = 60;
const CANDIDATES_MAX = 6;

/** Members that could name a type: by their name, and with few values. */
function typeCandidates(sources: readonly SourceField[]): readonly string[] {
  return sources
    .filter(({ path, values }) => {
      const distinct = new Set(values).size;
      return distinct <= DISTINCT_MAX && wordsOf(path).some((word) => TYPE_WORDS.has(word));
    })
    .slice(0, CANDIDATES_MAX)
    .map(({ path }) => path);
}

const TYPE_WORDS: ReadonlySet<string> = new Set([
  ...['type', 'action', 'operation', 'activity', 'category', 'event', 'eventname', 'name', 'class', 'kind'],
  ...['subtype', 'eventtype', 'eventid', 'code', 'map', 'what', 'object', 'telemetry', 'actiontype'],
  ...['eventaction', 'eventcategory', 'task', 'verb', 'method', 'objecttype', 'eventcode'],
]);

function bestTypes(records: readonly VendorRecord[], paths: readonly string[]): GuessedKinds | undefined {
  const combinations = paths.flatMap((path, i) => [
    [path],
    ...paths.slice(i + 1).map((other) => [path, other]),
  ]);
  let best: Typing | undefined;
  for (const one of combinations) {
    const typing = typingOf(records, one);
    if (typing.score > (best?.score ?? 0)) best = typing;
  }
  if (best === undefined) return undefined;
  const { paths: chosen, kinds } = best;
  const rules = [...kinds].map(([key, kind]): KindRule => {
    const values = JSON.parse(key) as readonly string[];
    return {
      when: chosen.map((path, i) => ({ path, test: 'is' as const, values: [values[i] ?? ''] })),
      kind,
    };
  });
  return { rules: mergeRules(rules), typePath: chosen.at(-1) ?? '' };
}

/** How well a set of members tells the kinds: the share of records it tells, less for every further member. */
function typingOf(records: readonly VendorRecord[], paths: readonly string[]): Typing {
  const kinds = new Map<string, EventKind>();
  let told = 0;
  const numbers = paths.length === 1 && /event.{0,6}(id|code)$/i.test(paths[0] ?? '');
  for (const record of records) {
    const values = paths.map((path) => joined(leafAt(record, path)) ?? '');
    if (values.some((value) => value === '' || value.length > 200)) continue;
    const numbered = numbers ? NUMBERED.get(values[0] ?? '') : undefined;
    const read = numbered === undefined ? readWords(values.join(' ')) : { kind: numbered, weight: 1 };
    if (read === undefined) continue;
    told += read.weight;
    kinds.set(JSON.stringify(values), read.kind);
  }
  const distinct = new Set(kinds.values()).size;
  return {
    paths,
    kinds,
    score: records.length === 0 ? 0 : told / records.length + distinct * 0.15 - paths.length * 0.1,
  };
}

/** Rules of one member and one kind become one, with all their values. */
function mergeRules(rules: readonly KindRule[]): readonly KindRule[] {
  const merged = new Map<string, KindRule>();
  for (const rule of rules) {
    const [only, second] = rule.when;
    const rest = second === undefined ? '' : JSON.stringify(second);
    const key = `${rule.kind}|${only?.path ?? ''}|${rest}`;
    const known = merged.get(key)?.when[0];
    const values = [...(known?.values ?? []), ...(only?.values ?? [])];
    const test = values.length > 1 ? 'in' : 'is';
    merged.set(key, {
      when: [{ path: only?.path ?? '', test, values }, ...(second === undefined ? [] : [second])],
      kind: rule.kind,
    });
  }
  return [...merged.values()];
}

/** Event numbers of Sysmon and of the Security log: exports of them in a shape of somebody's own. */
const NUMBERED: ReadonlyMap<string, EventKind> = new Map<string, EventKind>([
  ['1', 'process_start'],
  ['3', 'network_connect'],
  ['5', 'process_end'],
  ['7', 'image_load'],
  ['8', 'remote_thread'],
  ['11', 'file_create'],
  ['12', 'registry_add'],
  ['13', 'registry_set'],
  ['15', 'file_stream'],
  ['17', 'pipe_create'],
  ['18', 'pipe_connect'],
  ['22', 'dns_query'],
  ['23', 'file_delete'],
  ['26', 'file_delete'],
  ['4688', 'process_start'],
  ['4689', 'process_end'],
  ['4663', 'file_access'],
  ['4657', 'registry_set'],
  ['4624', 'logon'],
  ['5156', 'network_connect'],
  ['4104', 'script_block'],
  ['4697', 'service_install'],
  ['7045', 'service_install'],
  ['4698', 'task_create'],
  ['4702', 'task_create'],
]);

/** The kind that a type's words speak of; undefined when they say nothing we know. */
export function kindOfWords(text: string): EventKind | undefined {
  return readWords(text)?.kind;
}

/** The kind, and how much of it the words say: 1 with a verb, less for a subject alone. */
function readWords(text: string): { readonly kind: EventKind; readonly weight: number } | undefined {
  const words = wordsOf(text).map((word) => STEMS.get(word) ?? stemOf(word) ?? []);
  const stems = new Set(words.flat());
  const found = RULES.find(({ all }) => all.every((stem) => stems.has(stem)));
  if (found !== undefined) return { kind: found.kind, weight: 1 };
  // A subject without a verb is its plain event; with a verb we do not know (`ProcessHollowing`) it is not.
  const subject = [...SUBJECTS].find(([stem]) => stems.has(stem));
  if (subject === undefined || !words.every((each) => each.includes(subject[0]))) return undefined;
  return { kind: subject[1], weight: 0.6 };
}

const SUBJECTS: ReadonlyMap<string, EventKind> = new Map<string, EventKind>([
  ['process', 'process_start'],
  ['registry', 'registry_set'],
  ['file', 'file_create'],
]);

/** Words written together (`processcreate`, `FILEWRITE`) are told by what they contain. */
function stemOf(word: string): readonly string[] | undefined {
  const found = [...STEMS]
    .filter(([name]) => name.length >= 3 && word.includes(name))
    .flatMap(([, stems]) => stems);
  return found.length === 0 ? undefined : found;
}

const STEMS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    process: 'process processes proc ps processrollup childproc exec execution execve',
    start: 'start started starting launch launched launches spawn spawned begin run rollup',
    create: 'create created creates creation creating new add added adds',
    end: 'end ended stop stopped terminate terminated termination exit exited kill killed',
    exec: 'exec execution executed execute execve',
    file: 'file files filemod filesystem fs document folder',
    write:
      'write written writes modify modified modification change changed update updated overwrite mod filemod',
    delete: 'delete deleted deletes deletion remove removed removal unlink',
    rename: 'rename renamed renames move moved',
    access: 'read open opened access accessed opening',
    net: 'network net netconn connection connections connect connected conn tcp udp socket flow ip http https url web outbound inbound',
    dns: 'dns query nslookup domainlookup',
    module: 'module modules dll image imageload modload library driver loaded',
    load: 'load loaded loads loading modload imageload',
    registry: 'registry reg regkey regmod registrykey registryvalue hive',
    set: 'set sets value',
    pipe: 'pipe pipes namedpipe',
    script: 'script scripts scriptblock amsi powershell',
    logon: 'logon login logins authentication auth signin logged',
    alert: 'alert alerts detection detected threat threats malware incident finding violation',
    stream: 'stream ads',
    remotethread: 'remotethread createremotethread injectedthread',
    task: 'scheduledtask schtask',
  })
    .flatMap(([stem, words]) => words.split(' ').map((word) => [word, stem] as const))
    .reduce(
      (map, [word, stem]) => map.set(word, [...(map.get(word) ?? []), stem]),
      new Map<string, string[]>(),
    ),
);

const rule = (kind: EventKind, ...all: readonly string[]) => ({ kind, all });

/** In order: the first whose stems are all there. */
const RULES: readonly { readonly kind: EventKind; readonly all: readonly string[] }[] = [
  rule('alert', 'alert'),
  rule('remote_thread', 'remotethread'),
  rule('task_create', 'task', 'create'),
  rule('task_create', 'task', 'write'),
  rule('dns_query', 'dns'),
  rule('registry_delete', 'registry', 'delete'),
  rule('registry_rename', 'registry', 'rename'),
  rule('registry_access', 'registry', 'access'),
  rule('registry_set', 'registry', 'set'),
  rule('registry_set', 'registry', 'write'),
  rule('registry_add', 'registry', 'create'),
  rule('pipe_connect', 'pipe', 'net'),
  rule('pipe_create', 'pipe'),
  rule('image_load', 'module', 'load'),
  rule('image_load', 'module'),
  rule('file_stream', 'file', 'stream'),
  rule('file_delete', 'file', 'delete'),
  rule('file_rename', 'file', 'rename'),
  rule('file_create', 'file', 'create'),
  rule('file_create', 'file', 'write'),
  rule('file_access', 'file', 'access'),
  rule('process_end', 'process', 'end'),
  rule('process_start', 'process', 'create'),
  rule('process_start', 'process', 'start'),
  rule('process_start', 'exec'),
  rule('script_block', 'script'),
  rule('network_connect', 'net'),
  rule('logon', 'logon'),
];

/** Without a type: a field that only one kind has speaks for it, where it has a value. */
function byFields(
  total: number,
  sources: readonly SourceField[],
  fields: Readonly<Partial<Record<MappedField, string>>>,
): GuessedKinds {
  const rules: KindRule[] = [];
  for (const [field, kind] of TELLING) {
    const path = fields[field];
    const source = sources.find((one) => one.path === path);
    if (path === undefined || source === undefined) continue;
    if (source.present === total) return { rules, otherwise: kind };
    if (!rules.some((one) => one.kind === kind))
      rules.push({ when: [{ path, test: 'exists', values: [] }], kind });
  }
  return { rules };
}

/** Most particular first: a connection's row names its process too. */
const TELLING: readonly (readonly [MappedField, EventKind])[] = [
  ['rule.name', 'alert'],
  ['dns.question.name', 'dns_query'],
  ['destination.ip', 'network_connect'],
  ['destination.domain', 'network_connect'],
  ['url.full', 'network_connect'],
  ['registry.path', 'registry_set'],
  ['registry.key', 'registry_set'],
  ['dll.path', 'image_load'],
  ['pipe.name', 'pipe_create'],
  ['powershell.script_block_text', 'script_block'],
  ['process.command_line', 'process_start'],
  ['process.parent.executable', 'process_start'],
  ['process.parent.pid', 'process_start'],
  ['file.path', 'file_create'],
  ['process.executable', 'process_start'],
  ['process.name', 'process_start'],
];
