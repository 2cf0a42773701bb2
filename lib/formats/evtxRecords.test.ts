import { describe, expect, it } from 'vitest';
import { evtxFile } from './evtxFile';
import { createEvtxDecoder } from './evtxRecords';
import type { DecodedRecord } from './exportFormat';
import { createNormaliser } from './recognise';
import { readValue } from './windows/evtx/binValues';
import { createBinXmlReader } from './windows/evtx/binXml';
import {
  createWriter,
  nestedValue,
  type TestValue,
  testEvtx,
  textValue,
  writeInstance,
} from './windows/evtx/testEvtx';

const GUID = '{1E5B2C40-7A11-6F30-2101-00000000F100}';

describe('an event log file', () => {
  it('gives one record for each of its events, chunk after chunk', () => {
    const { records } = read(testEvtx([[sysmon(1), sysmon(2)], [sysmon(3)]]));
    expect(records.map((record) => record.index)).toEqual([0, 1, 2]);
    expect(records.map(numberOf)).toEqual(['1', '2', '3']);
    expect(records[0]?.offset).toBe(4096 + 512);
    expect(records[2]?.offset).toBe(4096 + 65_536 + 512);
  });

  it('gives the same records however its bytes arrive', () => {
    const file = testEvtx([[sysmon(1), sysmon(2)], [sysmon(3)]]);
    const whole = read(file);
    for (const size of [1000, 4096, 65_535, 65_537]) expect(read(file, size)).toEqual(whole);
  });

  it('becomes events, whose raw text is the event as XML', () => {
    const [record] = read(testEvtx([[sysmon(1)]])).records;
    const [outcome] = createNormaliser(evtxFile, [evtxFile])(record?.value ?? {});
    expect(outcome).toMatchObject({
      outcome: 'event',
      event: {
        kind: 'process_end',
        host: 'ws7',
        recordId: 1,
        'process.pid': 4711,
        'process.executable': 'C:\\a & b.exe',
      },
    });
    const xml = new TextDecoder().decode(record?.raw);
    expect(xml).toContain("<Data Name='Image'>C:\\a &amp; b.exe</Data>");
    expect(xml).toContain("<TimeCreated SystemTime='2026-11-20T08:16:31.7021234Z'/>");
    expect(xml).not.toContain('Qualifiers');
  });

  it('refuses a damaged record with its place and reads its neighbours', () => {
    const file = testEvtx([[sysmon(1), sysmon(2), sysmon(3)]]);
    const second = read(file).records[1];
    const at = second?.offset ?? 0;
    // The count of values of the second record, which points to the template of the first.
    new DataView(file.buffer).setUint32(at + 24 + 4 + 10, 5000, true);
    const { records } = read(file);
    expect(records.map((record) => record.refused ?? numberOf(record))).toEqual([
      '1',
      expect.stringMatching(/damaged event log record: it claims 5000 values/),
      '3',
    ]);
    expect(records[1]).toMatchObject({ offset: at, length: second?.length });
  });

  it('goes on at the next record where the length of one is wrong', () => {
    const file = testEvtx([[sysmon(1), sysmon(2), sysmon(3)]]);
    const at = read(file).records[1]?.offset ?? 0;
    new DataView(file.buffer).setUint32(at + 4, 9_999_999, true);
    expect(read(file).records.map((record) => record.refused ?? numberOf(record))).toEqual([
      '1',
      'bytes between event log records that are no record',
      '3',
    ]);
  });

  it('does not lose the rest of a file for a chunk without header, nor for an empty one', () => {
    const file = testEvtx([[sysmon(1)], [], [sysmon(2), sysmon(3)]]);
    file.fill(0, 4096 + 65_536, 4096 + 2 * 65_536);
    file.fill(0x41, 4096, 4096 + 512);
    const { records, problem } = read(file);
    expect(records.map((record) => record.refused ?? numberOf(record))).toEqual([
      'a chunk without its ElfChnk header: its records are read',
      '1',
      '2',
      '3',
    ]);
    expect(problem).toBeUndefined();
  });

  it('does not believe the header about where records end, and leaves out what an older use of the chunk left', () => {
    const file = testEvtx([[sysmon(1), sysmon(2), sysmon(9)]]);
    const [first, second] = read(file).records;
    const view = new DataView(file.buffer);
    // A dirty chunk: its header was last written after the first record.
    view.setUint32(4096 + 48, 512 + (first?.length ?? 0), true);
    // The third record's own number is not the next one: it is left over.
    const third = (second?.offset ?? 0) + (second?.length ?? 0);
    view.setUint32(third + 8, 77, true);
    expect(read(file).records.map(numberOf)).toEqual(['1', '2']);
  });

  it('says that it is cut off, and refuses the record at the cut', () => {
    const file = testEvtx([[sysmon(1), sysmon(2)]]);
    const second = read(file).records[1]?.offset ?? 0;
    const { records, problem } = read(file.subarray(0, second + 40));
    expect(problem).toMatch(/cut off/);
    expect(records.map((record) => record.refused ?? numberOf(record))).toEqual([
      '1',
      'an event log record that the end of the file cuts',
    ]);
    expect(read(file.subarray(0, 100))).toEqual({ records: [], problem: expect.stringMatching(/header/) });
  });

  it('is read in bounded time whatever its bytes are', () => {
    const file = testEvtx([[sysmon(1), sysmon(2), sysmon(3)]]);
    let state = 7;
    const random = (below: number): number => {
      state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
      return state % below;
    };
    for (let round = 0; round < 300; round++) {
      const bytes = file.slice();
      for (let i = 0; i <= random(12); i++) bytes[4096 + random(3000)] = random(256);
      const { records } = read(bytes);
      records.forEach((record, i) => {
        expect(record.index).toBe(i);
      });
    }
    for (let end = 0; end < 4096 + 3000; end += 61) read(file.subarray(0, end));
  });

  it('refuses an event whose template holds itself twice, which would double with every level', () => {
    // <a>{0}{0}</a>, and {0} is an instance of it, and so on, eighteen deep.
    const chunk = new Uint8Array(65_536);
    const body = createWriter(24);
    body.bytes(0x01);
    body.u16(0xffff);
    body.u32(0);
    body.name('a');
    body.bytes(0x02);
    body.substitution(0);
    body.substitution(0);
    body.bytes(0x04, 0x00);
    const template = body.done();
    new DataView(chunk.buffer).setUint32(20, template.length, true);
    chunk.set(template, 24);
    let value = textValue('x');
    for (let level = 0; level < 18; level++) {
      const writer = createWriter(0);
      writeInstance(writer, [value], 0);
      value = nestedValue(writer.done());
    }
    chunk.set(value.bytes, 4096);
    const reader = createBinXmlReader(chunk);
    expect(() => reader.read(4096, 4096 + value.bytes.length)).toThrow(/more than/);
  });
});

