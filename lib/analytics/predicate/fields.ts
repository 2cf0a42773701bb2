import { addressScope } from '../../events/addresses';
import {
  argumentText,
  commandLineArguments,
  namedFiles,
  normaliseCommandLine,
} from '../../events/commandLine';
import { type EcsText, NUMBER_FIELDS, type RecordedField, TEXT_FIELDS } from '../../events/endpointEvent';
import { namedHosts, withParentDomains } from '../../events/namedHosts';
import {
  canonicalPath,
  expandEnvironment,
  fileExtension,
  fileName,
  profileOf,
  streamName,
} from '../../events/paths';
import type { ProcessNode } from '../../lineage/lineage';
import { classOfKey, type HistoryKey } from '../history/history';
import { hashKey, imageKey, pairKey } from '../history/historyKeys';
import type { Subject } from '../subject';
import { hitRuleIds, knowsRules, SIGMA_FIELD } from './sigmaTest';

/** The record's source does not collect the field: a test on it is unknown, not false. */
export const UNKNOWN = Symbol('unknown');

/**
 * What a field reads. Text comes as one or more readings of the same thing, the recorded one first, then
 * its canonical or normalised form; a test holds if any reading satisfies it.
 */
export type FieldValue = string | readonly string[] | number | boolean | undefined | typeof UNKNOWN;

export type FieldReader = (subject: Subject) => FieldValue;

