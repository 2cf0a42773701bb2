/**
 * Writes small event log files for tests, with every part of the layout that the reader looks at: a file
 * header, chunks, records, a template that the first record of a chunk defines and the others point to.
 */
export type TestValue = { readonly type: number; readonly bytes: Uint8Array };

/** Text as a value of type string. */
export function textValue(text: string): TestValue {
  return { type: 1, bytes: utf16(text) };
}

/** Nested binary XML as a value. */
export function nestedValue(bytes: Uint8Array): TestValue {
  return { type: 0x21, bytes };
}

/** A file of chunks, each given by the values of its records: five for System, then one for each of `names`. */
export function testEvtx(
  chunks: readonly (readonly (readonly TestValue[])[])[],
  names: readonly string[] = DATA_NAMES,
): Uint8Array {
  const file = new Uint8Array(4096 + chunks.length * 65_536);
  file.set(ascii('ElfFile\0'));
  let number = 1;
  chunks.forEach((records, i) => {
    const chunk = testChunk(records, number, names);
    number += records.length;
    file.set(chunk, 4096 + i * 65_536);
  });
  return file;
}

/** Names of the template's `<Data>`, by the position of their value; the first five values fill System. */
export const DATA_NAMES = ['UtcTime', 'ProcessGuid', 'ProcessId', 'Image'];

function testChunk(
  records: readonly (readonly TestValue[])[],
  first: number,
  names: readonly string[],
): Uint8Array {
  const chunk = new Uint8Array(65_536);
  const view = new DataView(chunk.buffer);
  chunk.set(ascii('ElfChnk\0'));
  view.setUint32(40, 128, true);
  let at = 512;
  let template: number | undefined;
  records.forEach((values, i) => {
    const writer = createWriter(at + 24);
    writer.bytes(0x0f, 1, 1, 0);
    template = writeInstance(writer, values, template, names);
    const body = writer.done();
    const size = (24 + body.length + 4 + 7) & ~7;
    view.setUint32(at, 0x2a2a, true);
    view.setUint32(at + 4, size, true);
    view.setUint32(at + 8, first + i, true);
    chunk.set(body, at + 24);
    view.setUint32(at + size - 4, size, true);
    at += size;
  });
  view.setUint32(48, at, true);
  return chunk;
}

/** Writes a template instance at the writer's place; answers where its template is defined. */
export function writeInstance(
  writer: Writer,
  values: readonly TestValue[],
  template?: number,
  names: readonly string[] = DATA_NAMES,
): number {
  writer.bytes(0x0c, 1);
  writer.u32(7);
  const definition = template ?? writer.at() + 4;
  writer.u32(definition);
  if (template === undefined) {
    const body = templateBody(writer.at() + 24, names);
    writer.u32(0);
    writer.bytes(...new Array<number>(16).fill(7));
    writer.u32(body.length);
    writer.bytes(...body);
  }
  writer.u32(values.length);
  for (const { type, bytes } of values) {
    writer.u16(bytes.length);
    writer.bytes(type, 0);
  }
  for (const { bytes } of values) writer.bytes(...bytes);
  return definition;
}

function templateBody(at: number, names: readonly string[]): Uint8Array {
  const writer = createWriter(at);
  const open = (name: string, attributes: readonly (readonly [string, string | number])[] = []): void => {
    writer.bytes(attributes.length > 0 ? 0x41 : 0x01);
    writer.u16(0xffff);
    writer.u32(0);
    writer.name(name);
    if (attributes.length > 0) writer.u32(0);
    attributes.forEach(([key, value], i) => {
      writer.bytes(i + 1 < attributes.length ? 0x46 : 0x06);
      writer.name(key);
      if (typeof value === 'number') writer.substitution(value);
      else writer.text(value);
    });
    writer.bytes(0x02);
  };
  const leaf = (
    name: string,
    value: number,
    attributes: readonly (readonly [string, string | number])[] = [],
  ): void => {
    open(name, attributes);
    writer.substitution(value);
    writer.bytes(0x04);
  };
  writer.bytes(0x0f, 1, 1, 0);
  open('Event', [['xmlns', 'http://schemas.microsoft.com/win/2004/08/events/event']]);
  open('System');
  leaf('EventID', 0, [['Qualifiers', 99]]);
  open('TimeCreated', [['SystemTime', 1]]);
  writer.bytes(0x04);
  leaf('EventRecordID', 2);
  leaf('Channel', 3);
  leaf('Computer', 4);
  writer.bytes(0x04);
  open('EventData');
  names.forEach((name, i) => {
    leaf('Data', 5 + i, [['Name', name]]);
  });
  writer.bytes(0x04, 0x04, 0x00);
  return writer.done();
}

/** A place to write at, with the offset in the chunk that names point to. */
export type Writer = {
  readonly at: () => number;
  readonly bytes: (...values: number[]) => void;
  readonly u16: (value: number) => void;
  readonly u32: (value: number) => void;
  readonly name: (name: string) => void;
  readonly text: (text: string) => void;
  readonly substitution: (index: number) => void;
  readonly done: () => Uint8Array;
};

/** A writer whose first byte stands at `base` of its chunk. */
export function createWriter(base: number): Writer {
  const out: number[] = [];
  const writer: Writer = {
    at: () => base + out.length,
    bytes: (...values) => {
      for (const value of values) out.push(value);
    },
    u16: (value) => writer.bytes(value & 255, value >> 8),
    u32: (value) => writer.bytes(value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24),
    name: (name) => {
      writer.u32(writer.at() + 4);
      writer.u32(0);
      writer.u16(0);
      writer.u16(name.length);
      writer.bytes(...utf16(name), 0, 0);
    },
    text: (text) => {
      writer.bytes(0x05, 1);
      writer.u16(text.length);
      writer.bytes(...utf16(text));
    },
    substitution: (index) => {
      writer.bytes(0x0e);
      writer.u16(index);
      writer.bytes(1);
    },
    done: () => Uint8Array.from(out),
  };
  return writer;
}

function utf16(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf16le'));
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
