import { describe, expect, it } from 'vitest';
import { detectFormat } from './detectFormat';
import { rawText } from './encoding';
import type { DecodedRecord } from './exportFormat';
import { createNormaliser } from './recognise';
import { createRecordDecoder } from './recordDecoder';
import { windowsEventXml } from './windowsEventXml';
import { createXmlDecoder } from './xmlRecords';

const NS = "xmlns='http://schemas.microsoft.com/win/2004/08/events/event'";

describe('event XML', () => {
  it('gives one record for each <Event>, with a root around them or none', () => {
    for (const text of [
      `${event(1)}${event(2)}`,
      `${event(1)}\r\n${event(2)}\r\n`,
      `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<Events>\n${event(1)}\n<!-- x -->${event(2)}</Events>\n`,
    ]) {
      expect(numbers(read(utf8(text)))).toEqual(['1', '2']);
    }
  });

  it('is read in UTF-16 and with a byte order mark, and keeps the bytes and the place of each element', () => {
    const text = `<Events>${event(1)}${event(2)}</Events>`;
    for (const [bytes, width, bom] of [
      [utf8(`\ufeff${text}`), 1, 3],
      [utf16(`\ufeff${text}`), 2, 2],
      [utf16(text), 2, 0],
    ] as const) {
      const records = read(bytes);
      expect(numbers(records)).toEqual(['1', '2']);
      for (const { raw, offset, length } of records)
        expect(bytes.slice(offset, offset + length)).toEqual(raw);
      expect(records[0]?.offset).toBe(bom + '<Events>'.length * width);
      expect(rawText(records[1]?.raw ?? new Uint8Array())).toBe(event(2));
    }
  });

  it('gives the same records however its bytes arrive', () => {
    const text = `<Events>\n${event(1)}\n${event(2)}\n${event(3)}</Events>`;
    for (const bytes of [utf8(text), utf16(text)]) {
      const whole = read(bytes);
      for (const size of [1, 2, 3, 7, 64]) expect(read(bytes, size)).toEqual(whole);
    }
  });

  it('becomes events, with its entities and character data resolved', () => {
    const [record] = read(utf8(event(7, 'C:\\R&amp;D &#x26; &lt;x&gt;<![CDATA[<y>]]>\u001b')));
    expect(createNormaliser(windowsEventXml, [windowsEventXml])(record?.value ?? {})).toMatchObject([
      {
        outcome: 'event',
        event: {
          kind: 'process_end',
          recorded: 1_795_162_591_702_123,
          reported: 1_795_162_591_700_000,
          host: 'ws7',
          channel: 'Microsoft-Windows-Sysmon/Operational',
          code: '5',
          recordId: 7,
          'process.entity_id': '1e5b2c40-7a11-6f30-2101-00000000f100',
          'process.pid': 4711,
          'process.executable': 'C:\\R&D & <x><y>\u001b',
        },
      },
    ]);
  });

  it('neither fetches nor expands what a document type declares', () => {
    const bomb =
      '<!DOCTYPE Events [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>';
    const [record, ...rest] = read(utf8(`${bomb}\n<Events>${event(1, '&b;&c;')}</Events>`));
    expect(rest).toEqual([]);
    expect(JSON.stringify(record?.value)).toContain('&b;&c;');
  });

  it('refuses an element that cannot be read, text between elements and a cut end, and reads the rest', () => {
    const text = `${event(1)}<Event ${NS}><System></Event>stray${event(2)}<Event ${NS}><System>`;
    expect(read(utf8(text)).map((record) => record.refused ?? numbers([record])[0])).toEqual([
      '1',
      expect.stringMatching(/not well-formed XML/),
      'text between events',
      '2',
      'an event that the end of the file cuts',
    ]);
  });

  it('does not take <Events>, <EventData> or <EventID> for the element', () => {
    expect(numbers(read(utf8(`<Events><Eventful/>${event(1)}</Events>`)))).toEqual(['1']);
  });

  it('is recognised by its content', () => {
    for (const text of [
      event(1),
      `<?xml version='1.0'?>\n<Events>${event(1)}</Events>`,
      `<!-- saved --><Events>${event(1)}`,
    ])
      for (const bytes of [utf8(text), utf16(`\ufeff${text}`)])
        expect(detectFormat(bytes, true).format.id).toBe('windows-event-xml');
  });

  it('holds one element, not the file', () => {
    const one = utf8(`${event(1)}\n`);
    const decoder = createRecordDecoder();
    let count = 0;
    for (let i = 0; i < 5000; i++) count += decoder.push(one).length;
    expect(count + decoder.end().records.length).toBe(5000);
  });
});

function event(number: number, image = 'C:\\a.exe'): string {
  return (
    `<Event ${NS}><System><Provider Name='Microsoft-Windows-Sysmon' Guid="{5770385f}"/><EventID>5</EventID>` +
    `<TimeCreated SystemTime='2026-11-20T08:16:31.7021234Z'/><EventRecordID>${number}</EventRecordID>` +
    `<Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>WS7</Computer></System><EventData>` +
    `<Data Name='UtcTime'>2026-11-20 08:16:31.700</Data><Data Name='ProcessGuid'>{1E5B2C40-7A11-6F30-2101-00000000F100}</Data>` +
    `<Data Name='ProcessId'>4711</Data><Data Name='Image'>${image}</Data></EventData></Event>`
  );
}

function numbers(records: readonly DecodedRecord[]): unknown[] {
  return records.map(
    (record) =>
      (record.value?.Event as { System: { EventRecordID: unknown } } | undefined)?.System.EventRecordID,
  );
}

function read(bytes: Uint8Array, size = bytes.length): readonly DecodedRecord[] {
  const decoder = createXmlDecoder();
  const records: DecodedRecord[] = [];
  for (let at = 0; at < bytes.length; at += size) records.push(...decoder.push(bytes.slice(at, at + size)));
  return [...records, ...decoder.end().records];
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function utf16(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf16le'));
}
