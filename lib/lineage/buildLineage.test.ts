import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Micros, micros } from '../base/time';
import type { EndpointEvent, EventId } from '../events/endpointEvent';
import { fileName } from '../events/paths';
import { scenario } from '../events/scenario';
import type { Extra, Scenario, ScenarioOptions, StoryProcess } from '../events/story';
import { buildLineage } from './buildLineage';
import type { Lineage, ParentLink } from './lineage';

const OUTLOOK = 'C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE';
const CMD = 'C:\\Windows\\System32\\cmd.exe';
const MSHTA = 'C:\\Windows\\System32\\mshta.exe';
const POWERSHELL = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
const SYSTEM32 = 'C:\\Windows\\System32\\';

describe('a lineage', () => {
  it.each(['sysmon', 'both'] as const)('joins recorded starts by unique id (%s)', (source) => {
    const { s } = chainOfThree({ source });
    expect(draw(buildLineage(s.events()))).toEqual([
      'explorer.exe, start not recorded',
      '  outlook.exe exact',
      '    cmd.exe exact',
      '      mshta.exe exact',
    ]);
  });

  it('joins recorded starts by pid where there is no unique id', () => {
    const { s } = chainOfThree({ source: 'security' });
    expect(draw(buildLineage(s.events()))).toEqual([
      'explorer.exe, start not recorded',
      '  outlook.exe inferred',
      '    cmd.exe exact',
      '      mshta.exe exact',
    ]);
  });

  it('says why a link by pid alone is not certain', () => {
    const { s } = chainOfThree({ source: 'security' });
    expect(linkOf(buildLineage(s.events()), OUTLOOK)).toMatchObject({
      strength: 'inferred',
      reason: 'joined by process number: the parent\u2019s start was not recorded',
    });
  });

  it('lists children in the order in which they started', () => {
    const s = scenario();
    const parent = s.starts(CMD);
    const children = ['c', 'a', 'b'].map((name) => {
      s.after('1s');
      return s.starts(`${SYSTEM32}${name}.exe`, { parent });
    });
    const lineage = buildLineage(s.events());
    expect(lineage.children.get(parent.entityId)).toEqual(children.map((child) => child.entityId));
  });

  it('orders children of one moment by identity', () => {
    const { s, parent } = twinsOfOneMoment();
    const children = buildLineage(s.events()).children.get(parent.entityId) ?? [];
    expect(children).toHaveLength(2);
    expect(children).toEqual([...children].sort());
  });

  it('has a list of children for parents only', () => {
    const { s, outlook, mshta } = chainOfThree();
    const { children } = buildLineage(s.events());
    expect(children.has(outlook.entityId)).toBe(true);
    expect(children.has(mshta.entityId)).toBe(false);
  });

  it('keeps what the start record says', () => {
    const s = scenario();
    const script = s.starts(POWERSHELL, {
      commandLine: 'powershell -nop',
      user: 'CORP\\a.lee',
      integrity: 'high',
      workingDirectory: 'C:\\Temp',
      sha256: 'ab'.repeat(32),
    });
    s.after('3s');
    s.ends(script);
    expect(nodeOf(buildLineage(s.events()), POWERSHELL)).toMatchObject({
      entityId: script.entityId,
      pid: script.pid,
      image: POWERSHELL,
      commandLine: 'powershell -nop',
      originalFileName: 'PowerShell.EXE',
      user: 'CORP\\a.lee',
      integrity: 'high',
      workingDirectory: 'C:\\Temp',
      sha256: 'ab'.repeat(32),
      startedAt: script.startedAt,
      endedAt: script.startedAt + 3_001_000,
      firstSeen: script.startedAt,
      imputed: false,
      startEvent: s.events()[0]?.id,
    });
  });
});