/** Fields the core derives; beside these every recorded ECS field can be used. */
const DERIVED: Readonly<Record<string, FieldReader>> = {
  /** File name of the image, lower case. */
  'process.name': (s) => nameOf(s.event?.['process.executable'] ?? s.process?.image) ?? UNKNOWN,
  /** Names the binary goes by: its file name and its OriginalFileName (ANALYTICS B.4). */
  'process.identity': (s) =>
    identity(
      s.event?.['process.executable'] ?? s.process?.image,
      s.event?.['process.pe.original_file_name'] ?? s.process?.originalFileName,
    ),
  /** The file name is not the OriginalFileName. Unknown where the source has no OriginalFileName. */
  'process.renamed': (s) =>
    renamed(
      s.event?.['process.executable'] ?? s.process?.image,
      s.event?.['process.pe.original_file_name'] ?? s.process?.originalFileName,
    ),
  /** Command line without the program's own name; second reading: obfuscation removed. */
  'process.args': (s) => argumentReadings(commandLineOf(s)),
  /** Number of arguments after the program's name. */
  'process.args_count': (s) => countOf(commandLineOf(s)),
  /** Canonical paths the arguments name; environment variables and the working directory put in. */
  'process.args.files': (s) => argumentFiles(s),
  /** Host of the first URL or network path among the arguments, with the domains above it. */
  'process.args.domains': (s) => namedDomains(commandLineOf(s)),
  'process.command_line': (s) => commandLineReadings(commandLineOf(s)),
  /** Characters of the command line as recorded; sources cut it at a length of their own. */
  'process.command_line.length': (s) => commandLineOf(s)?.length,
  'process.executable': (s) => pathReadings(s.event?.['process.executable'] ?? s.process?.image) ?? UNKNOWN,
  'process.parent.name': (s) =>
    nameOf(parentOf(s)?.image ?? s.event?.['process.parent.executable']) ?? UNKNOWN,
  'process.parent.identity': (s) =>
    identity(parentOf(s)?.image ?? s.event?.['process.parent.executable'], parentOf(s)?.originalFileName),
  'process.parent.executable': (s) =>
    pathReadings(parentOf(s)?.image ?? s.event?.['process.parent.executable']) ?? UNKNOWN,
  /** Program that had it started through COM, WMI, a task, a service or a Run key; see lineage/handovers.ts. */
  /** The source names another creator than the recorded parent. Unknown where no source tells. */
  'process.parent.forged': (s) => isForged(s),
  'process.requester.name': (s) => nameOf(requesterOf(s)?.image),
  /** The image's folder holds the parent's, or lies in it: parts of one installation per user. */
  'process.parent.same_tree': (s) =>
    sameTree(
      s.event?.['process.executable'] ?? s.process?.image,
      parentOf(s)?.image ?? s.event?.['process.parent.executable'],
    ),
  'process.parent.command_line': (s) =>
    commandLineReadings(parentOf(s)?.commandLine ?? s.event?.['process.parent.command_line']),
  'process.integrity_level': (s) => s.event?.['process.integrity_level'] ?? s.process?.integrity ?? UNKNOWN,
  /** `user.name` of the process; the system's own accounts are lower-case `system`, `local service`, … */
  'user.name': (s) => s.event?.['user.name'] ?? s.process?.user?.split('\\').pop(),
  'file.path': (s) => pathReadings(s.event?.['file.path']),
  'file.name': (s) => nameOf(s.event?.['file.path']),
  /** Extension without dot; a stream's name is left out (`a.svg:Zone.Identifier` has `svg`). */
  'file.extension': (s) => extension(s.event?.['file.path']),
  /** The extension before the last: `pdf` of `invoice.pdf.svg`; empty when there is none. */
  'file.inner_extension': (s) => innerExtension(s.event?.['file.path']),
  'file.stream': (s) => stream(s.event?.['file.path']),
  /** Zone of the mark of the web; where only an origin's address is recorded (Defender), 3 for one of the internet. */
  'file.zone_identifier': (s) =>
    s.event?.['file.zone_identifier'] ?? (isFromInternet(s.event?.['file.origin_url']) ? 3 : undefined),
  /** Host of the address the mark of the web names as origin, with the domains above it. */
  'file.origin_url.domains': (s) =>
    s.event?.['file.origin_url'] === undefined ? undefined : domainsIn(s.event['file.origin_url']),
  /** loopback, private, multicast, public, unspecified. */
  'destination.scope': (s) =>
    s.event?.['destination.ip'] === undefined ? undefined : addressScope(s.event['destination.ip']),
  /** Name the connection went to: recorded, or from the host's own DNS answers. */
  'destination.domain': (s) => (s.event === undefined ? undefined : s.host.destination(s.event).name),
  /** That name with the domains above it; the address when there is no name. */
  'destination.domains': (s) => {
    if (s.event === undefined) return undefined;
    const name = s.host.destination(s.event).name ?? s.event['destination.ip'];
    return name === undefined ? undefined : withParentDomains(name);
  },
  /** Sum of the anomaly criteria of ANALYTICS B.5; 8 and more is anomalous. */
  'destination.anomaly': (s) => (s.event === undefined ? undefined : s.host.destination(s.event).points),
  /** Number of anomaly criteria that hold. */
  'destination.criteria': (s) =>
    s.event === undefined ? undefined : s.host.destination(s.event).criteria.length,
  /** Which criteria hold: `first_seen`, `rare`, `new_for_class`, `raw_ip`, `odd_port`, `tld`, … */
  'destination.criteria.names': (s) =>
    s.event === undefined ? undefined : s.host.destination(s.event).criteria.map(({ id }) => id),
  /** It lies in a network or domain that the environment declares as its own. */
  /** A connection that came in from another machine; no where the record does not say. */
  'network.inbound': (s) => (s.event === undefined ? undefined : s.event['network.direction'] === 'ingress'),
  'destination.own': (s) => (s.event === undefined ? undefined : s.host.destination(s.event).own),
  /** Hosts on which this parent started this child in 30 days; unknown while there is no history to judge by. */
  'process.parent.pair_hosts': (s) =>
    hostsOf(pairKey(parentOf(s)?.image ?? s.event?.['process.parent.executable'], imageOf(s)), s),
  /** Hosts on which a program with this hash ran in 30 days; unknown as above. */
  'process.hash.hosts': (s) => hostsOf(hashKey(s.event?.['process.hash.sha256'] ?? s.process?.sha256), s),
  /** Hosts on which this image ran in 30 days; unknown as above. */
  'process.executable.hosts': (s) => hostsOf(imageKey(imageOf(s)), s),
  'dll.path': (s) => pathReadings(s.event?.['dll.path']),
  'dll.name': (s) => nameOf(s.event?.['dll.path']),
  /** Name of the host, as all its names are called. */
  'host.name': (s) => s.event?.host ?? UNKNOWN,
  /** Ids of the Sigma rules that hit the event, lower case. Unknown where the rule asked for is not switched on. */
  [SIGMA_FIELD]: (s) => hitRuleIds(s),
  'event.code': (s) => s.event?.code,
  'event.kind': (s) => s.event?.kind,
};

const RECORDED: ReadonlySet<string> = new Set<string>([...TEXT_FIELDS, ...NUMBER_FIELDS]);
const NUMBERS: ReadonlySet<string> = new Set<string>(NUMBER_FIELDS);

