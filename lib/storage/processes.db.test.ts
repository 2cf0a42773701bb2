import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setEnvironment } from '../base/testEnvironment';
import { micros } from '../base/time';
import type { EntityId, EventId } from '../events/endpointEvent';
import type { ProcessNode } from '../lineage/lineage';
import { closeStorage, pool, withConnection } from './client';
import { loadAncestors, loadProcesses, replaceProcesses } from './processes';
import { createTestDatabase, type TestDatabase } from './testDatabase';

const id = (name: string): EntityId => name as EntityId;
const EVENT = '00000000-0000-8000-8000-000000000001' as EventId;

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

describe('stored processes', () => {
  it('come back with who asked for them and whom the record calls their parent', async () => {
    const stored = await store(overWmi());
    expect((await loadProcesses(stored, ['started']))[0]?.node).toEqual(overWmi()[2]);
  });

  it('lead up to their parents and to who asked for them', async () => {
    const stored = await store(overWmi());
    expect([...(await loadAncestors(stored, ['started']))].sort()).toEqual(['asker', 'service', 'started']);
  });
});

function overWmi(): readonly ProcessNode[] {
  const plain = { firstSeen: micros(1000), imputed: false, link: { strength: 'root' } } as const;
  return [
    { ...plain, entityId: id('asker') },
    { ...plain, entityId: id('service') },
    {
      ...plain,
      entityId: id('started'),
      link: { strength: 'broken', parentId: id('service'), recordedParentId: id('other'), reason: 'by WMI' },
      requestedBy: {
        kind: 'wmi',
        from: id('asker'),
        to: id('started'),
        at: micros(2000),
        strength: 'inferred',
        reason: 'asker asked WMI',
        event: EVENT,
      },
    },
  ];
}

/** Stores the processes on a new host and answers its id. */
async function store(processes: readonly ProcessNode[]): Promise<number> {
  const { rows } = await pool().query<{ id: number }>(
    `INSERT INTO hosts (name, canonical_id) VALUES ('ws1', 1) RETURNING id`,
  );
  const host = rows[0]?.id ?? 0;
  await withConnection((connection) => replaceProcesses(connection, host, [host], processes));
  return host;
}
