import { setTimeout as sleep } from 'node:timers/promises';
import { pool, withConnection } from '../lib/storage/client';
import { importSample } from '../lib/workflows/importSample';
import { startWorker } from './worker';

/** How much the queue holds while it is measured. */
export const QUEUE_SIZE = { findings: 100_000, hosts: 2_000, alerts: 100_000, decided: 30_000 } as const;

/**
 * Fills the database with a large queue: the sample's findings, as they are, over many hosts, with times, scores,
 * users, programs and destinations of their own, a third of them decided, and as many alerts.
 */
export async function fillQueue(): Promise<void> {
  await importTemplates();
  await withConnection(async (connection) => {
    for (const statement of STATEMENTS) await connection.query(statement);
    // As it stands once autovacuum has been there; a queue does not come in one second.
    for (const table of ['findings', 'decisions', 'alerts', 'hosts', 'alert_decisions'])
      await connection.query(`VACUUM ANALYZE ${table}`);
  });
}

async function importTemplates(): Promise<void> {
  const worker = await startWorker();
  try {
    await importSample({ wait: false });
    for (;;) {
      const { rows } = await pool().query<{ state: string }>('SELECT state FROM imports');
      if (rows[0]?.state === 'done') return;
      if (rows[0]?.state === 'failed') throw new Error('the sample could not be imported');
      await sleep(100);
    }
  } finally {
    await worker.stop();
  }
}

const { findings, hosts, alerts, decided } = QUEUE_SIZE;
const STATEMENTS = [
  `WITH made AS (INSERT INTO hosts (name, canonical_id) SELECT 'ws' || lpad(i::text, 4, '0') || '.corp.example', 0
     FROM generate_series(1, ${hosts}) i RETURNING id) SELECT count(*) FROM made`,
  'UPDATE hosts SET canonical_id = id WHERE canonical_id = 0',
  'CREATE TEMP TABLE bench_templates AS SELECT row_number() OVER (ORDER BY id) - 1 AS n, * FROM findings',
  "CREATE TEMP TABLE bench_hosts AS SELECT row_number() OVER (ORDER BY id) - 1 AS n, id, name FROM hosts WHERE name LIKE '%.corp.example'",
  `INSERT INTO findings (id, host_id, analytic, analytic_version, status, severity, score, user_name, headline, trail, suppressed,
     blind, from_time, to_time, created_at, shape, root, destinations, history_keys, baseline_ids, import_ids, strip, body)
   SELECT md5(i::text), h.id, t.analytic, t.analytic_version, CASE WHEN i % 3 = 0 THEN 'complete' ELSE t.status END,
     (i * 7 % 5)::smallint, (i * 31 % 101)::smallint, 'CORP\\user' || i % 1500, t.headline || ' (' || md5((i % 4000)::text) || ')',
     t.trail, i % 20 = 0, t.blind, t.from_time + i * 1000000::bigint, t.to_time + i * 1000000::bigint,
     now() - i * interval '20 seconds',
     t.shape || '>x=tool' || i / 50 % 20 || '.exe', CASE WHEN i % 97 = 0 THEN 'c:\\odd\\' || i || '.exe' ELSE t.root END,
     CASE WHEN i % 89 = 0 THEN ARRAY['odd' || i || '.example'] ELSE t.destinations END,
     t.history_keys, t.baseline_ids, t.import_ids, t.strip, t.body
   FROM generate_series(1, ${findings}) i
     JOIN bench_templates t ON t.n = i % (SELECT count(*) FROM bench_templates)
     JOIN bench_hosts h ON h.n = i * 13 % ${hosts}`,
  `INSERT INTO decisions (finding_id, verdict, verdict_reason, verdict_by, verdict_at, assignee)
   SELECT md5(i::text), CASE WHEN i % 5 < 4 THEN (ARRAY['true_positive', 'benign_true_positive', 'false_positive', 'undetermined'])[i % 4 + 1] END,
     'as agreed with the owner', CASE WHEN i % 5 < 4 THEN 'anna' END, CASE WHEN i % 5 < 4 THEN now() END,
     CASE WHEN i % 3 = 0 THEN 'person' || i % 12 END FROM generate_series(1, ${findings}, ${Math.round(findings / decided)}) i`,
  `INSERT INTO service_clocks (severity, minutes, set_by) VALUES (4, 60, 'bench'), (3, 480, 'bench'), (2, 2880, 'bench') ON CONFLICT DO NOTHING`,
  `INSERT INTO alerts (host_id, event_id, alert, rule, product, severity, time, entity_id, subject, user_name, finding_id)
   SELECT h.id, gen_random_uuid(), 'da' || i / 5 * 4 + least(i % 5, 3), 'Suspicious behaviour ' || i % 300, 'defender', (i % 100)::smallint,
     1767225600000000 + i * 1000000::bigint, 'p' || i, 'c:\\windows\\system32\\tool' || i % 40 || '.exe', 'CORP\\user' || i % 1500,
     CASE WHEN i % 40 = 0 THEN md5((i / 10)::text) END
   FROM generate_series(1, ${Math.round(alerts * 1.25)}) i JOIN bench_hosts h ON h.n = i / 5 % ${hosts}`,
  `INSERT INTO alert_decisions (host_id, alert, verdict, verdict_by, verdict_at, assignee, revision)
   SELECT host_id, alert, 'false_positive', 'anna', now(), 'person1', 2 FROM alerts WHERE abs(hashtext(alert)) % 20 = 0
   ON CONFLICT DO NOTHING`,
];
