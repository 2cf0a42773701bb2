import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NormalisedRecord } from '../../events/record';
import { FORMATS } from '..';
import { detectFormat } from '../detectFormat';
import type { VendorRecord } from '../exportFormat';
import { createNormaliser } from '../recognise';
import { createRecordDecoder } from '../recordDecoder';
import { kindOfWords } from './guessKinds';
import { guessMapping } from './guessMapping';
import { fieldOfName } from './knownNames';
import { mappedFormat, mappedFormats } from './mappedFormat';
import { createTimeReader } from './mappedTime';
import { MAPPED_FIELDS, type Mapping } from './mapping';
import { parseMapping, writeMapping } from './parseMapping';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function recordsOf(text: string): VendorRecord[] {
  const decoder = createRecordDecoder();
  return [...decoder.push(bytesOf(text)), ...decoder.end().records].flatMap(({ value }) =>
    value === undefined ? [] : [value],
  );
}

/** The events a guess makes of a table, with nothing corrected. */
function guessed(text: string): readonly NormalisedRecord[] {
  const records = recordsOf(text);
  const { mapping } = guessMapping(records, 'Test');
  return records.map(mappedFormat(mapping).normalise);
}

function fieldsOf(outcome: NormalisedRecord | undefined): Record<string, unknown> {
  if (outcome?.outcome !== 'event') throw new Error(JSON.stringify(outcome));
  return { ...outcome.event };
}

/** One table with several types, as a home-made collector writes it. */
const TABLE = `When,Computer Name,Event Type,Process Path,PID,Command Line,Parent Path,PPID,Account,Remote Address,Remote Port,Query Name,Target File,SHA256
2026-04-06 14:02:23.600,WS-7,Process Created,C:\\Windows\\System32\\mshta.exe,4711,mshta http://a.example/x,C:\\Windows\\explorer.exe,900,CORP\\ann,,,,,${'ab'.repeat(32)}
2026-04-06 14:02:24,WS-7,Network Connection,C:\\Windows\\System32\\mshta.exe,4711,,,,CORP\\ann,203.0.113.7,443,,,
2026-04-06 14:02:25,WS-7,DNS Query,C:\\Windows\\System32\\mshta.exe,4711,,,,CORP\\ann,,,a.example,,
2026-04-06 14:02:26,WS-7,File Written,C:\\Windows\\System32\\mshta.exe,4711,,,,CORP\\ann,,,,C:\\Users\\ann\\a.js,
2026-04-06 14:02:27,WS-7,Heartbeat,,,,,,,,,,,
`;

const MAPPING: Mapping = {
  id: 'home-made',
  name: 'Home made',
  version: 3,
  shape: ['host', 'op', 'ts'],
  fields: {
    '@timestamp': 'ts',
    'host.name': 'host',
    'event.code': 'op',
    'process.executable': 'exe',
    'process.pid': 'pid',
    'file.directory': 'dir',
    'file.name': 'name',
    'destination.ip': 'dst',
    'network.direction': 'flow',
    'process.hash': 'hashes',
    'process.entity_id': 'guid',
    'user.name': 'user',
  },
  constants: { 'user.domain': 'CORP' },
  time: { format: 'auto' },
  kindRules: [
    { when: [{ path: 'op', test: 'is', values: ['start'] }], kind: 'process_start' },
    { when: [{ path: 'op', test: 'starts', values: ['net'] }], kind: 'network_connect' },
    {
      when: [
        { path: 'op', test: 'in', values: ['write', 'create'] },
        { path: 'name', test: 'exists', values: [] },
      ],
      kind: 'file_create',
    },
    { when: [{ path: 'op', test: 'is', values: ['noise'] }], kind: 'ignored' },
  ],
};

const at = '2026-04-06T14:02:23Z';
const read = (record: VendorRecord) => mappedFormat(MAPPING).normalise({ ts: at, host: 'WS-7', ...record });