/** The reader of a field, derived or recorded; undefined when there is no such field. */
export function fieldReader(field: string): FieldReader | undefined {
  if (field === SIGMA_FIELD)
    return (subject) => hitRuleIds(subject) ?? (knowsRules(subject) ? undefined : UNKNOWN);
  const derived = DERIVED[field];
  if (derived !== undefined) return (subject) => orUnknown(derived(subject), field, subject);
  if (!RECORDED.has(field)) return undefined;
  if (NUMBERS.has(field)) {
    const key = field as RecordedField;
    return (s) => orUnknown(s.event?.[key] as number | undefined, field, s);
  }
  const key = field as keyof EcsText;
  return (s) => orUnknown(s.event?.[key], field, s);
}

/** All names a predicate may use, for error messages. */
export function knownFields(): readonly string[] {
  return [...new Set([...Object.keys(DERIVED), ...RECORDED])].sort();
}

/** The canonical paths that a process start names, image first. Also what the file indexes are built from. */
export function filesNamedBy(
  commandLine: string | undefined,
  workingDirectory: string | undefined,
): readonly { readonly path: string; readonly written: string; readonly resolved: boolean }[] {
  if (commandLine === undefined) return [];
  const found: { path: string; written: string; resolved: boolean }[] = [];
  const profile =
    workingDirectory === undefined ? undefined : profileOf(canonicalPath(workingDirectory).path);
  const readings = [commandLine, normaliseCommandLine(commandLine)];
  for (const reading of readings[0] === readings[1] ? [commandLine] : readings) {
    for (const written of namedFiles(commandLineArguments(reading))) {
      const expanded = expandEnvironment(written, profile);
      const absolute = /^([a-z?]:|\\|\/|file:|%)/i.test(expanded);
      const full = absolute || workingDirectory === undefined ? expanded : `${workingDirectory}\\${expanded}`;
      const { path } = canonicalPath(full);
      if (!found.some((known) => known.path === path))
        found.push({ path, written, resolved: full !== written });
    }
  }
  return found;
}

function orUnknown(value: FieldValue, field: string, subject: Subject): FieldValue {
  if (value !== undefined) return value;
  if (subject.event === undefined) return UNKNOWN;
  const source = sourceField(field);
  // Every program is started with a command line: a start that shows none has lost it, whatever its source collects.
  if (source === 'process.command_line' && subject.event.kind === 'process_start') return UNKNOWN;
  return subject.host.visibility.collects(subject.event, source) ? undefined : UNKNOWN;
}

/** The recorded field that a derived one is read from. */
function sourceField(field: string): RecordedField {
  if (field.startsWith('process.args') || field === 'process.command_line.length')
    return 'process.command_line';
  if (field === 'process.identity' || field === 'process.renamed' || field === 'process.parent.same_tree')
    return 'process.executable';
  return field as RecordedField;
}

/** How many hosts showed a key in the 30 days up to the subject's own time. */
function hostsOf(key: HistoryKey | undefined, subject: Subject): FieldValue {
  const at = subject.event?.time ?? subject.process?.startedAt ?? subject.process?.firstSeen;
  if (key === undefined || at === undefined) return UNKNOWN;
  const { history } = subject.host;
  const seen = history.seen(key, at);
  return history.isMature(classOfKey(key), at) ? (seen?.hosts ?? 0) : UNKNOWN;
}

function imageOf(subject: Subject): string | undefined {
  return subject.event?.['process.executable'] ?? subject.process?.image;
}

function nameOf(path: string | undefined): string | undefined {
  return path === undefined ? undefined : fileName(path);
}

function identity(image: string | undefined, original: string | undefined): FieldValue {
  if (image === undefined && original === undefined) return UNKNOWN;
  const names = image === undefined ? [] : [fileName(image)];
  if (original !== undefined) names.push(original.toLowerCase());
  return names;
}

function renamed(image: string | undefined, original: string | undefined): FieldValue {
  if (image === undefined || original === undefined) return UNKNOWN;
  const name = fileName(image);
  const first = original.toLowerCase();
  if (name === first || stem(name) === stem(first)) return false;
  return !(/^msi.*\.tmp$/.test(name) && first.startsWith('msi'));
}

/** From this depth on a folder belongs to one program: `c:\\users\\name\\appdata\\local\\program`. */
const OWN_FOLDER = 6;

