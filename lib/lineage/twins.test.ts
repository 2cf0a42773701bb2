import { describe, expect, it } from 'vitest';
import { type Micros, micros, parseMicros } from '../base/time';
import type { EndpointEvent, EntityId, EventId, EventKind } from '../events/endpointEvent';
import { buildLineage } from './buildLineage';

const T0 = parseMicros('2026-03-02T09:00:00Z') ?? micros(0);
const SYSMON = 'Microsoft-Windows-Sysmon/Operational';
const DEFENDER = 'Microsoft Defender XDR/DeviceProcessEvents';
const FALCON = 'CrowdStrike Falcon';

describe('one process seen by two products', () => {
  // explorer (only named as a parent)
  // └── cmd      Sysmon, Defender and Falcon each under their own id
  //     └── curl Sysmon and Falcon
  const story = [
    start(SYSMON, 'g-cmd', 100, 'C:\\Windows\\System32\\cmd.exe', 0, { id: 'g-explorer', pid: 50 }),
    start(DEFENDER, 'd-cmd', 100, 'C:\\Windows\\System32\\cmd.exe', 40, { id: 'd-explorer', pid: 50 }),
    start(FALCON, 'f-cmd', 100, '\\Device\\HarddiskVolume3\\Windows\\System32\\cmd.exe', 900, {
      id: 'f-explorer',
    }),
    start(SYSMON, 'g-curl', 101, 'C:\\Windows\\System32\\curl.exe', 5000, { id: 'g-cmd', pid: 100 }),
    start(FALCON, 'f-curl', 101, '\\Device\\HarddiskVolume3\\Windows\\System32\\curl.exe', 5100, {
      id: 'f-cmd',
    }),
    act(FALCON, 'network_connect', 'f-curl', 6000),
  ];

  it('is one process when pid, image and start agree, and its parents are one', () => {
    const lineage = buildLineage(story);
    expect([...lineage.processes.keys()].sort()).toEqual(['g-cmd', 'g-curl', 'g-explorer']);
    expect(lineage.processes.get('g-curl' as EntityId)?.link).toEqual({
      parentId: 'g-cmd',
      strength: 'exact',
    });
    expect(lineage.processes.get('g-cmd' as EntityId)?.link.parentId).toBe('g-explorer');
  });

  it('finds the process of an event that names it by another product\u2019s id', () => {
    const lineage = buildLineage(story);
    const connection = story.at(-1);
    expect(connection && lineage.processOf(connection)).toBe('g-curl');
  });

  it('keeps what each source says, side by side', () => {
    const sources = buildLineage(story).processes.get('g-cmd' as EntityId)?.sources;
    expect(sources?.map(({ channel, entityId, image }) => [channel, entityId, image])).toEqual([
      [FALCON, 'f-cmd', '\\Device\\HarddiskVolume3\\Windows\\System32\\cmd.exe'],
      [DEFENDER, 'd-cmd', 'C:\\Windows\\System32\\cmd.exe'],
      [SYSMON, 'g-cmd', 'C:\\Windows\\System32\\cmd.exe'],
    ]);
  });

  it('does not depend on the order of events', () => {
    const forwards = buildLineage(story);
    const backwards = buildLineage([...story].reverse());
    expect([...backwards.processes].sort(byKey)).toEqual([...forwards.processes].sort(byKey));
  });

  it.each([
    ['the start is 4 seconds away', start(FALCON, 'f-x', 100, 'C:\\cmd.exe', 4100, {})],
    ['the pid differs', start(FALCON, 'f-x', 102, 'C:\\cmd.exe', 100, {})],
    ['the image differs', start(FALCON, 'f-x', 100, 'C:\\powershell.exe', 100, {})],
    ['it is another start of the same product', start(SYSMON, 'g-x', 100, 'C:\\cmd.exe', 100, {})],
  ])('is two processes when %s', (_what, other) => {
    const lineage = buildLineage([start(SYSMON, 'g-cmd', 100, 'C:\\cmd.exe', 0, {}), other]);
    expect(lineage.processes.size).toBe(2);
  });

  it('joins a process one product only saw acting, by the start its record tells', () => {
    const acting = {
      ...act('Microsoft Defender XDR/DeviceNetworkEvents', 'network_connect', 'd-cmd', 60_000),
      'process.pid': 100,
      'process.executable': 'c:\\windows\\system32\\cmd.exe',
      'process.start': T0 + 20_000,
    };
    const lineage = buildLineage([
      start(SYSMON, 'g-cmd', 100, 'C:\\Windows\\System32\\cmd.exe', 0, {}),
      acting,
    ]);
    expect([...lineage.processes.keys()]).toEqual(['g-cmd']);
    expect(lineage.processOf(acting)).toBe('g-cmd');
  });

  it('joins a 4688 to a process that another product knows', () => {
    const security: EndpointEvent = {
      ...start('Security', 'x', 100, 'C:\\Windows\\System32\\cmd.exe', 10, {}),
      code: '4688',
    };
    const { 'process.entity_id': _none, ...pidOnly } = security;
    const lineage = buildLineage([
      pidOnly,
      start(FALCON, 'f-cmd', 100, 'C:\\Windows\\System32\\cmd.exe', 0, {}),
    ]);
    expect([...lineage.processes.keys()]).toEqual(['f-cmd']);
  });

  it('makes one pair of two products\u2019 starts each, however many are alike', () => {
    const many = Array.from({ length: 400 }, (_, i) => [
      start(SYSMON, `g-${i}`, 100, 'C:\\a.exe', i, {}),
      start(FALCON, `f-${i}`, 100, 'C:\\a.exe', i, {}),
    ]).flat();
    const lineage = buildLineage(many);
    for (const node of lineage.processes.values()) expect(node.sources?.length ?? 1).toBeLessThanOrEqual(2);
  });
});

function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}

function start(
  channel: string,
  id: string,
  pid: number,
  image: string,
  ms: number,
  parent: { readonly id?: string; readonly pid?: number },
): EndpointEvent {
  return {
    ...base(channel, 'process_start', `${id}-start`, ms),
    'process.entity_id': id as EntityId,
    'process.pid': pid,
    'process.executable': image,
    ...(parent.id === undefined ? {} : { 'process.parent.entity_id': parent.id as EntityId }),
    ...(parent.pid === undefined ? {} : { 'process.parent.pid': parent.pid }),
    'process.parent.executable': 'C:\\Windows\\explorer.exe',
  };
}

function act(channel: string, kind: EventKind, id: string, ms: number): EndpointEvent {
  return { ...base(channel, kind, `${id}-${kind}`, ms), 'process.entity_id': id as EntityId };
}

function base(channel: string, kind: EventKind, id: string, ms: number) {
  const time: Micros = micros(T0 + ms * 1000);
  return {
    id: id as EventId,
    kind,
    time,
    clock: 'source' as const,
    recorded: time,
    reported: time,
    host: 'ws1',
    channel,
    code: '1',
  };
}