describe('a mapping', () => {
  it('makes events with the fields it names, in the form events have them', () => {
    expect(
      fieldsOf(
        read({
          op: 'START',
          exe: 'C:\\a.exe',
          pid: '0x1f4',
          guid: '{ABC-1}',
          user: 'ann',
          hashes: `MD5=${'1'.repeat(32)},SHA256=${'A'.repeat(64)}`,
        }),
      ),
    ).toMatchObject({
      kind: 'process_start',
      host: 'ws-7',
      channel: 'Mapped/Home made',
      code: 'START',
      'process.executable': 'C:\\a.exe',
      'process.pid': 500,
      'process.entity_id': 'abc-1',
      'process.hash.md5': '1'.repeat(32),
      'process.hash.sha256': 'a'.repeat(64),
      'user.name': 'ann',
      'user.domain': 'CORP',
    });
  });

  it('puts a folder and a name together, and takes an address from its port', () => {
    expect(fieldsOf(read({ op: 'write', dir: 'C:\\Temp', name: 'a.js' }))).toMatchObject({
      kind: 'file_create',
      'file.path': 'C:\\Temp\\a.js',
    });
    expect(fieldsOf(read({ op: 'netconn', dst: '203.0.113.7:443', flow: 'Outbound' }))).toMatchObject({
      'destination.ip': '203.0.113.7',
      'destination.port': 443,
      'network.direction': 'egress',
    });
    expect(fieldsOf(read({ op: 'netconn', dst: '[2001:db8::1]:80' }))).toMatchObject({
      'destination.ip': '2001:db8::1',
      'destination.port': 80,
    });
    expect(fieldsOf(read({ op: 'netconn', dst: 'files.example.net' }))['destination.domain']).toBe(
      'files.example.net',
    );
  });

  it('takes what was acted on as what the kind makes of it', () => {
    const one: Mapping = {
      ...MAPPING,
      fields: { '@timestamp': 'ts', 'host.name': 'host', 'file.path': 'object' },
      kindRules: [],
      otherwise: 'registry_set',
    };
    const event = fieldsOf(mappedFormat(one).normalise({ ts: at, host: 'a', object: 'HKLM\\Software\\X' }));
    expect(event['registry.path']).toBe('HKLM\\Software\\X');
    expect(event).not.toHaveProperty('file.path');
  });

  it('accounts for every record: an event, ignored by its type, or quarantined with the place to look at', () => {
    expect(read({ op: 'noise' })).toEqual({ outcome: 'ignored', type: 'Home made noise' });
    expect(read({ op: 'write' })).toEqual({ outcome: 'ignored', type: 'Home made write' });
    expect(read({ op: 'start' })).toEqual({
      outcome: 'quarantined',
      reason:
        'start: a process_start without process.executable or process.command_line or process.entity_id or process.pid',
    });
    expect(read({ op: 'start', exe: 'a', ts: 'yesterday' })).toEqual({
      outcome: 'quarantined',
      reason: 'start: no time, or one that cannot be read ("ts" is "yesterday")',
    });
    expect(read({ op: 'start', exe: 'a', host: '' })).toEqual({
      outcome: 'quarantined',
      reason: 'start: no host name and no device id ("host" is empty)',
    });
  });

  it('is recognised by its shape in a later file, wrapped or plain, and never before a format we know', () => {
    const formats = [...FORMATS, ...mappedFormats([MAPPING])];
    const lines = `${JSON.stringify({ ts: at, host: 'a', op: 'start', exe: 'x', other: 1 })}\n`;
    expect(detectFormat(bytesOf(lines), true, formats)).toMatchObject({
      format: { id: 'mapping:home-made' },
      reason: '1 of the first 1 record has the 3 fields of the mapping Home made, version 3',
    });
    const wrapped = `${JSON.stringify({ _raw: lines.trim(), index: 'main' })}\n`;
    const found = detectFormat(bytesOf(wrapped), true, formats).format;
    expect(found.id).toBe('mapping:home-made');
    const [outcome] = createNormaliser(found, [found])(recordsOf(wrapped)[0] ?? {});
    expect(fieldsOf(outcome)).toMatchObject({ kind: 'process_start', host: 'a' });
    const known = { ts: at, host: 'a', op: 'b', winlog: { event_id: 1, channel: 'x' } };
    expect(detectFormat(bytesOf(JSON.stringify(known)), true, formats).format.id).toBe('winlogbeat');
  });

  it('gives way to one that asks for more of the record', () => {
    const narrow: Mapping = { ...MAPPING, id: 'narrow', shape: ['host', 'op', 'other', 'ts'] };
    const formats = mappedFormats([MAPPING, narrow]);
    expect(formats.map(({ id }) => id)).toEqual(['mapping:narrow', 'mapping:home-made']);
    const line = JSON.stringify({ ts: at, host: 'a', op: 'start', exe: 'x', other: 1 });
    expect(detectFormat(bytesOf(line), true, formats).format.id).toBe('mapping:narrow');
  });

  it('comes back from its file as it was, and says where a file is wrong', () => {
    expect(parseMapping(JSON.parse(writeMapping(MAPPING)), true)).toEqual({ mapping: MAPPING });
    const mistakes = (change: object): readonly string[] =>
      (parseMapping({ ...MAPPING, ...change }, true).mistakes ?? []).map(
        ({ path, message }) => `${path}: ${message}`,
      );
    expect(mistakes({ fields: { 'process.image': 'a' } })).toEqual([
      'fields.process.image: no field of an event has this name',
    ]);
    expect(
      mistakes({
        kindRules: [{ when: [{ path: 'a', test: 'like', values: ['b'] }], kind: 'process_start' }],
      }),
    ).toEqual(['kindRules.0.when.0.test: one of is, in, contains, starts, ends, exists, missing']);
    expect(mistakes({ kindRules: [{ when: [{ path: 'a', test: 'is' }], kind: 'started' }] })).toEqual([
      'kindRules.0.kind: not a kind of event, nor "ignored"',
      'kindRules.0.when.0.values: "is" needs a text to compare with',
    ]);
    expect(mistakes({ time: { format: 'auto', zone: 'Mars/Olympus' } })).toEqual([
      'time.zone: UTC, an offset such as +02:00, or a zone such as Europe/Berlin',
    ]);
    expect(mistakes({ fields: {}, shape: [], extra: 1 })[0]).toBe(
      'extra: no member of a mapping has this name',
    );
    expect(parseMapping({ ...MAPPING, fields: {} }, true).mistakes).toHaveLength(2);
    expect(parseMapping({ ...MAPPING, fields: {} }, false).mapping).toBeDefined();
  });
});