/** Folders of that depth in which many programs lie. */
const SHARED_FOLDERS: ReadonlySet<string> = new Set([
  'microsoft',
  'packages',
  'programs',
  'virtualstore',
  'apps',
]);

/** Whether two programs lie below one folder that is one program's own: an application and its updater or helper. */
function sameTree(image: string | undefined, parent: string | undefined): FieldValue {
  if (image === undefined || parent === undefined) return UNKNOWN;
  const [a, b] = [folderOf(image).split('\\').slice(0, -1), folderOf(parent).split('\\').slice(0, -1)];
  const differ = a.findIndex((folder, i) => folder !== b[i]);
  const common = differ === -1 ? a : a.slice(0, differ);
  const own = common.includes('appdata') && !common.includes('temp');
  return own && common.length >= OWN_FOLDER && !SHARED_FOLDERS.has(common.at(-1) ?? '');
}

/** Canonical folder with its closing backslash. */
function folderOf(path: string): string {
  const canonical = canonicalPath(path).path;
  return canonical.slice(0, canonical.lastIndexOf('\\') + 1);
}

function stem(name: string): string {
  const dot = name.indexOf('.');
  return dot <= 0 ? name : name.slice(0, dot);
}

function commandLineOf(subject: Subject): string | undefined {
  return subject.event?.['process.command_line'] ?? subject.process?.commandLine;
}

function commandLineReadings(commandLine: string | undefined): readonly string[] | undefined {
  if (commandLine === undefined) return undefined;
  const normalised = normaliseCommandLine(commandLine);
  return normalised === commandLine ? [commandLine] : [commandLine, normalised];
}

function argumentReadings(commandLine: string | undefined): readonly string[] | undefined {
  return commandLineReadings(commandLine)?.map(argumentText);
}

function countOf(commandLine: string | undefined): number | undefined {
  return commandLine === undefined ? undefined : Math.max(0, commandLineArguments(commandLine).length - 1);
}

function argumentFiles(subject: Subject): readonly string[] | undefined {
  const commandLine = commandLineOf(subject);
  if (commandLine === undefined) return undefined;
  const directory = subject.event?.['process.working_directory'] ?? subject.process?.workingDirectory;
  return filesNamedBy(
    argumentText(commandLine) === '' ? '' : `x ${argumentText(commandLine)}`,
    directory,
  ).map((file) => file.path);
}

function namedDomains(commandLine: string | undefined): readonly string[] | undefined {
  return commandLine === undefined ? undefined : domainsIn(argumentText(normaliseCommandLine(commandLine)));
}

/** An address with a full host name, or none at all because a page made the file. */
function isFromInternet(url: string | undefined): boolean {
  return url !== undefined && /^(?:(?:https?|ftp):\/\/[^/]*\.|(?:about|blob|data):)/i.test(url);
}

function domainsIn(text: string): readonly string[] {
  const [first] = namedHosts(text);
  return first === undefined ? [] : withParentDomains(first);
}

function pathReadings(path: string | undefined): string | readonly string[] | undefined {
  if (path === undefined) return undefined;
  const canonical = canonicalPath(path).path;
  return canonical.length === path.length && canonical === path.toLowerCase() ? path : [path, canonical];
}

function extension(path: string | undefined): string | undefined {
  return path === undefined ? undefined : fileExtension(path);
}

function innerExtension(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const parts = fileName(path).split('.');
  return parts.length > 2 ? (parts[parts.length - 2] ?? '') : '';
}

function stream(path: string | undefined): string | undefined {
  return path === undefined ? undefined : (streamName(path) ?? '');
}

function isForged({ event, process, host }: Subject): FieldValue {
  if (process?.link.recordedParentId !== undefined) return true;
  if (event === undefined) return UNKNOWN;
  const told = CREATOR.some((field) => event[field] !== undefined || host.visibility.collects(event, field));
  return told ? false : UNKNOWN;
}

/** What a source that tells the real creator has; some have it only where it is another than the parent. */
const CREATOR = ['process.parent.Ext.real.entity_id', 'process.parent.Ext.real.pid'] as const;

function requesterOf(subject: Subject): ProcessNode | undefined {
  const id = subject.process?.requestedBy?.from;
  return id === undefined ? undefined : subject.host.lineage.processes.get(id);
}

function parentOf(subject: Subject): ProcessNode | undefined {
  const id = subject.process?.link.parentId;
  return id === undefined ? undefined : subject.host.lineage.processes.get(id);
}
