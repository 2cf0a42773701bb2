import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseMicros } from '../base/time';
import type { EventDraft, NormalisedRecord } from '../events/record';
import { detectFormat } from './detectFormat';
import { type DecodedRecord, SAMPLE_BYTES, type VendorRecord } from './exportFormat';
import { FORMATS } from './index';
import { isObject } from './jsonSink';
import { createNormaliser } from './recognise';
import { createRecordDecoder } from './recordDecoder';
import { at, textOf } from './vendorValues';

/** Public recordings and samples, if they lie beside the project; they are never part of it. */
const DATA = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
const present = existsSync(DATA);
if (!present) process.stdout.write('skipped Windows samples: no folder ../shared/data beside the project\n');

const FILES: readonly (readonly [folder: string, ending: RegExp])[] = [
  ['evtx', /\.evtx$/],
  ['sigma-regression', /\.(evtx|json)$/],
  ['xp-siem', /\.json$/],
  ['windows-json', /\.ndjson$/],
  ['elastic', /^winlogbeat_ecs\.ndjson$/],
  ['defender', /^loganalytics_.*\.csv$/],
];

/** Records that are known to be unusable, by reason. */
const EXPLAINED: Readonly<Record<string, readonly string[]>> = {
  // One line of the sample begins with a colon and holds escaped line ends.
  'windows_nxlog.ndjson': ['not a JSON object'],
  // A test record that leaves its time out on purpose.
  'winlogbeat_ecs.ndjson': ['Sysmon 22: no time'],
};

const files = present
  ? FILES.flatMap(([folder, ending]) =>
      list(folder, ending).map((file) => [`${folder}/${path.basename(file)}`, file] as const),
    )
  : [];

describe.runIf(present)('public Windows samples', () => {
  it.each(files)('%s is read whole', (_name, file) => {
    const { outcomes, problem } = read(file);
    expect(problem).toBeUndefined();
    expect(outcomes.length).toBeGreaterThan(0);
    const refusals = outcomes.flatMap((one) => (one.outcome === 'quarantined' ? [one.reason] : []));
    expect(refusals).toEqual(EXPLAINED[path.basename(file)] ?? []);
  });

  it('event log files hold the records that their chunks count', () => {
    for (const [, file] of files.filter(([name]) => name.endsWith('.evtx')))
      expect([file, read(file).records.length]).toEqual([file, counted(readFileSync(file))]);
  });

  it('event log files say what the JSON beside them says, value by value', () => {
    let compared = 0;
    for (const [, file] of files.filter(([name]) => name.endsWith('.evtx'))) {
      const json = file.replace(/\.evtx$/, '.json');
      if (!existsSync(json)) continue;
      const theirs = JSON.parse(readFileSync(json, 'utf8')) as VendorRecord;
      const ours = read(file).records[0]?.value;
      for (const name of ['Event.EventData', 'Event.System']) {
        const [left, right] = [at(ours ?? {}, name), at(theirs, name)];
        if (!isObject(left) || !isObject(right)) continue;
        for (const [key, value] of Object.entries(right)) {
          if (isObject(value) || value === null) continue;
          compared++;
          // evtx_dump leaves out the braces of GUIDs and the blanks at the end of command lines.
          expect([file, key, plain(left[key])]).toEqual([file, key, plain(value)]);
        }
      }
    }
    expect(compared).toBeGreaterThan(500);
  });

  it.each([
    ['windows-json', 'windows_nxlog'],
    ['elastic', 'winlogbeat_ecs'],
  ])('%s say what their published normalisation says', (folder, name) => {
    const published = path.join(DATA, folder, 'expected', name);
    const tally = new Map<string, { agree: number; both: number }>();
    const differences: string[] = [];
    for (const file of readdirSync(published)) {
      const { input, expected } = JSON.parse(readFileSync(path.join(published, file), 'utf8')) as {
        readonly input: { readonly message: string };
        readonly expected: VendorRecord;
      };
      const event = eventOf(input.message);
      if (event === undefined) continue;
      for (const [field, ours, theirs] of comparisons(event, expected)) {
        if (ours === undefined || theirs === undefined) continue;
        const count = tally.get(field) ?? { agree: 0, both: 0 };
        count.both++;
        if (plain(ours) === plain(theirs)) count.agree++;
        else if (!DELIBERATE.has(`${file} ${field}`))
          differences.push(`${file} ${field}: ${ours} is not ${theirs}`);
        tally.set(field, count);
      }
    }
    for (const [field, { agree, both }] of tally)
      process.stdout.write(`${name} ${field}: ${agree} of ${both}\n`);
    expect(differences).toEqual([]);
    expect(tally.size).toBeGreaterThan(5);
  });
});

