import { describe, expect, it } from 'vitest';
import type { Chain, Match } from '../analytics/chain';
import { type Micros, micros } from '../base/time';
import type { EndpointEvent, EntityId, EventId } from '../events/endpointEvent';
import type { Handover, Lineage, ProcessNode } from '../lineage/lineage';
import { pathOf } from './path';

/*
 *  mshta ──(asked over WMI)──► cmd ──► powershell        wmiprvse is cmd's parent
 *    └──(remote thread)──► notepad ──► rundll32          userinit is notepad's parent
 */
const id = (name: string): EntityId => name as EntityId;
const node = (name: string, parent: string | undefined, more: Partial<ProcessNode> = {}): ProcessNode => ({
  entityId: id(name),
  image: `C:\\${name}.exe`,
  firstSeen: micros(ORDER.indexOf(name)),
  imputed: false,
  link: parent === undefined ? { strength: 'root' } : { parentId: id(parent), strength: 'exact' },
  ...more,
});
const ORDER = [
  'userinit',
  'wmiprvse',
  'notepad',
  'mshta',
  'helper',
  'cmd',
  'powershell',
  'rundll32',
  'served',
];
const handover = (kind: Handover['kind'], to: string): Handover => ({
  kind,
  from: id('mshta'),
  to: id(to),
  at: micros(ORDER.indexOf(to)),
  strength: 'inferred',
  reason: `mshta asked for ${to}`,
  event: to as EventId,
});
const wmi = handover('wmi', 'cmd');
const thread = handover('remote_thread', 'notepad');

const processes = new Map(
  [
    node('userinit', undefined),
    node('wmiprvse', undefined),
    node('notepad', 'userinit'),
    node('mshta', undefined),
    node('cmd', 'wmiprvse', { requestedBy: wmi }),
    node('powershell', 'cmd'),
    node('rundll32', 'notepad'),
    node('helper', 'mshta'),
    node('served', 'userinit', { requestedBy: { ...handover('service', 'served'), from: id('helper') } }),
  ].map((one) => [one.entityId, one]),
);
const lineage: Lineage = {
  processes,
  children: new Map(),
  handovers: new Map([[id('mshta'), [wmi, thread]]]),
  processOf: (event) => event['process.entity_id'],
};

const event = (process: string): EndpointEvent =>
  ({
    id: process as EventId,
    kind: 'process_start',
    time: micros(ORDER.indexOf(process)) as Micros,
    'process.entity_id': id(process),
  }) as EndpointEvent;

const match = (process: string, joined?: Match): Match => ({
  event: event(process),
  evidence: event(process),
  process: id(process),
  time: micros(ORDER.indexOf(process)),
  relation:
    joined === undefined
      ? undefined
      : { kind: 'descendant_of', to: 'anchor', strength: 'inferred', hops: [], via: [] },
  joined,
  alternative: undefined,
  windowLimit: undefined,
  file: undefined,
  unjudged: false,
});

function chain(...ends: string[]): Chain {
  const anchor = match('mshta');
  const stage = (matches: readonly Match[], stageId: string) => ({
    stage: { id: stageId },
    state: 'matched',
    matches,
  });
  return {
    anchor,
    index: {
      lineage,
      nodeOf: (process: EntityId | undefined) => (process === undefined ? undefined : processes.get(process)),
    },
    stages: [stage([anchor], 'anchor'), ...ends.map((end) => stage([match(end, anchor)], end))],
  } as unknown as Chain;
}

describe('the path of a chain', () => {
  it('follows who asked, not the process that only carried it out, and says how', () => {
    const { path, joins } = pathOf(chain('powershell'));
    expect(path).toEqual(['mshta', 'cmd', 'powershell']);
    expect(joins).toEqual([{ from: 'mshta', to: 'cmd', strength: 'inferred', text: 'mshta asked for cmd' }]);
  });

  it('follows a request back through one who asked and is not of the chain', () => {
    const { path, joins } = pathOf(chain('served'));
    expect(path).toEqual(['mshta', 'helper', 'served']);
    expect(joins.map(({ from, to }) => `${from}>${to}`)).toEqual(['helper>served']);
  });

  it('goes through a process that another acted in', () => {
    const { path, joins } = pathOf(chain('rundll32'));
    expect(path).toEqual(['notepad', 'mshta', 'rundll32']);
    expect(joins.map(({ from, to }) => `${from}>${to}`)).toEqual(['mshta>notepad']);
  });

  it('draws each handover once, in order of time', () => {
    expect(pathOf(chain('cmd', 'rundll32', 'powershell')).joins.map(({ to }) => to)).toEqual([
      'notepad',
      'cmd',
    ]);
  });
});
