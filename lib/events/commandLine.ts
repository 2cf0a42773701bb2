import { expandVariables } from './shellVariables';

/**
 * Splits a command line by the rules of the Microsoft C runtime ("Parsing C command-line arguments"): in the
 * program's name quotes group and backslashes mean themselves; after it quotes group, a backslash escapes
 * only before a quote, doubled quotes inside a quoted part are one. Blanks before the program's name are no
 * argument. Cut at 512 arguments: no join looks further, and hostile lines reach 32,767 characters.
 */
export function commandLineArguments(commandLine: string): readonly string[] {
  const text = commandLine.trimStart();
  if (text === '') return [];
  const nameEnd = programNameEnd(text);
  const args = [text.slice(0, nameEnd).replaceAll('"', '')];
  let current = '';
  let quoted = false;
  let started = false;
  for (let i = nameEnd; i < text.length; i++) {
    const c = text[i];
    if (c === '\\') {
      let count = 1;
      while (text[i + count] === '\\') count++;
      const escapes = text[i + count] === '"';
      current += '\\'.repeat(escapes ? count >> 1 : count);
      if (escapes && count % 2 === 1) {
        current += '"';
        i += count;
      } else i += count - 1;
      started = true;
    } else if (c === '"') {
      if (quoted && text[i + 1] === '"') {
        current += '"';
        i++;
      } else quoted = !quoted;
      started = true;
    } else if ((c === ' ' || c === '\t') && !quoted) {
      if (started) args.push(current);
      if (args.length === MAX_ARGUMENTS) return args;
      current = '';
      started = false;
    } else {
      current += c;
      started = true;
    }
  }
  if (started) args.push(current);
  return args;
}

const MAX_ARGUMENTS = 512;

/** Everything after the program's own name, as written: what a content predicate may look at. */
export function argumentText(commandLine: string): string {
  const text = commandLine.trimStart();
  return text.slice(programNameEnd(text)).replace(/^[ \t]+/, '');
}

/** The program's name ends at the first blank outside quotes. */
function programNameEnd(text: string): number {
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"') quoted = !quoted;
    else if ((c === ' ' || c === '\t') && !quoted) return i;
  }
  return text.length;
}

/** Anything that some kind of obfuscation needs: what is not plain text, and the marks it is made with. */
const NEEDS_NORMALISING = /[^\x20-\x7e]|[\^%`!]|"[a-z0-9]*"|' ?\+ ?'/i;

/**
 * The command line with obfuscation removed (ANALYTICS B.2.5): compatibility forms folded (NFKC),
 * zero-width and soft-hyphen characters dropped, look-alike dashes, slashes and quotes mapped, carets, backticks
 * and paired inserted quotes removed, strings put together, percent-encoding decoded, variables that the line
 * sets itself and parts of known ones put in. What cannot be decoded stays. The same text when there was
 * nothing to remove.
 */
export function normaliseCommandLine(commandLine: string): string {
  if (commandLine !== last.line) last = { line: commandLine, text: withoutObfuscation(commandLine) };
  return last.text;
}

/** The tests of one predicate ask for the same line one after the other. */
let last: { readonly line: string; readonly text: string } = { line: '', text: '' };

function withoutObfuscation(commandLine: string): string {
  if (!NEEDS_NORMALISING.test(commandLine)) return commandLine;
  let text = commandLine.normalize('NFKC');
  text = text.replace(/[\p{Default_Ignorable_Code_Point}\u2800]/gu, '');
  text = text
    .replace(/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g, '-')
    .replace(/[\u2044\u2215\u29f8\uff0f]/g, '/')
    .replace(/[\u201c-\u201f]/g, '"')
    .replace(/[\u2018-\u201b]/g, "'")
    .replace(/[\u00a0\u1680]/g, ' ');
  text = removeCarets(text);
  text = text
    .replace(/(?<=[a-z0-9])""(?=[a-z0-9])/gi, '')
    .replace(/(?<=[a-z0-9])"([a-z0-9]{1,20})"(?=[a-z0-9])/gi, '$1')
    .replace(/(?<=[a-z0-9])' ?\+ ?'(?=[a-z0-9])/gi, '')
    .replace(/(?<=[a-z])`(?=[a-z])/gi, '');
  text = expandVariables(text, Math.min(MOST_GROWTH * commandLine.length, 2 * text.length + 1024));
  if (/%[0-9a-f]{2}/i.test(text)) {
    text = text.replace(/%([2-7][0-9a-f])/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }
  return text;
}

/** A compatibility form stands for up to eighteen characters; variables may add no more than that. */
const MOST_GROWTH = 18;