/** Where we differ from the published normalisation on purpose. */
const DELIBERATE: ReadonlySet<string> = new Set([
  // Theirs is the process that wrote the log (the kernel, Sysmon), ours the one the event is about.
  'logon_4624_t9.json process.pid',
  'process_4657.json process.pid',
  'process_5156.json process.pid',
  'event_process_create_1.json process.pid',
  'event_registry_2.json process.pid',
  'sysmon10_1.json process.pid',
  'sysmon11_registry.json process.pid',
  'sysmon_10_1.json process.pid',
  'Event_4698.json process.pid',
  'process_4698.json process.pid',
  // Theirs is the account of the logger, ours that of the detection or of the script.
  'Event_1117.json user.domain',
  'defender_1116.json user.name',
  'defender_1116.json user.domain',
  'process_4103.json user.domain',
  // Theirs is the account that asked for the logon, ours the one that was logged on.
  'auth2.json user.id',
  'security_event_4624.json user.name',
  // Theirs leaves out the $ of a machine's account.
  'security_event_4689.json user.name',
]);

function comparisons(event: EventDraft, expected: VendorRecord): (readonly [string, unknown, unknown])[] {
  const time = textOf(at(expected, '@timestamp'));
  const theirs = time === undefined ? undefined : parseMicros(time);
  return [
    [
      'host',
      firstLabel(event.host),
      firstLabel(textOf(at(expected, 'host.name')) ?? textOf(at(expected, 'host.hostname'))),
    ],
    // Theirs is Sysmon's own time in one format, the log's in the other.
    ['time', theirs === event.recorded ? event.recorded : (event.reported ?? event.recorded), theirs],
    ['code', event.code, textOf(at(expected, 'event.code'))],
    ...SAME.map((field) => [field, event[field], textOf(at(expected, field))] as const),
  ];
}

const SAME = [
  'process.executable',
  'process.command_line',
  'process.working_directory',
  'process.pid',
  'process.entity_id',
  'process.hash.sha256',
  'process.hash.md5',
  'process.parent.executable',
  'process.parent.command_line',
  'process.parent.pid',
  'process.parent.entity_id',
  'user.name',
  'user.domain',
  'user.id',
  'file.path',
  'destination.ip',
  'destination.port',
  'destination.domain',
  'source.ip',
  'source.port',
  'dns.question.name',
  'registry.path',
  'dll.path',
] as const;

/** One names a machine with its domain, the other without. */
function firstLabel(host: string | undefined): string | undefined {
  return host?.split('.')[0];
}

/** Braces of GUIDs, quotes of command lines and blanks around them are left out by one or the other. */
function plain(value: unknown): string {
  return String(value)
    .replace(/^\{(.*)\}$/, '$1')
    .replaceAll('"', '')
    .trim()
    .toLowerCase();
}

function eventOf(line: string): EventDraft | undefined {
  const bytes = new TextEncoder().encode(line);
  let format: ReturnType<typeof detectFormat>['format'];
  try {
    ({ format } = detectFormat(bytes, true, FORMATS));
  } catch {
    // The line that is no record.
    return undefined;
  }
  const [outcome] = createNormaliser(format, FORMATS)(JSON.parse(line) as VendorRecord);
  return outcome?.outcome === 'event' ? outcome.event : undefined;
}

function read(file: string): {
  readonly records: readonly DecodedRecord[];
  readonly outcomes: readonly NormalisedRecord[];
  readonly problem: string | undefined;
} {
  const bytes = new Uint8Array(readFileSync(file));
  const { format } = detectFormat(bytes.subarray(0, SAMPLE_BYTES), bytes.length <= SAMPLE_BYTES);
  const decoder = createRecordDecoder();
  const pushed = decoder.push(bytes);
  const end = decoder.end();
  const records = [...pushed, ...end.records];
  const normalise = createNormaliser(format, FORMATS);
  const outcomes = records.flatMap((record) =>
    record.value === undefined
      ? [{ outcome: 'quarantined', reason: record.refused } as const]
      : normalise(record.value),
  );
  return { records, outcomes, problem: end.problem };
}

/** Records by the numbers of the first and the last in each chunk's header. */
function counted(bytes: Buffer): number {
  let count = 0;
  for (let at = 4096; at + 65_536 <= bytes.length; at += 65_536) {
    const last = bytes.readBigUInt64LE(at + 16);
    if (bytes.toString('latin1', at, at + 7) === 'ElfChnk' && last !== 0xffff_ffff_ffff_ffffn)
      count += Number(last - bytes.readBigUInt64LE(at + 8)) + 1;
  }
  return count;
}

function list(folder: string, ending: RegExp): readonly string[] {
  const full = path.join(DATA, folder);
  if (!existsSync(full)) return [];
  return readdirSync(full)
    .filter((file) => ending.test(file))
    .sort()
    .map((file) => path.join(full, file));
}
