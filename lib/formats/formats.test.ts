import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../base/appError';
import { eventId } from '../events/eventId';
import type { NormalisedRecord } from '../events/record';
import { detectFormat } from './detectFormat';
import type { ExportFormat, VendorRecord } from './exportFormat';
import { FORMATS } from './index';
import type { Layout } from './layout';
import { createNormaliser } from './recognise';
import { createRecordDecoder } from './recordDecoder';

const FIXTURES = path.join(import.meta.dirname, 'fixtures');

/** The contract that every format in the registry must keep. */
describe.each(FORMATS.map((format) => [format.id, format] as const))('format %s', (id, format) => {
  const pairs = readPairs(id);
  const inputs = pairs.map((pair) => pair.input);
  const lines = `${inputs.map((input) => JSON.stringify(input)).join('\n')}\n`;

  it('has fixtures', () => {
    expect(pairs.length).toBeGreaterThan(0);
  });

  it.each(pairs.map((pair) => [pair.name, pair] as const))('reads %s', (_name, { input, expected }) => {
    expect(outcomesOf(format, input).map(withoutRecord)).toEqual(
      Array.isArray(expected) ? expected : [expected],
    );
  });

  it('claims at least one of its records, and no record is claimed twice', () => {
    expect(inputs.some((input) => format.fits(input))).toBe(true);
    for (const { name, input } of pairs) {
      const claiming = FORMATS.filter((one) => one.fits(input)).map((one) => one.id);
      expect([name, claiming.length < 2]).toEqual([name, true]);
    }
  });

  it('does not change its input', () => {
    for (const { input } of pairs) {
      const before = JSON.stringify(input);
      outcomesOf(format, input);
      expect(JSON.stringify(input)).toBe(before);
    }
  });

  const rows = inputs.filter((input) => isFlat(input) && format.fits(input));
  const text = TEXTS.flatMap(({ layout, write }) =>
    format.layouts.includes(layout) ? [{ layout, text: write(layout === 'csv' ? rows : inputs) }] : [],
  );

  it('recognises its records by content in its layouts, in UTF-8 and UTF-16', () => {
    for (const { layout, text: whole } of text) {
      if (layout === 'csv' && rows.length === 0) continue;
      for (const bytes of [utf8(whole), utf8(`\ufeff${whole}`), utf16(`\ufeff${whole}`), utf16(whole)]) {
        const found = detectFormat(bytes, true);
        expect(found.format.id).toBe(id);
        expect(found.reason).not.toBe('');
        expect(found.confidence).toBeGreaterThan(0);
      }
    }
  });

  it('reads the same events whatever the JSON layout and the encoding', () => {
    const expected = readAll(format, utf8(lines));
    for (const text of [
      JSON.stringify(inputs),
      JSON.stringify(inputs, null, 2),
      lines.replaceAll('\n', '\r\n'),
    ]) {
      for (const bytes of [utf8(text), utf16(`\ufeff${text}`)])
        expect(readAll(format, bytes)).toEqual(expected);
    }
  });

  it('accounts for every record when the file is cut anywhere', () => {
    const bytes = utf8(lines);
    const whole = readAll(format, bytes);
    for (let end = 1; end < bytes.length; end += 97) {
      const cut = readAll(format, bytes.slice(0, end));
      const tail = cut.at(-1);
      const complete = tail?.outcome === 'quarantined' ? cut.slice(0, -1) : cut;
      expect(complete).toEqual(whole.slice(0, complete.length));
    }
  });

  it('refuses records in an encoding it cannot know, without throwing', () => {
    const ebcdic = Uint8Array.from(utf8(lines), (byte) => (byte === 10 ? 10 : byte ^ 0x80));
    for (const one of readAll(format, ebcdic)) expect(one.outcome).toBe('quarantined');
  });

  it('keeps the set of events when records are split over files, reordered or repeated', {
    timeout: 60_000,
  }, () => {
    const whole = new Set(idsOf(format, utf8(lines)));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(inputs, { minLength: inputs.length }),
        fc.nat({ max: inputs.length }),
        fc.boolean(),
        (order, at, twice) => {
          const files = [order.slice(0, at), order.slice(at), ...(twice ? [order] : [])];
          const ids = files.flatMap((file) =>
            idsOf(format, utf8(file.map((one) => JSON.stringify(one)).join('\n'))),
          );
          expect(new Set(ids)).toEqual(whole);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('never throws, whatever values a record holds', { timeout: 60_000 }, () => {
    const junk = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('-', '', '0x', '0xzz', '{', '\u0000', '\ud800'),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...inputs),
        fc.array(fc.tuple(fc.nat(), junk), { maxLength: 4 }),
        (input, changes) => {
          const record = structuredClone(input) as Record<string, unknown>;
          for (const [at, value] of changes) replaceLeaf(record, at, value);
          for (const outcome of outcomesOf(format, record)) {
            if (outcome.outcome === 'event') expectStorable(outcome.event);
            else expectStorable({ text: outcome.outcome === 'ignored' ? outcome.type : outcome.reason });
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('detection', () => {
  it.each([
    ['nothing', '', /empty/],
    ['text', 'hello\nworld\n', /text that begins with "hello"/],
    ['other JSON', '{"a":1,"b":2}\n', /members a, b/],
    ['a packet capture', '\u000a\u000d\u000d\u000a', /packet capture/],
  ])('says what it saw of %s', (_name, text, message) => {
    expect(() => detectFormat(utf8(text), true)).toThrow(message);
  });

  it.each([
    '[]',
    ' [\n]\n',
    '{"value":[]}',
    '{"@odata.context":"x","@odata.count":0,"value":[]}',
    '{"Schema":[],"Results":[]}',
    '{\n  "data": [],\n  "pagination": { "totalItems": 0 }\n}',
    '{"took":1,"hits":{"total":{"value":0},"hits":[]}}',
    '{"rawResponse":{"hits":{"hits":[]}}}',
    '{"responses":[{"hits":{"hits":[]}},{"hits":{"hits":[]}}]}',
    '{"records":[]}\n{"records":[]}\n',
  ])('says of %s that it holds no records', (text) => {
    for (const bytes of [utf8(text), utf16(`\ufeff${text}`)])
      expect(() => detectFormat(bytes, true)).toThrow(/^the export holds no records$/);
  });

  it.each(['{"a":[]}', '{"id":1,"value":[]}', '{"value":[],"records":[1]}', '[1]', '[], x'])(
    'does not say so of %s',
    (text) => {
      expect(() => detectFormat(utf8(text), true)).toThrow(/^not an export/);
    },
  );

  it('says what it tried', () => {
    try {
      detectFormat(utf8('{"a":1}'), true);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
      expect((error as AppError).code).toBe('unknown_format');
      expect((error as AppError).details.tried).toHaveLength(FORMATS.length);
    }
  });

  it('recognises a file whose first record is longer than the sample', () => {
    const long = JSON.stringify({
      EventID: 4104,
      Channel: 'x',
      Hostname: 'ws1',
      ScriptBlockText: 'a'.repeat(100_000),
    });
    expect(detectFormat(utf8(long), false).format.id).toBe('windows-flat-json');
  });

  it.each(['DeviceName', 'DeviceId'])(
    'recognises an answer of Log Analytics longer than the sample by its column %s',
    (column) => {
      const answer = (name: string, space: number): Uint8Array => {
        const columns = [{ name: 'TimeGenerated' }, { name, type: 'string' }];
        const rows = Array.from({ length: 5000 }, () => ['2026-03-02T09:15:03Z', 'ws1.corp.example']);
        return utf8(JSON.stringify({ tables: [{ name: 'PrimaryResult', columns, rows }] }, null, space));
      };
      for (const space of [0, 2]) {
        const found = detectFormat(answer(column, space).slice(0, 65_536), false);
        expect([found.format.id, found.confidence]).toEqual(['defender-hunting', 0.25]);
      }
      expect(() => detectFormat(answer('Fruit', 0).slice(0, 65_536), false)).toThrow(/not an export/);
    },
  );

  it('knows the streamed tables by their name where the first record is longer than the sample', () => {
    const long = JSON.stringify({
      category: 'AdvancedHunting-DeviceEvents',
      properties: { AdditionalFields: 'a'.repeat(100_000) },
    });
    expect(detectFormat(utf8(long).slice(0, 65_536), false).format.id).toBe('defender-hunting');
  });
});

function readPairs(
  id: string,
): { name: string; input: VendorRecord; expected: NormalisedRecord | NormalisedRecord[] }[] {
  const folder = path.join(FIXTURES, id);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.input.json'))
    .map((file) => {
      const name = file.slice(0, -'.input.json'.length);
      const read = (kind: string): unknown =>
        JSON.parse(readFileSync(path.join(folder, `${name}.${kind}.json`), 'utf8'));
      return {
        name,
        input: read('input') as VendorRecord,
        expected: read('expected') as NormalisedRecord | NormalisedRecord[],
      };
    });
}

/** What became of a record, without the record itself, which goes along for rules (windows/writtenRecord.test.ts). */
function withoutRecord(outcome: NormalisedRecord): NormalisedRecord {
  if (outcome.outcome === 'quarantined') return outcome;
  const { written: _, ...rest } = outcome;
  return rest;
}

function readAll(format: ExportFormat, bytes: Uint8Array): NormalisedRecord[] {
  const decoder = createRecordDecoder();
  return [...decoder.push(bytes), ...decoder.end().records].flatMap((record) =>
    record.value === undefined
      ? [{ outcome: 'quarantined', reason: record.refused } as const]
      : outcomesOf(format, record.value),
  );
}

/** What becomes of a record of a file of this format. */
function outcomesOf(format: ExportFormat, record: VendorRecord): readonly NormalisedRecord[] {
  return createNormaliser(format, [format])(record);
}

/** Layouts the contract can write; XML, event log files and syslog lines have tests of their own. */
const TEXTS: readonly {
  readonly layout: Layout;
  readonly write: (inputs: readonly VendorRecord[]) => string;
}[] = [
  { layout: 'json', write: (inputs) => `${inputs.map((input) => JSON.stringify(input)).join('\n')}\n` },
  { layout: 'json', write: (inputs) => JSON.stringify(inputs) },
  { layout: 'json', write: (inputs) => JSON.stringify(inputs, null, 2) },
  { layout: 'csv', write: (inputs) => toCsv(inputs, ',') },
  { layout: 'csv', write: (inputs) => toCsv(inputs, ';') },
];

/** Flat records as a table, as a product's CSV export of them would be. */
function toCsv(inputs: readonly VendorRecord[], separator: string): string {
  const names = [...new Set(inputs.flatMap((input) => Object.keys(input)))];
  const cell = (value: unknown): string => `"${String(value ?? '').replaceAll('"', '""')}"`;
  return `${[names.map(cell), ...inputs.map((input) => names.map((name) => cell(input[name])))].map((row) => row.join(separator)).join('\r\n')}\r\n`;
}

function isFlat(input: VendorRecord): boolean {
  return Object.values(input).every((value) => typeof value !== 'object' || value === null);
}

function expectStorable(values: object): void {
  for (const value of Object.values(values)) {
    if (typeof value === 'number') expect(Number.isSafeInteger(value)).toBe(true);
    else if (typeof value === 'string')
      expect(value).not.toMatch(/\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
    else expect(typeof value).toBe('string');
  }
}

function idsOf(format: ExportFormat, bytes: Uint8Array): string[] {
  return readAll(format, bytes).flatMap((one) =>
    one.outcome === 'event' ? [eventId(one.event, (text) => hash('sha256', text, 'hex'))] : [],
  );
}

function replaceLeaf(record: Record<string, unknown>, at: number, value: unknown): void {
  const leaves: [Record<string, unknown>, string][] = [];
  const walk = (inner: Record<string, unknown>): void => {
    for (const [key, one] of Object.entries(inner)) {
      leaves.push([inner, key]);
      if (typeof one === 'object' && one !== null) walk(one as Record<string, unknown>);
    }
  };
  walk(record);
  const leaf = leaves[at % Math.max(1, leaves.length)];
  if (leaf !== undefined) leaf[0][leaf[1]] = value;
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function utf16(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf16le'));
}
