-- AlterTable
ALTER TABLE "hosts" ADD COLUMN     "os" TEXT,
ADD COLUMN     "seen_from" BIGINT,
ADD COLUMN     "seen_to" BIGINT;

-- AlterTable
ALTER TABLE "coverage" ADD COLUMN     "gaps" JSONB NOT NULL DEFAULT '[]';

-- DropTable
DROP TABLE "rate_limits";

-- CreateTable
CREATE TABLE "coverage_days" (
    "host_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "stage" TEXT NOT NULL,
    "visible" BIGINT NOT NULL,
    "partial" BIGINT NOT NULL,
    "blind" BIGINT NOT NULL,

    CONSTRAINT "coverage_days_pkey" PRIMARY KEY ("host_id","day","stage")
);

-- CreateTable
CREATE TABLE "ledger_days" (
    "host_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "channel_id" INTEGER NOT NULL,
    "kind" SMALLINT NOT NULL,
    "events" INTEGER NOT NULL,
    "hours" INTEGER[],
    "filled" INTEGER[],

    CONSTRAINT "ledger_days_pkey" PRIMARY KEY ("host_id","day","channel_id","kind")
);

-- CreateTable
CREATE TABLE "record_runs" (
    "id" BIGSERIAL NOT NULL,
    "import_id" INTEGER NOT NULL,
    "host_id" INTEGER NOT NULL,
    "channel_id" INTEGER NOT NULL,
    "from_id" BIGINT NOT NULL,
    "to_id" BIGINT NOT NULL,
    "held" INTEGER NOT NULL,
    "from_time" BIGINT NOT NULL,
    "to_time" BIGINT NOT NULL,

    CONSTRAINT "record_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fleet_groups" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "patterns" TEXT[],
    "position" INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "fleet_groups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "host_retirements" (
    "name" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "host_retirements_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "validation_runs" (
    "id" SERIAL NOT NULL,
    "cause" TEXT NOT NULL,
    "asked_by" TEXT,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "ablation" BOOLEAN NOT NULL DEFAULT true,
    "recording_ids" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "shipped" BOOLEAN NOT NULL DEFAULT true,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(6),
    "ended_at" TIMESTAMPTZ(6),
    "report" TEXT,
    "sha256" CHAR(64),
    "signature" TEXT,
    "public_key" TEXT,
    "previous_id" INTEGER,
    "regressed" BOOLEAN,
    "error" TEXT,

    CONSTRAINT "validation_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "validation_recordings" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "size" BIGINT NOT NULL,
    "content" BYTEA NOT NULL,
    "labels" JSONB NOT NULL,
    "added_by" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_by" TEXT,
    "removed_at" TIMESTAMPTZ(6),

    CONSTRAINT "validation_recordings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stage_proofs" (
    "run_id" INTEGER NOT NULL,
    "stage" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "recording" TEXT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "version" TEXT NOT NULL,

    CONSTRAINT "stage_proofs_pkey" PRIMARY KEY ("run_id","stage","source")
);

-- CreateTable
CREATE TABLE "report_schedules" (
    "id" SERIAL NOT NULL,
    "what" TEXT NOT NULL,
    "every" TEXT NOT NULL,
    "day_of" INTEGER NOT NULL,
    "hour" INTEGER NOT NULL,
    "mail_to" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "webhook_ids" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "next_at" TIMESTAMPTZ(6) NOT NULL,
    "last_at" TIMESTAMPTZ(6),
    "last_error" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "report_schedules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attack_bundles" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "bytes" BIGINT NOT NULL,
    "domain" TEXT,
    "version" TEXT,
    "spec_version" TEXT,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "added_by" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attack_bundles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attack_objects" (
    "bundle_id" INTEGER NOT NULL,
    "stix_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "attack_id" TEXT,
    "name" TEXT NOT NULL,
    "version" TEXT,
    "modified" TEXT,
    "sha256" CHAR(64) NOT NULL,
    "url" TEXT,
    "revoked" BOOLEAN NOT NULL DEFAULT false,
    "deprecated" BOOLEAN NOT NULL DEFAULT false,
    "platforms" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "refs" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "attack_objects_pkey" PRIMARY KEY ("bundle_id","stix_id")
);

-- CreateTable
CREATE TABLE "technique_mappings" (
    "id" SERIAL NOT NULL,
    "analytic" TEXT NOT NULL,
    "technique" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_by" TEXT,
    "removed_at" TIMESTAMPTZ(6),

    CONSTRAINT "technique_mappings_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "coverage_days_day_idx" ON "coverage_days"("day");

-- CreateIndex
CREATE INDEX "record_runs_host_id_channel_id_from_id_idx" ON "record_runs"("host_id", "channel_id", "from_id");

-- CreateIndex
CREATE INDEX "record_runs_import_id_idx" ON "record_runs"("import_id");

-- CreateIndex
CREATE UNIQUE INDEX "fleet_groups_name_key" ON "fleet_groups"("name");

-- CreateIndex
CREATE INDEX "validation_runs_created_at_idx" ON "validation_runs"("created_at");

-- CreateIndex
CREATE INDEX "validation_recordings_sha256_idx" ON "validation_recordings"("sha256");

-- CreateIndex
CREATE INDEX "stage_proofs_stage_source_idx" ON "stage_proofs"("stage", "source");

-- CreateIndex
CREATE INDEX "report_schedules_next_at_idx" ON "report_schedules"("next_at");

-- CreateIndex
CREATE UNIQUE INDEX "attack_bundles_sha256_key" ON "attack_bundles"("sha256");

-- CreateIndex
CREATE INDEX "attack_objects_bundle_id_attack_id_idx" ON "attack_objects"("bundle_id", "attack_id");

-- CreateIndex
CREATE INDEX "technique_mappings_analytic_idx" ON "technique_mappings"("analytic");

-- AddForeignKey
ALTER TABLE "record_runs" ADD CONSTRAINT "record_runs_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "imports"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stage_proofs" ADD CONSTRAINT "stage_proofs_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "validation_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attack_objects" ADD CONSTRAINT "attack_objects_bundle_id_fkey" FOREIGN KEY ("bundle_id") REFERENCES "attack_bundles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The visibility ledger is kept by triggers: whatever adds, moves or deletes events counts them in the same transaction.
-- Statement triggers with transition tables: one grouping of the rows a statement touched, one upsert per host, day,
-- channel and kind. Writers hold the row of the host, so two never count the same ledger rows at once.
CREATE FUNCTION ledger_sums(a int[], b int[]) RETURNS int[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_agg(u.x + u.y ORDER BY u.n) FROM unnest(a, b) WITH ORDINALITY AS u(x, y, n)
$$;

-- Number of the UTC hour since 1970 that a time in microseconds lies in; times before 1970 too.
CREATE FUNCTION ledger_hour(at bigint) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ((at - (at % 3600000000 + 3600000000) % 3600000000) / 3600000000)::int
$$;

CREATE FUNCTION ledger_add() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ledger_days AS l (host_id, day, channel_id, kind, events, hours, filled)
  SELECT c.host_id, c.day, c.channel_id, c.kind, sum(c.n)::int AS events,
    ARRAY[coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 0), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 1), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 2), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 3), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 4), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 5), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 6), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 7), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 8), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 9), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 10), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 11), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 12), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 13), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 14), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 15), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 16), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 17), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 18), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 19), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 20), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 21), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 22), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 23), 0)::int] AS hours,
    ARRAY[sum(c.f0)::int, sum(c.f1)::int, sum(c.f2)::int, sum(c.f3)::int, sum(c.f4)::int, sum(c.f5)::int, sum(c.f6)::int, sum(c.f7)::int, sum(c.f8)::int, sum(c.f9)::int, sum(c.f10)::int, sum(c.f11)::int] AS filled
  FROM (SELECT g.*, floor(g.hour / 24.0)::int AS day FROM (
      SELECT t.host_id, t.channel_id, t.kind, ledger_hour(t.time) AS hour, count(*)::int * 1 AS n,
        (count(*) FILTER (WHERE t.process_command_line IS NOT NULL))::int * 1 AS f0,
        (count(*) FILTER (WHERE t.process_parent_entity_id IS NOT NULL OR t.process_parent_pid IS NOT NULL OR t.process_parent_executable IS NOT NULL))::int * 1 AS f1,
        (count(*) FILTER (WHERE t.user_name IS NOT NULL))::int * 1 AS f2,
        (count(*) FILTER (WHERE t.process_hash_sha256 IS NOT NULL OR t.process_hash_md5 IS NOT NULL OR t.process_hash_sha1 IS NOT NULL OR t.file_hash_sha256 IS NOT NULL OR t.file_hash_md5 IS NOT NULL OR t.file_hash_sha1 IS NOT NULL))::int * 1 AS f3,
        (count(*) FILTER (WHERE t.file_origin_url IS NOT NULL OR t.file_origin_referrer_url IS NOT NULL OR t.file_zone_identifier IS NOT NULL))::int * 1 AS f4,
        (count(*) FILTER (WHERE t.process_entity_id IS NOT NULL OR t.process_pid IS NOT NULL))::int * 1 AS f5,
        (count(*) FILTER (WHERE t.process_pe_original_file_name IS NOT NULL))::int * 1 AS f6,
        (count(*) FILTER (WHERE t.process_parent_command_line IS NOT NULL))::int * 1 AS f7,
        (count(*) FILTER (WHERE t.process_integrity_level IS NOT NULL))::int * 1 AS f8,
        (count(*) FILTER (WHERE t.file_path IS NOT NULL))::int * 1 AS f9,
        (count(*) FILTER (WHERE t.destination_ip IS NOT NULL OR t.destination_domain IS NOT NULL))::int * 1 AS f10,
        (count(*) FILTER (WHERE t.winlog_logon_id IS NOT NULL))::int * 1 AS f11
      FROM added t GROUP BY 1, 2, 3, 4
    ) g) c
  GROUP BY c.host_id, c.day, c.channel_id, c.kind
  ORDER BY 1, 2, 3, 4
  ON CONFLICT (host_id, day, channel_id, kind) DO UPDATE SET events = l.events + excluded.events,
    hours = ledger_sums(l.hours, excluded.hours), filled = ledger_sums(l.filled, excluded.filled);
  RETURN NULL;
