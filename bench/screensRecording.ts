import fs from 'node:fs';
import {
  createSysmonTeller,
  type SysmonTeller,
  type ToldProcess,
  tellMshtaChain,
} from '../lib/sample/sysmonTeller';

/** Hosts by the job they have in the measurement. */
export const FOREST_HOST = 'forest.corp.example';
export const BUSY_HOST = 'busy.corp.example';
/** Hosts with one small finding each, for opening one after the other. */
const ORDINARY_HOSTS = 48;
/** Lines held before they are written. */
const HELD = 2_000;

/**
 * Writes a recording as Sysmon exported by NXLog: small findings on many hosts, one finding on a host with `processes`
 * processes, and one whose process did `events` things. Each finding fetched from a site of its own, so that no two
 * have the same headline. The same arguments give the same bytes.
 */
export function writeScreensRecording(
  file: string,
  sizes: { readonly processes: number; readonly events: number },
): void {
  const out = fs.openSync(file, 'w');
  let held: string[] = [];
  const flush = () => {
    fs.writeSync(out, held.join(''));
    held = [];
  };
  const write = (line: string) => {
    held.push(`${line}\n`);
    if (held.length >= HELD) flush();
  };
  for (let n = 0; n < ORDINARY_HOSTS; n++) {
    const name = `desk${String(n).padStart(2, '0')}`;
    const host = createSysmonTeller(`${name}.corp.example`, write);
    const explorer = host.starts('C:\\Windows\\explorer.exe', 'explorer.exe');
    for (let i = 0; i < 40; i++)
      host.starts('C:\\Windows\\System32\\svchost.exe', `svchost.exe -k ${i}`, explorer);
    tellMshtaChain(host, explorer, `${name}.invoice-view.example`);
  }
  const forest = createSysmonTeller(FOREST_HOST, write);
  const root = forest.starts('C:\\Windows\\explorer.exe', 'explorer.exe');
  growForest(forest, root, sizes.processes);
  tellMshtaChain(forest, root, 'forest.invoice-view.example');

  const busy = createSysmonTeller(BUSY_HOST, write);
  const shell = busy.starts('C:\\Windows\\explorer.exe', 'explorer.exe');
  const script = tellMshtaChain(busy, shell, 'busy.invoice-view.example');
  for (let i = 0; i < sizes.events; i++) busy.writes(script, `C:\\Users\\anna\\out\\${i}.dat`);
  flush();
  fs.closeSync(out);
}

/** A tree of mixed fan-out: every seventh process has children of its own, so that depth grows slowly. */
function growForest(host: SysmonTeller, root: ToldProcess, processes: number): void {
  const open: ToldProcess[] = [root];
  for (let n = 0; n < processes; ) {
    const parent = open.shift() ?? root;
    const children = Math.min(processes - n, 5 + ((n * 7) % 19));
    for (let i = 0; i < children; i++, n++) {
      const image = `C:\\Program Files\\App${n % 37}\\app${n % 37}.exe`;
      const started = host.starts(image, `app --n ${n}`, parent);
      if (n % 7 === 0) open.push(started);
    }
  }
}
