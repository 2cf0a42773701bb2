import { describe, expect, it } from 'vitest';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE } from '../base/time';
import { loadCatalogue } from '../cli/loadCatalogue';
import type { EntityId, EventKind } from '../events/endpointEvent';
import type { PlacedEvent } from '../events/record';
import type { Finding } from '../findings/finding';
import { type ScenarioRecording, scenarioRecordings } from '../sample/scenarios/scenarios';
import { holds, toNeedle } from './evidence';
import { type ReadRecording, readRecording, replay } from './replay';
import { digest, lineageBelow, mapEvents, movedBy, numberOf } from './testTransforms';

const catalogue = await loadCatalogue();

/** Stages without any one of which, or without all of one group of which, nothing is complete. */
const NEEDED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  AN1407: [['svg_arrival'], ['script_engine', 'callback', 'credential_collection']],
  AN1314: [['file_arrival'], ['spawn'], ['egress']],
  AN1397: [['execution'], ['file_write', 'network', 'child_process']],
};

const KINDS: Readonly<Record<string, readonly EventKind[]>> = {
  svg_arrival: ['file_create', 'file_rename', 'file_stream'],
  file_arrival: ['file_create', 'file_rename', 'file_stream'],
  file_write: ['file_create', 'file_rename', 'file_stream'],
  callback: ['network_connect', 'dns_query'],
  network: ['network_connect', 'dns_query'],
  egress: ['network_connect', 'dns_query'],
  credential_collection: ['file_access', 'process_start', 'script_block', 'dns_query', 'network_connect'],
};

/** By analytic, how far a consequence is moved so that its longest window has closed. */
function tooLate(file: string, analytic: string): number {
  if (analytic === 'AN1397') return 11 * MICROS_PER_MINUTE;
  if (analytic === 'AN1314') return 6 * MICROS_PER_MINUTE;
  if (file.startsWith('svg-direct')) return 25 * MICROS_PER_HOUR;
  return 31 * MICROS_PER_MINUTE;
}

type Chosen = {
  readonly recording: ScenarioRecording;
  readonly read: ReadRecording;
  readonly expected: ScenarioRecording['label']['expect'][number];
  /** The process the chain turns on, and all below it. */
  readonly below: ReadonlySet<EntityId>;
  readonly pids: ReadonlySet<number>;
};

/** Complete chains as products with unique process ids recorded them; a quarter of them, chosen by name. */
const chosen: readonly Chosen[] = ['svg-', 'user-', 'mshta-'].flatMap((prefix) =>
  [...scenarioRecordings(prefix)].flatMap((recording) => {
    if (!/\.(sysmon|falcon|elastic|windows)\./.test(recording.file) || numberOf(recording.file, 4) !== 0)
      return [];
    const [expected] = recording.label.expect.filter(({ verdict }) => verdict === 'complete');
    if (expected?.trigger === undefined) return [];
    const bytes = new TextEncoder().encode(recording.lines.join('\n'));
    const read = readRecording([bytes], digest);
    const root = [...read.hosts.values()]
      .flat()
      .find(
        (event) =>
          event.kind === 'process_start' &&
          event['process.pid'] === expected.trigger?.pid &&
          event['process.entity_id'] !== undefined,
      )?.['process.entity_id'];
    if (root === undefined) return [];
    const below = lineageBelow(read, root);
    return [{ recording, read, expected, below, pids: pidsOf(read, below) }];
  }),
);

function pidsOf(read: ReadRecording, processes: ReadonlySet<EntityId>): ReadonlySet<number> {
  const starts = [...read.hosts.values()].flat().filter((event) => event.kind === 'process_start');
  return new Set(
    starts.flatMap((event) => {
      const { 'process.entity_id': id, 'process.pid': pid } = event;
      return id !== undefined && pid !== undefined && processes.has(id) ? [pid] : [];
    }),
  );
}

function completeIn(read: ReadRecording, analytic: string): readonly string[] {
  return findingsIn(read)
    .filter((finding) => finding.analytic === analytic && finding.status === 'complete')
    .map((finding) => finding.headline);
}

function findingsIn(read: ReadRecording): readonly Finding[] {
  return replay(read, catalogue, digest).findings.filter((finding) => !finding.suppressed);
}

