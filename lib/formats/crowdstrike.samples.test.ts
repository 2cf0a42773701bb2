import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../events/addresses';
import { fileName } from '../events/paths';
import type { EventDraft, NormalisedRecord } from '../events/record';
import { detectFormat } from './detectFormat';
import type { VendorRecord } from './exportFormat';
import { FORMATS } from './index';
import { isObject } from './jsonSink';
import { createNormaliser } from './recognise';
import { createRecordDecoder } from './recordDecoder';
import { at, textOf } from './vendorValues';

/** Published samples of Falcon's records, if they lie beside the project; they are never part of it. */
const DATA = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'crowdstrike');
const present = existsSync(DATA);
if (!present)
  process.stdout.write('skipped CrowdStrike samples: no folder ../shared/data beside the project\n');

/** What becomes of the records of each file. Rule tests of Panther are partly no Falcon records at all. */
const FILES = [
  {
    file: 'fdr_telemetry.ndjson',
    format: 'crowdstrike-fdr',
    events: 9,
    ignored: 14,
    refused: {},
  },
  {
    file: 'falcon_event_streams.ndjson',
    format: 'crowdstrike-alerts',
    // The lead's three indicators are a record each.
    events: 8,
    ignored: 6,
    refused: {},
  },
  {
    file: 'panther_rule_tests.ndjson',
    format: 'crowdstrike-fdr',
    events: 45,
    ignored: 24,
    refused: {
      // Rows of scheduled queries, empty logs, a payload under a name of its own.
      'no event_simpleName': 18,
      // Invented, with neither ComputerName nor aid.
      'ProcessRollup2: no host name and no device id': 2,
      'EppDetectionSummaryEvent: no host name and no device id': 4,
    },
  },
];

describe.runIf(present)('published samples of CrowdStrike Falcon', () => {
  it.each(FILES)('reads $file whole', ({ file, format, events, ignored, refused }) => {
    const bytes = readFileSync(path.join(DATA, file));
    const found = detectFormat(bytes, true);
    expect(found.format.id).toBe(format);
    const outcomes = readAll(bytes);
    const reasons: Record<string, number> = {};
    for (const one of outcomes)
      if (one.outcome === 'quarantined') reasons[one.reason] = (reasons[one.reason] ?? 0) + 1;
    expect(reasons).toEqual(refused);
    expect(outcomes.filter((one) => one.outcome === 'event')).toHaveLength(events);
    expect(outcomes.filter((one) => one.outcome === 'ignored')).toHaveLength(ignored);
  });

  it('names a host known only by its sensor’s id', () => {
    const outcomes = readAll(readFileSync(path.join(DATA, 'fdr_telemetry.ndjson')));
    const devices = outcomes.flatMap((one) => (one.outcome === 'ignored' ? (one.device ?? []) : []));
    expect(devices).toEqual([{ id: '111111111111111', name: 'defp0395' }]);
  });

  it('agrees with the published normalisation', () => {
    const shares = new Map<string, { both: number; same: number; differing: string[] }>();
    for (const { name, event, expected } of publishedPairs()) {
      for (const claim of CLAIMS) {
        const theirs = claim.theirs
          .map((field) => textOf(at(expected, field)))
          .find((one) => one !== undefined);
        const ours = claim.ours.map((field) => event[field]).find((one) => one !== undefined);
        if (theirs === undefined || ours === undefined || DELIBERATE.has(`${name} ${claim.name}`)) continue;
        const share = shares.get(claim.name) ?? { both: 0, same: 0, differing: [] };
        shares.set(claim.name, share);
        share.both++;
        if ((claim.same ?? equal)(String(ours), theirs)) share.same++;
        else share.differing.push(`${name}: ours ${ours}, theirs ${theirs}`);
      }
    }
    const table = [...shares].map(([field, { both, same }]) => `${field} ${same}/${both}`).join(', ');
    process.stdout.write(`CrowdStrike, fields that agree: ${table}\n`);
    expect([...shares.values()].flatMap(({ differing }) => differing)).toEqual([]);
    expect(shares.size).toBe(CLAIMS.length);
  });
});

type Claim = {
  readonly name: string;
  readonly ours: readonly (keyof EventDraft)[];
  readonly theirs: readonly string[];
  readonly same?: (ours: string, theirs: string) => boolean;
};

const equal = (ours: string, theirs: string): boolean => ours === theirs;
const fold = (ours: string, theirs: string): boolean => ours.toLowerCase() === theirs.toLowerCase();
const address = (ours: string, theirs: string): boolean =>
  String(parseAddress(ours)) === String(parseAddress(theirs));