describe('a process whose start was not recorded', () => {
  it('is known from what its children say, since the first of them', () => {
    const { s, explorer } = siblingsOfAnUnseenParent();
    const node = buildLineage(s.events()).processes.get(explorer.entityId);
    expect(node).toMatchObject({
      image: 'C:\\Windows\\explorer.exe',
      commandLine: 'C:\\Windows\\Explorer.EXE',
      pid: explorer.pid,
      firstSeen: s.events()[0]?.time,
      imputed: true,
      link: { strength: 'root' },
    });
    expect(node).not.toHaveProperty('startedAt');
    expect(node).not.toHaveProperty('startEvent');
  });

  it('is known from what it does', () => {
    const s = scenario({ without: ['process_start'] });
    const outlook = s.starts(OUTLOOK);
    s.after('1m');
    s.writes(outlook, 'C:\\a.svg');
    expect(nodeOf(buildLineage(s.events()), OUTLOOK)).toMatchObject({
      entityId: outlook.entityId,
      user: 'CORP\\j.doe',
      imputed: true,
    });
  });

  it('is one process for children and acts', () => {
    const { s, explorer } = siblingsOfAnUnseenParent();
    s.writes(explorer, 'C:\\a.svg');
    expect(draw(buildLineage(s.events()))).toEqual([
      'explorer.exe, start not recorded',
      '  outlook.exe exact',
      '  cmd.exe exact',
    ]);
  });

  it('is one process for all children that name its pid, and two when the name changed', () => {
    const s = scenario({ source: 'security' });
    const first = pretend(s, `${SYSTEM32}first.exe`, 700);
    const second = pretend(s, `${SYSTEM32}second.exe`, 700);
    for (const parent of [first, first, second]) {
      s.after('1m');
      s.starts(CMD, { parent });
    }
    expect(draw(buildLineage(s.events()))).toEqual([
      'first.exe, start not recorded',
      '  cmd.exe inferred',
      '  cmd.exe inferred',
      'second.exe, start not recorded',
      '  cmd.exe inferred',
    ]);
  });
});

describe('an orphan', () => {
  it.each(['sysmon', 'security'] as const)('is a root, with nothing to explain (%s)', (source) => {
    const { s } = orphan({ source });
    const lineage = buildLineage(s.events());
    expect(draw(lineage)).toEqual(['mshta.exe']);
    expect(linkOf(lineage, MSHTA)).toEqual({ strength: 'root' });
  });

  it('is what the child of process 0 is', () => {
    const s = scenario();
    tellStart(s, { 'process.pid': 4, 'process.executable': 'System', 'process.parent.pid': 0 });
    expect(draw(buildLineage(s.events()))).toEqual(['system']);
  });
});

describe('a start in two channels', () => {
  it('is one process, and both records are its own', () => {
    const s = scenario({ source: 'both' });
    const cmd = s.starts(CMD);
    const lineage = buildLineage(s.events());
    expect(s.events().map(lineage.processOf)).toEqual([cmd.entityId, cmd.entityId]);
    expect(draw(lineage)).toEqual(['explorer.exe, start not recorded', '  cmd.exe exact']);
  });

  it('takes from each record what the other lacks', () => {
    const s = scenario({ source: 'both', without: ['process.integrity_level'] });
    const cmd = s.starts(CMD, { sha256: 'cd'.repeat(32) });
    s.after('200ms');
    s.regains('process.integrity_level');
    const late = s
      .events()
      .map(
        (event): EndpointEvent =>
          event.channel === 'Security'
            ? { ...event, time: micros(event.time + 900_000), 'process.integrity_level': 'high' }
            : event,
      );
    expect(buildLineage(late).processes.get(cmd.entityId)).toMatchObject({
      integrity: 'high',
      sha256: 'cd'.repeat(32),
      startedAt: cmd.startedAt,
    });
  });

  it('is two processes when the images differ', () => {
    const { s } = sameMomentOtherImage();
    expect(buildLineage(s.events()).processes.size).toBe(2);
  });

  it('is two processes when the records are more than three seconds apart', () => {
    const s = scenario({ source: 'both' });
    s.starts(CMD, { parent: 'unknown' });
    const apart = (by: number): number =>
      buildLineage(
        s
          .events()
          .map((event) =>
            event.channel === 'Security' ? { ...event, time: micros(event.time + by) } : event,
          ),
      ).processes.size;
    expect(apart(2_900_000)).toBe(1);
    expect(apart(3_100_000)).toBe(2);
  });

  it('stays with its own process when the pid is used again within seconds', () => {
    const { s, first, second } = pidReusedBySameImage({ source: 'both' });
    const lineage = buildLineage(s.events());
    const starts = s
      .events()
      .filter((event) => event.kind === 'process_start' && event['process.pid'] === first.pid);
    expect(starts.map(lineage.processOf)).toEqual([
      first.entityId,
      first.entityId,
      second.entityId,
      second.entityId,
    ]);
  });
});

