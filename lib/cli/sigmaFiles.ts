import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../base/appError';
import { UNPACK_LIMITS } from '../containers/limits';
import { messageOf } from '../containers/member';
import { openUpload } from '../containers/openMembers';
import { wholeMember } from '../containers/wholeMember';
import type { SigmaRefusal } from '../sigma/rule';
import { isRulePath, RULE_FILE_BYTES_MAX, type RuleFile, ruleFileText } from '../sigma/ruleFile';

/** Files of rules, in order of path, and those that cannot be read as text. */
export type RuleFiles = { readonly files: readonly RuleFile[]; readonly refused: readonly SigmaRefusal[] };

/** Files of rules in one folder or archive, and bytes of all of them. */
const FILES_MAX = 50_000;
const BYTES_MAX = 256 * 2 ** 20;

/** What an archive of rules may unpack to: a whole repository of rules, with what lies beside them. */
const LIMITS = { ...UNPACK_LIMITS, entries: 200_000, bytes: 4 * BYTES_MAX };

/**
 * Reads files of rules: all `.yml` and `.yaml` of a folder and the folders in it, of a ZIP archive, or one file whatever
 * it is called. Symbolic links in a folder are not followed: what they lead to within it is read where it stands, and
 * what lies outside is nobody's word. Throws AppError bad_input where nothing is there or it cannot be opened.
 */
export async function readRuleFiles(given: string, password?: string): Promise<RuleFiles> {
  const found = await stat(given).catch((error: NodeJS.ErrnoException) => {
    throw new AppError(
      'bad_input',
      error.code === 'ENOENT' ? `${given} does not exist` : `${given} cannot be read (${error.code})`,
      { name: given },
    );
  });
  if (!found.isDirectory() && !found.isFile())
    throw new AppError('bad_input', `${given} is neither a folder nor a file`, { name: given });
  const gathered = createGathering(given);
  if (found.isDirectory()) await readFolder(given, gathered);
  else await readArchive(given, password, gathered);
  gathered.files.sort(byPath);
  return { files: gathered.files, refused: gathered.refused.sort(byPath) };
}

type Gathering = {
  readonly files: RuleFile[];
  readonly refused: SigmaRefusal[];
  /** Takes the bytes of a file; undefined: there are more than any file of rules has. */
  readonly take: (file: string, bytes: Uint8Array | undefined) => void;
  readonly refuse: (file: string, reason: string) => void;
};

/** Throws AppError bad_input once it is more than can be rules. */
function createGathering(given: string): Gathering {
  const files: RuleFile[] = [];
  const refused: SigmaRefusal[] = [];
  let total = 0;
  const refuse = (file: string, reason: string): void => {
    if (files.length + refused.length >= FILES_MAX)
      throw new AppError('bad_input', `${given} holds more than ${FILES_MAX} files of YAML`, { name: given });
    refused.push({ path: file, line: 1, column: 1, reason });
  };
  const take = (file: string, bytes: Uint8Array | undefined): void => {
    const text = bytes === undefined ? undefined : ruleFileText(bytes);
    if (bytes === undefined) refuse(file, `larger than ${RULE_FILE_BYTES_MAX / 1_000_000} MB: split it`);
    else if (text === undefined) refuse(file, 'not UTF-8 text: save it as UTF-8');
    else {
      total += bytes.length;
      if (total > BYTES_MAX || files.length + refused.length >= FILES_MAX)
        throw new AppError(
          'bad_input',
          `${given} holds more than ${FILES_MAX} files of YAML, or more than ${BYTES_MAX / 2 ** 20} MiB of it`,
          { name: given },
        );
      files.push({ path: file, text });
    }
  };
  return { files, refused, take, refuse };
}

async function readFolder(folder: string, gathered: Gathering): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const at = path.join(folder, entry.name);
    try {
      if (entry.isDirectory()) await readFolder(at, gathered);
      else if (entry.isFile() && isRulePath(entry.name)) {
        const { size } = await stat(at);
        gathered.take(at, size > RULE_FILE_BYTES_MAX ? undefined : await readFile(at));
      }
    } catch (error) {
      if (error instanceof AppError) throw error;
      gathered.refuse(at, `cannot be read (${messageOf(error)})`);
    }
  }
}

async function readArchive(given: string, password: string | undefined, gathered: Gathering): Promise<void> {
  const { members } = await openUpload(given, given, {
    limits: LIMITS,
    ...(password === undefined ? {} : { password }),
  });
  for await (const member of members) {
    const whole = member.name === given;
    if (!whole && !isRulePath(member.name)) {
      await member.bytes.return();
      continue;
    }
    const bytes = await wholeMember(member.bytes, RULE_FILE_BYTES_MAX);
    const problem = bytes === undefined ? null : member.problem();
    if (whole && problem !== null) throw new AppError('bad_input', `${given}: ${problem}`, { name: given });
    if (problem === null) gathered.take(member.name, bytes);
    else gathered.refuse(member.name, problem);
  }
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
