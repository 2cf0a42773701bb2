import { describe, expect, it } from 'vitest';
import type { NormalisedRecord } from '../events/record';
import { detectFormat } from './detectFormat';
import type { DecodedRecord } from './exportFormat';
import { FORMATS } from './index';
import { createNormaliser } from './recognise';
import { createRecordDecoder } from './recordDecoder';

const GUID = '{1E5B2C40-7A11-6F30-2101-00000000F100}';
const JSON_END = `{"EventID":5,"Channel":"Microsoft-Windows-Sysmon/Operational","Hostname":"ws7","EventTime":"2026-11-20 08:16:31","UtcTime":"2026-11-20 08:16:31.700","ProcessGuid":"${GUID}","ProcessId":4711,"Image":"C:\\\\a.exe"}`;
const XML_END = `<Event xmlns='x'><System><Provider Name='Microsoft-Windows-Sysmon'/><EventID>5</EventID><TimeCreated SystemTime='2026-11-20T08:16:31Z'/><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>ws7</Computer></System><EventData><Data Name='UtcTime'>2026-11-20 08:16:31.700</Data><Data Name='ProcessGuid'>${GUID}</Data><Data Name='ProcessId'>4711</Data><Data Name='Image'>C:\\a.exe</Data></EventData></Event>`;
const SNARE = [
  '<13>Nov 20 09:16:31 ws7 MSWinEventLog',
  '1',
  'Microsoft-Windows-Sysmon/Operational',
  '812',
  'Fri Nov 20 09:16:31 2026',
  '5',
  'Microsoft-Windows-Sysmon',
  'SYSTEM',
  'User',
  'Information',
  'ws7',
  'Process terminated',
  '',
  `Process terminated: RuleName: - UtcTime: 2026-11-20 08:16:31.700 ProcessGuid: ${GUID} ProcessId: 4711 Image: C:\\a.exe User: LAB\\kim`,
  '812',
].join('\t');
const STRUCTURED = `<14>1 2026-11-20T09:16:31.700000+01:00 ws7 Microsoft-Windows-Sysmon 3380 - [NXLOG@14506 EventID="5" Channel="Microsoft-Windows-Sysmon/Operational" RecordNumber="812" UtcTime="2026-11-20 08:16:31.700" ProcessGuid="${GUID}" ProcessId="4711" Image="C:\\\\a \\"b\\" [1\\].exe"] Process terminated:`;
const QRADAR = `<13>Nov 20 09:16:31 ws7 AgentDevice=WindowsLog\tAgentLogFile=Microsoft-Windows-Sysmon/Operational\tPluginVersion=7.3\tSource=Microsoft-Windows-Sysmon\tComputer=ws7\tEventID=5\tRecordNumber=812\tTimeGenerated=1795162591\tMessage=Process terminated: RuleName: - UtcTime: 2026-11-20 08:16:31.700 ProcessGuid: ${GUID} ProcessId: 4711 Image: C:\\a.exe`;
const PAIRS = `Nov 20 09:16:31 ws7 agent: EventID=5 Channel="Microsoft-Windows-Sysmon/Operational" UtcTime="2026-11-20 08:16:31.700" ProcessGuid=${GUID} ProcessId=4711 Image=C:\\Program Files\\a.exe EventTime="2026-11-20 09:16:31"`;

