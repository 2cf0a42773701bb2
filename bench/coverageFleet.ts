import { EVENT_KINDS, type EventKind } from '../lib/events/endpointEvent';
import { fleetMachine } from '../lib/sample/machine';
import { withConnection } from '../lib/storage/client';
import { readCatalogue } from '../lib/workflows/readCatalogue';

/** How large the fleet is. */
export const FLEET = { hosts: 500, days: 90, lastDay: '2026-11-20' } as const;

/** Channels and the kinds each delivers, as a machine with Sysmon and audit policies does. */
const DELIVERS: readonly (readonly [channel: string, kinds: readonly EventKind[]])[] = [
  [
    'Microsoft-Windows-Sysmon/Operational',
    [
      'process_start',
      'process_end',
      'file_create',
      'file_stream',
      'network_connect',
      'dns_query',
      'image_load',
    ],
  ],
  ['Security', ['process_start', 'logon', 'file_access']],
  ['Microsoft-Windows-PowerShell/Operational', ['script_block']],
];

/**
 * Fills an empty database with what coverage is read from, for a fleet over three months, as imports and correlation
 * would have left it: days by stage, the ledger by hour, what is missing, and when kinds were blind.
 */
export async function fillFleet(): Promise<void> {
  const { catalogue } = await readCatalogue();
  const stages = catalogue.analytics.flatMap(({ id, stages: own }) =>
    own.map((stage) => `${id}/${stage.id}`),
  );
  const needed = [
    ...new Set(
      catalogue.analytics.flatMap(({ stages: own }) => own.flatMap(({ telemetry }) => telemetry.needs)),
    ),
  ];
  const names = Array.from({ length: FLEET.hosts }, (_, n) => fleetMachine(n).host.toLowerCase());
  const last = Date.parse(`${FLEET.lastDay}T00:00:00Z`) / 86_400_000;
  const kinds = DELIVERS.flatMap(([channel, own]) =>
    own.map((kind) => ({ channel, kind: EVENT_KINDS.indexOf(kind) })),
  );
  await withConnection(async (connection) => {
    const run = (sql: string, values: readonly unknown[]) => connection.query(sql, [...values]);
    await run(
      `INSERT INTO hosts (id, name, canonical_id, os, seen_from, seen_to, correlated_at)
       SELECT n, name, n, 'windows', ($2::bigint - $3 + 1) * 86400000000, $2::bigint * 86400000000 + 61200000000
         - CASE WHEN n % 50 = 0 THEN 20 * 86400000000::bigint ELSE 0 END, now()
       FROM unnest($1::text[]) WITH ORDINALITY AS g(name, n)`,
      [names, last, FLEET.days],
    );
    await run("SELECT setval('hosts_id_seq', $1)", [FLEET.hosts]);
    await run('INSERT INTO channels (name) SELECT unnest($1::text[])', [
      DELIVERS.map(([channel]) => channel),
    ]);
    await run(
      `INSERT INTO host_kinds (host_id, kind, events) SELECT h.id, k.kind, 100000 FROM hosts h CROSS JOIN (SELECT DISTINCT unnest($1::smallint[]) AS kind) k`,
      [kinds.map(({ kind }) => kind)],
    );
    await run(
      `INSERT INTO coverage_days (host_id, day, stage, visible, partial, blind)
       SELECT h.id, d.day, s.stage, CASE WHEN m = 0 THEN on_time - dark ELSE 0 END, CASE WHEN m = 1 THEN on_time - dark ELSE 0 END,
         CASE WHEN m = 2 THEN on_time ELSE dark END
       FROM hosts h CROSS JOIN generate_series($2::int - $3::int + 1, $2::int) AS d(day)
         CROSS JOIN unnest($1::text[]) WITH ORDINALITY AS s(stage, n)
         CROSS JOIN LATERAL (SELECT CASE WHEN (h.id + s.n) % 7 = 0 THEN 2 WHEN (h.id + s.n) % 5 = 0 THEN 1 ELSE 0 END AS m,
           36000000000 + (h.id * d.day % 1000)::bigint * 1000000 AS on_time, (d.day % 3)::bigint * 3600000000 AS dark) AS t
       WHERE d.day <= h.seen_to / 86400000000`,
      [stages, last, FLEET.days],
    );
    await run(
      `INSERT INTO ledger_days (host_id, day, channel_id, kind, events, hours, filled)
       SELECT h.id, d.day, c.id, k.kind, 1000,
         ARRAY(SELECT CASE WHEN hour BETWEEN 7 AND 17 THEN 90 + hour ELSE 0 END FROM generate_series(0, 23) hour), array_fill(900, ARRAY[12])
       FROM hosts h CROSS JOIN generate_series($3::int - $4::int + 1, $3::int) AS d(day)
         CROSS JOIN unnest($1::text[], $2::smallint[]) AS k(channel, kind) JOIN channels c ON c.name = k.channel
       WHERE d.day <= h.seen_to / 86400000000`,
      [kinds.map(({ channel }) => channel), kinds.map(({ kind }) => kind), last, FLEET.days],
    );
    await run(
      `INSERT INTO coverage (host_id, stage, state, why, fix, gaps)
       SELECT h.id, s.stage, CASE WHEN (h.id + s.n) % 7 = 0 THEN 'blind' WHEN (h.id + s.n) % 5 = 0 THEN 'partial' ELSE 'visible' END,
         'as the recording says', 'set it', CASE WHEN (h.id + s.n) % 7 = 0 THEN '[{"kind":"kind","what":"network_connect","sentence":"no network_connect events from this host"}]'
           WHEN (h.id + s.n) % 5 = 0 THEN '[{"kind":"field","what":"process.command_line","sentence":"process.command_line is recorded for only 60 % of these events"}]'
           ELSE '[]' END::jsonb
       FROM hosts h CROSS JOIN unnest($1::text[]) WITH ORDINALITY AS s(stage, n)`,
      [stages],
    );
    await run(
      `INSERT INTO blind_intervals (host_id, kind, "from", "to", reason)
       SELECT h.id, k.kind, d.day * 86400000000::bigint, d.day * 86400000000::bigint + 7200000000, 'no telemetry at all'
       FROM hosts h CROSS JOIN unnest($1::smallint[]) AS k(kind) CROSS JOIN generate_series($2::int - $3::int + 1, $2::int, 3) AS d(day)`,
      [needed.map((kind) => EVENT_KINDS.indexOf(kind)), last, FLEET.days],
    );
    await run(
      `INSERT INTO fleet_groups (name, patterns, position, by) SELECT name, ARRAY[pattern], n, 'bench'
       FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS g(name, pattern, n)`,
      [
        ['Finance', 'Engineering', 'People'],
        ['fin-*', 'eng-*', 'hr-*'],
      ],
    );
    // As it stands once autovacuum has been there.
    for (const table of [
      'hosts',
      'coverage_days',
      'ledger_days',
      'coverage',
      'blind_intervals',
      'host_kinds',
    ])
      await connection.query(`VACUUM ANALYZE ${table}`);
    // Must not be written out on the time of what is measured next.
    await connection.query('CHECKPOINT');
  });
}
