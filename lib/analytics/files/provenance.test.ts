import { describe, expect, it } from 'vitest';
import type { EndpointEvent } from '../../events/endpointEvent';
import { canonicalPath, fileName } from '../../events/paths';
import { scenario } from '../../events/scenario';
import type { Scenario } from '../../events/story';
import { buildLineage } from '../../lineage/buildLineage';
import { buildVisibility } from '../../visibility/visibility';
import { NO_HISTORY } from '../history/history';
import { indexHost } from '../host/indexHost';
import { CMD, catalogue, EDGE, homeOf, SEVEN_ZIP, WSCRIPT } from '../testStory';
import { derivedFiles } from './provenance';
import { sourcesOf } from './sources';

const EXPLORER_GUID = 'd8f3a1b2-0c4d-4e5f-8a9b-1c2d3e4f5a6b';
const HASH = 'ab'.repeat(32);
const OTHER = 'cd'.repeat(32);

describe('a file is followed', () => {
  it('to its name after a recorded rename, exactly', () => {
    expect(
      cameOf('a.txt', (s, at) => {
        s.renames(s.explorer, at('a.txt'), at('b.js'));
      }),
    ).toEqual([['b.js', 'exact', 'a.txt was renamed to b.js']]);
  });

  it('to a file of the same folder and content: a rename that was not recorded', () => {
    expect(
      cameOf(
        'a.txt',
        (s, at) => {
          s.writes(s.explorer, at('b.js'), { 'file.hash.sha256': HASH });
          s.writes(s.explorer, at('c.js'), { 'file.hash.sha256': OTHER });
        },
        HASH,
      ),
    ).toEqual([
      ['b.js', 'inferred', 'b.js has the content and folder of a.txt: renamed; the rename was not recorded'],
    ]);
  });

  it.each([
    ['a.svg.part', 'a.svg'],
    ['unconfirmed 123.crdownload', 'a.svg'],
  ])('from the unfinished download %s to what its program wrote beside it right after', (temporary, last) => {
    const found = cameOf(temporary, (s, at, edge) => {
      s.writes(s.explorer, at('other.js'));
      s.after('2s');
      s.marks(edge, at(last));
      s.writes(edge, at(last));
      s.after('2m');
      s.writes(edge, at('later.svg'));
    });
    expect(found.map(([name, strength]) => [name, strength])).toEqual([[last, 'inferred']]);
  });

  it('to a copy that a command line names, exactly, and through a child of the shell', () => {
    expect(
      cameOf('a.txt', (s, at) => {
        const shell = s.starts(CMD, { commandLine: `cmd /c xcopy "${at('a.txt')}" "${at('b.js')}"` });
        const tool = s.starts('C:\\Windows\\System32\\xcopy.exe', { parent: shell, commandLine: 'xcopy' });
        s.writes(tool, at('b.js'));
      }),
    ).toEqual([['b.js', 'exact', 'cmd.exe, told to copy a.txt, wrote b.js']]);
  });

  it.each([
    ['cmd.exe', (path: string) => `cmd /c move "${path}" D:\\`],
    ['powershell.exe', (path: string) => `powershell Copy-Item '${path}' x`],
    ['certutil.exe', (path: string) => `certutil -decode "${path}" x`],
    ['tar.exe', (path: string) => `tar -xf "${path}"`],
    ['expand.exe', (path: string) => `expand "${path}" x`],
    ['esentutl.exe', (path: string) => `esentutl /y "${path}" /d x`],
    ['robocopy.exe', (path: string) => `robocopy "${path.slice(0, path.lastIndexOf('\\'))}" D:\\ source.txt`],
    ['cmd.exe', (path: string) => `cmd /c type "${path}" > x`],
  ])('to what %s wrote when told to copy it, by inference', (program, line) => {
    const found = cameOf('source.txt', (s, at) => {
      const tool = s.starts(`C:\\Windows\\System32\\${program}`, { commandLine: line(at('source.txt')) });
      s.writes(tool, 'C:\\ProgramData\\b.js');
    });
    expect(found.map(([name, strength]) => [name, strength])).toEqual([['b.js', 'inferred']]);
  });

  it('not to what a program wrote that only shows it', () => {
    expect(
      cameOf('a.txt', (s, at) => {
        const notepad = s.starts('C:\\Windows\\System32\\notepad.exe', {
          commandLine: `notepad "${at('a.txt')}"`,
        });
        s.writes(notepad, at('b.js'));
      }),
    ).toEqual([]);
  });

  it('to a file elsewhere with the same content, within a day', () => {
    const copy = (later: string) =>
      cameOf(
        'a.txt',
        (s) => {
          s.after(later);
          s.writes(s.explorer, 'C:\\ProgramData\\b.js', { 'file.hash.sha256': HASH.toUpperCase() });
        },
        HASH,
      );
    expect(copy('23h')).toEqual([['b.js', 'inferred', 'b.js has the same content (SHA-256) as a.txt']]);
    expect(copy('25h')).toEqual([]);
  });

  it('not to what shares content with half the disk', () => {
    expect(
      cameOf(
        'a.txt',
        (s) => {
          for (let i = 0; i < 40; i++)
            s.writes(s.explorer, `C:\\ProgramData\\${i}.js`, { 'file.hash.sha256': HASH });
        },
        HASH,
      ),
    ).toEqual([]);
  });

  it.each([
    ['Explorer', 'Temp1_a.zip'],
    ['newer Explorer', `${EXPLORER_GUID}_a.zip.a6b`],
  ])('into the folder %s unpacks to', (_, folder) => {
    expect(
      cameOf('a.zip', (s) => {
        s.writes(s.explorer, `${tempOf(s)}\\${folder}\\b.js`);
      }),
    ).toEqual([['b.js', 'inferred', 'b.js lies in the folder that a.zip was unpacked to']]);
  });

  it('to what an archiver told to open it wrote, exactly', () => {
    expect(
      cameOf('a.zip', (s, at) => {
        const archiver = s.starts(SEVEN_ZIP, { commandLine: `7zFM.exe "${at('a.zip')}"` });
        s.writes(archiver, `${tempOf(s)}\\7zO4C1D2A3B\\b.js`);
      }),
    ).toEqual([['b.js', 'exact', '7zfm.exe, opened on a.zip, wrote b.js']]);
  });

  it('into the folder beside it that is called as it is, where Explorer or an archiver wrote', () => {
    expect(
      cameOf('a.zip', (s, at) => {
        s.writes(s.explorer, at('a\\in\\b.js'));
        s.writes(s.explorer, at('other\\c.js'));
        s.writes(s.starts(CMD), at('a\\d.js'));
        const archiver = s.starts('C:\\Program Files\\7-Zip\\7zG.exe', {
          commandLine: '7zG.exe x -slp- -an -ai#7zMap29:88:7zEvent1',
        });
        s.writes(archiver, at('a\\e.js'));
      }),
    ).toEqual([
      ['b.js', 'inferred', 'b.js was written into the folder that is called as a.zip and lies beside it'],
      ['e.js', 'inferred', 'e.js was written into the folder that is called as a.zip and lies beside it'],
    ]);
  });

  it('to what an archiver whose start was not recorded unpacked, when another start names the archive', () => {
    const found = cameOf('a.zip', (s, at) => {
      s.loses('process_start');
      const archiver = s.starts(SEVEN_ZIP);
      s.regains('process_start');
      s.starts('C:\\Windows\\System32\\OpenWith.exe', { commandLine: `OpenWith.exe "${at('a.zip')}"` });
      s.after('5s');
      s.writes(archiver, `${tempOf(s)}\\7zO4C1D2A3B\\b.js`);
      s.writes(archiver, `${homeOf(s)}\\7z.ini`);
    });
    expect(found.map(([name, strength]) => [name, strength])).toEqual([['b.js', 'inferred']]);
  });

  it('to a file whose own mark of the web names it, as archivers write it', () => {
    expect(
      cameOf('a.zip', (s, at) => {
        s.marks(s.explorer, at('out\\b.js'), { referrerUrl: at('a.zip') });
      }),
    ).toEqual([['b.js', 'exact', 'b.js carries a mark of the web whose referrer is a.zip']]);
  });

  it.each(['about:internet', 'blob:null/1', 'data:text/plain,x'])(
    'to what a page saved in the browser that shows it (%s)',
    (hostUrl) => {
      const found = cameOf('a.svg', (s, at, edge) => {
        s.starts(EDGE, { commandLine: `msedge.exe --single-argument "${at('a.svg')}"`, parent: edge });
        s.marks(edge, at('b.js'), { hostUrl });
      });
      expect(found.map(([name, strength]) => [name, strength])).toEqual([['b.js', 'inferred']]);
    },
  );

  it('onto the drive it was mounted as', () => {
    const found = cameOf('a.iso', (s) => {
      s.after('1m');
      s.starts(WSCRIPT, { commandLine: 'wscript.exe "E:\\b.js"' });
    });
    expect(found.map(([name, strength]) => [name, strength])).toEqual([['b.js', 'inferred']]);
  });

  it('not onto a drive that was there before', () => {
    const s = scenario();
    s.starts(WSCRIPT, { commandLine: 'wscript.exe "E:\\a.js"' });
    s.writes(s.explorer, `${homeOf(s)}\\Downloads\\a.iso`);
    s.starts(WSCRIPT, { commandLine: 'wscript.exe "E:\\b.js"' });
    expect(derived(s, 'a.iso')).toEqual([]);
  });

  it('through archives in archives, each step told', () => {
    const s = scenario();
    s.writes(s.explorer, `${homeOf(s)}\\Downloads\\a.zip`);
    s.writes(s.explorer, `${tempOf(s)}\\Temp1_a.zip\\b.zip`);
    s.writes(s.explorer, `${tempOf(s)}\\Temp2_b.zip\\c.js`);
    const found = derivation(s, 'a.zip').files.find(({ file }) => fileName(file.path) === 'c.js');
    expect(found?.hops.map((hop) => hop.text)).toEqual([
      'b.zip lies in the folder that a.zip was unpacked to',
      'c.js lies in the folder that b.zip was unpacked to',
    ]);
    expect(found?.files.map(({ path }) => fileName(path))).toEqual(['b.zip', 'c.js']);
  });

  it('for its first 64 files, and says that there are more', () => {
    const many = (count: number) => {
      const s = scenario();
      s.writes(s.explorer, `${homeOf(s)}\\Downloads\\a.zip`);
      for (let i = 0; i < count; i++) s.writes(s.explorer, `${tempOf(s)}\\Temp1_a.zip\\${i}.js`);
      return derivation(s, 'a.zip');
    };
    expect(many(64).cut).toBeUndefined();
    expect(many(65).files).toHaveLength(64);
    expect(many(65).cut).toBe('more came of a.zip than was followed: 64 files, the earliest first');
  });

  it('for four steps, and says that there are more', () => {
    const chain = (length: number) => {
      const s = scenario();
      s.writes(s.explorer, 'C:\\d\\0.txt');
      for (let i = 0; i < length; i++) s.renames(s.explorer, `C:\\d\\${i}.txt`, `C:\\d\\${i + 1}.txt`);
      return derivation(s, '0.txt');
    };
    expect(chain(4)).toMatchObject({ files: { length: 4 }, cut: undefined });
    expect(chain(5)).toMatchObject({ files: { length: 4 } });
    expect(chain(5).cut).toContain('followed for 4 steps');
  });
});

