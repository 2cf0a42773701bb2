import { addressScope } from '../events/addresses';
import { argumentText, commandLineArguments, namedFiles, normaliseCommandLine } from '../events/commandLine';
import { type EcsText, NUMBER_FIELDS, type RecordedField, TEXT_FIELDS } from '../events/endpointEvent';
import {
  canonicalPath,
  expandEnvironment,
  fileExtension,
  fileName,
  profileOf,
  streamName,
} from '../events/paths';
import type { ProcessNode } from '../lineage/lineage';
import type { Subject } from './subject';

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
  'process.command_line': (s) => commandLineReadings(commandLineOf(s)),
  'process.executable': (s) => pathReadings(s.event?.['process.executable'] ?? s.process?.image) ?? UNKNOWN,
  'process.parent.name': (s) =>
    nameOf(parentOf(s)?.image ?? s.event?.['process.parent.executable']) ?? UNKNOWN,
  'process.parent.identity': (s) =>
    identity(parentOf(s)?.image ?? s.event?.['process.parent.executable'], parentOf(s)?.originalFileName),
  'process.parent.executable': (s) =>
    pathReadings(parentOf(s)?.image ?? s.event?.['process.parent.executable']) ?? UNKNOWN,
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
  /** loopback, private, multicast, public, unspecified. */
  'destination.scope': (s) =>
    s.event?.['destination.ip'] === undefined ? undefined : addressScope(s.event['destination.ip']),
  /** Name the connection went to: recorded, or from the host's own DNS answers. */
  'destination.domain': (s) => (s.event === undefined ? undefined : s.host.destination(s.event).name),
  /** Sum of the anomaly criteria of ANALYTICS B.5; 8 and more is anomalous. */
  'destination.anomaly': (s) => (s.event === undefined ? undefined : s.host.destination(s.event).points),
  /** Number of anomaly criteria that hold. */
  'destination.criteria': (s) =>
    s.event === undefined ? undefined : s.host.destination(s.event).criteria.length,
  'dll.path': (s) => pathReadings(s.event?.['dll.path']),
  'dll.name': (s) => nameOf(s.event?.['dll.path']),
  'event.code': (s) => s.event?.code,
  'event.kind': (s) => s.event?.kind,
};

const RECORDED: ReadonlySet<string> = new Set<string>([...TEXT_FIELDS, ...NUMBER_FIELDS]);
const NUMBERS: ReadonlySet<string> = new Set<string>(NUMBER_FIELDS);

/** The reader of a field, derived or recorded; undefined when there is no such field. */
export function fieldReader(field: string): FieldReader | undefined {
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
  return subject.host.visibility.collects(subject.event, sourceField(field)) ? undefined : UNKNOWN;
}

/** The recorded field that a derived one is read from. */
function sourceField(field: string): RecordedField {
  if (field.startsWith('process.args')) return 'process.command_line';
  if (field === 'process.identity' || field === 'process.renamed' || field === 'process.parent.same_tree')
    return 'process.executable';
  return field as RecordedField;
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

function sameTree(image: string | undefined, parent: string | undefined): FieldValue {
  if (image === undefined || parent === undefined) return UNKNOWN;
  const [a, b] = [folderOf(image), folderOf(parent)];
  const [outer, inner] = a.length <= b.length ? [a, b] : [b, a];
  const own = outer.includes('\\appdata\\') && !outer.includes('\\temp\\');
  return own && outer.split('\\').length > OWN_FOLDER && inner.startsWith(outer);
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

function parentOf(subject: Subject): ProcessNode | undefined {
  const id = subject.process?.link.parentId;
  return id === undefined ? undefined : subject.host.lineage.processes.get(id);
}