describe.each(chosen.map((one) => [one.recording.file, one] as const))('%s', (file, one) => {
  const { read, expected, below, pids } = one;
  const { analytic } = expected;

  it('is complete to begin with', () => {
    expect(completeIn(read, analytic)).not.toEqual([]);
  });

  it('is not complete without a stage that it needs', () => {
    for (const group of NEEDED[analytic] ?? []) {
      const stages = expected.stages.filter(
        ({ stage, state }) => group.includes(stage) && state === 'matched',
      );
      const needles = stages.map(({ stage, match_all }) => ({ stage, texts: match_all.map(toNeedle) }));
      const gone = (event: PlacedEvent): boolean =>
        needles.some(({ stage, texts }) => {
          const kinds = KINDS[stage] ?? ['process_start'];
          return kinds.includes(event.kind) && (holds(event, texts) || ofLineage(stage, event));
        });
      // Whatever else of that kind the lineage did counts for the stage as well.
      const ofLineage = (stage: string, event: PlacedEvent): boolean =>
        (group.length > 1 || stage === 'egress') && stage !== 'script_engine' && isBelow(event);
      const without = mapEvents(read, (event) => (gone(event) ? undefined : event));
      expect(completeIn(without, analytic), `without ${group.join(' or ')}`).toEqual([]);
    }
  });

  it('is not complete when what follows is on another host', () => {
    const elsewhere = 'elsewhere.corp.example';
    const moved = mapEvents(read, (event) => (isBelow(event) ? undefined : event));
    const away = [...read.hosts.values()].flat().filter(isBelow);
    const hosts = new Map([
      ...moved.hosts,
      [elsewhere, away.map((event) => ({ ...event, host: elsewhere }))],
    ]);
    const own = analytic === 'AN1397' ? withoutRoot() : { hosts, refusals: [] };
    expect(completeIn(own, analytic)).toEqual([]);
  });

  it('is not complete when what follows comes after its window', () => {
    const by = tooLate(file, analytic);
    const late = mapEvents(read, (event) => (isLate(event) ? movedBy(event, by) : event));
    expect(completeIn(late, analytic)).toEqual([]);
  });

  it('loses to blindness alone what a kind of event that is not recorded would have shown', () => {
    const before = findingsIn(read).filter((finding) => finding.analytic === analytic);
    for (const kind of ['network_connect', 'image_load', 'file_access'] as const) {
      // A name asked for shows the same as the connection: both are what network telemetry is.
      const kinds: readonly EventKind[] = kind === 'network_connect' ? [kind, 'dns_query'] : [kind];
      const without = mapEvents(read, (event) => (kinds.includes(event.kind) ? undefined : event));
      const after = findingsIn(without).filter((finding) => finding.analytic === analytic);
      expect(lostToAbsence(before, after), `without ${kind}`).toEqual([]);
    }
  });

  /** The spawned program and its lineage; of mshta, what it led to. */
  function isBelow(event: PlacedEvent): boolean {
    const id = event['process.entity_id'];
    const pid = event['process.pid'];
    // Windows' own logs know a process by its pid alone; no pid of a story is used twice.
    return id === undefined ? pid !== undefined && pids.has(pid) : below.has(id);
  }

  /** What has to be late: the consequence of an mshta or the call out, but the engine itself of an SVG. */
  function isLate(event: PlacedEvent): boolean {
    if (!isBelow(event)) return false;
    if (analytic === 'AN1407') return true;
    const own = event['process.pid'] === expected.trigger?.pid;
    if (analytic === 'AN1397') return !(own && event.kind === 'process_start');
    return event.kind === 'network_connect' || event.kind === 'dns_query';
  }

  /** mshta with its lineage is a chain wherever it is: here its consequences go, and it stays. */
  function withoutRoot(): ReadRecording {
    const elsewhere = 'elsewhere.corp.example';
    const stays = mapEvents(read, (event) => (isLate(event) ? undefined : event));
    const away = [...read.hosts.values()].flat().filter(isLate);
    return {
      hosts: new Map([...stays.hosts, [elsewhere, away.map((event) => ({ ...event, host: elsewhere }))]]),
      refusals: [],
    };
  }
});

/** Stages that were matched before and are called absent now; a finding is known again by its anchor. */
function lostToAbsence(before: readonly Finding[], after: readonly Finding[]): readonly string[] {
  return before.flatMap((finding) => {
    const again = after.find((one) => one.anchor.pid === finding.anchor.pid && one.from === finding.from);
    const left = again ?? after.find((one) => one.anchor.pid === finding.anchor.pid);
    return finding.stages.flatMap((stage) => {
      const now = left?.stages.find(({ id }) => id === stage.id)?.state;
      return stage.state === 'matched' && now === 'absent' ? [`${finding.analytic} ${stage.id}`] : [];
    });
  });
}

describe('a lineage that is cut', () => {
  const lineages = [
    ...scenarioRecordings('svg-lineage-alone'),
    ...scenarioRecordings('user-outlook-macro'),
  ].filter(({ file }) => /\.(sysmon|windows|elastic|falcon)\./.test(file));

  it.each(lineages.map((one) => [one.file, one] as const))(
    'leaves nothing complete in %s',
    (_file, recording) => {
      const read = readRecording([new TextEncoder().encode(recording.lines.join('\n'))], digest);
      const [expected] = recording.label.expect;
      if (expected?.trigger === undefined) throw new Error('no trigger');
      const explorer = [...read.hosts.values()]
        .flat()
        .find((event) => event['process.parent.executable']?.toLowerCase().endsWith('\\explorer.exe'));
      const cut = mapEvents(read, (event) => {
        if (event.kind !== 'process_start' || event['process.pid'] !== expected.trigger?.pid) return event;
        const entity = explorer?.['process.parent.entity_id'];
        const start = explorer?.['process.parent.start'];
        // Who really created it is told apart from the parent by some products: the cut goes through both.
        const {
          'process.parent.start': _start,
          'process.parent.entity_id': _parent,
          'process.parent.Ext.real.entity_id': _creator,
          'process.parent.Ext.real.pid': _creatorPid,
          'process.parent.Ext.real.executable': _creatorImage,
          ...rest
        } = event;
        return {
          ...rest,
          'process.parent.pid': explorer?.['process.parent.pid'] ?? 1,
          'process.parent.executable': explorer?.['process.parent.executable'] ?? '',
          'process.parent.command_line': 'C:\\Windows\\Explorer.EXE',
          ...(entity === undefined || event['process.entity_id'] === undefined
            ? {}
            : { 'process.parent.entity_id': entity }),
          ...(start === undefined ? {} : { 'process.parent.start': start }),
        };
      });
      expect(completeIn(cut, expected.analytic)).toEqual([]);
    },
  );
});