describe('a file is traced back', () => {
  it.each([
    ['Explorer’s folder', (s: Scenario) => `${tempOf(s)}\\Temp1_a.zip\\b.js`, undefined],
    ['its mark of the web', (s: Scenario) => `${homeOf(s)}\\Downloads\\out\\b.js`, undefined],
    ['the archiver that wrote it', (s: Scenario) => `${tempOf(s)}\\7zO1\\b.js`, SEVEN_ZIP],
  ])('to its archive by %s', (_, pathOf, archiver) => {
    const s = scenario();
    const archive = `${homeOf(s)}\\Downloads\\a.zip`;
    s.writes(s.explorer, archive);
    const writer =
      archiver === undefined ? s.explorer : s.starts(archiver, { commandLine: `7zFM.exe "${archive}"` });
    s.writes(writer, pathOf(s));
    if (archiver === undefined) s.marks(writer, pathOf(s), { referrerUrl: archive });
    const index = indexOf(s.events());
    const { path } = canonicalPath(pathOf(s));
    const [event] = index.files.at(path).flatMap(({ entry }) => entry.events);
    if (event === undefined) throw new Error('the file is not indexed');
    expect(
      sourcesOf({ event, path, stream: undefined }, index).sources.map((source) => fileName(source.path)),
    ).toEqual(['b.js', 'a.zip']);
  });
});

