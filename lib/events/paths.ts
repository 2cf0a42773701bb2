/**
 * Windows paths as text. The recorded path is kept on the event; everything here is for comparing
 * (ANALYTICS B.2). Paths are attacker-controlled: nothing here touches a file system.
 */
export type CanonicalPath = {
  /** Lower case, backslashes, no `.`/`..`, no prefix, no stream. A volume without a known letter is `?:`. */
  readonly path: string;
  /** Name of the alternate data stream, e.g. `zone.identifier`. */
  readonly stream?: string;
};

/** Already as it should be, but for the case: a drive, then segments without colon that end in neither dot nor blank. */
const PLAIN = /^[a-z?]:(?!\\windows\\sysnative(?:\\|$))(?:\\[^\\/:]*[^\\/:.\s])+$/i;

/** How often hostile prefixes inside prefixes are peeled; nothing legitimate needs more than two. */
const PEELS = 8;

/**
 * Canonical form of a path: case folded, `/` → `\`, `\\?\` and `\??\` dropped, `\Device\HarddiskVolumeN\`
 * and `\SystemRoot\` resolved, `.`/`..` and doubled separators collapsed, trailing dots and blanks cut,
 * `file://` decoded, the stream split off, `\\localhost\c$\` → `c:\`. A path from the root of an unnamed
 * drive (`\temp\a.hta`) begins with `?:`. The canonical form of a canonical path is itself. Linear in the length.
 */
export function canonicalPath(text: string): CanonicalPath {
  let result = canonicalOnce(text);
  for (let i = 1; i < PEELS && !PLAIN.test(result.path); i++) {
    const again = canonicalOnce(result.path);
    if (again.path === result.path) break;
    result = result.stream === undefined ? again : { ...again, stream: result.stream };
  }
  return result;
}

function canonicalOnce(text: string): CanonicalPath {
  if (PLAIN.test(text)) return { path: text.toLowerCase() };
  const path = withoutPrefix(unquoted(text));
  const at = streamStart(path);
  const stream = streamName(path);
  const joined = joinSegments(at === path.length ? path : path.slice(0, at));
  return stream === undefined ? { path: joined } : { path: joined, stream };
}

/** Trims, and takes one pair of quotes and the wrapping of a file URL away. Lower case, backslashes. */
function unquoted(text: string): string {
  let path = text.trim();
  if (path.length > 1 && path.startsWith('"') && path.endsWith('"')) path = path.slice(1, -1);
  if (/^file:/i.test(path)) path = fromFileUrl(path);
  return path.replaceAll('/', '\\').toLowerCase();
}

/** The many ways to write the root of a path, as `c:\`, `?:\` (a volume of unknown letter) or `\\host\`. */
function withoutPrefix(path: string): string {
  if (path.startsWith('\\') || path.startsWith('%')) {
    return path
      .replace(/^(?:\\(?:\\\?|\?\?|\\\.)\\)+(?:globalroot(?=\\))?/, '')
      .replace(/^unc\\/, '\\\\')
      .replace(/^volume\{[0-9a-f-]{36}\}(?=\\|$)/, '?:')
      .replace(/^\\device\\(?:harddiskvolume|cdrom)\d+(?=\\|$)/, '?:')
      .replace(/^\\device\\(?:mup|lanmanredirector|webdavredirector)\\(?:;[^\\]*\\)*/, '\\\\')
      .replace(/^(?:\\systemroot|%{1,2}(?:windir|systemroot)%{1,2})(?=\\|$)/, 'c:\\windows')
      .replace(/^\\(?!\\|device\\)/, '?:\\');
  }
  return path;
}

/** Splits at separators, resolves `.` and `..`, cuts what Windows cuts from names, and joins again. */
function joinSegments(path: string): string {
  const unc = path.startsWith('\\\\');
  const device = !unc && path.startsWith('\\');
  const parts = path.split('\\');
  const drive = !unc && !device && /^[a-z?]:$/.test(parts[0] ?? '');
  // `..` stops at the root: the drive, or the share of a host.
  const floor = unc ? 2 : drive || device ? 1 : 0;
  const segments: string[] = [];
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? '';
    if (part === '..') {
      if (segments.length > floor) segments.pop();
    } else {
      const name = drive && i === 0 ? part : trimName(part, i === 0 ? 2 : 0);
      if (name !== '') segments.push(name);
    }
  }
  if (unc) return localShare(segments) ?? `\\\\${webShare(segments).join('\\')}`;
  if (drive && segments.length === 1) return `${segments[0]}\\`;
  // What a 32-bit program calls Sysnative is System32.
  if (drive && segments[1] === 'windows' && segments[2] === 'sysnative') segments[2] = 'system32';
  return (device ? '\\' : '') + segments.join('\\');
}

