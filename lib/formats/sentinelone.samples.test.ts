import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Micros, parseMicros } from '../base/time';
import type { EventDraft, NormalisedRecord } from '../events/record';
import type { VendorRecord } from './exportFormat';
import { createNormaliser } from './recognise';
import { sentineloneEvents } from './sentineloneEvents';
import { sentineloneThreats } from './sentineloneThreats';
import { at } from './vendorValues';

/** Published vendor samples, if they lie beside the project; they are never part of it. */
const DATA = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'sentinelone');
const present = existsSync(DATA);
if (!present) process.stdout.write('skipped SentinelOne samples: no ../shared/data/sentinelone\n');

const read = createNormaliser(sentineloneEvents, [sentineloneEvents, sentineloneThreats]);

/** Records that are ignored, by type. */
const IGNORED = [
  'Group Creation',
  'Registry Key Security Changed',
  'Task Register',
  'SentinelOne activity 120',
  'SentinelOne activity 128',
  'SentinelOne activity 2001',
  'SentinelOne activity 3016',
  'SentinelOne activity 47',
  'SentinelOne activity 5126',
  'SentinelOne activity 5232',
  'SentinelOne activity 90',
];

describe.runIf(present)('published SentinelOne samples', () => {
  it.each(['cloud_funnel2', 'mgmt_api_threats_activities', 'panther_rule_tests'])(
    'reads every record of %s',
    (name) => {
      const outcomes = lines(`${name}.ndjson`).flatMap((record) => read(record));
      expect(outcomes.length).toBeGreaterThan(0);
      for (const one of outcomes) {
        expect(one.outcome === 'quarantined' ? one.reason : undefined).toBeUndefined();
        if (one.outcome === 'ignored') expect(IGNORED).toContain(one.type);
      }
    },
  );

  it('agrees with the published normalisation', () => {
    const tally = new Map<string, { both: number; same: number }>();
    const differences: string[] = [];
    const missing: string[] = [];
    for (const { name, input, expected } of published()) {
      const [first] = read(input);
      if (first?.outcome !== 'event') continue;
      for (const [field, theirs] of Object.entries(claims(input, expected, first))) {
        const ours = told(first.event, field);
        // A digest of zeros stands for none.
        if (theirs === undefined || /^0{32,}$/.test(String(theirs))) continue;
        if (ours === undefined) {
          missing.push(`${name} ${field}: ${String(theirs)}`);
          continue;
        }
        const counts = tally.get(field) ?? { both: 0, same: 0 };
        counts.both++;
        if (ours === String(theirs)) counts.same++;
        else differences.push(`${name} ${field}: ${ours} != ${String(theirs)}`);
        tally.set(field, counts);
      }
    }
    for (const [field, { both, same }] of tally)
      process.stdout.write(`SentinelOne ${field}: ${same}/${both}\n`);
    expect(differences).toEqual([]);
    expect(missing).toEqual([]);
    expect(tally.size).toBeGreaterThan(15);
  });
});

function lines(name: string): VendorRecord[] {
  return readFileSync(path.join(DATA, name), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as VendorRecord);
}

function published(): { name: string; input: VendorRecord; expected: VendorRecord }[] {
  return ['cloud_funnel2', 'mgmt_api_threats_activities'].flatMap((folder) =>
    readdirSync(path.join(DATA, 'expected', folder)).map((name) => {
      const document = JSON.parse(readFileSync(path.join(DATA, 'expected', folder, name), 'utf8'));
      return { name, input: JSON.parse(document.input.message), expected: document.expected };
    }),
  );
}

/**
 * What the published document says of the fields we claim, in our names. Left out where it means another
 * process on purpose: it takes the process the operating system saw (`osSrc`) for the actor or the parent, we
 * take the one SentinelOne attributes the event to; and for a threat it names a parent without a process.
 */
function claims(
  input: VendorRecord,
  expected: VendorRecord,
  ours: Extract<NormalisedRecord, { outcome: 'event' }>,
): Record<string, unknown> {
  const names = Object.keys(input);
  const isStart = ours.event.kind === 'process_start';
  const byOs = names.some((name) => name.startsWith('osSrc.process.') && !name.includes('.parent.'));
  const parentByOs = names.some((name) => name.startsWith('osSrc.'));
  const isThreat = input.threatInfo !== undefined;
  const isAnnounced = input.activityType !== undefined;
  const of = (name: string): unknown => at(expected, name);
  const [domain, user] = accountOf(of('process.user.name') ?? of('user.name'));
  return {
    host: of('host.name'),
    recorded: isThreat
      ? of('threat.enrichments.matched.occurred')
      : isAnnounced && ours.event.code === 'STAR alert'
        ? undefined
        : of('@timestamp'),
    'file.path': of('file.path'),
    'file.hash.sha1': ours.event.kind === 'script_block' ? undefined : of('file.hash.sha1'),
    'destination.ip': of('destination.ip'),
    'destination.port': of('destination.port'),
    'source.ip': of('source.ip'),
    'source.port': of('source.port'),
    'dns.question.name': of('dns.question.name'),
    'powershell.script_block_text': of('action.properties.ScriptBlockText'),
    'registry.path': of('registry.path'),
    ...(byOs && !isStart
      ? {}
      : {
          'user.domain': domain ?? of('user.domain'),
          'user.name': user,
          'process.executable': isThreat ? undefined : of('process.executable'),
          'process.command_line': of('process.command_line'),
          'process.pid': of('process.pid'),
          'process.start': of('process.start'),
          'process.hash.md5': of('process.hash.md5'),
          'process.hash.sha1': of('process.hash.sha1'),
          'process.hash.sha256': of('process.hash.sha256'),
          'process.code_signature.subject_name': of('process.code_signature.subject_name'),
        }),
    ...(parentByOs || isThreat
      ? {}
      : {
          'process.parent.executable': of('process.parent.executable'),
          'process.parent.command_line': of('process.parent.command_line'),
          'process.parent.pid': of('process.parent.pid'),
          'process.parent.start': of('process.parent.start'),
        }),
  };
}

/** `DOMAIN\\name` in two; some of the documents leave the domain out. */
function accountOf(text: unknown): readonly [string | undefined, unknown] {
  const slash = typeof text === 'string' ? text.indexOf('\\') : -1;
  return typeof text !== 'string' || slash < 0
    ? [undefined, text]
    : [text.slice(0, slash), text.slice(slash + 1)];
}

/** Our value of a field in the published document's words. */
function told(event: EventDraft, field: string): string | undefined {
  const value = event[field as keyof EventDraft];
  if (value === undefined) return undefined;
  return field.endsWith('start') || field === 'recorded' ? iso(value as Micros) : String(value);
}

function iso(time: Micros): string {
  const text = new Date(time / 1000).toISOString().slice(0, -1);
  const micros = String(time % 1000).padStart(3, '0');
  const written = `${text}${micros}Z`;
  expect(parseMicros(written)).toBe(time);
  return written;
}