END $$;

CREATE FUNCTION ledger_subtract() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ledger_days AS l (host_id, day, channel_id, kind, events, hours, filled)
  SELECT c.host_id, c.day, c.channel_id, c.kind, sum(c.n)::int AS events,
    ARRAY[coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 0), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 1), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 2), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 3), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 4), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 5), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 6), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 7), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 8), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 9), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 10), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 11), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 12), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 13), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 14), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 15), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 16), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 17), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 18), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 19), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 20), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 21), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 22), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 23), 0)::int] AS hours,
    ARRAY[sum(c.f0)::int, sum(c.f1)::int, sum(c.f2)::int, sum(c.f3)::int, sum(c.f4)::int, sum(c.f5)::int, sum(c.f6)::int, sum(c.f7)::int, sum(c.f8)::int, sum(c.f9)::int, sum(c.f10)::int, sum(c.f11)::int] AS filled
  FROM (SELECT g.*, floor(g.hour / 24.0)::int AS day FROM (
      SELECT t.host_id, t.channel_id, t.kind, ledger_hour(t.time) AS hour, count(*)::int * -1 AS n,
        (count(*) FILTER (WHERE t.process_command_line IS NOT NULL))::int * -1 AS f0,
        (count(*) FILTER (WHERE t.process_parent_entity_id IS NOT NULL OR t.process_parent_pid IS NOT NULL OR t.process_parent_executable IS NOT NULL))::int * -1 AS f1,
        (count(*) FILTER (WHERE t.user_name IS NOT NULL))::int * -1 AS f2,
        (count(*) FILTER (WHERE t.process_hash_sha256 IS NOT NULL OR t.process_hash_md5 IS NOT NULL OR t.process_hash_sha1 IS NOT NULL OR t.file_hash_sha256 IS NOT NULL OR t.file_hash_md5 IS NOT NULL OR t.file_hash_sha1 IS NOT NULL))::int * -1 AS f3,
        (count(*) FILTER (WHERE t.file_origin_url IS NOT NULL OR t.file_origin_referrer_url IS NOT NULL OR t.file_zone_identifier IS NOT NULL))::int * -1 AS f4,
        (count(*) FILTER (WHERE t.process_entity_id IS NOT NULL OR t.process_pid IS NOT NULL))::int * -1 AS f5,
        (count(*) FILTER (WHERE t.process_pe_original_file_name IS NOT NULL))::int * -1 AS f6,
        (count(*) FILTER (WHERE t.process_parent_command_line IS NOT NULL))::int * -1 AS f7,
        (count(*) FILTER (WHERE t.process_integrity_level IS NOT NULL))::int * -1 AS f8,
        (count(*) FILTER (WHERE t.file_path IS NOT NULL))::int * -1 AS f9,
        (count(*) FILTER (WHERE t.destination_ip IS NOT NULL OR t.destination_domain IS NOT NULL))::int * -1 AS f10,
        (count(*) FILTER (WHERE t.winlog_logon_id IS NOT NULL))::int * -1 AS f11
      FROM removed t GROUP BY 1, 2, 3, 4
    ) g) c
  GROUP BY c.host_id, c.day, c.channel_id, c.kind
  ORDER BY 1, 2, 3, 4
  ON CONFLICT (host_id, day, channel_id, kind) DO UPDATE SET events = l.events + excluded.events,
    hours = ledger_sums(l.hours, excluded.hours), filled = ledger_sums(l.filled, excluded.filled);
  DELETE FROM ledger_days l USING (SELECT DISTINCT host_id FROM removed) r WHERE l.host_id = r.host_id AND l.events = 0;
  RETURN NULL;
