import { evtxFile } from '../lib/formats/evtxFile';
import { createEvtxDecoder } from '../lib/formats/evtxRecords';
import { type TestValue, testEvtx, textValue } from '../lib/formats/windows/evtx/testEvtx';
import { answer } from './measurement';
import { measured, peakBytes, type Usage } from './usage';

/** How many records to read. */
export type EvtxTask = { readonly events: number };
export type EvtxAnswer = Usage & {
  readonly records: number;
  readonly bytes: number;
  readonly peakBytes: number;
};

/** As many as a chunk of 64 KiB holds of these. */
const RECORDS_OF_CHUNK = 28;

const NAMES = [
  'RuleName',
  'UtcTime',
  'ProcessGuid',
  'ProcessId',
  'Image',
  'FileVersion',
  'Description',
  'Product',
  'Company',
  'OriginalFileName',
  'CommandLine',
  'CurrentDirectory',
  'User',
  'LogonGuid',
  'LogonId',
  'TerminalSessionId',
  'IntegrityLevel',
  'Hashes',
  'ParentProcessGuid',
  'ParentProcessId',
  'ParentImage',
  'ParentCommandLine',
  'ParentUser',
];

function processStart(number: number): readonly TestValue[] {
  const u32 = (value: number): TestValue => ({
    type: 0x08,
    bytes: new Uint8Array(Uint32Array.of(value).buffer),
  });
  const guid: TestValue = { type: 0x0f, bytes: Uint8Array.from({ length: 16 }, (_, i) => i * 7 + number) };
  const texts = (value: string): TestValue => textValue(value);
  return [
    { type: 0x06, bytes: Uint8Array.of(1, 0) },
    { type: 0x11, bytes: new Uint8Array(BigUint64Array.of(134_396_361_917_021_234n).buffer) },
    { type: 0x0a, bytes: new Uint8Array(BigUint64Array.of(BigInt(number + 1)).buffer) },
    texts('Microsoft-Windows-Sysmon/Operational'),
    texts('WS7.lab.example'),
    texts('-'),
    texts('2026-11-20 08:16:31.700'),
    guid,
    u32(4000 + number),
    texts('C:\\Windows\\System32\\mshta.exe'),
    texts('11.00.22621.1 (WinBuild.160101.0800)'),
    texts('Microsoft (R) HTML Application host'),
    texts('Internet Explorer'),
    texts('Microsoft Corporation'),
    texts('MSHTA.EXE'),
    texts(`"C:\\Windows\\System32\\mshta.exe" "C:\\Users\\kim\\Downloads\\offer ${number}.hta"`),
    texts('C:\\Users\\kim\\'),
    texts('LAB\\kim'),
    guid,
    { type: 0x15, bytes: new Uint8Array(BigUint64Array.of(0x9c1d3n).buffer) },
    u32(1),
    texts('Medium'),
    texts(
      `SHA1=${'AB'.repeat(20)},MD5=${'CD'.repeat(16)},SHA256=${'EF'.repeat(32)},IMPHASH=${'01'.repeat(16)}`,
    ),
    guid,
    u32(3000),
    texts('C:\\Windows\\explorer.exe'),
    texts('C:\\Windows\\Explorer.EXE'),
    texts('LAB\\kim'),
  ];
}

/**
 * Reads an event log of process starts as the product does, up to normalised events. One chunk is made and
 * read over and over: every chunk carries its templates and names itself, so each costs what the first does.
 */
await answer(async ({ events }: EvtxTask): Promise<EvtxAnswer> => {
  const file = testEvtx([Array.from({ length: RECORDS_OF_CHUNK }, (_, i) => processStart(i))], NAMES);
  const chunk = file.subarray(4096);
  const rounds = Math.ceil(events / RECORDS_OF_CHUNK);
  const { result, usage } = await measured(async () => {
    const decoder = createEvtxDecoder();
    decoder.push(file.subarray(0, 4096));
    let records = 0;
    for (let round = 0; round < rounds; round++)
      for (const { value } of decoder.push(chunk))
        if (value !== undefined && evtxFile.normalise(value).outcome === 'event') records++;
    return records;
  });
  return { ...usage, records: result, bytes: rounds * chunk.length, peakBytes: peakBytes() };
});
