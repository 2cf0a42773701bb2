import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setEnvironment } from '../base/testEnvironment';
import { micros } from '../base/time';
import type { EntityId } from '../events/endpointEvent';
import type { ProcessNode } from '../lineage/lineage';
import { closeStorage, pool, withConnection } from '../storage/client';
import { replaceProcesses } from '../storage/processes';
import { createTestDatabase, type TestDatabase } from '../storage/testDatabase';
import { readHostLineage } from './readLineage';
import { readLineageChildren } from './readLineageChildren';
import { searchLineage } from './searchLineage';

let database: TestDatabase;
let restore: () => void;

beforeEach(async () => {
  database = await createTestDatabase();
  restore = setEnvironment({ DATABASE_URL: database.url });
});
afterEach(async () => {
  await closeStorage();
  await database.drop();
  restore();
});

/*
 *  root ─┬─ child 0 … child 24 (svchost and, each fifth, cmd.exe)
 *        └─ (child 3 has a child of its own)
 *  loop a ⇄ loop b
 */
const PROCESSES = [
  processOf('root', undefined, 0, 'C:\\Windows\\explorer.exe'),
  ...Array.from({ length: 25 }, (_, i) =>
    processOf(`child ${i}`, 'root', 1 + (i >> 1), i % 5 === 0 ? 'C:\\x\\CMD.exe' : 'C:\\x\\svchost.exe'),
  ),
  processOf('deep', 'child 3', 40, 'C:\\x\\100%_done.exe'),
  processOf('loop a', 'loop b', 50, 'C:\\x\\a.exe'),
  processOf('loop b', 'loop a', 51, 'C:\\x\\b.exe'),
];

describe('the lineage of a host', () => {
  it('begins at its roots, and at the earliest process of a cycle', async () => {
    await store(PROCESSES);
    const view = await readHostLineage('ws1', {});
    expect(view.nodes.map((node) => node.entityId)).toEqual(['root', 'loop a']);
    expect(view.total).toBe(29);
    expect(view.nodes[1]?.link.strength).toBe('broken');
    expect(view.folded.map(({ parentId, processes }) => [parentId, processes])).toEqual([
      ['root', 26],
      ['loop a', 1],
    ]);
  });

  it('reveals a process with all that leads to it', async () => {
    await store(PROCESSES);
    const view = await readHostLineage('ws1', { reveal: 'deep,unknown' });
    expect(view.nodes.map((node) => node.entityId)).toEqual(['root', 'child 3', 'deep', 'loop a']);
  });

  it('opens the whole forest, parents first, and counts what is beyond the bound', async () => {
    await store(PROCESSES);
    expect((await readHostLineage('ws1', { all: 'true' })).nodes).toHaveLength(29);
    const bounded = await readHostLineage('ws1', { all: 'true', limit: 10 });
    expect(bounded.nodes).toHaveLength(10);
    expect(bounded.folded.reduce((sum, branch) => sum + branch.processes, 10)).toBe(29);
  });

  it('pages the children of one process in order of first sight and loses none', async () => {
    await store(PROCESSES);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await readLineageChildren('ws1', { parent: 'root', limit: 7, cursor });
      expect(page.total).toBe(25);
      seen.push(...page.nodes.map((node) => node.entityId));
      if (page.nodes.some((node) => node.entityId === 'child 3'))
        expect(page.folded.map(({ parentId, processes }) => [parentId, processes])).toEqual([['child 3', 1]]);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect([...seen].sort()).toEqual(Array.from({ length: 25 }, (_, i) => `child ${i}`).sort());
  });

  it('pages the roots, and counts those it has not sent below no parent', async () => {
    const many = Array.from({ length: 12 }, (_, i) => [
      processOf(`root ${i}`, undefined, i, 'C:\\x\\svchost.exe'),
      processOf(`below ${i}`, `root ${i}`, i, 'C:\\x\\conhost.exe'),
    ]).flat();
    await store(many);
    const view = await readHostLineage('ws1', { limit: 5 });
    expect(view.nodes).toHaveLength(5);
    const rest = view.folded.find(({ parentId }) => parentId === '');
    expect(rest).toMatchObject({
      processes: 14,
      images: [{ name: 'svchost.exe', count: 7 }],
      othersTotal: 0,
    });
    expect(view.folded.reduce((sum, branch) => sum + branch.processes, view.shown)).toBe(view.total);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await readLineageChildren('ws1', { limit: 5, cursor });
      expect([page.parentId, page.total]).toEqual(['', 12]);
      expect(page.nodes.every(({ parentId }) => parentId === null)).toBe(true);
      expect(page.folded.map(({ processes }) => processes)).toEqual(page.nodes.map(() => 1));
      seen.push(...page.nodes.map((node) => node.entityId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect([...seen].sort()).toEqual(Array.from({ length: 12 }, (_, i) => `root ${i}`).sort());
    expect((await readLineageChildren('ws1', { parent: '', image: 'conhost.exe' })).total).toBe(0);
  });

  it('refuses names no database can hold as names there are not', async () => {
    await store(PROCESSES);
    await expect(readHostLineage('ws1\0', {})).rejects.toMatchObject({ code: 'not_found' });
    const asked = { parent: 'root\0', finding: 'a\0' };
    await expect(readLineageChildren('ws1', asked)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('gives the children of one image, whatever its case', async () => {
    await store(PROCESSES);
    const page = await readLineageChildren('ws1', { parent: 'root', image: 'cmd.EXE' });
    expect([page.total, page.nodes.length]).toEqual([5, 5]);
  });

  it('refuses the children of a process it does not know', async () => {
    await store(PROCESSES);
    await expect(readLineageChildren('ws1', { parent: 'gone' })).rejects.toThrow('no such process');
  });

  it('finds processes by a text as it stands, with what leads to each', async () => {
    await store(PROCESSES);
    expect(await searchLineage('ws1', { q: '0%_D' })).toEqual({
      hits: [{ entityId: 'deep', name: '100%_done.exe', ancestors: ['root', 'child 3'] }],
      total: 1,
    });
    const many = await searchLineage('ws1', { q: 'SVCHOST', limit: 3 });
    expect([many.hits.length, many.total]).toEqual([3, 20]);
  });

  it('sees what a later correlation stored', async () => {
    const host = await store(PROCESSES);
    await readHostLineage('ws1', {});
    await withConnection((connection) =>
      replaceProcesses(connection, host, [host], [processOf('new', undefined, 1, 'C:\\new.exe')]),
    );
    await pool().query('UPDATE hosts SET correlated_at = now()');
    expect((await readHostLineage('ws1', {})).nodes.map((node) => node.entityId)).toEqual(['new']);
  });
});

function processOf(id: string, parent: string | undefined, second: number, image: string): ProcessNode {
  return {
    entityId: id as EntityId,
    firstSeen: micros(second * 1_000_000),
    imputed: false,
    image,
    link: parent === undefined ? { strength: 'root' } : { strength: 'exact', parentId: parent as EntityId },
  };
}

/** Stores the processes on a new host `ws1` and answers its id. */
async function store(processes: readonly ProcessNode[]): Promise<number> {
  const { rows } = await pool().query<{ id: number }>(
    `INSERT INTO hosts (name, canonical_id) VALUES ('ws1', 1) RETURNING id`,
  );
  const host = rows[0]?.id ?? 0;
  await withConnection((connection) => replaceProcesses(connection, host, [host], processes));
  return host;
}
