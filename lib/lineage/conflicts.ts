import { canonicalPath, samePath } from '../events/paths';
import type { ProcessSource } from './lineage';
import { SAME_START } from './twins';

/** A fact of a process that several sources may tell. */
export const SOURCE_FACTS = [
  'pid',
  'image',
  'commandLine',
  'user',
  'integrity',
  'sha256',
  'startedAt',
  'parentImage',
  'parentPid',
] as const;

export type SourceFact = (typeof SOURCE_FACTS)[number];

/** Defender cuts command lines at about 8 KB, others earlier: a long beginning is the same line. */
const TRUNCATED_MIN = 200;

/**
 * The facts on which sources disagree beyond how each writes them: case, `\Device\HarddiskVolume3` for a drive
 * letter, a user without its domain, a command line cut short, a start within the tolerance of identity. What
 * a source does not say contradicts nothing.
 */
export function conflictsOf(sources: readonly ProcessSource[]): readonly SourceFact[] {
  return SOURCE_FACTS.filter((fact) => {
    const told = sources.flatMap((source) => source[fact] ?? []);
    const [first, ...others] = told;
    return first !== undefined && others.some((other) => !AGREE[fact](String(first), String(other)));
  });
}

type Agreement = (a: string, b: string) => boolean;

const alike: Agreement = (a, b) => a.toLowerCase() === b.toLowerCase();

const paths: Agreement = (a, b) => {
  // Some products give a parent's name only.
  const bare = !a.includes('\\') || !b.includes('\\');
  return bare
    ? alike(lastPart(a), lastPart(b))
    : samePath(canonicalPath(a).path, canonicalPath(b).path) !== undefined;
};

const commandLines: Agreement = (a, b) => {
  const [one, other] = [plain(a), plain(b)];
  if (one === other) return true;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= TRUNCATED_MIN && long.startsWith(short);
};

const users: Agreement = (a, b) => {
  const bare = !a.includes('\\') || !b.includes('\\');
  return alike(bare ? lastPart(a) : a, bare ? lastPart(b) : b);
};

const AGREE: Readonly<Record<SourceFact, Agreement>> = {
  pid: alike,
  image: paths,
  commandLine: commandLines,
  user: users,
  integrity: alike,
  sha256: alike,
  startedAt: (a, b) => Math.abs(Number(a) - Number(b)) <= SAME_START,
  parentImage: paths,
  parentPid: alike,
};

function plain(commandLine: string): string {
  return commandLine.replace(/\s+/g, ' ').replaceAll('"', '').trim().toLowerCase();
}

function lastPart(text: string): string {
  return text.slice(text.lastIndexOf('\\') + 1);
}