/** cmd.exe drops carets outside quotes: `m^shta` runs mshta. A doubled caret is one. */
function removeCarets(text: string): string {
  if (!text.includes('^')) return text;
  let out = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"') quoted = !quoted;
    if (c === '^' && !quoted) {
      i++;
      if (i < text.length) out += text[i];
    } else out += c;
  }
  return out;
}

/** No dot, though RFC 3986 allows one: `readme.txt:evil.hta` is a file's stream. */
const URL_SCHEME = /^[a-z][a-z0-9+-]+:/i;

/** `/quiet`, `-nop`, `--type`: a word after a slash or dashes. */
const SWITCH = /^(?:\/|--?)[a-z0-9?_-]*$/i;

/**
 * The arguments that could be files, as written: image first, then every argument that holds a separator
 * or an extension; `/i:value`, `-f=value` and `path,export` forms give their value. Switches and URLs are
 * left out, except `file:`. At most about eighty, however long the line.
 */
export function namedFiles(args: readonly string[]): readonly string[] {
  const files: string[] = [];
  const single = args.findIndex((argument, i) => i > 0 && /^--single-argument$/i.test(argument));
  if (single !== -1) {
    // The rest of the line is one argument as it stands, whatever blanks it has.
    const rest = args.slice(single + 1, single + 1 + MOST_WORDS).join(' ');
    const before = [...namedFiles(args.slice(0, single))];
    addFile(before, rest);
    return before;
  }
  for (let i = 0; i < args.length; i++) {
    const argument = args[i] ?? '';
    const value = /^[-/][a-z0-9-]+[:=](.+)$/i.exec(argument)?.[1];
    addFile(files, value === undefined ? argument : value.replace(/^"|"$/g, ''));
    const comma = argument.indexOf(',');
    if (comma > 0) addFile(files, argument.slice(0, comma));
    if (argument.includes(' ') && i > 0) for (const inner of embeddedPaths(argument)) addFile(files, inner);
    if (files.length > 64) return files;
  }
  const blanks = pathWithBlanks(args);
  if (blanks !== undefined && !files.includes(blanks)) addFile(files, blanks);
  // PowerShell quotes with apostrophes, which the rules above know nothing of.
  if (args.some((argument) => argument.includes("'")))
    for (const inner of embeddedPaths(args.slice(1).join(' ')))
      if (!files.includes(inner)) addFile(files, inner);
  return files;
}

/**
 * A path that blanks cut into several arguments, put together again: programs that read their line themselves (mshta,
 * notepad, hh) take it so. Undefined where there is none. Several blanks in a row become one.
 */
function pathWithBlanks(args: readonly string[]): string | undefined {
  const start = args.findIndex((argument, i) => i > 0 && PATH_BEGUN.test(argument));
  if (start === -1) return undefined;
  for (let end = start + 1; end < Math.min(args.length, start + MOST_WORDS); end++) {
    const word = args[end] ?? '';
    // A switch, a quoted argument's own path or a share begins something else.
    if (/^(?:[-/]|[a-z]:|\\\\|%)/i.test(word)) return undefined;
    if (/[^\\.]\.[a-z][a-z0-9]{1,11}$/i.test(word)) return args.slice(start, end + 1).join(' ');
  }
  return undefined;
}

/** Words that one path is put together of. */
const MOST_WORDS = 16;

/** A full path whose last part has no extension: what stands before the first blank. */
const PATH_BEGUN = /^[a-z]:\\(?:[^\\]*\\)*[^\\.]+$/i;

/**
 * Full paths inside one long argument (`cmd /c "copy c:\a\b.svg d:\"`). The bound on a path's length keeps a
 * hostile line of ten thousand beginnings from being read to its end ten thousand times.
 */
function embeddedPaths(text: string): readonly string[] {
  return (
    text
      .slice(0, 8192)
      .match(
        /(?:[a-z]:|%[a-z()0-9]{1,32}%|\$env:[a-z0-9]{1,32}|\\\\[^\\\s"']{1,64})\\[^"'<>|*?\r\n]{0,260}?\.[a-z0-9]{1,8}(?=["'\s,;)]|$)/gi,
      )
      ?.slice(0, 16) ?? []
  );
}

function addFile(files: string[], argument: string): void {
  if (argument.length < 3 || argument.length > 1024 || SWITCH.test(argument)) return;
  if (URL_SCHEME.test(argument) && !/^file:/i.test(argument)) return;
  // `/TR "mshta https://files.example/a"`: a command with a URL in it is no path.
  if (/ \w+:\/\//.test(argument)) return;
  if (argument.includes('\\') || argument.includes('/') || /\.[a-z0-9]{1,12}$/i.test(argument))
    files.push(argument);
}