END $$;

-- What was and what is, added up: where nothing moved, they cancel out and nothing is written.
CREATE FUNCTION ledger_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ledger_days AS l (host_id, day, channel_id, kind, events, hours, filled)
  SELECT d.* FROM (SELECT c.host_id, c.day, c.channel_id, c.kind, sum(c.n)::int AS events,
    ARRAY[coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 0), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 1), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 2), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 3), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 4), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 5), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 6), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 7), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 8), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 9), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 10), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 11), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 12), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 13), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 14), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 15), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 16), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 17), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 18), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 19), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 20), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 21), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 22), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 23), 0)::int] AS hours,
    ARRAY[sum(c.f0)::int, sum(c.f1)::int, sum(c.f2)::int, sum(c.f3)::int, sum(c.f4)::int, sum(c.f5)::int, sum(c.f6)::int, sum(c.f7)::int, sum(c.f8)::int, sum(c.f9)::int, sum(c.f10)::int, sum(c.f11)::int] AS filled
  FROM (SELECT g.*, floor(g.hour / 24.0)::int AS day FROM (
      SELECT t.host_id, t.channel_id, t.kind, ledger_hour(t.time) AS hour, count(*)::int * 1 AS n,
        (count(*) FILTER (WHERE t.process_command_line IS NOT NULL))::int * 1 AS f0,
        (count(*) FILTER (WHERE t.process_parent_entity_id IS NOT NULL OR t.process_parent_pid IS NOT NULL OR t.process_parent_executable IS NOT NULL))::int * 1 AS f1,
        (count(*) FILTER (WHERE t.user_name IS NOT NULL))::int * 1 AS f2,
        (count(*) FILTER (WHERE t.process_hash_sha256 IS NOT NULL OR t.process_hash_md5 IS NOT NULL OR t.process_hash_sha1 IS NOT NULL OR t.file_hash_sha256 IS NOT NULL OR t.file_hash_md5 IS NOT NULL OR t.file_hash_sha1 IS NOT NULL))::int * 1 AS f3,
        (count(*) FILTER (WHERE t.file_origin_url IS NOT NULL OR t.file_origin_referrer_url IS NOT NULL OR t.file_zone_identifier IS NOT NULL))::int * 1 AS f4,
        (count(*) FILTER (WHERE t.process_entity_id IS NOT NULL OR t.process_pid IS NOT NULL))::int * 1 AS f5,
        (count(*) FILTER (WHERE t.process_pe_original_file_name IS NOT NULL))::int * 1 AS f6,
        (count(*) FILTER (WHERE t.process_parent_command_line IS NOT NULL))::int * 1 AS f7,
        (count(*) FILTER (WHERE t.process_integrity_level IS NOT NULL))::int * 1 AS f8,
        (count(*) FILTER (WHERE t.file_path IS NOT NULL))::int * 1 AS f9,
        (count(*) FILTER (WHERE t.destination_ip IS NOT NULL OR t.destination_domain IS NOT NULL))::int * 1 AS f10,
        (count(*) FILTER (WHERE t.winlog_logon_id IS NOT NULL))::int * 1 AS f11
      FROM added t GROUP BY 1, 2, 3, 4
      UNION ALL
      SELECT t.host_id, t.channel_id, t.kind, ledger_hour(t.time) AS hour, count(*)::int * -1 AS n,
        (count(*) FILTER (WHERE t.process_command_line IS NOT NULL))::int * -1 AS f0,
        (count(*) FILTER (WHERE t.process_parent_entity_id IS NOT NULL OR t.process_parent_pid IS NOT NULL OR t.process_parent_executable IS NOT NULL))::int * -1 AS f1,
        (count(*) FILTER (WHERE t.user_name IS NOT NULL))::int * -1 AS f2,
        (count(*) FILTER (WHERE t.process_hash_sha256 IS NOT NULL OR t.process_hash_md5 IS NOT NULL OR t.process_hash_sha1 IS NOT NULL OR t.file_hash_sha256 IS NOT NULL OR t.file_hash_md5 IS NOT NULL OR t.file_hash_sha1 IS NOT NULL))::int * -1 AS f3,
        (count(*) FILTER (WHERE t.file_origin_url IS NOT NULL OR t.file_origin_referrer_url IS NOT NULL OR t.file_zone_identifier IS NOT NULL))::int * -1 AS f4,
        (count(*) FILTER (WHERE t.process_entity_id IS NOT NULL OR t.process_pid IS NOT NULL))::int * -1 AS f5,
        (count(*) FILTER (WHERE t.process_pe_original_file_name IS NOT NULL))::int * -1 AS f6,
        (count(*) FILTER (WHERE t.process_parent_command_line IS NOT NULL))::int * -1 AS f7,
        (count(*) FILTER (WHERE t.process_integrity_level IS NOT NULL))::int * -1 AS f8,
        (count(*) FILTER (WHERE t.file_path IS NOT NULL))::int * -1 AS f9,
        (count(*) FILTER (WHERE t.destination_ip IS NOT NULL OR t.destination_domain IS NOT NULL))::int * -1 AS f10,
        (count(*) FILTER (WHERE t.winlog_logon_id IS NOT NULL))::int * -1 AS f11
      FROM removed t GROUP BY 1, 2, 3, 4
    ) g) c
  GROUP BY c.host_id, c.day, c.channel_id, c.kind) d WHERE EXISTS (SELECT FROM unnest(d.hours || d.filled) AS u(x) WHERE u.x <> 0)
  ORDER BY 1, 2, 3, 4
  ON CONFLICT (host_id, day, channel_id, kind) DO UPDATE SET events = l.events + excluded.events,
    hours = ledger_sums(l.hours, excluded.hours), filled = ledger_sums(l.filled, excluded.filled);
  DELETE FROM ledger_days l USING (SELECT DISTINCT host_id FROM removed) r WHERE l.host_id = r.host_id AND l.events = 0;
  RETURN NULL;
