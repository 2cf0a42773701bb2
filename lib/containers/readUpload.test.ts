import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNPACK_LIMITS } from './limits';
import { openUpload } from './openMembers';
import { readUpload } from './readUpload';
import { makeZip } from './testZip';
import type { UploadRecord, UploadStep } from './upload';

const line = (id: number): string =>
  JSON.stringify({
    EventID: 5,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Hostname: 'ws1',
    TimeCreated: '2026-11-20T09:16:31Z',
    UtcTime: '2026-11-20 09:16:31.000',
    ProcessId: String(id),
  });
const lines = (count: number, from = 1): string =>
  `${Array.from({ length: count }, (_, i) => line(from + i)).join('\n')}\n`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sequela-containers-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('reading an upload', () => {
  it('gives every record once, in order, with its exact bytes', async () => {
    const text = `${lines(3)}{"broken\n${line(9)}`;
    const { records, members } = await read(text);
    expect(records.map((one) => one.outcome.outcome)).toEqual([
      'event',
      'event',
      'event',
      'quarantined',
      'event',
    ]);
    expect(records.map((one) => one.place)).toEqual(
      [0, 1, 2, 3, 4].map((index) => ({ file: 'a.json', index })),
    );
    for (const one of records)
      expect(Buffer.from(one.raw)).toEqual(Buffer.from(text).subarray(one.offset, one.offset + one.length));
    expect(members).toMatchObject([
      { member: 'a.json', format: 'windows-flat-json', records: 5, problem: null },
    ]);
    expect(members[0]?.progress).toEqual({ bytesRead: text.length, bytesTotal: text.length });
  });

  it('reads gzip of several members', async () => {
    const { records, members } = await read(
      Buffer.concat([zlib.gzipSync(lines(2)), zlib.gzipSync(lines(2, 3))]),
    );
    expect(records).toHaveLength(4);
    expect(members[0]?.problem).toBeNull();
  });

  it('reads what a cut-off gzip still holds, and says that it is cut off', async () => {
    const packed = zlib.gzipSync(lines(5000), { level: 1 });
    const { records, members } = await read(packed.subarray(0, Math.floor(packed.length * 0.7)));
    const events = records.filter((one) => one.outcome.outcome === 'event');
    expect(events.length).toBeGreaterThan(2500);
    expect(events.map((one) => one.place.index)).toEqual(events.map((_, i) => i));
    expect(members[0]?.problem).toMatch(/cut off/);
  });

  it('reads what a damaged gzip holds before the damage', async () => {
    const packed = zlib.gzipSync(lines(50_000), { level: 1 });
    packed.fill(0xff, packed.length - 5000, packed.length - 4000);
    const { records, members } = await read(packed);
    expect(records.length).toBeGreaterThan(10_000);
    expect(members[0]?.problem).toMatch(/damaged/);
  });

  it('reads all files of a ZIP, each as what it is, and names what it cannot read', async () => {
    const zip = makeZip([
      { name: 'logs/', data: '' },
      { name: 'logs/a.json', data: lines(2) },
      { name: 'logs/b.json.gz', data: zlib.gzipSync(lines(3)) },
      { name: 'logs/c.json', data: lines(1), method: 'stored' },
      { name: 'logs/d.json', data: lines(1), encrypted: true },
      { name: 'picture.png', data: '\u0089PNG\r\n' },
      { name: 'readme.txt', data: 'hello\n' },
      { name: 'empty.json', data: '' },
      { name: '../../etc/passwd\u0007\u202e', data: lines(1) },
      { name: 'C:\\logs\\a.json', data: lines(1) },
      { name: 'logs/a.json', data: lines(1) },
      { name: 'logs/e.json', data: lines(1), crc: 7 },
      { name: 'inner.zip', data: makeZip([{ name: 'x', data: 'y' }]) },
    ]);
    const { records, members, steps } = await read(zip, 'up.zip');
    expect(members.map(({ member, records: count, problem }) => [member, count, problem])).toEqual([
      ['up.zip/logs/a.json', 2, null],
      ['up.zip/logs/b.json.gz', 3, null],
      ['up.zip/logs/c.json', 1, null],
      ['up.zip/logs/d.json', 0, expect.stringMatching(/encrypted/)],
      ['up.zip/picture.png', 0, expect.stringMatching(/not an export Sequela knows/)],
      ['up.zip/readme.txt', 0, expect.stringMatching(/text that begins with "hello"/)],
      ['up.zip/empty.json', 0, 'the file is empty'],
      ['up.zip/__/__/etc/passwd\ufffd\ufffd', 1, null],
      ['up.zip/logs/a.json (2)', 1, null],
      ['up.zip/logs/a.json (3)', 1, null],
      ['up.zip/logs/e.json', 1, expect.stringMatching(/checksum/)],
      ['up.zip/inner.zip/x', 0, expect.stringMatching(/text that begins with "y"/)],
    ]);
    expect(records.every((one) => one.outcome.outcome === 'event')).toBe(true);
    const progress = steps.map((step) => step.progress.bytesRead);
    expect([...progress].sort((a, b) => a - b)).toEqual(progress);
  });

  it('reads a ZIP with bytes after its end, and names one that is cut off', async () => {
    const zip = makeZip([{ name: 'a.json', data: lines(2) }]);
    expect((await read(Buffer.concat([zip, Buffer.from('\n\n')]))).records).toHaveLength(2);
    const { records, members } = await read(zip.subarray(0, zip.length - 30));
    expect(records).toHaveLength(0);
    expect(members[0]?.problem).toMatch(/damaged or cut-off ZIP/);
  });

  it('stops unpacking what grows without end, and keeps what came before', async () => {
    const file = path.join(folder, 'bomb.gz');
    writeFileSync(file, zlib.gzipSync(Buffer.alloc(40 << 20, 97)));
    const limits = { ...UNPACK_LIMITS, ratioFrom: 1 << 20 };
    for (const [changed, message] of [
      [limits, /more than 500 times its size/],
      [{ ...limits, ratio: 5000, bytes: 2 << 20 }, /more than 2097152 bytes/],
    ] as const) {
      for await (const member of (await openUpload(file, 'bomb.gz', { limits: changed })).members) {
        let length = 0;
        for await (const chunk of member.bytes) length += chunk.length;
        expect(length).toBeGreaterThan(1 << 20);
        expect(length).toBeLessThan(40 << 20);
        expect(member.problem()).toMatch(message);
      }
    }
  });

  it('names containers that are not opened instead of guessing', async () => {
    const sevenZip = Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]);
    expect((await read(sevenZip)).members[0]?.problem).toMatch(/7-Zip archive: unpack it first/);
    expect((await read(Buffer.from('Rar!\x1a\x07\x01\0', 'latin1'))).members[0]?.problem).toMatch(
      /RAR archive/,
    );
  });

  it('reads a record of each product in one file as what it is', async () => {
    const falcon = {
      event_simpleName: 'EndOfProcess',
      aid: '7d3f0c2b9a514e6d8f1b2c3d4e5f6071',
      TargetProcessId: '77',
      ContextTimeStamp: '1772442000.5',
      timestamp: '1772442001000',
    };
    const { records, members } = await read(`${lines(3)}${JSON.stringify(falcon)}\n`);
    expect(members[0]?.confidence).toBeGreaterThan(0.7);
    expect(members[0]?.reason).toMatch(/3 of the first 4 records/);
    const channels = records.map(({ outcome }) => (outcome.outcome === 'event' ? outcome.event.channel : ''));
    expect(new Set(channels).size).toBe(2);
    expect(channels[3]).toBe('CrowdStrike Falcon');
  });

  it('gives each file whose records name no machine a host of its own', async () => {
    // Event Viewer's table has no column for the machine.
    const table = (image: string): string =>
      `Level,Date and Time,Source,Event ID,Task Category\r\nInformation,11/20/2026 9:16:31 AM,Microsoft-Windows-Sysmon,5,Process terminated,"Process terminated:\r\nUtcTime: 2026-11-20 08:16:31.700\r\nProcessGuid: {1E5B2C40-7A11-6F30-2101-00000000F100}\r\nProcessId: 4711\r\nImage: ${image}"\r\n`;
    const zip = makeZip([
      { name: 'pc1/Security.csv', data: table('C:\\a.exe') },
      { name: 'pc2/Sysmon.csv', data: table('C:\\b.exe') },
      { name: 'pc3/Security.csv', data: table('C:\\a.exe') },
      { name: 'named.json', data: lines(1) },
    ]);
    const { records } = await read(zip, 'up.zip');
    const hosts = records.map(({ outcome }) => (outcome.outcome === 'event' ? outcome.event.host : outcome));
    expect(hosts).toEqual([
      'unnamed-host security.csv',
      'unnamed-host sysmon.csv',
      'unnamed-host security.csv (2)',
      'ws1',
    ]);
    expect(records.map(({ place }) => place.file)[0]).toBe('up.zip/pc1/Security.csv');
  });

  it('puts records that are no events in the log of the same host, lest their numbers be taken for missing', async () => {
    const record = (id: number, number: number, message: string) =>
      JSON.stringify({
        Id: id,
        RecordId: number,
        LogName: 'Microsoft-Windows-Sysmon/Operational',
        ProviderName: 'Microsoft-Windows-Sysmon',
        TimeCreated: '2026-11-20T09:16:31Z',
        Message: message,
      });
    const ended =
      'Process terminated:\r\nUtcTime: 2026-11-20 09:16:31.000\r\nProcessId: 4711\r\nImage: C:\\a.exe';
    const { records } = await read(
      [record(5, 7, ended), record(99, 8, 'of no use'), record(5, 9, '')].join('\n'),
      'sysmon.json',
    );
    const places = records.map(({ outcome }) =>
      outcome.outcome === 'event'
        ? [outcome.outcome, outcome.event.host, outcome.event.recordId]
        : [outcome.outcome, outcome.log?.host, outcome.log?.recordId],
    );
    expect(places).toEqual([
      ['event', 'unnamed-host sysmon.json', 7],
      ['ignored', 'unnamed-host sysmon.json', 8],
      ['quarantined', 'unnamed-host sysmon.json', 9],
    ]);
  });

  it('takes a member for what a person says it is', async () => {
    const zip = makeZip([
      { name: 'a.json', data: lines(1) },
      { name: 'b.json', data: lines(1) },
    ]);
    const file = path.join(folder, 'chosen.zip');
    writeFileSync(file, zip);
    const formats: (string | null)[] = [];
    for await (const step of readUpload(file, {
      name: 'c.zip',
      memberFormats: { 'c.zip/b.json': 'winlogbeat' },
    }))
      if (step.step === 'member') formats.push(step.format);
    expect(formats).toEqual(['windows-flat-json', 'winlogbeat']);
  });

  it('takes the format it is told', async () => {
    const { members } = await read(lines(1), 'a.json', 'winlogbeat');
    expect(members[0]?.format).toBe('winlogbeat');
    await expect(read(lines(1), 'a.json', 'nonsense')).rejects.toThrow(
      /no format is called "nonsense".*winlogbeat/,
    );
  });

  it('says which path is missing or a directory', async () => {
    await expect(collect(path.join(folder, 'none'), 'none.json')).rejects.toThrow('none.json does not exist');
    await expect(collect(folder, 'logs')).rejects.toThrow('logs is a directory');
  });
});

type Read = {
  steps: UploadStep[];
  records: UploadRecord[];
  members: Extract<UploadStep, { step: 'member' }>[];
};

let files = 0;

function read(data: string | Uint8Array, name = 'a.json', format = 'auto'): Promise<Read> {
  const file = path.join(folder, String(files++));
  writeFileSync(file, data);
  return collect(file, name, format);
}

async function collect(file: string, name: string, format = 'auto'): Promise<Read> {
  const steps: UploadStep[] = [];
  for await (const step of readUpload(file, { name, format })) steps.push(step);
  return {
    steps,
    records: steps.flatMap((step) => (step.step === 'batch' ? step.records : [])),
    members: steps.filter((step) => step.step === 'member'),
  };
}
