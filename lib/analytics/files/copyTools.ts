import { normaliseCommandLine } from '../../events/commandLine';
import { fileName } from '../../events/paths';

/** Programs that make one file out of another, whatever their arguments. */
const TOOLS: ReadonlyMap<string, string> = new Map([
  ['xcopy.exe', 'copy'],
  ['robocopy.exe', 'copy'],
  ['expand.exe', 'unpack'],
  ['extrac32.exe', 'unpack'],
  ['tar.exe', 'unpack'],
  ['bsdtar', 'unpack'],
  ['makecab.exe', 'pack'],
]);

/** Programs that do with one of their switches. */
const SWITCHED: ReadonlyMap<string, readonly [verb: string, pattern: RegExp]> = new Map([
  ['certutil.exe', ['decode', /[\s"][-/](?:decode|encode|decodehex|encodehex)(?=[\s"]|$)/i]],
  ['esentutl.exe', ['copy', /[\s"][-/]y(?=[\s"]|$)/i]],
]);

const SHELLS: ReadonlySet<string> = new Set([
  'cmd.exe',
  'powershell.exe',
  'pwsh.exe',
  'pwsh.dll',
  'bash.exe',
]);

/** The words of shells, as what they do to a file; each stands at the beginning of a command. */
const SHELL_VERBS =
  /(?:^|[\s"'&|(;@{])(copy|xcopy|robocopy|move|ren|rename|type|expand|tar|certutil|esentutl|copy-item|cpi|cp|move-item|mi|mv|rename-item|rni|expand-archive|compress-archive)(?:\.exe)?(?=[\s/"'])/i;

const MEANS: Readonly<Record<string, string>> = {
  move: 'move',
  'move-item': 'move',
  mi: 'move',
  mv: 'move',
  ren: 'rename',
  rename: 'rename',
  'rename-item': 'rename',
  rni: 'rename',
  expand: 'unpack',
  tar: 'unpack',
  'expand-archive': 'unpack',
  'compress-archive': 'pack',
  certutil: 'decode',
};

/** What longer lines say beyond this is not looked at. */
const READ = 8192;

/**
 * What a command line does to a file it names: `copy`, `move`, `rename`, `unpack`, `pack`, `decode`; undefined
 * when it is none of the tools and words that make one file of another. `names` are those the program goes by.
 */
export function copyVerb(names: readonly string[], commandLine: string): string | undefined {
  const line = normaliseCommandLine(commandLine.slice(0, READ));
  for (const written of names) {
    const name = fileName(written);
    const tool = TOOLS.get(name);
    if (tool !== undefined) return tool;
    const switched = SWITCHED.get(name);
    if (switched !== undefined) return switched[1].test(line) ? switched[0] : undefined;
    if (!SHELLS.has(name)) continue;
    const verb = SHELL_VERBS.exec(line)?.[1]?.toLowerCase();
    if (verb === undefined || (verb === 'type' && !line.includes('>'))) return undefined;
    if (verb === 'certutil' && !SWITCHED.get('certutil.exe')?.[1].test(line)) return undefined;
    return MEANS[verb] ?? 'copy';
  }
  return undefined;
}