/** A segment without trailing dots and blanks, which Windows ignores, and without a folder's stream. */
function trimName(segment: string, afterDrive: number): string {
  const colon = segment.indexOf(':', afterDrive);
  let end = colon === -1 ? segment.length : colon;
  while (end > 0 && isIgnoredAtEnd(segment.charCodeAt(end - 1))) end--;
  return segment.slice(0, end);
}

/**
 * WebDAV has many spellings of one place: `davwwwroot` is no folder of the server, port 80 and, with `@ssl`,
 * 443 are what is meant without a port. What is left says scheme, host, port and path.
 */
function webShare(segments: readonly string[]): readonly string[] {
  const [host = '', share, ...rest] = segments;
  const parts = /^([^@]+)((?:@[^@]+){1,2})$/.exec(host);
  const web = share === 'davwwwroot';
  if (parts === null) return web ? [host, ...rest] : segments;
  const [, name = '', options = ''] = parts;
  const secure = options.includes('@ssl');
  const port = /@(\d{1,5})/.exec(options)?.[1];
  const usual = secure ? '443' : '80';
  const place = `${name}${secure ? '@ssl' : ''}${port === undefined || port === usual ? '' : `@${port}`}`;
  return web ? [place, ...rest] : [place, ...segments.slice(1)];
}

/** `\\localhost\c$\a` is `c:\a`, `\\127.0.0.1\admin$\a` is `c:\windows\a`; undefined for any other share. */
function localShare(segments: readonly string[]): string | undefined {
  const [host = '', share = '', ...rest] = segments;
  if (host !== 'localhost' && host !== '0--1.ipv6-literal.net' && !/^127\.\d+\.\d+\.\d+$/.test(host))
    return undefined;
  const root = share === 'admin$' ? 'c:\\windows' : /^[a-z]\$$/.test(share) ? `${share[0]}:` : undefined;
  if (root === undefined) return undefined;
  return rest.length === 0 && root.endsWith(':') ? `${root}\\` : [root, ...rest].join('\\');
}

function isIgnoredAtEnd(code: number): boolean {
  return code === 46 || code === 32;
}

/**
 * Last segment, lower case, without a stream or trailing dots and blanks; of `c:\a\b.exe` it is `b.exe`.
 * Cheap: no canonical form needed.
 */
export function fileName(path: string): string {
  let end = streamStart(path);
  while (end > 0 && isIgnoredAtEnd(path.charCodeAt(end - 1))) end--;
  let start = end;
  while (start > 0) {
    const c = path.charCodeAt(start - 1);
    if (c === 92 || c === 47) break;
    start--;
  }
  return path.slice(start, end).toLowerCase();
}

/** Extension without dot, lower case; empty when there is none. As Windows has it, `.hta` is all extension. */
export function fileExtension(path: string): string {
  const name = fileName(path);
  const dot = name.lastIndexOf('.');
  return dot === -1 ? '' : name.slice(dot + 1);
}

/** Name of the alternate data stream of a path, lower case, or undefined; `a.txt::$DATA` is the file itself. */
export function streamName(path: string): string | undefined {
  const at = streamStart(path);
  if (at === path.length) return undefined;
  const colon = path.indexOf(':', at + 1);
  const name = path.slice(at + 1, colon === -1 ? path.length : colon).toLowerCase();
  return name === '' ? undefined : name;
}

/**
 * Whether two canonical paths are the same file. `exact`: equal. `inferred`: equal but for a volume
 * without a letter (`?:`), a profile without a user (`c:\users\?`), or 8.3 segments (`progra~1` against
 * `program files`).
 */
export function samePath(a: string, b: string): 'exact' | 'inferred' | undefined {
  const guessed = a.includes('?') || b.includes('?');
  if (a === b) return guessed ? 'inferred' : 'exact';
  if (!guessed && !a.includes('~') && !b.includes('~')) return undefined;
  const left = a.split('\\');
  const right = b.split('\\');
  if (left.length !== right.length) return undefined;
  for (let i = 0; i < left.length; i++) {
    const anyUser = i === 2 && left[1] === 'users' && (left[i] === '?' || right[i] === '?');
    if (!anyUser && !sameSegment(left[i] ?? '', right[i] ?? '')) return undefined;
  }
  return 'inferred';
}

/**
 * `%temp%` and its like (`$env:temp` in PowerShell) with the user's profile folder put in, lower case; unknown
 * variables stay, and a path without a variable is returned as it is. A pipeline's doubled percent signs (`%%temp%%`) are read as one.
 */
export function expandEnvironment(path: string, profile: string | undefined): string {
  if (!path.includes('%') && !path.includes('$')) return path;
  const home = profile ?? 'c:\\users\\?';
  const holding = (whole: string, name: string): string => variable(name, home.toLowerCase()) ?? whole;
  return path
    .toLowerCase()
    .replace(/%%([a-z0-9()]+)%%|%([a-z0-9()]+)%/g, (whole, doubled?: string, single?: string) =>
      holding(whole, doubled ?? single ?? ''),
    )
    .replace(/\$env:([a-z0-9]+)|\$\{env:([a-z0-9()]+)\}/g, (whole, plain?: string, braced?: string) =>
      holding(whole, plain ?? braced ?? ''),
    );
}