describe('a reused pid', () => {
  it.each(['sysmon', 'security', 'both'] as const)('is two processes, even of one image (%s)', (source) => {
    const { s } = pidReusedBySameImage({ source });
    expect(draw(buildLineage(s.events()))).toEqual([
      'cmd.exe',
      '  mshta.exe exact',
      'cmd.exe',
      '  powershell.exe exact',
    ]);
  });

  it('is two processes even within one tick of the clock, if the images differ', () => {
    const s = scenario({ source: 'security' });
    s.starts(CMD, { pid: 700, parent: 'unknown' });
    s.after('-1ms');
    s.starts(MSHTA, { pid: 700, parent: 'unknown' });
    expect(draw(buildLineage(s.events()))).toEqual(['cmd.exe', 'mshta.exe']);
  });

  it('is not ended by the late record of its former owner’s end', () => {
    const s = scenario({ source: 'security' });
    const first = s.starts(CMD, { pid: 700, parent: 'unknown' });
    s.after('1s');
    s.ends(first);
    const ended = s.events().at(-1)?.time;
    s.after('500ms');
    s.starts(CMD, { pid: 700, parent: 'unknown' });
    const nodes = [...buildLineage(s.events()).processes.values()];
    expect(nodes.map((node) => node.endedAt)).toEqual([ended, undefined]);
  });

  it('gives each act to the owner of that time', () => {
    const { s, first, second } = pidReusedBySameImage();
    const act = (at: Micros): EndpointEvent => actOfPid(at, first.pid);
    const { processOf } = buildLineage(s.events());
    expect(processOf(act(micros(first.startedAt + 500_000)))).toBe(first.entityId);
    expect(processOf(act(micros(second.startedAt + 500_000)))).toBe(second.entityId);
    expect(processOf(act(micros(second.startedAt + 3_600_000_000)))).toBe(second.entityId);
  });

  it('has no owner between one process’s end and the next one’s start', () => {
    const s = scenario();
    const first = s.starts(CMD, { pid: 700 });
    s.after('1m');
    s.ends(first);
    s.after('1h');
    s.starts(CMD, { pid: 700 });
    const { processOf } = buildLineage(s.events());
    expect(processOf(actOfPid(micros(first.startedAt + 61_000_000), 700))).toBe(first.entityId);
    expect(processOf(actOfPid(micros(first.startedAt + 1_800_000_000), 700))).toBeUndefined();
  });

  it('does not belong to an older process of another image', () => {
    const s = scenario();
    s.starts(MSHTA, { pid: 700 });
    s.after('1m');
    s.starts(CMD, { pid: 700 });
    s.after('1m');
    const { processOf } = buildLineage(s.events());
    expect(processOf({ ...actOfPid(now(s), 700), 'process.executable': MSHTA })).toBeUndefined();
  });
});

describe('a loop of recorded parents', () => {
  it.each([
    ['one', ['a']],
    ['two', ['a', 'b']],
    ['three', ['a', 'b', 'c']],
  ])('of %s is cut at the earliest process, which says so', (_, names) => {
    const s = loopOf(names);
    const lineage = buildLineage(s.events());
    expect(draw(lineage)).toEqual(names.map((name, i) => `${'  '.repeat(i)}${name}.exe${i ? ' exact' : ''}`));
    expect(linkOf(lineage, `${SYSTEM32}a.exe`)).toEqual({
      strength: 'root',
      reason: 'the recorded parents form a loop',
    });
  });

  it('keeps what hangs from it', () => {
    const s = loopOf(['a', 'b']);
    tellStart(s, {
      ...identity('leaf'),
      'process.parent.entity_id': identity('b')['process.entity_id'],
      'process.parent.executable': `${SYSTEM32}b.exe`,
    });
    expect(draw(buildLineage(s.events()))).toEqual(['a.exe', '  b.exe exact', '    leaf.exe exact']);
  });

  it('is cut where parents are known by pid only', () => {
    const s = scenario({ source: 'security' });
    for (const [pid, parent] of [
      [700, 704],
      [704, 700],
    ] as const) {
      tellStart(s, {
        'process.pid': pid,
        'process.executable': CMD,
        'process.parent.pid': parent,
        'process.parent.executable': CMD,
      });
    }
    const roots = [...buildLineage(s.events()).processes.values()].filter(
      (node) => node.link.parentId === undefined,
    );
    expect(roots.map((node) => node.link.reason)).toEqual(['the recorded parents form a loop']);
  });
});