describe('a guess', () => {
  it('reads a table of several types with nothing corrected', () => {
    const outcomes = guessed(TABLE);
    expect(fieldsOf(outcomes[0])).toMatchObject({
      kind: 'process_start',
      code: 'Process Created',
      host: 'ws-7',
      reported: Date.UTC(2026, 3, 6, 14, 2, 23, 600) * 1000,
      'process.executable': 'C:\\Windows\\System32\\mshta.exe',
      'process.pid': 4711,
      'process.command_line': 'mshta http://a.example/x',
      'process.parent.executable': 'C:\\Windows\\explorer.exe',
      'process.parent.pid': 900,
      'process.hash.sha256': 'ab'.repeat(32),
      'user.domain': 'CORP',
      'user.name': 'ann',
    });
    expect(fieldsOf(outcomes[1])).toMatchObject({
      kind: 'network_connect',
      'destination.ip': '203.0.113.7',
      'destination.port': 443,
    });
    expect(fieldsOf(outcomes[2])).toMatchObject({ kind: 'dns_query', 'dns.question.name': 'a.example' });
    expect(fieldsOf(outcomes[3])).toMatchObject({ kind: 'file_create', 'file.path': 'C:\\Users\\ann\\a.js' });
    expect(outcomes[4]).toEqual({ outcome: 'ignored', type: 'Test Heartbeat' });
  });

  it('reads nested JSON whose type stands in two members', () => {
    const record = (category: string, action: string, rest: object): string =>
      JSON.stringify({
        ts_ms: 1775484143600,
        device: { hostname: 'WS-7', id: 'F00DF00DF00D' },
        meta: { category, action },
        actor: { process: { image_path: 'C:\\a.exe', pid: 5, unique_pid: 'u-5' } },
        ...rest,
      });
    const outcomes = guessed(
      [
        record('process', 'start', { actor: { process: { image_path: 'C:\\a.exe', pid: 5, cmd: 'a -b' } } }),
        record('file', 'delete', { target: { path: 'C:\\b.txt' } }),
        record('registry', 'set', { registry: { key: 'HKLM\\Software\\X', value_name: 'Run' } }),
      ].join('\n'),
    );
    expect(fieldsOf(outcomes[0])).toMatchObject({
      kind: 'process_start',
      host: 'ws-7',
      'host.id': 'f00df00df00d',
    });
    expect(fieldsOf(outcomes[0])['process.command_line']).toBe('a -b');
    expect(fieldsOf(outcomes[1])).toMatchObject({ kind: 'file_delete', 'file.path': 'C:\\b.txt' });
    expect(fieldsOf(outcomes[2])).toMatchObject({
      kind: 'registry_set',
      'registry.path': 'HKLM\\Software\\X\\Run',
    });
  });

  it('tells the kind by the fields where no member names a type', () => {
    const outcomes = guessed(
      'time;host;exe;cmdline;dst_ip;dst_port\n06.04.2026 14:02:23;a;c:\\x.exe;x -y;;\n06.04.2026 14:02:24;a;c:\\x.exe;;198.51.100.4;443\n',
    );
    expect(outcomes.map((one) => fieldsOf(one).kind)).toEqual(['process_start', 'network_connect']);
    expect(fieldsOf(outcomes[0]).reported).toBe(Date.UTC(2026, 3, 6, 14, 2, 23) * 1000);
  });

  it('joins a date and a time of day that stand apart', () => {
    const [outcome] = guessed('Date,Time,Hostname,Image,Cmd\n04/16/2026,2:02:23 PM,a,C:\\x.exe,x\n');
    expect(fieldsOf(outcome).reported).toBe(Date.UTC(2026, 3, 16, 14, 2, 23) * 1000);
  });

  it('takes a wrapper off where the record is inside', () => {
    const inner = JSON.stringify({ ts: at, computer: 'a', process_path: 'C:\\x.exe', pid: 4, ppid: 2 });
    const records = recordsOf(JSON.stringify({ _time: '1', host: 'collector', _raw: inner }));
    const { mapping } = guessMapping(records, 'Wrapped');
    expect(mapping.shape).toEqual(['computer', 'pid', 'ppid', 'process_path', 'ts']);
    expect(fieldsOf(mappedFormat(mapping).normalise(records[0] ?? {}))).toMatchObject({ host: 'a' });
  });

  it.each([
    ['ParentProcessName', 'process.parent.name'],
    ['parent.process.command_line', 'process.parent.command_line'],
    ['actor.process.pid', 'process.pid'],
    ['DstIP', 'destination.ip'],
    ['Remote Port', 'destination.port'],
    ['event_data.TargetFilename', 'file.path'],
    ['file.hashes.sha256', 'file.hash.sha256'],
    ['event_time_utc', '@timestamp'],
    ['grandparent.pid', undefined],
    ['colour', undefined],
  ])('knows the name %s', (name, field) => {
    expect(fieldOfName(name)?.field).toBe(field);
  });

  it.each([
    ['ProcessCreate', 'process_start'],
    ['process terminated', 'process_end'],
    ['FILE_WRITE', 'file_create'],
    ['ImageLoad', 'image_load'],
    ['netconn', 'network_connect'],
    ['regmod', 'registry_set'],
    ['RegistryKeyDelete', 'registry_delete'],
    ['UserLogin', 'logon'],
    ['ThreatDetected', 'alert'],
    ['ProcessHollowing', undefined],
    ['heartbeat', undefined],
  ])('knows what %s is', (text, kind) => {
    expect(kindOfWords(text)).toBe(kind);
  });
});

