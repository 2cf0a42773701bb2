import { normaliseCommandLine } from '../events/commandLine';
import { expandEnvironment, fileName } from '../events/paths';

/**
 * A command as one process asks for it and another runs it, in a form in which both are the same: whoever
 * starts it puts a full path, quotes or an expanded variable in.
 */
export type RequestedCommand = {
  /** Name of the program, lower case, without folder and `.exe`. */
  readonly program: string;
  /** The rest in plain form (`plainText`); empty for a bare program. */
  readonly args: string;
  /** Both in one string: equal keys are the same command. */
  readonly key: string;
};

/** Longer texts are looked at up to here: a script block has 32 KB, a command line 32,767 characters. */
const TEXT_MAX = 32_768;

/**
 * Text in which commands are looked for: obfuscation removed, lower case, variables put in, every user's
 * profile written `c:\users\?`, doubled backslashes (of scripts) single, no quotes, one blank between words.
 */
export function plainText(text: string): string {
  return folded(text).replaceAll(/["'`]/g, '').replaceAll(/\s+/g, ' ').trim();
}

/** The command that a text is, not one that it holds; undefined for an empty one. */
export function requestedCommand(text: string): RequestedCommand | undefined {
  const line = folded(text).trim();
  if (line === '') return undefined;
  const end = programEnd(line);
  const program = stemOf(line.slice(0, end).replaceAll(/["']/g, ''));
  if (program === '') return undefined;
  const args = line.slice(end).replaceAll(/["'`]/g, '').replaceAll(/\s+/g, ' ').trim();
  return { program, args, key: args === '' ? program : `${program} ${args}` };
}

/** What a command interpreter was started for: `cmd /c "c:\a.bat"` runs `c:\a.bat`. Undefined for any other. */
export function wrappedCommand(command: RequestedCommand): RequestedCommand | undefined {
  if (command.program !== 'cmd' || !command.args.startsWith('/c ')) return undefined;
  return requestedCommand(command.args.slice(3));
}

/** Name of a program as it is compared: `C:\\a\\Mshta.EXE` is `mshta`. */
export function stemOf(program: string): string {
  return fileName(program).replace(/\.(?:exe|com)$/, '');
}

/**
 * The names a plain text could be asking for: each word's last part without `.exe`. The first word of a command
 * line is the program itself, which it does not ask for; a script has no such word.
 */
export function namesIn(plain: string, first: 'itself' | 'named'): ReadonlySet<string> {
  const names = new Set<string>();
  let start = 0;
  let skip = first === 'itself';
  for (let i = 0; i <= plain.length; i++) {
    if (i < plain.length && !SEPARATORS.has(plain.charCodeAt(i))) continue;
    if (i > start) {
      if (!skip) names.add(stemOf(plain.slice(start, i)));
      skip = false;
    }
    start = i + 1;
  }
  return names;
}

/** Blank and what stands between words in commands and scripts; the colon parts `/tr:x`, `clsid:x` and drives. */
const SEPARATORS: ReadonlySet<number> = new Set([...' =,:;()[]{}|&<>+'].map((c) => c.charCodeAt(0)));

function folded(text: string): string {
  const cut = text.length > TEXT_MAX ? text.slice(0, TEXT_MAX) : text;
  return expandEnvironment(normaliseCommandLine(cut), undefined)
    .toLowerCase()
    .replaceAll(/\\{2,}/g, '\\')
    .replaceAll('\\"', '"')
    .replaceAll(/\bc:\\users\\[^\\\s"']{1,64}/g, 'c:\\users\\?');
}

/** A quoted name ends with its quote; an unquoted path may hold blanks up to its extension; a word ends with itself. */
function programEnd(line: string): number {
  const quote = line[0];
  if (quote === '"' || quote === "'") {
    const end = line.indexOf(quote, 1);
    return end === -1 ? line.length : end + 1;
  }
  const blank = line.search(/\s/);
  const word = blank === -1 ? line : line.slice(0, blank);
  if (blank === -1 || !word.includes('\\') || /\.[a-z0-9]{1,4}$/.test(word)) return word.length;
  const path = /^[^"'/]{1,400}?\.(?:exe|com|bat|cmd|scr)(?=\s|$)/.exec(line)?.[0];
  return path === undefined || / [-/]/.test(path) ? word.length : path.length;
}
