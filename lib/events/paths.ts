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

const PLAIN = /^[a-z]:\\[^/%~*?"<>|:]*$/i;

/**
 * Canonical form of a path: case folded, `/` → `\`, `\\?\` and `\??\` dropped, `\Device\HarddiskVolumeN\`
 * and `\SystemRoot\` resolved, `.`/`..` and doubled separators collapsed, trailing dots and blanks cut,
 * `file://` decoded, the stream split off, `\\localhost\c$\` → `c:\`. Linear in the length.
 */
export function canonicalPath(text: string): CanonicalPath {
  if (PLAIN.test(text) && !text.includes('\\.') && !text.includes('\\\\') && !/[. ]$/.test(text)) {
    return { path: text.toLowerCase() };
  }
  let path = text.trim();
  if (path.length > 1 && path.startsWith('"') && path.endsWith('"')) path = path.slice(1, -1);
  if (/^file:/i.test(path)) path = fromFileUrl(path);
  path = path.replaceAll('/', '\\').toLowerCase();
  path = path.replace(/^\\\\\?\\unc\\/, '\\\\').replace(/^\\(\\\?|\?\?|\\\.)\\/, '');
  path = path.replace(/^\\device\\harddiskvolume\d+\\/, '?:\\').replace(/^\\device\\mup\\/, '\\\\');
  path = path.replace(/^\\systemroot\\/, 'c:\\windows\\').replace(/^%(windir|systemroot)%/, 'c:\\windows');
  path = path.replace(/^\\\\(?:localhost|127\.0\.0\.1|::1)\\([a-z])\$\\/, '$1:\\');
  const unc = path.startsWith('\\\\');
  const { body, stream } = splitStream(path);
  const segments: string[] = [];
  for (const segment of body.split('\\')) {
    const name = segment.length > 1 && segments.length > 0 ? segment.replace(/[. ]+$/, '') : segment;
    if (name === '' || segment === '.') continue;
    if (segment === '..') {
      if (segments.length > 1) segments.pop();
      continue;
    }
    segments.push(name === '' ? segment : name);
  }
  const joined = (unc ? '\\\\' : '') + segments.join('\\');
  return stream === undefined ? { path: joined } : { path: joined, stream };
}

/** Last segment, lower case, without a stream; of `c:\a\b.exe` it is `b.exe`. Cheap: no canonical form needed. */
export function fileName(path: string): string {
  const end = streamStart(path);
  let start = end;
  while (start > 0) {
    const c = path.charCodeAt(start - 1);
    if (c === 92 || c === 47) break;
    start--;
  }
  return path.slice(start, end).toLowerCase();
}

/** Extension without dot, lower case; empty when there is none. */
export function fileExtension(path: string): string {
  const name = fileName(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1);
}

/** Name of the alternate data stream of a path, lower case, or undefined. */
export function streamName(path: string): string | undefined {
  const at = streamStart(path);
  if (at === path.length) return undefined;
  const name = path
    .slice(at + 1)
    .replace(/:\$data$/i, '')
    .toLowerCase();
  return name === '' ? undefined : name;
}

/**
 * Whether two canonical paths are the same file. `exact`: equal. `inferred`: equal but for a volume
 * without a letter (`?:`), or for 8.3 segments (`progra~1` against `program files`).
 */
export function samePath(a: string, b: string): 'exact' | 'inferred' | undefined {
  if (a === b) return a.startsWith('?:') ? 'inferred' : 'exact';
  const volumeFree = a.startsWith('?:') || b.startsWith('?:');
  if (volumeFree && a.length > 3 && a.slice(2) === b.slice(2)) return 'inferred';
  if (!a.includes('~') && !b.includes('~')) return undefined;
  const left = a.split('\\');
  const right = b.split('\\');
  if (left.length !== right.length) return undefined;
  for (let i = 0; i < left.length; i++) {
    if (!sameSegment(left[i] ?? '', right[i] ?? '')) return undefined;
  }
  return 'inferred';
}

/** `%temp%` and its like with the user's profile folder put in; unknown variables stay. Lower-case result. */
export function expandEnvironment(path: string, profile: string | undefined): string {
  if (!path.includes('%')) return path;
  const home = profile ?? 'c:\\users\\?';
  return path.toLowerCase().replace(/%{1,2}([a-z()]+)%{1,2}/g, (whole, name: string) => {
    switch (name) {
      case 'temp':
      case 'tmp':
        return `${home}\\appdata\\local\\temp`;
      case 'appdata':
        return `${home}\\appdata\\roaming`;
      case 'localappdata':
        return `${home}\\appdata\\local`;
      case 'userprofile':
        return home;
      case 'public':
        return 'c:\\users\\public';
      case 'programdata':
      case 'allusersprofile':
        return 'c:\\programdata';
      case 'windir':
      case 'systemroot':
        return 'c:\\windows';
      case 'comspec':
        return 'c:\\windows\\system32\\cmd.exe';
      case 'programfiles':
        return 'c:\\program files';
      default:
        return whole;
    }
  });
}

/** `c:\users\name` of a canonical path that lies in a profile. */
export function profileOf(canonical: string): string | undefined {
  if (!canonical.startsWith('\\users\\', 2)) return undefined;
  const end = canonical.indexOf('\\', 9);
  return end === -1 ? undefined : canonical.slice(0, end);
}

function sameSegment(a: string, b: string): boolean {
  if (a === b) return true;
  const short = /^([^~]{1,6})~\d+(\.[^.]{0,3})?$/;
  const left = short.exec(a);
  const right = short.exec(b);
  if (left !== null && right === null) return shortens(b, left[1] ?? '', left[2] ?? '');
  if (right !== null && left === null) return shortens(a, right[1] ?? '', right[2] ?? '');
  return false;
}

/** 8.3 names keep the first six valid characters of the base and three of the extension. */
function shortens(long: string, stem: string, extension: string): boolean {
  const dot = long.lastIndexOf('.');
  const base = (dot > 0 && extension !== '' ? long.slice(0, dot) : long).replace(/[ .+,;=[\]]/g, '');
  if (!base.startsWith(stem)) return false;
  return extension === '' || (dot > 0 && long.slice(dot).startsWith(extension));
}

function splitStream(path: string): { body: string; stream?: string } {
  const at = streamStart(path);
  if (at === path.length) return { body: path };
  const stream = path.slice(at + 1).replace(/:\$data$/, '');
  return stream === '' ? { body: path.slice(0, at) } : { body: path.slice(0, at), stream };
}

/** Index of the colon that begins the stream's name, or the length; the drive's colon does not count. */
function streamStart(path: string): number {
  for (let i = path.length - 1; i > 1; i--) {
    const c = path.charCodeAt(i);
    if (c === 92 || c === 47) return path.length;
    if (c === 58) {
      const first = path.lastIndexOf(':', i - 1);
      const separator = Math.max(path.lastIndexOf('\\', i), path.lastIndexOf('/', i));
      return first > separator && first > 1 ? first : i;
    }
  }
  return path.length;
}

function fromFileUrl(url: string): string {
  const rest = url.replace(/^file:\/*/i, '');
  const body = /^[a-z]:/i.test(rest) || /^[a-z]%3a/i.test(rest) ? rest : `\\\\${rest}`;
  try {
    return decodeURIComponent(body);
  } catch {
    // A stray percent sign: the text is hostile or hand-made; compare it as it stands.
    return body;
  }
}