describe('times', () => {
  const utc = Date.UTC(2026, 3, 6, 14, 2, 23) * 1000;
  it.each([
    ['2026-04-06T16:02:23+02:00', {}, utc],
    ['Apr 6, 2026 @ 14:02:23.000', {}, utc],
    ['06/Apr/2026:14:02:23 +0000', {}, utc],
    ['Mon Apr 06 14:02:23 UTC 2026', {}, utc],
    ['06.04.2026 14:02:23', {}, utc],
    ['2026/04/06 14:02:23', {}, utc],
    ['04/06/2026 2:02:23 PM', { format: 'month_first' }, utc],
    ['06/04/2026 14:02:23', { format: 'day_first' }, utc],
    ['06/04/2026 14:02:23', {}, undefined],
    ['1775484143', {}, utc],
    [1775484143000, { format: 'epoch_ms' }, utc],
    ['134199577430000000', { format: 'filetime' }, utc],
    ['2026-04-06 16:02:23', { zone: '+02:00' }, utc],
    ['2026-04-06 16:02:23', { zone: 'Europe/Berlin' }, utc],
    ['2026-01-06 15:02:23', { zone: 'Europe/Berlin' }, Date.UTC(2026, 0, 6, 14, 2, 23) * 1000],
    ['14:02:23', {}, undefined],
    ['32.04.2026 14:02:23', {}, undefined],
  ] as const)('%s with %o', (text, rule, expected) => {
    expect(createTimeReader({ format: 'auto', ...rule })(text)).toBe(expected);
  });
});