/** What an environment variable usually holds, lower case, for a user of that profile folder. */
function variable(name: string, home: string): string | undefined {
  if (name === 'username') return home.slice(home.lastIndexOf('\\') + 1);
  if (name === 'homepath') return home.slice(2);
  return VARIABLES[name]?.replace('~', () => home);
}

/** The same where no user is concerned; undefined for variables that hold a user's own folders. */
export function systemVariable(name: string): string | undefined {
  const value = VARIABLES[name.toLowerCase()];
  return value === undefined || value.startsWith('~') ? undefined : value;
}

/** What the variables hold on a usual installation; `~` is the user's profile. */
const VARIABLES: Readonly<Record<string, string | undefined>> = Object.assign(Object.create(null), {
  temp: '~\\appdata\\local\\temp',
  tmp: '~\\appdata\\local\\temp',
  appdata: '~\\appdata\\roaming',
  localappdata: '~\\appdata\\local',
  userprofile: '~',
  public: 'c:\\users\\public',
  programdata: 'c:\\programdata',
  allusersprofile: 'c:\\programdata',
  windir: 'c:\\windows',
  systemroot: 'c:\\windows',
  systemdrive: 'c:',
  homedrive: 'c:',
  onedrive: '~\\onedrive',
  commonprogramfiles: 'c:\\program files\\common files',
  comspec: 'c:\\windows\\system32\\cmd.exe',
  programfiles: 'c:\\program files',
  programw6432: 'c:\\program files',
  'programfiles(x86)': 'c:\\program files (x86)',
});

/** `c:\users\name` of a canonical path that is a profile or lies in one. */
export function profileOf(canonical: string): string | undefined {
  if (!canonical.startsWith('\\users\\', 2)) return undefined;
  const end = canonical.indexOf('\\', 9);
  return end === -1 ? canonical : canonical.slice(0, end);
}

function sameSegment(a: string, b: string): boolean {
  if (a === b) return true;
  if (a === '?:' || b === '?:') return a.length === 2 && b.length === 2 && a.endsWith(':') && b.endsWith(':');
  const short = /^([^~]{1,6})~(\d+)(?:\.([^.]{1,3}))?$/;
  const left = short.exec(a);
  const right = short.exec(b);
  if ((left === null) === (right === null)) return false;
  const [, stem = '', digits = '', extension = ''] = left ?? right ?? [];
  return shortens(left === null ? a : b, stem, digits, extension);
}

/**
 * 8.3 names keep the first six valid characters of the base (fewer when the number has more digits) and
 * three of the extension; blanks and further dots go, characters that are not valid become underscores.
 */
function shortens(long: string, stem: string, digits: string, extension: string): boolean {
  const dot = long.lastIndexOf('.');
  const base = (dot > 0 ? long.slice(0, dot) : long).replace(/[ .]/g, '').replace(/[+,;=[\]]/g, '_');
  const ending =
    dot > 0
      ? long
          .slice(dot + 1)
          .replace(/ /g, '')
          .slice(0, 3)
      : '';
  if (ending !== extension) return false;
  if (base.slice(0, 7 - digits.length) === stem) return true;
  // From the fifth such name in a folder on: two characters, and four of a checksum.
  return /^..[0-9a-f]{4}$/.test(stem) && stem.slice(0, 2) === base.slice(0, 2) && base.length > 2;
}

/**
 * Index of the colon that begins the stream's name, or the length: the first colon after the last separator
 * that is not the drive's.
 */
function streamStart(path: string): number {
  const segment = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1;
  const colon = path.indexOf(':', segment === 0 ? 2 : segment);
  return colon === -1 ? path.length : colon;
}

/**
 * The path of a `file:` URL: `file:///c:/a%20b` and `file://localhost/c:/a b` on a drive, `file://host/share`
 * of another host. Query and fragment are no part of it. A percent sign that encodes nothing stays.
 */
function fromFileUrl(url: string): string {
  const location = url.slice('file:'.length).replace(/[?#].*$/s, '');
  const slashes = /^[\\/]*/.exec(location)?.[0].length ?? 0;
  const rest = location
    .slice(slashes)
    .replace(/^localhost(?=[\\/])[\\/]+(?=[a-z](?:[:|]|%3a))/i, '')
    .replace(/(?:%[0-9a-f]{2})+/gi, decodeRun)
    .replace(/^([a-z])\|/i, '$1:');
  if (/^[a-z]:/i.test(rest)) return rest;
  return slashes === 1 || slashes === 3 ? `\\${rest}` : slashes === 0 ? rest : `\\\\${rest}`;
}

function decodeRun(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    // Not UTF-8: hostile or hand-made; compare it as it stands.
    return encoded;
  }
}