type Tell = (s: Scenario, at: (name: string) => string, edge: ReturnType<Scenario['starts']>) => void;

/** Name, grade and reason of everything that came of a downloaded file. */
function cameOf(name: string, tell: Tell, hash?: string): readonly (readonly [string, string, string])[] {
  const s = scenario();
  const edge = s.starts(EDGE);
  const at = (file: string): string => `${homeOf(s)}\\Downloads\\${file}`;
  s.writes(edge, at(name), hash === undefined ? {} : { 'file.hash.sha256': hash });
  s.after('1s');
  tell(s, at, edge);
  return derived(s, name);
}

function derived(s: Scenario, name: string): readonly (readonly [string, string, string])[] {
  return derivation(s, name).files.map(({ file, hops }) => [
    fileName(file.path),
    hops.at(-1)?.strength ?? '',
    hops.at(-1)?.text ?? '',
  ]);
}

function derivation(s: Scenario, name: string): ReturnType<typeof derivedFiles> {
  const index = indexOf(s.events());
  const [file] = index.files.named(name).values;
  if (file === undefined) throw new Error(`${name} is not indexed`);
  return derivedFiles(file, index);
}

function indexOf(events: readonly EndpointEvent[]): ReturnType<typeof indexHost> {
  return indexHost(events, buildLineage(events), buildVisibility(events), catalogue.lists, NO_HISTORY);
}

function tempOf(s: Scenario): string {
  return `${homeOf(s)}\\AppData\\Local\\Temp`;
}