describe('whatever the records are', () => {
  it('guessing and mapping never throw, and every record becomes something storable', () => {
    fc.assert(
      fc.property(
        fc.array(fc.object({ maxDepth: 3, withNullPrototype: true }), { maxLength: 6 }),
        (records) => {
          const { mapping, sources } = guessMapping(records, 'x');
          expect(parseMapping(JSON.parse(writeMapping(mapping)), false).mapping).toEqual(mapping);
          expect(sources.length).toBeLessThanOrEqual(400);
          const format = mappedFormat(mapping);
          for (const record of records) {
            format.fits(record);
            expect(['event', 'ignored', 'quarantined']).toContain(format.normalise(record).outcome);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a mapping of any fields over any values gives only storable fields', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.object(),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...MAPPED_FIELDS), { minLength: 5 }),
        fc.array(value),
        (fields, values) => {
          const mapping: Mapping = {
            ...MAPPING,
            fields: {
              ...Object.fromEntries(fields.map((field, i) => [field, `f${i}`])),
              '@timestamp': 'ts',
              'host.name': 'host',
            },
            kindRules: [],
            otherwise: 'log_clear',
          };
          const record = Object.fromEntries(values.map((one, i) => [`f${i}`, one]));
          const outcome = mappedFormat(mapping).normalise({ ts: at, host: 'h', ...record });
          const { time: _, ...event } = fieldsOf(outcome);
          for (const [name, one] of Object.entries(event)) {
            if (typeof one === 'number') expect(Number.isSafeInteger(one), name).toBe(true);
            else expect((one as string).includes('\0'), name).toBe(false);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('parsing never throws', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void parseMapping(value, true)));
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(MAPPING)), (value, member) => {
        parseMapping({ ...MAPPING, [member]: value }, true);
      }),
    );
  });
});
