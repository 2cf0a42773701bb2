import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { EventDraft, NormalisedRecord } from '../../events/record';
import type { ExportFormat, VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { createNormaliser } from '../recognise';
import { createRecordDecoder } from '../recordDecoder';
import { anyTime, at, textOf } from '../vendorValues';

/** Published samples beside the project, which are never part of it; undefined, with a printed reason, without them. */
export function samplesOf(vendor: string): string | undefined {
  const folder = path.join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', vendor);
  if (existsSync(folder)) return folder;
  process.stdout.write(
    `skipped samples of ${vendor}: no folder ../shared/data/${vendor} beside the project\n`,
  );
  return undefined;
}

/** What becomes of every record of a file that one format reads. */
export function readSamples(format: ExportFormat, bytes: Uint8Array): readonly NormalisedRecord[] {
  const normalise = createNormaliser(format, [format]);
  const decoder = createRecordDecoder();
  return [...decoder.push(bytes), ...decoder.end().records].flatMap((record) =>
    record.value === undefined
      ? [{ outcome: 'quarantined' as const, reason: record.refused }]
      : normalise(record.value),
  );
}

/** How many of each outcome, and the reasons of the quarantined. */
export function tally(outcomes: readonly NormalisedRecord[]): {
  readonly events: number;
  readonly ignored: number;
  readonly reasons: readonly string[];
} {
  return {
    events: outcomes.filter((one) => one.outcome === 'event').length,
    ignored: outcomes.filter((one) => one.outcome === 'ignored').length,
    reasons: outcomes.flatMap((one) => (one.outcome === 'quarantined' ? [one.reason] : [])),
  };
}

/** Fields of ours and where the published documents have theirs. */
const CLAIMS: readonly (readonly [keyof EventDraft, readonly string[]])[] = [
  ['host', ['host.name', 'host.hostname']],
  ['host.id', ['agent.id', 'host.id']],
  ['recorded', ['@timestamp']],
  ['user.name', ['user.name']],
  ['user.domain', ['user.domain']],
  ['process.pid', ['process.pid']],
  ['process.executable', ['process.executable']],
  ['process.command_line', ['process.command_line']],
  ['process.working_directory', ['process.working_directory']],
  ['process.pe.original_file_name', ['process.pe.original_file_name']],
  ['process.parent.pid', ['process.ppid', 'process.parent.pid']],
  ['process.parent.executable', ['process.parent.executable']],
  ['process.parent.command_line', ['process.parent.command_line']],
  ['process.hash.sha256', ['process.hash.sha256', 'file.hash.sha256']],
  ['process.hash.md5', ['process.hash.md5', 'file.hash.md5']],
  ['file.path', ['file.path']],
  ['destination.ip', ['destination.ip']],
  ['destination.port', ['destination.port']],
  ['source.ip', ['source.ip']],
  ['source.port', ['source.port']],
  ['dns.question.name', ['dns.question.name']],
  ['registry.path', ['registry.path']],
  ['rule.name', ['rule.name']],
  ['rule.id', ['rule.id']],
];

/** Fields compared and agreeing, and every difference as `sample field: ours …, theirs …`. */
export type Agreement = { readonly compared: number; readonly differing: readonly string[] };

/** Compares the events of published inputs with what was published for them; prints the share by field. */
export function comparePublished(format: ExportFormat, folder: string): Agreement {
  const shares = new Map<string, { both: number; same: number }>();
  const differing: string[] = [];
  for (const { name, event, expected } of publishedPairs(format, path.join(folder, 'expected'))) {
    for (const [field, places] of CLAIMS) {
      const theirs = places.map((place) => textOf(at(expected, place))).find((one) => one !== undefined);
      const ours = event[field];
      if (theirs === undefined || ours === undefined) continue;
      const share = shares.get(field) ?? { both: 0, same: 0 };
      shares.set(field, share);
      share.both++;
      if (agree(field, ours, theirs)) share.same++;
      else differing.push(`${name} ${field}: ours ${ours}, theirs ${theirs}`);
    }
  }
  const table = [...shares].map(([field, { both, same }]) => `${field} ${same}/${both}`).join(', ');
  process.stdout.write(`${format.id}, fields that agree: ${table}\n`);
  return { compared: [...shares.values()].reduce((sum, { both }) => sum + both, 0), differing };
}

function agree(field: string, ours: string | number, theirs: string): boolean {
  if (field === 'recorded') return ours === anyTime(theirs);
  if (field === 'host' || field === 'host.id') return ours === theirs.toLowerCase();
  return String(ours) === theirs;
}

function publishedPairs(
  format: ExportFormat,
  folder: string,
): { name: string; event: EventDraft; expected: VendorRecord }[] {
  return readdirSync(folder).flatMap((set) =>
    readdirSync(path.join(folder, set)).flatMap((file) => {
      const pair: unknown = JSON.parse(readFileSync(path.join(folder, set, file), 'utf8'));
      if (!isObject(pair) || !isObject(pair.expected)) return [];
      const expected = pair.expected;
      const message = textOf(at(pair, 'input.message')) ?? '';
      return readSamples(format, new TextEncoder().encode(message)).flatMap((one) =>
        one.outcome === 'event' ? [{ name: path.basename(file, '.json'), event: one.event, expected }] : [],
      );
    }),
  );
}
