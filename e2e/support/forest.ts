import {
  createSysmonTeller,
  guidOf,
  type SysmonTeller,
  type ToldProcess,
  tellMshtaChain,
} from '../../lib/sample/sysmonTeller';
import { linesOf } from './recordings';

const EXPLORER = 'C:\\Windows\\explorer.exe';
const TOOL = 'C:\\Tools\\build.exe';

/** Right-to-left override, as in `exe.txt` shown for `txt.exe`. */
export const DISGUISE = '\u202Etxt\u202C.exe';
export const MARKUP = '<img src=x onerror=attacked(1)>';
export const LONG = `start ${'A'.repeat(30_000)} end`;

/**
 * A host whose lineage is as large and as hostile as one host's can be: a process with 5,000 children, a tree 300 deep,
 * processes whose parents nobody recorded, two that name each other as parent, names and command lines written to
 * break what draws them. One finding: mshta, PowerShell, a call out.
 */
export function hostileForest(host: string): Buffer {
  const lines: string[] = [];
  const tell = createSysmonTeller(host, (line) => lines.push(line));
  const explorer = tell.starts(EXPLORER, 'explorer.exe');
  const builder = tell.starts(TOOL, 'build.exe --all', explorer);
  for (let n = 0; n < 5_000; n++) tell.starts(`C:\\Tools\\job${n % 3}.exe`, `job ${n}`, builder);
  goDown(tell, explorer, 300);
  for (let n = 0; n < 20; n++)
    tell.starts('C:\\Tools\\orphan.exe', `orphan ${n}`, undefined, {
      ParentProcessGuid: guidOf(900_000 + n),
      ParentProcessId: 77,
      ParentImage: 'C:\\Tools\\gone.exe',
    });
  // Each names the other: the second one is the host's 5,324th process.
  const first = tell.starts('C:\\Tools\\snake.exe', 'snake 1', undefined, {
    ParentProcessGuid: guidOf(5_324),
    ParentProcessId: 1,
    ParentImage: 'C:\\Tools\\snake.exe',
  });
  tell.starts('C:\\Tools\\snake.exe', 'snake 2', first);
  const script = tellMshtaChain(tell, explorer);
  tell.starts(`C:\\Tools\\${DISGUISE}`, `run ${DISGUISE}`, script);
  tell.starts(`C:\\Tools\\${MARKUP}.exe`, `run ${MARKUP}`, script);
  tell.starts('C:\\Tools\\two\nlines.exe', 'first\nsecond', script);
  tell.starts('C:\\Tools\\long.exe', LONG, script);
  return linesOf(lines);
}

function goDown(tell: SysmonTeller, from: ToldProcess, depth: number): void {
  let parent = from;
  for (let n = 0; n < depth; n++) parent = tell.starts('C:\\Tools\\deep.exe', `deep ${n}`, parent);
}