END $$;

CREATE TRIGGER ledger_add AFTER INSERT ON events REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_add();
CREATE TRIGGER ledger_subtract AFTER DELETE ON events REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_subtract();
CREATE TRIGGER ledger_move AFTER UPDATE ON events REFERENCING OLD TABLE AS removed NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_move();

-- What was stored before.
INSERT INTO ledger_days (host_id, day, channel_id, kind, events, hours, filled)
SELECT c.host_id, c.day, c.channel_id, c.kind, sum(c.n)::int AS events,
    ARRAY[coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 0), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 1), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 2), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 3), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 4), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 5), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 6), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 7), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 8), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 9), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 10), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 11), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 12), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 13), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 14), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 15), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 16), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 17), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 18), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 19), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 20), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 21), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 22), 0)::int, coalesce(sum(c.n) FILTER (WHERE c.hour = 24 * c.day + 23), 0)::int] AS hours,
    ARRAY[sum(c.f0)::int, sum(c.f1)::int, sum(c.f2)::int, sum(c.f3)::int, sum(c.f4)::int, sum(c.f5)::int, sum(c.f6)::int, sum(c.f7)::int, sum(c.f8)::int, sum(c.f9)::int, sum(c.f10)::int, sum(c.f11)::int] AS filled
  FROM (SELECT g.*, floor(g.hour / 24.0)::int AS day FROM (
      SELECT t.host_id, t.channel_id, t.kind, ledger_hour(t.time) AS hour, count(*)::int * 1 AS n,
        (count(*) FILTER (WHERE t.process_command_line IS NOT NULL))::int * 1 AS f0,
        (count(*) FILTER (WHERE t.process_parent_entity_id IS NOT NULL OR t.process_parent_pid IS NOT NULL OR t.process_parent_executable IS NOT NULL))::int * 1 AS f1,
        (count(*) FILTER (WHERE t.user_name IS NOT NULL))::int * 1 AS f2,
        (count(*) FILTER (WHERE t.process_hash_sha256 IS NOT NULL OR t.process_hash_md5 IS NOT NULL OR t.process_hash_sha1 IS NOT NULL OR t.file_hash_sha256 IS NOT NULL OR t.file_hash_md5 IS NOT NULL OR t.file_hash_sha1 IS NOT NULL))::int * 1 AS f3,
        (count(*) FILTER (WHERE t.file_origin_url IS NOT NULL OR t.file_origin_referrer_url IS NOT NULL OR t.file_zone_identifier IS NOT NULL))::int * 1 AS f4,
        (count(*) FILTER (WHERE t.process_entity_id IS NOT NULL OR t.process_pid IS NOT NULL))::int * 1 AS f5,
        (count(*) FILTER (WHERE t.process_pe_original_file_name IS NOT NULL))::int * 1 AS f6,
        (count(*) FILTER (WHERE t.process_parent_command_line IS NOT NULL))::int * 1 AS f7,
        (count(*) FILTER (WHERE t.process_integrity_level IS NOT NULL))::int * 1 AS f8,
        (count(*) FILTER (WHERE t.file_path IS NOT NULL))::int * 1 AS f9,
        (count(*) FILTER (WHERE t.destination_ip IS NOT NULL OR t.destination_domain IS NOT NULL))::int * 1 AS f10,
        (count(*) FILTER (WHERE t.winlog_logon_id IS NOT NULL))::int * 1 AS f11
      FROM events t GROUP BY 1, 2, 3, 4
    ) g) c
  GROUP BY c.host_id, c.day, c.channel_id, c.kind;

-- Coverage over time, gaps and systems come with each host's next correlation: an outcome that is not the last one
-- written makes it write.
UPDATE hosts SET outcome = NULL;