const CLAIMS: readonly Claim[] = [
  { name: 'host.name', ours: ['host'], theirs: ['host.name'], same: fold },
  { name: 'host.id', ours: ['host.id'], theirs: ['agent.id'] },
  { name: 'user.name', ours: ['user.name'], theirs: ['user.name'] },
  { name: 'user.id', ours: ['user.id'], theirs: ['user.id'] },
  { name: 'process.executable', ours: ['process.executable'], theirs: ['process.executable'] },
  {
    name: 'process.name',
    ours: ['process.executable'],
    theirs: ['process.name'],
    same: (ours, theirs) => ours === theirs || fold(fileName(ours.replaceAll('/', '\\')), theirs),
  },
  { name: 'process.command_line', ours: ['process.command_line'], theirs: ['process.command_line'] },
  // They write the pid of the sensor's events, and Falcon's id for an alert's.
  { name: 'process.pid', ours: ['process.pid', 'process.entity_id'], theirs: ['process.pid'], same: digits },
  {
    name: 'process.parent.entity_id',
    ours: ['process.parent.entity_id'],
    theirs: ['process.parent.pid'],
    same: digits,
  },
  { name: 'process.start', ours: ['process.start'], theirs: ['process.start'], same: instant },
  { name: 'sha256', ours: ['process.hash.sha256', 'file.hash.sha256'], theirs: ['file.hash.sha256'] },
  { name: 'sha1', ours: ['process.hash.sha1'], theirs: ['file.hash.sha1'] },
  { name: 'md5', ours: ['process.hash.md5'], theirs: ['file.hash.md5'] },
  { name: 'destination.ip', ours: ['destination.ip'], theirs: ['destination.ip'], same: address },
  { name: 'destination.port', ours: ['destination.port'], theirs: ['destination.nat.port'] },
  { name: 'url.full', ours: ['url.full'], theirs: ['url.full'] },
  { name: 'dns.question.name', ours: ['dns.question.name'], theirs: ['dns.question.name'] },
  // They cut the root of the kernel's name off.
  {
    name: 'registry.path',
    ours: ['registry.path'],
    theirs: ['registry.path'],
    same: (ours, theirs) => ours === `\\REGISTRY\\${theirs}`,
  },
  { name: 'registry.data', ours: ['registry.data'], theirs: ['registry.data.strings'] },
  { name: 'rule.name', ours: ['message'], theirs: ['crowdstrike.detect_description'] },
  { name: 'event.url', ours: ['event.url'], theirs: ['crowdstrike.falcon_host_link'] },
  { name: 'time', ours: ['recorded'], theirs: ['@timestamp'], same: nearly },
];

/** Differences that are meant, by sample and field. */
const DELIBERATE: ReadonlySet<string> = new Set([
  // FILETIME read as if it were seconds of another epoch: they have 2012 where the record says 2022.
  'process_event process.start',
  // The vertex was fetched for a detection ten days after the process started.
  'process_event time',
]);

/** Their JSON numbers have lost digits beyond 2^53. */
function digits(ours: string, theirs: string): boolean {
  return ours === theirs || Number(ours) === Number(theirs);
}

function instant(ours: string, theirs: string): boolean {
  return Number(ours) === Date.parse(theirs) * 1000;
}

/** They take the cloud's clock for sensor events, we the sensor's: seconds apart. */
function nearly(ours: string, theirs: string): boolean {
  return Math.abs(Number(ours) / 1000 - Date.parse(theirs)) < 60_000;
}

function readAll(bytes: Uint8Array): NormalisedRecord[] {
  const { format } = detectFormat(bytes, true);
  const normalise = createNormaliser(format, FORMATS);
  const decoder = createRecordDecoder();
  return [...decoder.push(bytes), ...decoder.end().records].flatMap((record) =>
    record.value === undefined
      ? [{ outcome: 'quarantined' as const, reason: record.refused }]
      : normalise(record.value),
  );
}

/** The events of the published inputs, beside what was published for them. */
function publishedPairs(): { name: string; event: EventDraft; expected: VendorRecord }[] {
  const folder = path.join(DATA, 'expected');
  return readdirSync(folder).flatMap((set) =>
    readdirSync(path.join(folder, set)).flatMap((file) => {
      const pair: unknown = JSON.parse(readFileSync(path.join(folder, set, file), 'utf8'));
      if (!isObject(pair) || !isObject(pair.expected)) return [];
      const expected = pair.expected;
      const message = textOf(at(pair, 'input.message')) ?? '';
      return readAll(new TextEncoder().encode(message)).flatMap((one) =>
        one.outcome === 'event' ? [{ name: path.basename(file, '.json'), event: one.event, expected }] : [],
      );
    }),
  );
}
