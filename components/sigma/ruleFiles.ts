import { counted } from '@/lib/base/numberWords';
import type { RuleFile } from './sigmaWrites';

/** A file with its path below the folder that was chosen. */
export type PickedFile = { readonly path: string; readonly file: File };

/** What is to be sent of what was picked; `skipped`: files that are no YAML. */
export type Picked =
  | { readonly kind: 'archive'; readonly file: File }
  | {
      readonly kind: 'rules';
      readonly files: readonly PickedFile[];
      readonly bytes: number;
      readonly skipped: number;
    }
  | { readonly kind: 'none'; readonly reason: string };

/** What the API takes at once (lib/contracts/sigma.ts). */
const MOST_FILES = 20_000;
const MOST_BYTES = 32 * 1024 * 1024;
const LONGEST = 2_000_000;
const LONGEST_PATH = 1_000;

const YAML = /\.ya?ml$/i;
const ZIP = /\.zip$/i;

/** What was left where it lies while folders were gone through. */
export type LeftOut = {
  /** Files that are neither YAML nor a ZIP. */
  readonly others: number;
  /** There is more than is gone through: nobody knows what of. */
  readonly cut: boolean;
};
const NOTHING_LEFT: LeftOut = { others: 0, cut: false };

/** Sorts out what can be sent: one ZIP, or files of YAML; says what is wrong with anything else. */
export function sortPicked(picked: readonly PickedFile[], { others, cut } = NOTHING_LEFT): Picked {
  if (cut)
    return {
      kind: 'none',
      reason: `There is more in it than is taken at once (${MOST_FILES.toLocaleString('en')} files of rules), or than is looked through. Send the folder of the rules alone, or a ZIP of it.`,
    };
  const [first] = picked;
  if (first === undefined && others === 0) return { kind: 'none', reason: 'There is no file in it.' };
  if (first && picked.length === 1 && ZIP.test(first.path)) return { kind: 'archive', file: first.file };
  const files = picked.filter(({ path }) => YAML.test(path) && path.length <= LONGEST_PATH);
  if (files.length === 0)
    return {
      kind: 'none',
      reason: picked.some(({ path }) => ZIP.test(path))
        ? 'Send one ZIP at a time.'
        : 'None of these is a rule: rules are files that end in .yml or .yaml.',
    };
  const [only] = files;
  // As bytes, one may be larger than as text within a request.
  if (only && files.length === 1 && only.file.size > LONGEST) return { kind: 'archive', file: only.file };
  const large = files.find(({ file }) => file.size > LONGEST);
  if (large) return { kind: 'none', reason: `${large.path} is too large for a rule. Send it by itself.` };
  if (files.length > MOST_FILES)
    return {
      kind: 'none',
      reason: `${counted(files.length, 'file')} are more than are taken at once (${MOST_FILES.toLocaleString('en')}). Send the folder as a ZIP, or a part of it.`,
    };
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  if (bytes > MOST_BYTES)
    return {
      kind: 'none',
      reason: 'Together they are more than 32 MiB. Send them as a ZIP, or a part of them.',
    };
  return { kind: 'rules', files, bytes, skipped: picked.length - files.length + others };
}

/** A name for a set of these: their folder's, else the first file's without its ending. */
export function suggestedName(picked: readonly PickedFile[]): string {
  const path = picked[0]?.path ?? '';
  const cut = path.indexOf('/');
  return (cut > 0 ? path.slice(0, cut) : path.replace(/\.(ya?ml|zip)$/i, '')).trim().slice(0, 200);
}

/** Files of an `<input type="file">`, with their paths where a folder was chosen. */
export function pickedOf(files: Iterable<File>): PickedFile[] {
  return [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

const AT_ONCE = 64;

/** Their texts, as UTF-8; a byte that is none becomes a sign that the compiler refuses or shows. */
export async function readRuleFiles(files: readonly PickedFile[]): Promise<RuleFile[]> {
  const read: RuleFile[] = [];
  for (let at = 0; at < files.length; at += AT_ONCE)
    read.push(
      ...(await Promise.all(
        files.slice(at, at + AT_ONCE).map(async ({ path, file }) => ({ path, text: await file.text() })),
      )),
    );
  return read;
}

/** Entries of folders that are gone through at most: a folder of programs may hold millions. */
const MOST_ENTRIES = 200_000;

/** Files of rules and ZIPs among what was dropped, folders gone through to their end; no more than can be sent. */
export async function pickedOfDrop(drop: DataTransfer): Promise<{ picked: PickedFile[] } & LeftOut> {
  // Entries are there only until the handler returns.
  const entries = [...drop.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  return entries.length === 0 ? { picked: pickedOf(drop.files), ...NOTHING_LEFT } : pickedOfEntries(entries);
}

/** The same of entries of a file system. */
export async function pickedOfEntries(
  entries: readonly FileSystemEntry[],
): Promise<{ picked: PickedFile[] } & LeftOut> {
  const picked: PickedFile[] = [];
  let others = 0;
  // Grows while it is gone through.
  const open = [...entries];
  for (const entry of open) {
    const path = entry.fullPath.replace(/^\//, '');
    if (isFolder(entry)) for (const child of await childrenOf(entry)) open.push(child);
    else if (!isFile(entry)) continue;
    else if (!YAML.test(path) && !ZIP.test(path)) others += 1;
    else picked.push({ path, file: await fileOf(entry) });
    if (picked.length > MOST_FILES || open.length > MOST_ENTRIES) return { picked, others, cut: true };
  }
  return { picked, others, cut: false };
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A folder gives its children a few at a time, and none at the end. */
async function childrenOf(entry: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = entry.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0 || all.length > MOST_ENTRIES) return all;
    all.push(...some);
  }
}
