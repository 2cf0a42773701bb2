import type { Lists } from '../../analytics/lists';
import { listOf } from '../../analytics/lists';
import { fileName } from '../../events/paths';
import type { Atom } from './atoms';
import { literalCharacters } from './generalise';

/** Lists of programs that everybody has: that one of them ran tells one chain from no other. */
const COMMON_LISTS = [
  'office',
  'pdf',
  'archiver',
  'browser',
  'mail',
  'chat',
  'shell',
  'script_engine',
  'lolbin',
  'installer',
  'explorer_like',
  'system_process',
  'transparent_launchers',
  'bundled_interpreters',
] as const;

/** Folders that everybody has: a file somewhere in them is any file. */
const COMMON_FOLDERS: ReadonlySet<string> = new Set([
  'users',
  'public',
  'downloads',
  'desktop',
  'documents',
  'appdata',
  'local',
  'locallow',
  'roaming',
  'temp',
  'tmp',
  'windows',
  'system32',
  'syswow64',
  'program files',
  'program files (x86)',
  'programdata',
]);

const PROGRAMS: ReadonlySet<string> = new Set(['process.executable', 'process.parent.executable']);

/** Letters and digits of arguments that tell one command from others. */
const ARGUMENT_CHARACTERS = 6;
/** Letters and digits of a file's name that tell it from others. */
const NAME_CHARACTERS = 4;

/**
 * Whether a test tells what is normal here from what anybody, an attacker included, does with the same programs: what
 * a command was given, a destination, a file or folder of its own, a signer other than the system's, a program that not
 * every computer has. A person or a host alone does not.
 */
export function tellsApart(atom: Atom, lists: Lists): boolean {
  const { field, pattern } = atom;
  if (PROGRAMS.has(field)) return !isCommonProgram(atom.texts, lists) && hasOwnName(pattern);
  switch (field) {
    case 'process.command_line':
      return literalCharacters(argumentsOf(pattern)) >= ARGUMENT_CHARACTERS;
    case 'process.code_signature.subject_name':
      return !/microsoft/i.test(pattern);
    case 'user.name':
    case 'host.name':
      return false;
    case 'file.path':
    case 'dll.path':
    case 'registry.path':
      return hasOwnName(pattern) || hasOwnFolder(pattern);
    default:
      return literalCharacters(pattern) >= NAME_CHARACTERS;
  }
}

/** Whether every computer has the program: it lies in the folder of Windows, or goes by a name of the product's lists. */
function isCommonProgram(paths: readonly string[], lists: Lists): boolean {
  return paths.some((path) => {
    if (/^(?:[a-z]:)?[\\/](?:systemroot|windows)[\\/]/i.test(path)) return true;
    const name = fileName(path);
    return COMMON_LISTS.some((list) => lists.has(list) && listOf(lists, list).includes(name));
  });
}

/** What a command line's pattern says behind the program's own name. */
function argumentsOf(pattern: string): string {
  const text = pattern.trimStart();
  const quote = text.startsWith('"') ? text.indexOf('"', 1) : -1;
  const end = quote > 0 ? quote + 1 : text.search(/\s/);
  return end === -1 ? '' : text.slice(end);
}

function partsOf(pattern: string): readonly string[] {
  return pattern.split(/[\\/]+/).filter((part) => part !== '');
}

function hasOwnName(pattern: string): boolean {
  const name = partsOf(pattern).at(-1) ?? '';
  const dot = name.lastIndexOf('.');
  return literalCharacters(dot > 0 ? name.slice(0, dot) : name) >= NAME_CHARACTERS;
}

function hasOwnFolder(pattern: string): boolean {
  const parts = partsOf(pattern);
  return parts.slice(0, -1).some((part, i) => {
    const isPerson = parts[i - 1]?.toLowerCase() === 'users';
    return !isPerson && !COMMON_FOLDERS.has(part.toLowerCase()) && literalCharacters(part) >= NAME_CHARACTERS;
  });
}
