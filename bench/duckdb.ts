import { DuckDBInstance } from '@duckdb/node-api';
import { answer } from './measurement';
import { measured, peakBytes, type Usage } from './usage';

export type DuckdbTask = { readonly folder: string };
export type DuckdbAnswer = Usage & {
  readonly loadSeconds: number;
  readonly hits: Readonly<Record<string, number>>;
  readonly peakBytes: number;
};

const COLUMNS = {
  id: 'VARCHAR',
  kind: 'VARCHAR',
  time: 'BIGINT',
  'process.entity_id': 'VARCHAR',
  'process.parent.entity_id': 'VARCHAR',
  'process.executable': 'VARCHAR',
  'process.command_line': 'VARCHAR',
  'file.path': 'VARCHAR',
  'destination.ip': 'VARCHAR',
  'dns.question.name': 'VARCHAR',
};

function loadFrom(folder: string): string {
  const columns = Object.entries(COLUMNS)
    .map(([name, type]) => `'${name}': '${type}'`)
    .join(', ');
  return `CREATE TABLE events AS SELECT filename AS host, id, kind, time, "process.entity_id" AS process,
      "process.parent.entity_id" AS parent, lower("process.executable") AS image,
      lower("process.command_line") AS command, lower("file.path") AS path
    FROM read_ndjson('${folder}/*.ndjson', columns = {${columns}}, filename = true)`;
}

/** Lineage: every process that descends from a program one of the analytics starts at, itself included. */
const BELOW = `CREATE TABLE below AS
  WITH RECURSIVE starts AS (SELECT host, process, parent, image, command, time FROM events WHERE kind = 'process_start'),
  down(host, root, process, time, depth) AS (
    SELECT host, process, process, time, 0 FROM starts
      WHERE regexp_matches(image, '\\\\(mshta|winword|excel|powerpnt|outlook|msaccess|acrord32|wscript|cscript|powershell|cmd|rundll32|chrome|msedge|firefox)\\.exe$')
    UNION SELECT d.host, d.root, s.process, s.time, d.depth + 1
      FROM down d JOIN starts s ON s.host = d.host AND s.parent = d.process WHERE d.depth < 16)
  SELECT * FROM down`;

const MINUTE = 60_000_000;
const ENGINES = `'\\\\(wscript|cscript|mshta|rundll32|powershell|cmd|regsvr32)\\.exe$'`;

const SEQUENCES: Readonly<Record<string, string>> = {
  // mshta on content → a file, a connection, or a program it started
  AN1397: `SELECT count(*) FROM events m WHERE m.kind = 'process_start' AND m.image LIKE '%\\mshta.exe'
    AND regexp_matches(m.command, 'https?:|\\.hta|javascript:|vbscript:|\\\\\\\\')
    AND (EXISTS (SELECT 1 FROM events f WHERE f.host = m.host AND f.process = m.process
          AND f.kind IN ('file_create', 'file_rename', 'network_connect', 'dns_query')
          AND f.time BETWEEN m.time AND m.time + ${10 * MINUTE})
      OR EXISTS (SELECT 1 FROM below b WHERE b.host = m.host AND b.root = m.process AND b.depth > 0
          AND b.time BETWEEN m.time AND m.time + ${10 * MINUTE}))`,
  // user application → file it wrote → program below it → connection from that program
  AN1314: `SELECT count(DISTINCT a.host || a.process) FROM events a
    JOIN events f ON f.host = a.host AND f.process = a.process AND f.kind = 'file_create' AND f.time >= a.time
    JOIN below b ON b.host = a.host AND b.root = a.process AND b.depth > 0 AND b.time BETWEEN f.time AND f.time + ${10 * MINUTE}
    JOIN events s ON s.host = b.host AND s.process = b.process AND s.kind = 'process_start' AND regexp_matches(s.image, ${ENGINES})
    JOIN events n ON n.host = b.host AND n.process = b.process AND n.kind IN ('network_connect', 'dns_query')
      AND n.time BETWEEN b.time AND b.time + ${10 * MINUTE}
    WHERE a.kind = 'process_start' AND regexp_matches(a.image, '\\\\(winword|excel|powerpnt|outlook|msaccess|acrord32)\\.exe$')`,
  // SVG file → script engine that names it → connection from the engine or below it
  AN1407: `SELECT count(DISTINCT v.host || v.id) FROM events v
    JOIN events s ON s.host = v.host AND s.kind = 'process_start' AND s.time BETWEEN v.time AND v.time + ${24 * 60 * MINUTE}
      AND contains(s.command, v.path) AND regexp_matches(s.image, ${ENGINES})
    JOIN below b ON b.host = s.host AND b.root = s.process
    JOIN events n ON n.host = b.host AND n.process = b.process AND n.kind IN ('network_connect', 'dns_query')
      AND n.time BETWEEN s.time AND s.time + ${10 * MINUTE}
    WHERE v.kind IN ('file_create', 'file_rename', 'file_stream') AND v.path LIKE '%.svg'`,
};

/** Loads the normalised rows into DuckDB in memory and runs the bare sequences of the three analytics as SQL. */
await answer(async ({ folder }: DuckdbTask): Promise<DuckdbAnswer> => {
  const { result, usage } = await measured(async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const start = performance.now();
    await connection.run(loadFrom(folder));
    const loadSeconds = (performance.now() - start) / 1000;
    await connection.run(BELOW);
    const hits: Record<string, number> = {};
    for (const [analytic, sql] of Object.entries(SEQUENCES)) {
      const rows = (await connection.runAndReadAll(sql)).getRows();
      hits[analytic] = Number(rows[0]?.[0] ?? 0);
    }
    return { loadSeconds, hits };
  });
  return { ...usage, ...result, peakBytes: peakBytes() };
});
