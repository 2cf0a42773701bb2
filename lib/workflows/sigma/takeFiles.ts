import { AppError } from '../../base/appError';
import { openUpload } from '../../containers/openMembers';
import { spooled } from '../../containers/spool';
import { wholeMember } from '../../containers/wholeMember';
import type { SigmaRefusal } from '../../sigma/rule';
import { isRulePath, RULE_FILE_BYTES_MAX, type RuleFile, ruleFileText } from '../../sigma/ruleFile';
import { isStorable } from '../../storage/storableText';

/** Files that were sent: those to read, those that cannot be read as text, and how many are no rule files. */
export type SentFiles = {
  readonly files: readonly RuleFile[];
  readonly refused: readonly SigmaRefusal[];
  readonly others: readonly string[];
};

/** Largest body of rules, and most text that it may unpack to: 32 MiB. */
export const RULES_BYTES_MAX = 32 * 2 ** 20;
const LIMITS = { entries: 50_000, bytes: 8 * RULES_BYTES_MAX, ratio: 500, ratioFrom: RULES_BYTES_MAX };
/** What an upload is called while it is read: its members' paths begin with it. */
const ROOT = 'upload';

/** Splits files that came as texts. Throws `too_large`. */
export function splitFiles(sent: readonly RuleFile[]): SentFiles {
  let bytes = 0;
  const files: RuleFile[] = [];
  const refused: SigmaRefusal[] = [];
  for (const file of sent) {
    bytes += Buffer.byteLength(file.text);
    if (bytes > RULES_BYTES_MAX) throw tooLarge();
    if (!isRulePath(file.path)) continue;
    if (isStorable(file.text)) files.push(file);
    else refused.push(refusal(file.path, UNSTORABLE));
  }
  const others = sent.flatMap(({ path }) => (isRulePath(path) ? [] : [path]));
  return { files, refused, others };
}

/**
 * Files of rules in a body as it streams in: an archive (ZIP, tar, packed or not), or one file of YAML, which is then
 * called `name`. Throws `too_large`; `bad_request` for an archive that is broken, encrypted or a bomb; `bad_input` for
 * no bytes at all. Of an archive either all is read or nothing.
 */
export async function readSentFiles(content: AsyncIterable<Uint8Array>, name: string): Promise<SentFiles> {
  const files: RuleFile[] = [];
  const refused: SigmaRefusal[] = [];
  const others: string[] = [];
  let bytes = 0;
  for await (const member of spooled(limited(content), readMembers)) {
    const path = member.path ?? (isRulePath(name) ? name : `${name}.yml`);
    bytes += member.bytes.length;
    if (bytes > RULES_BYTES_MAX) throw tooLarge();
    if (!member.isRules) others.push(path);
    else if (member.problem !== null) refused.push(refusal(path, member.problem));
    else {
      const text = ruleFileText(member.bytes);
      if (text === undefined) refused.push(refusal(path, 'not UTF-8 text: save it as UTF-8'));
      else if (isStorable(text)) files.push({ path, text });
      else refused.push(refusal(path, UNSTORABLE));
    }
  }
  return { files, refused, others };
}

type ReadMember = {
  /** Undefined: the body itself, which is no archive. */
  readonly path: string | undefined;
  readonly isRules: boolean;
  readonly bytes: Uint8Array;
  readonly problem: string | null;
};
const NOTHING = new Uint8Array();

async function* readMembers(spool: string): AsyncGenerator<ReadMember, void, undefined> {
  const { members } = await openUpload(spool, ROOT, { limits: LIMITS });
  for await (const member of members) {
    if (member.needsPassword)
      throw new AppError(
        'bad_request',
        'The archive is protected by a password. Unpack it, and send its rules without one. Nothing of it was kept.',
      );
    const path = member.name === ROOT ? undefined : member.name.slice(ROOT.length + 1);
    if (path !== undefined && !isRulePath(path)) {
      yield { path, isRules: false, bytes: NOTHING, problem: null };
      continue;
    }
    const bytes = await wholeMember(member.bytes, RULE_FILE_BYTES_MAX);
    const problem = member.problem();
    if (path === undefined && problem !== null) throw broken(problem);
    yield bytes === undefined
      ? { path, isRules: true, bytes: NOTHING, problem: TOO_LONG }
      : { path, isRules: true, bytes, problem };
  }
}

async function* limited(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const part of content) {
    bytes += part.length;
    if (bytes > RULES_BYTES_MAX) throw tooLarge();
    yield part;
  }
  if (bytes === 0)
    throw new AppError('bad_input', 'There are no bytes in it: send the file itself as the body.');
}

const TOO_LONG = `larger than ${RULE_FILE_BYTES_MAX / 1_000_000} MB, as no file of rules is: split it`;
const UNSTORABLE = 'holds characters that cannot be stored (NUL, or half of a character): remove them';

function refusal(path: string, reason: string): SigmaRefusal {
  return { path, line: 1, column: 1, reason };
}

function tooLarge(): AppError {
  return new AppError(
    'too_large',
    `Rules are at most ${RULES_BYTES_MAX / 2 ** 20} MiB at a time: send the folders of a set one after the other, as sets of their own.`,
    { limit: RULES_BYTES_MAX },
  );
}

function broken(why: string): AppError {
  return new AppError(
    'bad_request',
    `The archive cannot be read: ${why.slice(0, 300)}. Nothing of it was kept.`,
  );
}
