import { describe, expect, it } from 'vitest';
import { sampleBytes, sampleRecording, sampleTruth } from './sampleRecording';
import type { TrueProcess } from './truth';

type Fields = Readonly<Record<string, string>>;
type Parsed = {
  readonly time: string;
  readonly channel: string;
  readonly eventId: number;
  readonly data: Fields;
};

const SYSMON = 'Microsoft-Windows-Sysmon/Operational';

/** Reads a line of either shape; undefined for one that is cut off. */
function parse(line: string): Parsed | undefined {
  try {
    const record = JSON.parse(line);
    const { winlog } = record;
    return winlog === undefined
      ? { time: record['@timestamp'], channel: record.Channel, eventId: record.EventID, data: record }
      : {
          time: record['@timestamp'],
          channel: winlog.channel,
          eventId: winlog.event_id,
          data: winlog.event_data,
        };
  } catch {
    return undefined;
  }
}

const files = sampleRecording().map((file) => ({ name: file.name, lines: [...file.lines] }));
const truth = sampleTruth();
const parsed = new Map(
  files.map((file) => [
    file.name.slice(0, file.name.indexOf('_')),
    file.lines.map(parse).filter((record) => record !== undefined),
  ]),
);

function recordsOf(host: string): readonly Parsed[] {
  return parsed.get(host.slice(0, host.indexOf('.'))) ?? [];
}

function isStartOf(process: TrueProcess): (record: Parsed) => boolean {
  const { entityId, image } = process;
  return (record) =>
    entityId === undefined
      ? record.eventId === 4688 &&
        Number(record.data.NewProcessId) === process.pid &&
        record.data.NewProcessName === image
      : record.channel === SYSMON &&
        record.eventId === 1 &&
        record.data.ProcessGuid?.toLowerCase().replace(/[{}]/g, '') === entityId &&
        record.data.Image === image;
}

describe('sample recording', () => {
  it('is the same, byte for byte, each time', () => {
    const again = files.flatMap((file) => file.lines).join('\n');
    expect(new TextDecoder().decode(sampleBytes()) === `${again}\n`).toBe(true);
  });

  it('is a day of three hosts, in one file each, that imports in seconds', () => {
    expect(files.map((file) => file.name)).toEqual([
      'fin-ws07_2026-03-02.json',
      'eng-ws12_2026-03-02.json',
      'hr-lt22_2026-03-02.json',
    ]);
    const lines = files.reduce((sum, file) => sum + file.lines.length, 0);
    expect(lines).toBe(truth.lines.total);
    expect(lines).toBeGreaterThan(15_000);
    expect(lines).toBeLessThan(20_000);
    expect(truth.lines.total).toBe(truth.lines.records + truth.lines.broken + truth.lines.duplicates);
  });

  it('parses in every line but the broken ones', () => {
    const broken = files.flatMap((file) => file.lines).filter((line) => parse(line) === undefined);
    expect(broken).toHaveLength(truth.lines.broken);
  });

  it('repeats exactly the duplicate lines: all other records differ', () => {
    const lines = files.flatMap((file) => file.lines);
    expect(lines.length - new Set(lines).size).toBe(truth.lines.duplicates);
  });

  it('records the start of every process the truth names, where its host could', () => {
    for (const chain of truth.chains) {
      const records = recordsOf(chain.host);
      expect(records.filter(isStartOf(chain.anchor)).length, chain.story).toBeGreaterThanOrEqual(1);
      for (const process of chain.processes)
        expect(records.some(isStartOf(process)), process.image).toBe(true);
    }
    for (const decoy of truth.decoys) {
      expect(recordsOf(decoy.host).some(isStartOf(decoy.process)), decoy.why).toBe(true);
    }
  });

  it('holds each analytic complete, and partial where the telemetry is thin', () => {
    const summary = truth.chains.map(
      (chain) => `${chain.host.split('.')[0]} ${chain.analytic} ${chain.status}`,
    );
    expect(summary).toEqual([
      'fin-ws07 AN1407 complete',
      'fin-ws07 AN1314 complete',
      'fin-ws07 AN1397 partial',
      'eng-ws12 AN1397 complete',
      'eng-ws12 AN1314 complete',
      'hr-lt22 AN1397 partial',
      'hr-lt22 AN1314 partial',
    ]);
    const blind = truth.chains
      .filter((chain) => chain.host.startsWith('hr'))
      .flatMap((chain) => chain.stages.blind);
    expect(blind).toEqual(['network', 'file_arrival', 'egress']);
  });

  it('has a host that sees no network, loses Sysmon at half past twelve and logs no command lines in 4688', () => {
    const records = recordsOf('hr-lt22.corp.example');
    const sysmon = records.filter((record) => record.channel === SYSMON);
    expect(sysmon.some((record) => record.eventId === 3 || record.eventId === 22)).toBe(false);
    expect(sysmon.every((record) => record.time < '2026-03-02T12:30:01')).toBe(true);
    const starts = records.filter((record) => record.eventId === 4688);
    expect(starts.length).toBeGreaterThan(100);
    expect(starts.every((record) => record.data.CommandLine === undefined)).toBe(true);
  });

  it('has a host whose log is in local time and whose network events have a clock of their own', () => {
    const sysmon = recordsOf('eng-ws12.corp.example').filter((record) => record.channel === SYSMON);
    const errors = (eventId: number) =>
      sysmon
        .filter((record) => record.eventId === eventId)
        .map((record) => (Date.parse(`${record.data.UtcTime}Z`) - Date.parse(record.time)) / 3_600_000);
    for (const error of errors(1)) expect(error).toBeCloseTo(5, 1);
    for (const error of errors(3)) expect(error).toBeCloseTo(5 - 8.57, 1);
  });

  it('talks only to private and documentation addresses', () => {
    const addresses = new Set<string>();
    for (const records of parsed.values()) {
      for (const { data } of records) if (data.DestinationIp !== undefined) addresses.add(data.DestinationIp);
    }
    for (const address of addresses)
      expect(address).toMatch(/^(10\.20\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/);
  });
});
