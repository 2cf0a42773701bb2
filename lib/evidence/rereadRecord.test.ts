import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { digest } from '../cli/readFiles';
import { eventId } from '../events/eventId';
import { UNNAMED_HOST } from '../events/hostName';
import { FORMATS } from '../formats';
import { detectFormat } from '../formats/detectFormat';
import { decodeText, sniffEncoding } from '../formats/encoding';
import type { VendorRecord } from '../formats/exportFormat';
import { createNormaliser } from '../formats/recognise';
import { createRecordDecoder } from '../formats/recordDecoder';
import { headingOf, rereadRecord } from './rereadRecord';

const FIXTURES = path.join(import.meta.dirname, '../formats/fixtures');
const HOST = 'unnamed-host of a file';

function inputsOf(format: string): readonly VendorRecord[] {
  const folder = path.join(FIXTURES, format);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.input.json'))
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as VendorRecord);
}

const isFlat = (record: VendorRecord): boolean =>
  Object.values(record).every((value) => typeof value !== 'object' || value === null);

function csv(rows: readonly VendorRecord[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const line = (cells: readonly unknown[]) =>
    cells.map((cell) => `"${String(cell ?? '').replaceAll('"', '""')}"`).join(',');
  return [line(columns), ...rows.map((row) => line(columns.map((column) => row[column])))].join('\r\n');
}

/** Reads a whole file as an import does, then each of its records alone; answers how many of its events came again. */
function readTwice(bytes: Uint8Array): { readonly events: number; readonly again: number } {
  const { format } = detectFormat(bytes, true);
  const normalise = createNormaliser(format, FORMATS);
  const decoder = createRecordDecoder();
  const { encoding, bom } = sniffEncoding(bytes);
  const heading = headingOf(bytes, (before) => decodeText(before.subarray(bom), encoding));
  let events = 0;
  let again = 0;
  for (const { value, raw } of [...decoder.push(bytes), ...decoder.end().records]) {
    for (const outcome of value === undefined ? [] : normalise(value)) {
      if (outcome.outcome !== 'event') continue;
      events++;
      const { event } = outcome;
      const draft = event.host === UNNAMED_HOST ? { ...event, host: HOST } : event;
      const origin = { format: format.id, host: HOST };
      const wanted = eventId(draft, digest);
      const found =
        rereadRecord({ raw }, origin, wanted, FORMATS, digest) ??
        (heading && rereadRecord({ raw, heading }, origin, wanted, FORMATS, digest));
      if (found !== undefined) again++;
    }
  }
  return { events, again };
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le'));

// Binary event logs are read again in lib/workflows/evidence, from a recording.
const WRITTEN = FORMATS.filter(({ layouts }) =>
  layouts.some((layout) => layout === 'json' || layout === 'csv'),
);

describe.each(WRITTEN.map((format) => [format.id, format] as const))('a record of %s', (id, format) => {
  const inputs = inputsOf(id);
  const lines = inputs.map((input) => JSON.stringify(input)).join('\n');
  const rows = inputs.filter((input) => isFlat(input) && format.fits(input));
  const files = [
    ...(format.layouts.includes('json')
      ? [
          ['lines', utf8(lines)] as const,
          ['an array', utf8(JSON.stringify(inputs, null, 2))] as const,
          ['lines in UTF-16', utf16(lines)] as const,
        ]
      : []),
    ...(format.layouts.includes('csv') && rows.length > 0
      ? [['a table', utf8(csv(rows))] as const, ['a table in UTF-16', utf16(csv(rows))] as const]
      : []),
  ];

  it.each(files)('gives its event again when it is read alone, out of %s', (_what, bytes) => {
    const { events, again } = readTwice(bytes);
    expect(again).toBe(events);
  });
});

describe('a record', () => {
  it('gives nothing when a byte of what it says was changed', () => {
    const input = inputsOf('windows-flat-json').find((one) => format().fits(one)) ?? {};
    const raw = utf8(JSON.stringify(input));
    const [outcome] = createNormaliser(format(), FORMATS)(input);
    if (outcome?.outcome !== 'event') throw new Error('the fixture gives no event');
    const wanted = eventId(outcome.event, digest);
    const origin = { format: 'windows-flat-json', host: HOST };
    expect(rereadRecord({ raw }, origin, wanted, FORMATS, digest)).toBeDefined();
    const name = outcome.event.host;
    const changed = Buffer.from(raw).toString().replace(new RegExp(name, 'i'), `${name}x`);
    expect(rereadRecord({ raw: utf8(changed) }, origin, wanted, FORMATS, digest)).toBeUndefined();
  });
});

function format() {
  const found = FORMATS.find(({ id }) => id === 'windows-flat-json');
  if (found === undefined) throw new Error('no such format');
  return found;
}
