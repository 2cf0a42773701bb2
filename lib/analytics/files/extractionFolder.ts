/** Where a file lies that a program unpacked to look at it, or to let it be opened. */
export type Extraction = {
  /** Name of the archive, lower case, where the folder carries it. */
  readonly archive?: string;
  /** Names of programs whose folder it is, where it carries no archive's name: the process names the archive. */
  readonly by?: readonly string[];
  /** The folder, canonical, without closing backslash. */
  readonly folder: string;
};

const ARCHIVE = '(?:zip|zipx|rar|7z|tar|gz|tgz|bz2|xz|cab|arj|lzh|ace|iso|img|jar|wim)';

/** Explorer's folder of one archive, `Temp1_name.zip`, and of newer Windows, `<guid>_name.zip.<three letters or digits>`. */
const EXPLORER = /^temp\d{1,4}_([^\\]+)$/;
const EXPLORER_GUID = new RegExp(
  `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}_([^\\\\]+?\\.${ARCHIVE})(?:\\.[^\\\\.]{1,4})?$`,
);
/** WinZip's and others' folders are called as the archive itself. */
const NAMED = new RegExp(`^([^\\\\]+\\.${ARCHIVE})$`);

const SEVEN_ZIP: readonly string[] = ['7zfm.exe', '7zg.exe', '7z.exe', 'nanazip.modern.filemanager.exe'];

/** Folders of archivers that do not say of which archive; by how their names begin. */
const UNNAMED: readonly (readonly [prefix: string, by: readonly string[]])[] = [
  ['7zo', SEVEN_ZIP],
  ['7ze', SEVEN_ZIP],
  ['7zs', SEVEN_ZIP],
  ['rar$', ['winrar.exe', 'rar.exe', 'unrar.exe']],
  ['bnz.', ['bandizip.exe']],
  ['peazip-tmp', ['peazip.exe']],
  ['pztmp', ['peazip.exe']],
  ['wz', ['winzip32.exe', 'winzip64.exe']],
];

/**
 * What the folder of a canonical path says of the archive the file was unpacked from; undefined where the
 * path is in no such folder. Of nested archives the innermost folder speaks.
 */
export function extractionOf(path: string): Extraction | undefined {
  const at = path.indexOf('\\temp\\');
  if (at === -1) return undefined;
  let found: Extraction | undefined;
  let start = at + 6;
  // Hostile paths can be long; a real one is unpacked a few folders deep.
  for (let depth = 0; depth < 8; depth++) {
    const end = path.indexOf('\\', start);
    if (end === -1) break;
    const segment = path.slice(start, end);
    found = ofSegment(segment, path.slice(0, end)) ?? found;
    start = end + 1;
  }
  return found;
}

function ofSegment(segment: string, folder: string): Extraction | undefined {
  if (segment.length > 255) return undefined;
  const archive = (EXPLORER.exec(segment) ?? EXPLORER_GUID.exec(segment) ?? NAMED.exec(segment))?.[1];
  if (archive !== undefined) return { archive, folder };
  const known = UNNAMED.find(([prefix]) => segment.startsWith(prefix));
  if (known === undefined || (known[0] === 'wz' && !/^wz[0-9a-f]{4}$/.test(segment))) return undefined;
  return { by: known[1], folder };
}
