import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { clockSample, clockSegments } from '../events/clock';
import type { EndpointEvent } from '../events/endpointEvent';
import type { EventDraft } from '../events/record';
import { readUpload } from './readUpload';

/** Public attack recordings, if they lie beside the project; they are never part of it. */
const DATA = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
const files = [
  ...list('mordor').filter((file) => file.endsWith('.zip')),
  ...list('windows-json').filter((file) => file.endsWith('.ndjson')),
  ...list('elastic').filter((file) => file.endsWith('winlogbeat_ecs.ndjson')),
];
if (files.length === 0)
  process.stdout.write('skipped recordings: no folder ../shared/data beside the project\n');

/** Records that are known to be unusable, by reason. */
const EXPLAINED: Readonly<Record<string, readonly string[]>> = {
  // One line of the sample begins with a colon and holds escaped line ends.
  'windows_nxlog.ndjson': ['not a JSON object'],
  // A test record that leaves its time out on purpose.
  'winlogbeat_ecs.ndjson': ['Sysmon 22: no time'],
};

/** What every event of a kind must carry, whichever recorder wrote it. */
const REQUIRED: Readonly<Record<string, readonly (keyof EndpointEvent)[]>> = {
  'Sysmon 1': [
    'reported',
    'process.entity_id',
    'process.executable',
    'process.command_line',
    'process.parent.executable',
    'user.name',
    'winlog.logon.id',
  ],
  'Sysmon 3': ['destination.ip', 'destination.port', 'network.transport', 'network.direction'],
  'Sysmon 5': ['process.entity_id', 'process.executable'],
  'Sysmon 7': ['dll.path', 'process.executable'],
  'Sysmon 11': ['process.entity_id', 'process.executable', 'file.path'],
  'Sysmon 15': ['process.entity_id', 'file.path'],
  'Sysmon 22': ['dns.question.name'],
  'Security 4688': ['process.pid', 'process.executable', 'winlog.logon.id'],
  'Security 4689': ['process.pid', 'process.executable'],
  'Security 5156': ['process.executable', 'destination.ip', 'source.ip', 'network.direction'],
};

describe.runIf(files.length > 0)('public recordings', () => {
  it.each(files.map((file) => [path.basename(file), file] as const))(
    'reads %s whole',
    { timeout: 60_000 },
    async (name, file) => {
      const counts = { read: 0, event: 0, ignored: 0, quarantined: 0 };
      const refusals: string[] = [];
      const samples = new Map<string, NonNullable<ReturnType<typeof clockSample>>[]>();
      for await (const step of readUpload(file, { name })) {
        if (step.step === 'member') {
          expect(step.problem).toBeNull();
          expect(step.records).toBe(counts.read);
          continue;
        }
        for (const { outcome, place } of step.records) {
          expect(place.index).toBe(counts.read++);
          counts[outcome.outcome]++;
          if (outcome.outcome === 'quarantined') refusals.push(outcome.reason);
          if (outcome.outcome !== 'event') continue;
          missing(outcome.event);
          const sample = clockSample(outcome.event);
          if (sample !== undefined)
            samples.set(outcome.event.host, [...(samples.get(outcome.event.host) ?? []).slice(-50), sample]);
        }
      }
      expect(counts.read).toBeGreaterThan(0);
      expect(counts.event + counts.ignored + counts.quarantined).toBe(counts.read);
      expect(refusals).toEqual(EXPLAINED[name] ?? []);
      // Each recording was made in one go: its clock is off by one amount per host.
      if (file.includes('mordor'))
        for (const one of samples.values()) expect(clockSegments(one)).toHaveLength(1);
    },
  );
});

function missing(event: EventDraft): void {
  const channel = event.channel.includes('Sysmon') ? 'Sysmon' : event.channel;
  for (const field of REQUIRED[`${channel} ${event.code}`] ?? []) {
    if (event[field as keyof EventDraft] === undefined)
      expect.fail(`${channel} ${event.code} without ${field}: ${JSON.stringify(event)}`);
  }
}

function list(folder: string): readonly string[] {
  const full = path.join(DATA, folder);
  return existsSync(full)
    ? readdirSync(full)
        .sort()
        .map((file) => path.join(full, file))
    : [];
}
