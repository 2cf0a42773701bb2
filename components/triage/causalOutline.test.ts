import { describe, expect, it } from 'vitest';
import type { ArtefactView, ProcessNodeView } from '@/lib/contracts/lineage';
import { causalOutline } from './causalOutline';

function process(
  id: string,
  second: number,
  parentId: string | null,
  onPath = true,
  stages = ['s'],
): ProcessNodeView {
  return {
    entityId: id,
    pid: 1,
    image: `C:\\${id}`,
    name: id,
    commandLine: null,
    user: null,
    integrity: null,
    hash: null,
    signer: null,
    startedAt: at(second),
    endedAt: null,
    state: 'running',
    imputed: false,
    class: 'other',
    parentId,
    link: { strength: parentId ? 'exact' : 'root', reason: null },
    stages,
    onPath,
    alerts: 0,
    counts: {},
    childrenTotal: 0,
    startEventId: null,
  };
}

function artefact(id: string, second: number, fromId: string, toId: string | null): ArtefactView {
  return {
    id,
    type: 'file',
    label: id,
    detail: null,
    time: at(second),
    fromId,
    toId,
    strength: 'inferred',
    stage: null,
    eventId: id,
  };
}

function at(second: number): string {
  return `2026-11-20T09:16:${String(second).padStart(2, '0')}Z`;
}

const drawn = (rows: ReturnType<typeof causalOutline>) =>
  rows.map((row) => `${'  '.repeat(row.depth)}${row.id}`);

describe('the path as an outline', () => {
  it('puts a process under the file it ran, not under the shell that started it', () => {
    const rows = causalOutline({
      nodes: [
        process('explorer', 0, null, false),
        process('outlook', 1, 'explorer'),
        process('edge', 3, 'outlook'),
        process('wscript', 9, 'explorer'),
      ],
      artefacts: [
        artefact('a.svg', 2, 'outlook', 'edge'),
        artefact('a.zip', 5, 'edge', 'wscript'),
        artefact('cdn', 10, 'wscript', null),
      ],
      joins: [],
    });
    expect(drawn(rows)).toEqual([
      'outlook',
      '  a.svg',
      '    edge',
      '      a.zip',
      '        wscript',
      '          cdn',
    ]);
  });

  it('follows a hand-over before parentage', () => {
    const rows = causalOutline({
      nodes: [
        process('winword', 1, null),
        process('wmiprvse', 2, null),
        process('powershell', 3, 'wmiprvse'),
      ],
      artefacts: [],
      joins: [{ fromId: 'winword', toId: 'powershell', strength: 'weak', text: 'handed over through WMI' }],
    });
    expect(drawn(rows)).toEqual(['winword', '  powershell', 'wmiprvse']);
    expect(rows[1]?.strength).toBe('weak');
  });

  it('tells what a browser fetched before what opened it, though the opener started the browser', () => {
    const rows = causalOutline({
      nodes: [
        process('userinit', 0, null, true, []),
        process('explorer', 1, 'userinit'),
        process('edge', 2, 'explorer'),
        process('wscript', 9, 'explorer'),
      ],
      artefacts: [artefact('a.zip', 5, 'edge', null), artefact('a.js', 8, 'explorer', 'wscript')],
      joins: [
        {
          fromId: 'edge',
          toId: 'explorer',
          strength: 'inferred',
          text: 'a.js lies where a.zip was unpacked',
        },
      ],
    });
    expect(drawn(rows)).toEqual(['edge', '  a.zip', '  explorer', '    a.js', '      wscript']);
  });

  it('begins where the story does', () => {
    const rows = causalOutline({
      nodes: [
        process('winlogon', 1, null, true, []),
        process('userinit', 2, 'winlogon', true, []),
        process('explorer', 3, 'userinit', true, []),
        process('mshta', 4, 'explorer'),
        process('cmd', 5, 'explorer'),
      ],
      artefacts: [],
      joins: [],
    });
    expect(drawn(rows)).toEqual(['explorer', '  mshta', '  cmd']);
  });

  it('orders effects of one cause by time', () => {
    const rows = causalOutline({
      nodes: [process('mshta', 1, null), process('cmd', 5, 'mshta')],
      artefacts: [artefact('late', 9, 'mshta', null), artefact('early', 2, 'mshta', null)],
      joins: [],
    });
    expect(drawn(rows)).toEqual(['mshta', '  early', '  cmd', '  late']);
  });

  it('knows which lines go on below a row', () => {
    const rows = causalOutline({
      nodes: [process('mshta', 1, null), process('powershell', 2, 'mshta')],
      artefacts: [artefact('inner', 3, 'powershell', null), artefact('outer', 4, 'mshta', null)],
      joins: [],
    });
    expect(rows.map((row) => [row.id, row.rails])).toEqual([
      ['mshta', []],
      ['powershell', [true]],
      ['inner', [true, false]],
      ['outer', [false]],
    ]);
  });

  it('shows every line once when causes form a cycle', () => {
    const rows = causalOutline({
      nodes: [process('a', 1, 'b'), process('b', 2, 'a')],
      artefacts: [],
      joins: [],
    });
    expect(rows.map((row) => row.id)).toEqual(['a', 'b']);
  });
});