describe('an impossible parent', () => {
  it('that had ended is kept, and may be forged', () => {
    const { s } = parentEndedBeforeChild('3s');
    expect(linkOf(buildLineage(s.events()), MSHTA)).toMatchObject({
      strength: 'inferred',
      reason: 'the parent had ended 3.0 s before: the recorded parent may be forged',
    });
  });

  it('that ended just before is late writing', () => {
    const { s } = parentEndedBeforeChild('1s');
    expect(linkOf(buildLineage(s.events()), MSHTA)).toMatchObject({ strength: 'exact' });
  });

  it('that started after its child is kept, and says so', () => {
    const s = scenario();
    s.after('5s');
    const late = s.starts(CMD);
    s.after('-5s');
    s.starts(MSHTA, { parent: late });
    expect(linkOf(buildLineage(s.events()), MSHTA)).toEqual({
      parentId: late.entityId,
      strength: 'inferred',
      reason: 'the parent is recorded as starting after its child',
    });
  });
});

describe('a program that starts others on request', () => {
  it.each([
    ['wmiprvse.exe', '', 'WMI'],
    ['services.exe', '', 'service manager'],
    ['taskeng.exe', '', 'task scheduler'],
    ['taskhostw.exe', '', 'task scheduler'],
    ['dllhost.exe', '/Processid:{AB8902B4-09CA-4BB6-B78D-A8F59079A8D5}', 'COM host'],
    ['svchost.exe', '-k DcomLaunch -p', 'DcomLaunch'],
    ['SVCHOST.EXE', '-k netsvcs -p -s Schedule', 'task scheduler'],
    ['svchost.exe', '', 'service host'],
  ])('%s %s is the parent, and a broken link to the cause', (name, args, reason) => {
    const s = scenario();
    const parent = s.starts(`${SYSTEM32}${name}`, { commandLine: `${name} ${args}`, parent: 'unknown' });
    s.starts(MSHTA, { parent });
    const link = linkOf(buildLineage(s.events()), MSHTA);
    expect(link).toMatchObject({ parentId: parent.entityId, strength: 'broken' });
    expect(link?.reason).toContain(reason);
  });

  it('breaks the link also where its own start was not recorded', () => {
    const s = scenario({ source: 'security' });
    s.starts(MSHTA, { parent: s.svchost });
    expect(linkOf(buildLineage(s.events()), MSHTA)).toMatchObject({ strength: 'broken' });
  });
});

describe('an event without a unique id', () => {
  it('belongs to the process that had its pid then', () => {
    const { s, mshta } = chainOfThree();
    const { processOf } = buildLineage(s.events());
    expect(processOf(actOfPid(micros(mshta.startedAt + 60_000_000), mshta.pid))).toBe(mshta.entityId);
  });

  it('may be recorded up to two seconds before the start', () => {
    const { s, mshta } = chainOfThree();
    const { processOf } = buildLineage(s.events());
    expect(processOf(actOfPid(micros(mshta.startedAt - 1_900_000), mshta.pid))).toBe(mshta.entityId);
    expect(processOf(actOfPid(micros(mshta.startedAt - 2_100_000), mshta.pid))).toBeUndefined();
  });

  it('belongs to nobody when nobody had its pid, or it names none', () => {
    const { s } = chainOfThree();
    const { processOf } = buildLineage(s.events());
    expect(processOf(actOfPid(now(s), 9))).toBeUndefined();
    expect(processOf(actOfPid(now(s), undefined))).toBeUndefined();
  });

  it('is judged by the image’s name, not by how the path is written', () => {
    const { s, mshta } = chainOfThree();
    const { processOf } = buildLineage(s.events());
    const act = actOfPid(now(s), mshta.pid);
    const written = '\\device\\harddiskvolume3\\windows\\system32\\MSHTA.exe';
    expect(processOf({ ...act, 'process.executable': written })).toBe(mshta.entityId);
    expect(processOf({ ...act, 'process.executable': CMD })).toBeUndefined();
  });

  it('may be of a process first seen later, whose start was not recorded', () => {
    const s = scenario({ without: ['process_start'] });
    const outlook = s.starts(OUTLOOK);
    s.after('1h');
    s.writes(outlook, 'C:\\a.svg');
    const early = actOfPid(outlook.startedAt, outlook.pid);
    expect(buildLineage(s.events()).processOf(early)).toBe(outlook.entityId);
  });
});

