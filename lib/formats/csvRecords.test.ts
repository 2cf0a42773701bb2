import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCsvDecoder } from './csvRecords';
import { rawText } from './encoding';
import type { DecodedRecord } from './exportFormat';

const TABLE = 'Name,Path,Note\r\nws1,"C:\\a,b","two\r\nlines"\r\nws2,,"say ""hi"""\r\n';
const ROWS = [
  { Name: 'ws1', Path: 'C:\\a,b', Note: 'two\r\nlines' },
  { Name: 'ws2', Note: 'say "hi"' },
];

describe('createCsvDecoder', () => {
  it('reads quoted separators, quoted newlines and doubled quotes; an empty cell is absent', () => {
    expect(valuesOf(read(utf8(TABLE)))).toEqual(ROWS);
  });

  it.each([';', '\t', '|'])('reads tables separated by %j', (separator) => {
    expect(valuesOf(read(utf8(`a${separator}b\n1${separator}2\n`)))).toEqual([{ a: '1', b: '2' }]);
  });

  it('obeys the line in which Excel names the separator', () => {
    const records = read(utf8('sep=;\r\na;b,c\r\n1;2,3\r\n'));
    expect(valuesOf(records)).toEqual([{ a: '1', 'b,c': '2,3' }]);
    expect(records[0]?.offset).toBe('sep=;\r\na;b,c\r\n'.length);
  });

  it('reads UTF-8 and UTF-16 with and without a mark, and Windows-1252', () => {
    const text = 'Nom;Chemin\r\nRené;C:\\été\r\n';
    const encodings = [
      utf8(text),
      utf8(`\ufeff${text}`),
      utf16(text),
      utf16(`\ufeff${text}`),
      new Uint8Array(Buffer.from(text, 'latin1')),
    ];
    for (const bytes of encodings)
      expect(valuesOf(read(bytes))).toEqual([{ Nom: 'René', Chemin: 'C:\\été' }]);
  });

  it('says where each row stands, byte for byte', () => {
    const bytes = utf8(TABLE);
    for (const record of read(bytes)) {
      expect(bytes.subarray(record.offset, record.offset + record.length)).toEqual(record.raw);
      expect(rawText(record.raw)).toContain('ws');
    }
  });

  it('names cells beyond the heading and columns without a name by their place', () => {
    expect(valuesOf(read(utf8(',b,b\n1,2,3,4\n')))).toEqual([
      { column_1: '1', b: '2', column_3: '3', column_4: '4' },
    ]);
  });

  it('keeps a quote within a bare cell', () => {
    expect(valuesOf(read(utf8('a,b\n3.5" disk,x\n')))).toEqual([{ a: '3.5" disk', b: 'x' }]);
  });

  it('refuses what follows an unclosed quote as one record, with its bytes', () => {
    const decoder = createCsvDecoder();
    const rows = [...decoder.push(utf8('a,b\n1,2\n3,"open\n4,5\n'))];
    const end = decoder.end();
    const [first, second, ...others] = [...rows, ...end.records];
    expect(others).toEqual([]);
    expect({ ...first?.value }).toEqual({ a: '1', b: '2' });
    expect(second?.refused).toMatch(/Quote|quote/);
    expect(new TextDecoder().decode(second?.raw)).toBe('3,"open\n4,5\n');
    expect([second?.index, second?.offset, second?.length]).toEqual([1, 8, 12]);
    expect(end.problem).toMatch(/after record 1/);
  });

  it('gives the same rows however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(utf8(TABLE), utf16(`\ufeff${TABLE}`)),
        fc.array(fc.nat({ max: 120 })),
        (bytes, cuts) => {
          expect(valuesOf(read(bytes, cuts))).toEqual(ROWS);
        },
      ),
    );
  });

  it('reads a table larger than the sample at the same places', () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `host${i},"cmd, ${'x'.repeat(i % 50)}"`);
    const bytes = utf8(`h,c\n${rows.join('\n')}\n`);
    const records = read(
      bytes,
      Array.from({ length: 40 }, (_, i) => i * 5003),
    );
    expect(records).toHaveLength(5000);
    for (const record of records)
      expect(bytes.subarray(record.offset, record.offset + record.length)).toEqual(record.raw);
    expect(records.map((record) => record.index)).toEqual(rows.map((_, i) => i));
  });

  it('never throws on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        read(bytes);
      }),
    );
  });
});

function read(bytes: Uint8Array, cuts: readonly number[] = []): readonly DecodedRecord[] {
  const decoder = createCsvDecoder();
  const edges = [...new Set([0, ...cuts.filter((cut) => cut < bytes.length), bytes.length])].sort(
    (a, b) => a - b,
  );
  const records: DecodedRecord[] = [];
  for (let i = 1; i < edges.length; i++) records.push(...decoder.push(bytes.slice(edges[i - 1], edges[i])));
  records.push(...decoder.end().records);
  return records;
}

function valuesOf(records: readonly DecodedRecord[]): unknown[] {
  return records.map((record) => ({ ...record.value }));
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function utf16(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf16le'));
}