describe('records in lines of text', () => {
  it.each([
    ['JSON behind a syslog header', `<14>Nov 20 09:16:31 ws7 sysmon[3380]: ${JSON_END}`, 'C:\\a.exe'],
    [
      'JSON behind a header of RFC 5424',
      `<14>1 2026-11-20T09:16:31Z ws7 nxlog 3380 - - ${JSON_END}`,
      'C:\\a.exe',
    ],
    ['JSON behind a time in brackets', `[2026-11-20 09:16:31.700] ws7 nxlog: ${JSON_END}`, 'C:\\a.exe'],
    ['JSON behind a level in brackets', `[INFO] [nxlog] ${JSON_END}`, 'C:\\a.exe'],
    ['JSON behind a header without priority', `Nov 20 09:16:31 ws7 nxlog: ${JSON_END}`, 'C:\\a.exe'],
    ['event XML behind a syslog header', `<14>Nov 20 09:16:31 ws7 winlog: ${XML_END}`, 'C:\\a.exe'],
    ['Snare', SNARE, 'C:\\a.exe'],
    ['Snare without a priority', SNARE.slice(4), 'C:\\a.exe'],
    ['Snare with tabs as rsyslog writes them', SNARE.replaceAll('\t', '#011'), 'C:\\a.exe'],
    ['structured data of NXLog', STRUCTURED, 'C:\\a "b" [1].exe'],
    ["names and values of QRadar's agent", QRADAR, 'C:\\a.exe'],
    ['names and values with blanks', PAIRS, 'C:\\Program Files\\a.exe'],
  ])('reads %s', (_name, line, image) => {
    for (const text of [`${line}\n${line}\n`, `${line}\r\n\r\n${line}`]) {
      const outcomes = normalise(utf8(text));
      expect(outcomes).toHaveLength(2);
      for (const outcome of outcomes)
        expect(outcome).toMatchObject({
          outcome: 'event',
          event: {
            kind: 'process_end',
            host: 'ws7',
            channel: 'Microsoft-Windows-Sysmon/Operational',
            reported: 1_795_162_591_700_000,
            'process.entity_id': '1e5b2c40-7a11-6f30-2101-00000000f100',
            'process.pid': 4711,
            'process.executable': image,
          },
        });
    }
  });

  it('keeps place and bytes of each line, in UTF-8 and UTF-16, however the bytes arrive', () => {
    for (const bytes of [
      utf8(`${SNARE}\r\n${PAIRS}\n${QRADAR}`),
      utf16(`\ufeff${SNARE}\r\n${PAIRS}\n${QRADAR}`),
    ]) {
      const whole = decode(bytes);
      expect(whole.map((record) => record.refused)).toEqual([undefined, undefined, undefined]);
      for (const { raw, offset, length } of whole) expect(bytes.slice(offset, offset + length)).toEqual(raw);
      for (const size of [1, 5, 64]) expect(decode(bytes, size)).toEqual(whole);
    }
  });

  it.each(['_raw', '"_raw"'])('reads a table of the one column %s', (heading) => {
    const cells = [JSON_END, XML_END, `Nov 20 09:16:31 ws7 nxlog: ${JSON_END}`];
    const text = [heading, ...cells.map((cell) => `"${cell.replaceAll('"', '""')}"`)].join('\r\n');
    for (const bytes of [utf8(text), utf8(`\ufeff${text}`), utf16(`\ufeff${text}`)]) {
      const outcomes = normalise(bytes);
      expect(outcomes).toHaveLength(3);
      for (const outcome of outcomes)
        expect(outcome).toMatchObject({
          outcome: 'event',
          event: { kind: 'process_end', host: 'ws7', 'process.executable': 'C:\\a.exe' },
        });
    }
  });

  it('refuses a line that holds no record, alone', () => {
    const records = decode(utf8(`${SNARE}\nNov 20 09:16:32 ws7 sshd: nothing\n${SNARE}\n`));
    expect(records.map((record) => record.refused)).toEqual([
      undefined,
      'a line that holds no record: no JSON, no event XML, no fields',
      undefined,
    ]);
  });

  it("reads a forwarder's text blocks, whose message goes over many lines", () => {
    const block = (number: number): string =>
      `11/20/2026 09:16:31 AM\nLogName=Microsoft-Windows-Sysmon/Operational\nEventCode=5\nEventType=4\nComputerName=ws7\nRecordNumber=${number}\nMessage=Process terminated:\nRuleName: -\nUtcTime: 2026-11-20 08:16:31.700\nProcessGuid: ${GUID}\nProcessId: 4711\nImage: C:\\a.exe\n\n`;
    const bytes = utf8(block(1) + block(2));
    expect(detectFormat(bytes, true).format.id).toBe('splunk-windows');
    const records = decode(bytes);
    expect(records.map((record) => record.value?.RecordNumber)).toEqual(['1', '2']);
    for (const { raw, offset, length } of records) expect(bytes.slice(offset, offset + length)).toEqual(raw);
    for (const outcome of normalise(bytes))
      expect(outcome).toMatchObject({
        outcome: 'event',
        event: { kind: 'process_end', 'process.pid': 4711 },
      });
  });

  it("reads wevtutil's text", () => {
    const one = (number: number): string =>
      `Event[${number}]:\r\n  Log Name: Microsoft-Windows-Sysmon/Operational\r\n  Source: Microsoft-Windows-Sysmon\r\n  Date: 2026-11-20T09:16:31.702\r\n  Event ID: 5\r\n  Task: Process terminated\r\n  Level: Information\r\n  Keyword: N/A\r\n  User: S-1-5-18\r\n  Computer: ws7\r\n  Description: \r\nProcess terminated:\r\nUtcTime: 2026-11-20 08:16:31.700\r\nProcessGuid: ${GUID}\r\nProcessId: 4711\r\nImage: C:\\a.exe\r\n\r\n`;
    const bytes = utf8(one(0) + one(1));
    expect(detectFormat(bytes, true).format.id).toBe('windows-table');
    const outcomes = normalise(bytes);
    expect(outcomes).toHaveLength(2);
    expect(outcomes[1]).toMatchObject({
      outcome: 'event',
      event: { host: 'ws7', code: '5', 'process.pid': 4711, 'process.executable': 'C:\\a.exe' },
    });
  });

  it("reads Event Viewer's table, whose last column has no heading", () => {
    const table = `\ufeffLevel,Date and Time,Source,Event ID,Task Category\r\nInformation,11/20/2026 9:16:31 AM,Microsoft-Windows-Sysmon,5,Process terminated,"Process terminated:\r\nUtcTime: 2026-11-20 08:16:31.700\r\nProcessGuid: ${GUID}\r\nProcessId: 4711\r\nImage: C:\\a.exe"\r\n`;
    expect(normalise(utf8(table))).toMatchObject([
      {
        outcome: 'event',
        event: { host: 'unnamed-host', recorded: 1_795_166_191_000_000, 'process.pid': 4711 },
      },
    ]);
  });

  it("reads PowerShell's CSV behind its line of type", () => {
    const table = `"Id","LogName","MachineName","TimeCreated","Message"\r\n"5","Microsoft-Windows-Sysmon/Operational","ws7","20.11.2026 09:16:31","Process terminated:\r\nUtcTime: 2026-11-20 08:16:31.700\r\nProcessGuid: ${GUID}\r\nProcessId: 4711\r\nImage: C:\\a.exe"\r\n`;
    const type = '#TYPE Selected.System.Diagnostics.Eventing.Reader.EventLogRecord\r\n';
    for (const bytes of [utf8(type + table), utf8(`\ufeff${type}${table}`)]) {
      const [record] = decode(bytes);
      expect(new TextDecoder().decode(record?.raw)).toMatch(/^"5"/);
      expect(bytes[record?.offset ?? 0]).toBe(34);
      expect(normalise(bytes)).toMatchObject([
        { outcome: 'event', event: { host: 'ws7', 'process.executable': 'C:\\a.exe' } },
      ]);
    }
  });

  it('is read in time that grows with its length, whatever it holds', () => {
    for (const unit of [
      '[NXLOG@1 a="',
      ' a=',
      '<13>1 a b c d e [',
      '{"',
      '\t=',
      '<Event ',
      'EventID=1 "',
      '\\"',
    ])
      for (const head of [
        '',
        '<13>1 2026-11-20T08:00:00Z ws7 app 1 - [x@1 EventID="1" ',
        'EventID=1 ',
        'MSWinEventLog\t',
      ])
        decode(utf8(`${head}${unit.repeat(5000)}\n`));
  });
});

function decode(bytes: Uint8Array, size = bytes.length): readonly DecodedRecord[] {
  const decoder = createRecordDecoder();
  const records: DecodedRecord[] = [];
  for (let at = 0; at < bytes.length; at += size) records.push(...decoder.push(bytes.slice(at, at + size)));
  return [...records, ...decoder.end().records];
}

function normalise(bytes: Uint8Array): readonly NormalisedRecord[] {
  const read = createNormaliser(detectFormat(bytes, true).format, FORMATS);
  return decode(bytes).flatMap((record) =>
    record.value === undefined
      ? [{ outcome: 'quarantined', reason: record.refused } as const]
      : read(record.value),
  );
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function utf16(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf16le'));
}
