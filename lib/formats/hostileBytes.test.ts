import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../base/appError';
import type { NormalisedRecord } from '../events/record';
import { detectFormat } from './detectFormat';
import type { ExportFormat, VendorRecord } from './exportFormat';
import { FORMATS } from './index';
import { createNormaliser } from './recognise';
import { createRecordDecoder } from './recordDecoder';

const FIXTURES = path.join(import.meta.dirname, 'fixtures');

/** Small files of each format: two records as JSON lines, as a pretty array, as a table. */
const FILES = FORMATS.flatMap((format) => {
  const records = smallest(format);
  const flat = records.filter((record) => Object.values(record).every((value) => typeof value !== 'object'));
  const texts: [string, string][] = [];
  if (format.layouts.includes('json') && records.length > 0) {
    texts.push([
      `${format.id}, JSON lines`,
      `${records.map((record) => JSON.stringify(record)).join('\n')}\n`,
    ]);
    texts.push([`${format.id}, JSON array`, JSON.stringify(records, null, 1)]);
  }
  if (format.layouts.includes('csv') && flat.length > 0) texts.push([`${format.id}, CSV`, toCsv(flat)]);
  return texts.map(([name, text]) => [name, new TextEncoder().encode(text)] as const);
});

describe.each(FILES)('a file of %s', (_name, bytes) => {
  const whole = read(bytes);

  it('is accounted for when it is cut at any byte: nothing is thrown, no record appears from nowhere', () => {
    for (let end = 0; end < bytes.length; end += stride(bytes.length)) {
      const cut = read(bytes.subarray(0, end));
      expect(cut.length).toBeLessThanOrEqual(whole.length + 1);
    }
  });

  it('is read to its end when any bits are flipped, and the records before the damage stand', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), fc.nat(bytes.length - 1), (at, bit, other) => {
        const damaged = bytes.slice();
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        damaged[other] = (damaged[other] ?? 0) ^ (128 >> bit);
        for (const outcome of read(damaged)) expect(typeof outcome.outcome).toBe('string');
      }),
      { numRuns: 60 },
    );
  });

  it('is never lost in an encoding it does not have', () => {
    const text = new TextDecoder().decode(bytes);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    for (const odd of [
      Buffer.from(text, 'utf16le'),
      Buffer.from(text, 'utf16le').swap16(),
      Buffer.from(text, 'utf16le').subarray(1),
      Buffer.from(text, 'latin1'),
      shifted,
      bytes.map((byte) => byte ^ 0x80),
    ])
      read(new Uint8Array(odd));
  });
});

describe('any bytes', () => {
  it('are read as something or refused in words', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }),
          fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
        ),
        fc.constantFrom('', '{', '[{"a":', '<Event>', 'a,b\n', 'ElfFile\0', '<13>1 ', '\ufeff', 'sep=;\n'),
        (bytes, start) => {
          read(Buffer.concat([Buffer.from(start), bytes]));
        },
      ),
      { numRuns: 400 },
    );
  });
});

/** Reads bytes as a member would be: recognised, decoded, normalised. What nobody knows is no records. */
function read(bytes: Uint8Array): readonly NormalisedRecord[] {
  let format: ExportFormat;
  try {
    format = detectFormat(bytes, true).format;
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    return [];
  }
  const normalise = createNormaliser(format, FORMATS);
  const decoder = createRecordDecoder();
  const records = [...decoder.push(bytes), ...decoder.end().records];
  expect(records.map((record) => record.index)).toEqual(records.map((_, i) => i));
  return records.flatMap((record) =>
    record.value === undefined
      ? [{ outcome: 'quarantined', reason: record.refused } as const]
      : normalise(record.value),
  );
}

/** Every byte of small files, about a thousand places in larger ones. */
function stride(length: number): number {
  return Math.max(1, Math.floor(length / 1000));
}

function smallest(format: ExportFormat): readonly VendorRecord[] {
  const folder = path.join(FIXTURES, format.id);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.input.json'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .sort((a, b) => a.length - b.length)
    .map((text) => JSON.parse(text) as VendorRecord)
    .filter((record) => format.fits(record))
    .slice(0, 2);
}

function toCsv(records: readonly VendorRecord[]): string {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const cell = (value: unknown): string => `"${String(value ?? '').replaceAll('"', '""')}"`;
  return [names, ...records.map((record) => names.map((name) => record[name]))]
    .map((row) => row.map(cell).join(','))
    .join('\r\n');
}