describe('the order of input', () => {
  it('does not matter, and nothing given is changed', () => {
    fc.assert(
      fc.property(story, fc.infiniteStream(fc.nat()), (events, dice) => {
        const frozen = events.map((event) => Object.freeze({ ...event }));
        const shuffled = shuffle(frozen, dice);
        const before = JSON.stringify(shuffled);
        expect(tell(buildLineage(Object.freeze(shuffled)), events)).toEqual(
          tell(buildLineage(events), events),
        );
        expect(JSON.stringify(shuffled)).toBe(before);
      }),
    );
  });

  it('never makes a process its own ancestor, nor loses one, nor doubts without a reason', () => {
    fc.assert(
      fc.property(story, (events) => {
        const lineage = buildLineage(events);
        expect(draw(lineage)).toHaveLength(lineage.processes.size);
        for (const event of events) {
          const owner = lineage.processOf(event);
          if (event.kind === 'process_start') expect(owner).toBeDefined();
          if (owner !== undefined) expect(lineage.processes.has(owner)).toBe(true);
        }
        for (const node of lineage.processes.values()) {
          const { strength, reason } = node.link;
          if (strength === 'exact') expect(reason).toBeUndefined();
          if (strength === 'inferred' || strength === 'broken') expect(reason).toBeDefined();
        }
      }),
    );
  });
});

describe('hostile sizes finish', { timeout: 30_000 }, () => {
  it.each(['sysmon', 'security', 'both'] as const)('10,000 children of one process (%s)', (source) => {
    const s = scenario({ source });
    const parent = s.starts(CMD);
    for (let i = 0; i < 10_000; i++) s.starts(MSHTA, { parent });
    const lineage = buildLineage(s.events());
    const counts = [...lineage.children.values()].map((children) => children.length);
    expect(Math.max(...counts)).toBe(10_000);
  });

  it('50,000 starts with one pid, a millisecond apart', () => {
    const starts = startsOfOnePid(50_000, 1000);
    expect(buildLineage(starts).processes.size).toBe(50_000);
  });

  it('20,000 starts with one pid in two channels, within three seconds', () => {
    const starts = startsOfOnePid(20_000, 100);
    const doubled = starts.map(
      (event): EndpointEvent => ({
        ...event,
        id: `sysmon-${event.id}` as EventId,
        channel: 'Microsoft-Windows-Sysmon/Operational',
        'process.entity_id': `guid-${event.id}` as NonNullable<EndpointEvent['process.entity_id']>,
      }),
    );
    expect(buildLineage([...doubled, ...starts]).processes.size).toBe(20_000);
  });

  it('20,000 children whose parents share a pid and no name', () => {
    const starts = startsOfOnePid(20_000, 1000).map((event, i) => ({
      ...event,
      'process.pid': 1000 + i,
      'process.parent.pid': 700,
      'process.parent.executable': `C:\\${i}.exe`,
    }));
    expect(buildLineage(starts).processes.size).toBe(40_000);
  });

  it('a chain of 20,000', () => {
    const s = scenario();
    let parent = s.explorer;
    for (let i = 0; i < 20_000; i++) parent = s.starts(CMD, { parent });
    expect(buildLineage(s.events()).children.size).toBe(20_000);
  });
});

// ——— Topologies ———

/**
 *     explorer (before the recording)
 *     └── outlook
 *         └── cmd
 *             └── mshta
 */
