import fs from 'node:fs';
import path from 'node:path';
import { loadCatalogue } from '../lib/cli/loadCatalogue';
import { kindsNeeded } from '../lib/correlate/kindsNeeded';
import { groupHosts } from '../lib/events/hostGroups';
import { answer } from './measurement';
import { eachEvent } from './recording';

export type NormalisedTask = { readonly file: string; readonly folder: string };
export type NormalisedAnswer = { readonly rows: number; readonly bytes: number };

const HELD_BYTES = 256 * 1024;

/**
 * Writes what storage hands to correlation (the events of the kinds it looks at, host by host) as JSON
 * lines, one file for each host: the common input of our engine and of SQL.
 */
await answer(async ({ file, folder }: NormalisedTask): Promise<NormalisedAnswer> => {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const catalogue = await loadCatalogue();
  const held = new Map<string, { lines: string[]; length: number; file: string }>();
  let rows = 0;
  await eachEvent(file, new Set(kindsNeeded(catalogue)), (event) => {
    let host = held.get(event.host);
    if (host === undefined) {
      host = { lines: [], length: 0, file: path.join(folder, `part-${held.size}`) };
      held.set(event.host, host);
    }
    const line = `${JSON.stringify(event)}\n`;
    host.lines.push(line);
    host.length += line.length;
    rows++;
    if (host.length > HELD_BYTES) flush(host);
  });
  for (const host of held.values()) flush(host);
  return { rows, bytes: join(folder, held) };
});

function flush(host: { lines: string[]; length: number; file: string }): void {
  fs.appendFileSync(host.file, host.lines.join(''));
  host.lines = [];
  host.length = 0;
}

/** Puts the names of one machine into one file, and returns the size of all. */
function join(folder: string, hosts: ReadonlyMap<string, { readonly file: string }>): number {
  const groups = groupHosts(hosts.keys());
  const numbers = new Map<string, string>();
  let bytes = 0;
  for (const [name, { file }] of hosts) {
    const group = groups.get(name)?.canonical ?? name;
    const joined = numbers.get(group) ?? path.join(folder, `host-${numbers.size}.ndjson`);
    numbers.set(group, joined);
    const content = fs.readFileSync(file);
    bytes += content.length;
    fs.appendFileSync(joined, content);
    fs.rmSync(file);
  }
  return bytes;
}
