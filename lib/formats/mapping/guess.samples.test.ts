import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EventDraft } from '../../events/record';
import type { VendorRecord } from '../exportFormat';
import { createRecordDecoder } from '../recordDecoder';
import { windowsFlatJson } from '../windowsFlatJson';
import { guessMapping } from './guessMapping';
import { mappedFormat } from './mappedFormat';
import type { Mapping } from './mapping';

/** Published vendor samples, if they lie beside the project; they are never part of it. */
const DATA = path.join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data');
const present = existsSync(path.join(DATA, 'stormshield')) && existsSync(path.join(DATA, 'tehtris'));
if (!present) process.stdout.write('skipped samples of the guess: no ../shared/data/stormshield, tehtris\n');

function recordsOf(file: string, limit: number): VendorRecord[] {
  const decoder = createRecordDecoder();
  const bytes = readFileSync(path.join(DATA, file));
  const decoded = [...decoder.push(bytes), ...decoder.end().records];
  return decoded.flatMap(({ value }) => (value === undefined ? [] : [value])).slice(0, limit);
}

/** What a guess from the records makes of them, with nothing corrected. */
function guessed(
  records: readonly VendorRecord[],
  constants: Mapping['constants'] = {},
): {
  readonly events: readonly (EventDraft | undefined)[];
  readonly fields: Readonly<Record<string, string>>;
} {
  const { mapping } = guessMapping(records, 'Sample');
  const outcomes = records.map(mappedFormat({ ...mapping, constants }).normalise);
  return {
    events: outcomes.map((one) => (one.outcome === 'event' ? one.event : undefined)),
    fields: mapping.fields as Readonly<Record<string, string>>,
  };
}

describe.runIf(present)('a guess on products without a format, nothing corrected', () => {
  // Most of the samples name no machine: it is said once for all.
  it('finds process, parent, machine and time of Stormshield events', () => {
    const records = recordsOf('stormshield/ses.ndjson', 50);
    const { events, fields } = guessed(records, { 'host.name': 'the machine' });
    expect(fields).toMatchObject({
      '@timestamp': 'Timestamp',
      'host.name': 'AdditionalData.AgentName',
      'process.pid': 'SpecificData.SourceProcess.PID',
      'process.executable': 'SpecificData.SourceProcess.ProcessImageName',
      'process.parent.entity_id': 'SpecificData.ParentProcess.ProcessGuid',
      'file.path': 'SpecificData.Path',
    });
    expect(events.filter((event) => event !== undefined).length).toBeGreaterThan(records.length / 3);
  });

  it('finds the fields of TEHTRIS events', () => {
    expect(guessed(recordsOf('tehtris/tehtris_edr.ndjson', 50)).fields).toMatchObject({
      '@timestamp': 'time',
      'host.name': 'hostname__',
      'process.pid': 'pid',
      'process.command_line': 'cmdline',
      'destination.ip': 'ipDst',
    });
  });
});

describe('a guess on Sysmon records as if nobody knew them', () => {
  it.runIf(present)('agrees with the format that knows them', () => {
    const sysmon = recordsOf('windows-json/windows_nxlog.ndjson', 5000).filter((record) =>
      String(record.Channel ?? '').includes('Sysmon'),
    );
    const { events } = guessed(sysmon.slice(0, 300));
    const agreeing = new Map<string, [number, number]>();
    for (const [i, event] of events.entries()) {
      // Not the pid: NXLog's ProcessID is the logging service's; Sysmon's own stands only in the message.
      const known = windowsFlatJson.normalise(sysmon[i] ?? {});
      if (event === undefined || known.outcome !== 'event') continue;
      for (const field of ['kind', 'host', 'process.executable', 'process.command_line'] as const) {
        if (event[field] === undefined || known.event[field] === undefined) continue;
        const [same, all] = agreeing.get(field) ?? [0, 0];
        agreeing.set(field, [same + (event[field] === known.event[field] ? 1 : 0), all + 1]);
      }
    }
    process.stdout.write(`guess on Sysmon: ${JSON.stringify([...agreeing])}\n`);
    for (const [field, [same, all]] of agreeing) expect([field, same / all >= 0.95]).toEqual([field, true]);
    expect(agreeing.get('kind')?.[1] ?? 0).toBeGreaterThan(5);
  });
});