function chainOfThree(options: ScenarioOptions = {}): {
  s: Scenario;
  outlook: StoryProcess;
  mshta: StoryProcess;
} {
  const s = scenario(options);
  const outlook = s.starts(OUTLOOK);
  s.after('10s');
  const cmd = s.starts(CMD, { parent: outlook });
  s.after('10s');
  const mshta = s.starts(MSHTA, { parent: cmd });
  s.after('10s');
  return { s, outlook, mshta };
}

/**
 *     explorer (before the recording)
 *     ├── outlook
 *     └── cmd
 */
function siblingsOfAnUnseenParent(): { s: Scenario; explorer: StoryProcess } {
  const s = scenario();
  s.starts(OUTLOOK);
  s.after('1m');
  s.starts(CMD);
  return { s, explorer: s.explorer };
}

/**
 *     mshta (names no parent)
 */
function orphan(options: ScenarioOptions): { s: Scenario } {
  const s = scenario(options);
  s.starts(MSHTA, { parent: 'unknown' });
  return { s };
}

/**
 *     cmd
 *     ├── mshta        both in
 *     └── powershell   the same microsecond
 */
function twinsOfOneMoment(): { s: Scenario; parent: StoryProcess } {
  const s = scenario();
  const parent = s.starts(CMD);
  s.after('1s');
  s.starts(MSHTA, { parent });
  s.after('-1ms');
  s.starts(POWERSHELL, { parent });
  return { s, parent };
}

/**
 *     cmd 700, for one second      cmd 700, half a second later
 *     └── mshta                    └── powershell
 */
function pidReusedBySameImage(options: ScenarioOptions = {}): {
  s: Scenario;
  first: StoryProcess;
  second: StoryProcess;
} {
  const s = scenario(options);
  const first = s.starts(CMD, { pid: 700, parent: 'unknown' });
  s.starts(MSHTA, { parent: first });
  s.after('1s');
  s.ends(first);
  s.after('500ms');
  const second = s.starts(CMD, { pid: 700, parent: 'unknown' });
  s.starts(POWERSHELL, { parent: second });
  return { s, first, second };
}

/** Sysmon tells of mshta 700 and, within the same second, Security of cmd 700. */
function sameMomentOtherImage(): { s: Scenario } {
  const s = scenario({ source: 'both' });
  const told = s.starts(MSHTA, { pid: 700, parent: 'unknown' });
  const events = s
    .events()
    .map((event) => (event.channel === 'Security' ? { ...event, 'process.executable': CMD } : event));
  expect(told.pid).toBe(700);
  return { s: { ...s, events: () => events } };
}

/**
 *     cmd ends …          a while later
 *     └── mshta           names it as parent
 */
function parentEndedBeforeChild(gap: string): { s: Scenario } {
  const s = scenario();
  const parent = s.starts(CMD);
  s.after('1m');
  s.ends(parent);
  s.after(gap);
  s.after('-1ms');
  s.starts(MSHTA, { parent });
  return { s };
}

/** a → b → … → a, in order of start: each names the one before it as parent, the first names the last. */
function loopOf(names: readonly string[]): Scenario {
  const s = scenario();
  names.forEach((name, i) => {
    const parent = names.at(i - 1) ?? name;
    tellStart(s, {
      ...identity(name),
      'process.parent.entity_id': identity(parent)['process.entity_id'],
      'process.parent.executable': `${SYSTEM32}${parent}.exe`,
    });
  });
  return s;
}

function startsOfOnePid(count: number, apart: number): readonly EndpointEvent[] {
  const start = now(scenario());
  return Array.from({ length: count }, (_, i) => ({
    ...actOfPid(micros(start + i * apart), 700),
    id: `start-${i}` as EventId,
    kind: 'process_start' as const,
    code: '4688',
    channel: 'Security',
    recorded: micros(start + i * apart),
    'process.executable': CMD,
  }));
}

// ——— Words of the tests ———

function identity(
  name: string,
): Extra & { readonly 'process.entity_id': NonNullable<Extra['process.entity_id']> } {
  return {
    'process.entity_id': `guid-${name}` as NonNullable<Extra['process.entity_id']>,
    'process.executable': `${SYSTEM32}${name}.exe`,
  };
}

function tellStart(s: Scenario, fields: Extra): void {
  s.tells('process_start', undefined, fields);
}

