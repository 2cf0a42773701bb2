import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseMicros } from '../base/time';
import type { EventDraft } from '../events/record';
import { defenderHunting } from './defenderHunting';
import type { VendorRecord } from './exportFormat';
import { FORMATS } from './index';
import { createNormaliser, recognise } from './recognise';
import { at, textOf } from './vendorValues';

/** Public samples with their published normalisation, if they lie beside the project; never part of it. */
const FOLDER = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'defender');
const PUBLISHED = path.join(FOLDER, 'expected', 'm365_defender_eventhub');
const present = existsSync(PUBLISHED);
if (!present) process.stdout.write('skipped Defender samples: no folder ../shared/data beside the project\n');

describe.runIf(present)('public Defender samples', () => {
  const lines = present
    ? readdirSync(FOLDER)
        .filter((file) => file.endsWith('.ndjson'))
        .flatMap((file) => readFileSync(path.join(FOLDER, file), 'utf8').split('\n'))
        .filter((line) => line !== '')
    : [];

  it('are all recognised, and none is quarantined', () => {
    const outcomes = lines.flatMap((line) => {
      const found = recognise(JSON.parse(line) as VendorRecord, FORMATS);
      expect(found?.format.id).toBe(defenderHunting.id);
      return found === undefined ? [] : createNormaliser(found.format, FORMATS)(found.record);
    });
    expect(outcomes).toHaveLength(lines.length);
    expect(outcomes.filter((one) => one.outcome === 'quarantined')).toEqual([]);
    expect(outcomes.filter((one) => one.outcome === 'event').length).toBeGreaterThan(20);
  });

  it('say what their published normalisation says, field by field', () => {
    const tally = new Map<string, { agree: number; both: number; differences: string[] }>();
    for (const file of readdirSync(PUBLISHED)) {
      const { input, expected } = JSON.parse(readFileSync(path.join(PUBLISHED, file), 'utf8')) as {
        readonly input: { readonly message: string };
        readonly expected: VendorRecord;
      };
      const outcome = defenderHunting.normalise(JSON.parse(input.message) as VendorRecord);
      if (outcome.outcome !== 'event') continue;
      for (const [name, ours, theirs] of comparisons(outcome.event, expected)) {
        if (ours === undefined || theirs === undefined || theirs === '0') continue;
        const count = tally.get(name) ?? { agree: 0, both: 0, differences: [] };
        count.both++;
        if (ours.toLowerCase() === theirs.toLowerCase()) count.agree++;
        else count.differences.push(`${file}: ${ours} is not ${theirs}`);
        tally.set(name, count);
      }
    }
    for (const [name, { agree, both }] of tally) process.stdout.write(`${name}: ${agree} of ${both} agree\n`);
    expect([...tally.values()].flatMap(({ differences }) => differences)).toEqual([]);
    expect(tally.size).toBeGreaterThan(20);
  });
});

type Comparison = readonly [name: string, ours: string | undefined, theirs: string | undefined];

/**
 * What both name. Theirs calls the image of a started process, and of one that is evidence, `file`; its
 * directory may hold the file's name; the account of an actor is `process.user`.
 */
function comparisons(event: EventDraft, theirs: VendorRecord): readonly Comparison[] {
  const their = (name: string): string | undefined => textOf(at(theirs, name));
  const same = (ours: keyof EventDraft, name: string): Comparison => [ours, textOf(event[ours]), their(name)];
  const time = (ours: keyof EventDraft, name: string): Comparison => [
    ours,
    textOf(event[ours]),
    textOf(parseMicros(their(name) ?? '')),
  ];
  const isImage =
    event.kind === 'process_start' || (event.kind === 'alert' && event['process.pid'] !== undefined);
  const account = event.kind === 'process_start' || event.kind === 'logon' ? 'user' : 'process.user';
  const subject = isImage ? 'process' : 'file';
  return [
    time('recorded', '@timestamp'),
    ['host', event.host, their('host.name')],
    same('host.id', 'host.id'),
    same('code', 'action.type'),
    same('process.pid', 'process.pid'),
    time('process.start', 'process.start'),
    same('process.executable', 'process.executable'),
    ['process.name', nameOf(event['process.executable']), their('process.name')],
    same('process.command_line', 'process.command_line'),
    same('process.hash.sha256', isImage ? 'file.hash.sha256' : 'process.hash.sha256'),
    same('process.hash.sha1', isImage ? 'file.hash.sha1' : 'process.hash.sha1'),
    same('process.hash.md5', isImage ? 'file.hash.md5' : 'process.hash.md5'),
    same('process.parent.pid', 'process.parent.pid'),
    time('process.parent.start', 'process.parent.start'),
    same('process.parent.executable', 'process.parent.executable'),
    ['process.parent.name', nameOf(event['process.parent.executable']), their('process.parent.name')],
    same('process.parent.command_line', 'process.parent.command_line'),
    same('user.name', `${account}.name`),
    same('user.domain', `${account}.domain`),
    same('user.id', `${account}.id`),
    [
      `${subject} path`,
      isImage ? event['process.executable'] : (event['file.path'] ?? event['dll.path']),
      joinPath(their('file.directory'), their('file.name')),
    ],
    same('file.hash.sha256', 'file.hash.sha256'),
    same('file.hash.sha1', 'file.hash.sha1'),
    same('file.hash.md5', 'file.hash.md5'),
    same('destination.ip', 'destination.ip'),
    same('destination.port', 'destination.port'),
    same('source.ip', 'source.ip'),
    same('source.port', 'source.port'),
    same('url.full', 'url.full'),
    ['registry.path', event['registry.path'], joinPath(their('registry.key'), their('registry.value'))],
  ];
}

function nameOf(file: string | undefined): string | undefined {
  return file?.slice(Math.max(file.lastIndexOf('\\'), file.lastIndexOf('/')) + 1);
}

function joinPath(directory: string | undefined, name: string | undefined): string | undefined {
  if (directory === undefined) return undefined;
  if (name === undefined || nameOf(directory)?.toLowerCase() === name.toLowerCase()) return directory;
  return directory + (directory.includes('\\') ? '\\' : '/') + name;
}