describe('values of binary XML', () => {
  it.each([
    ['int8', 0x03, [0xff], '-1'],
    ['int16', 0x05, [0xfe, 0xff], '-2'],
    ['uint32', 0x08, [1, 0, 0, 0x80], '2147483649'],
    [
      'uint64 beyond what a number holds',
      0x0a,
      [255, 255, 255, 255, 255, 255, 255, 255],
      '18446744073709551615',
    ],
    ['bool', 0x0d, [1, 0, 0, 0], 'true'],
    ['binary', 0x0e, [0xab, 1], 'AB01'],
    ['hexadecimal', 0x15, [0xe7, 3, 0, 0, 0, 0, 0, 0], '0x3e7'],
    ['size', 0x10, [0x10, 0, 0, 0], '0x10'],
    ['SID', 0x13, [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0], 'S-1-5-18'],
    ['a value too short for its type', 0x08, [1, 2], '0102'],
    ['null', 0x00, [], undefined],
    ['a list of texts', 0x81, [97, 0, 0, 0, 98, 0, 0, 0], ['a', 'b']],
    ['a list of numbers', 0x86, [1, 0, 2, 0], ['1', '2']],
    ['an unknown type', 0x77, [1], '01'],
  ])('reads %s', (_name, type, bytes, expected) => {
    const view = new DataView(Uint8Array.from(bytes).buffer);
    expect(readValue(view, type, 0, bytes.length)).toEqual(expected);
  });
});

function sysmon(number: number): readonly TestValue[] {
  const u16 = (value: number): TestValue => ({ type: 6, bytes: Uint8Array.of(value & 255, value >> 8) });
  return [
    u16(5),
    { type: 0x11, bytes: fileTime(134_396_361_917_021_234n) },
    { type: 0x0a, bytes: Uint8Array.of(number, 0, 0, 0, 0, 0, 0, 0) },
    textValue('Microsoft-Windows-Sysmon/Operational'),
    textValue('WS7'),
    textValue('2026-11-20 08:16:31.700'),
    textValue(GUID),
    { type: 8, bytes: Uint8Array.of(4711 & 255, 4711 >> 8, 0, 0) },
    textValue('C:\\a & b.exe'),
  ];
}

function fileTime(ticks: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, ticks, true);
  return bytes;
}

function numberOf(record: DecodedRecord): unknown {
  const event = record.value?.Event as { System: { EventRecordID: unknown } } | undefined;
  return event?.System.EventRecordID;
}

function read(file: Uint8Array, size = file.length): { records: readonly DecodedRecord[]; problem?: string } {
  const decoder = createEvtxDecoder();
  const records: DecodedRecord[] = [];
  for (let at = 0; at < file.length; at += size) records.push(...decoder.push(file.subarray(at, at + size)));
  const end = decoder.end();
  return { ...end, records: [...records, ...end.records] };
}