/** A process of another name, with a pid, that was there before the recording. */
function pretend(s: Scenario, executable: string, pid: number): StoryProcess {
  return { ...s.explorer, executable, pid };
}

function actOfPid(time: Micros, pid: number | undefined): EndpointEvent {
  return {
    id: `act-${time}-${pid}` as EventId,
    kind: 'network_connect',
    time,
    clock: 'record',
    recorded: time,
    host: 'ws01.corp.example',
    channel: 'Security',
    code: '5156',
    ...(pid === undefined ? {} : { 'process.pid': pid }),
  };
}

function now(s: Scenario): Micros {
  return micros(Date.parse(s.now()) * 1000);
}

function nodeOf(lineage: Lineage, image: string) {
  return [...lineage.processes.values()].find((node) => node.image === image);
}

function linkOf(lineage: Lineage, image: string): ParentLink | undefined {
  return nodeOf(lineage, image)?.link;
}

/** The forest as lines: depth, image, what is known of the start, strength of the link. */
function draw(lineage: Lineage): readonly string[] {
  const lines: string[] = [];
  const roots = [...lineage.processes.values()]
    .filter((node) => node.link.parentId === undefined)
    .sort((a, b) => (a.startedAt ?? a.firstSeen) - (b.startedAt ?? b.firstSeen));
  const trail = roots.reverse().map((node) => ({ id: node.entityId, depth: 0 }));
  for (let at = trail.pop(); at !== undefined; at = trail.pop()) {
    const node = lineage.processes.get(at.id);
    if (node === undefined) continue;
    const strength = node.link.strength === 'root' ? '' : ` ${node.link.strength}`;
    const unseen = node.imputed ? ', start not recorded' : '';
    lines.push(`${'  '.repeat(at.depth)}${fileName(node.image ?? '?')}${unseen}${strength}`);
    const children = [...(lineage.children.get(at.id) ?? [])].reverse();
    for (const id of children) trail.push({ id, depth: at.depth + 1 });
  }
  return lines;
}

function tell(lineage: Lineage, events: readonly EndpointEvent[]) {
  const { processes, children } = lineage;
  const byId = <Value>(map: ReadonlyMap<string, Value>) => Object.fromEntries([...map].sort());
  return {
    processes: byId(processes),
    children: byId(children),
    owners: events.map(lineage.processOf),
  };
}

function shuffle<Value>(values: readonly Value[], dice: Iterator<number>): Value[] {
  const left = [...values];
  const out: Value[] = [];
  while (left.length > 0) out.push(...left.splice((dice.next().value ?? 0) % left.length, 1));
  return out;
}

/** Any story of few pids, images and moments, so that everything collides with everything. */
const story: fc.Arbitrary<readonly EndpointEvent[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('process_start' as const, 'process_end' as const, 'file_create' as const),
      second: fc.nat({ max: 8 }),
      channel: fc.constantFrom('Security', 'Sysmon'),
      pid: fc.constantFrom(4, 8),
      guid: fc.constantFrom(undefined, 'g1', 'g2', 'g3'),
      image: fc.constantFrom(undefined, CMD, MSHTA),
      parentPid: fc.constantFrom(undefined, 0, 4, 8),
      parentGuid: fc.constantFrom(undefined, 'g1', 'g2', 'g4'),
      parentImage: fc.constantFrom(undefined, CMD, `${SYSTEM32}services.exe`),
    }),
    { maxLength: 12 },
  )
  .map((drafts) =>
    drafts.map((draft, i) => {
      const time = micros(1_772_442_000_000_000 + draft.second * 700_000);
      const { kind, channel, pid, guid, image, parentPid, parentGuid, parentImage } = draft;
      const fields = {
        'process.pid': pid,
        'process.entity_id': guid,
        'process.executable': image,
        'process.parent.pid': parentPid,
        'process.parent.entity_id': parentGuid,
        'process.parent.executable': parentImage,
      };
      const said = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
      const id = `e${i}` as EventId;
      return { ...actOfPid(time, undefined), id, kind, channel, code: '1', recordId: i, ...said };
    }),
  )
  .map((events) => [...events].sort((a, b) => a.time - b.time));
