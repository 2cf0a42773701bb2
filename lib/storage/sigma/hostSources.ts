import { pool } from '../client';
import { REPORTS_AFTER } from '../coverage/retirements';

/** A class of records that a host brought: how many, and which of Sigma's fields they filled. */
export type HostSourceRow = {
  /** lib/sigma/record.ts SigmaSource.key. */
  readonly source: string;
  readonly records: number;
  /** Sorted. */
  readonly fields: readonly string[];
};

/** A host by its canonical id and name, with all classes of records it brought, by key. */
export type HostSourcesRow = {
  readonly id: number;
  readonly name: string;
  readonly sources: readonly HostSourceRow[];
};

/**
 * What the runs that count saw of each host that is still expected to report, in order of name. A host that no run has
 * looked at is not among them.
 */
export async function loadHostSources(): Promise<readonly HostSourcesRow[]> {
  const { rows } = await pool().query<{ id: number; name: string } & HostSourceRow>({
    name: 'sigma_host_sources',
    text: `SELECT h.id, h.name, x.source, x.records, x.fields
      FROM sigma_sources x JOIN sigma_runs u ON u.import_id = x.import_id AND u.run = x.run
        JOIN hosts o ON o.id = x.host_id JOIN hosts h ON h.id = o.canonical_id
      WHERE NOT EXISTS (SELECT 1 FROM hosts m JOIN host_retirements r ON r.name = m.name WHERE m.canonical_id = h.id)
        OR EXISTS (SELECT 1 FROM hosts m JOIN host_retirements r ON r.name = m.name
          WHERE m.canonical_id = h.id AND ${REPORTS_AFTER})
      ORDER BY h.name, h.id, x.source`,
  });
  return groupByHost(rows);
}

function groupByHost(
  rows: readonly ({ readonly id: number; readonly name: string } & HostSourceRow)[],
): readonly HostSourcesRow[] {
  const hosts = new Map<
    number,
    { name: string; sources: Map<string, { records: number; fields: Set<string> }> }
  >();
  for (const { id, name, source, records, fields } of rows) {
    const host = hosts.get(id) ?? { name, sources: new Map() };
    hosts.set(id, host);
    const known = host.sources.get(source) ?? { records: 0, fields: new Set<string>() };
    host.sources.set(source, known);
    known.records += records;
    for (const field of fields) known.fields.add(field);
  }
  return [...hosts].map(([id, { name, sources }]) => ({
    id,
    name,
    sources: [...sources].map(([source, { records, fields }]) => ({
      source,
      records,
      fields: [...fields].sort(),
    })),
  }));
}
