-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "ImportState" AS ENUM ('parsing', 'correlating', 'done', 'failed');

-- CreateTable
CREATE TABLE "uploads" (
    "id" UUID NOT NULL,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "touched_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "uploads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "upload_parts" (
    "upload_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "length" INTEGER NOT NULL,
    "gzipped" BOOLEAN NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "upload_parts_pkey" PRIMARY KEY ("upload_id","n")
);

-- CreateTable
CREATE TABLE "imports" (
    "id" SERIAL NOT NULL,
    "upload_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "requested_format" TEXT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "bytes" BIGINT NOT NULL,
    "state" "ImportState" NOT NULL DEFAULT 'parsing',
    "read" INTEGER NOT NULL DEFAULT 0,
    "events" INTEGER NOT NULL DEFAULT 0,
    "ignored" INTEGER NOT NULL DEFAULT 0,
    "duplicates" INTEGER NOT NULL DEFAULT 0,
    "quarantined" INTEGER NOT NULL DEFAULT 0,
    "ignored_types" JSONB NOT NULL DEFAULT '{}',
    "event_kinds" JSONB NOT NULL DEFAULT '{}',
    "bytes_read" BIGINT NOT NULL DEFAULT 0,
    "batches" INTEGER NOT NULL DEFAULT 0,
    "error" JSONB,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "imports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_members" (
    "import_id" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "format" TEXT,
    "read" INTEGER NOT NULL DEFAULT 0,
    "events" INTEGER NOT NULL DEFAULT 0,
    "ignored" INTEGER NOT NULL DEFAULT 0,
    "duplicates" INTEGER NOT NULL DEFAULT 0,
    "quarantined" INTEGER NOT NULL DEFAULT 0,
    "resume_index" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,

    CONSTRAINT "import_members_pkey" PRIMARY KEY ("import_id","n")
);

-- CreateTable
CREATE TABLE "import_hosts" (
    "import_id" INTEGER NOT NULL,
    "host_id" INTEGER NOT NULL,
    "events" INTEGER NOT NULL DEFAULT 0,
    "needs" BIGINT NOT NULL DEFAULT 0,
    "source_from" BIGINT,
    "source_to" BIGINT,
    "record_from" BIGINT,
    "record_to" BIGINT,

    CONSTRAINT "import_hosts_pkey" PRIMARY KEY ("import_id","host_id")
);

-- CreateTable
CREATE TABLE "quarantine" (
    "import_id" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,
    "file" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "offset" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "size" INTEGER NOT NULL,

    CONSTRAINT "quarantine_pkey" PRIMARY KEY ("import_id","n")
);

-- CreateTable
CREATE TABLE "raw_chunks" (
    "import_id" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,
    "length" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "raw_chunks_pkey" PRIMARY KEY ("import_id","n")
);

-- CreateTable
CREATE TABLE "hosts" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "canonical_id" INTEGER NOT NULL,
    "changes" BIGINT NOT NULL DEFAULT 0,
    "correlated_changes" BIGINT NOT NULL DEFAULT 0,
    "correlated_at" TIMESTAMPTZ(3),
    "clock" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "hosts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "host_kinds" (
    "host_id" INTEGER NOT NULL,
    "kind" SMALLINT NOT NULL,
    "events" INTEGER NOT NULL,

    CONSTRAINT "host_kinds_pkey" PRIMARY KEY ("host_id","kind")
);

-- CreateTable
CREATE TABLE "channels" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "channels_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "events" (
    "id" UUID NOT NULL,
    "time" BIGINT NOT NULL,
    "recorded" BIGINT NOT NULL,
    "reported" BIGINT,
    "record_id" BIGINT,
    "raw_at" BIGINT NOT NULL,
    "host_id" INTEGER NOT NULL,
    "import_id" INTEGER NOT NULL,
    "raw_length" INTEGER NOT NULL,
    "raw_chunk" INTEGER,
    "member" INTEGER NOT NULL,
    "record_index" INTEGER NOT NULL,
    "process_pid" INTEGER,
    "process_parent_pid" INTEGER,
    "destination_port" INTEGER,
    "source_port" INTEGER,
    "file_zone_identifier" INTEGER,
    "channel_id" INTEGER NOT NULL,
    "kind" SMALLINT NOT NULL,
    "sensor_clock" BOOLEAN NOT NULL,
    "code" TEXT NOT NULL,
    "user_name" TEXT,
    "user_domain" TEXT,
    "user_id" TEXT,
    "process_entity_id" TEXT,
    "process_executable" TEXT,
    "process_command_line" TEXT,
    "process_working_directory" TEXT,
    "process_pe_original_file_name" TEXT,
    "process_hash_sha256" TEXT,
    "process_hash_md5" TEXT,
    "process_hash_sha1" TEXT,
    "process_pe_imphash" TEXT,
    "process_integrity_level" TEXT,
    "process_parent_entity_id" TEXT,
    "process_parent_executable" TEXT,
    "process_parent_command_line" TEXT,
    "winlog_logon_id" TEXT,
    "winlog_logon_type" TEXT,
    "file_path" TEXT,
    "file_original_path" TEXT,
    "file_hash_sha256" TEXT,
    "file_origin_url" TEXT,
    "file_origin_referrer_url" TEXT,
    "file_access" TEXT,
    "destination_ip" TEXT,
    "destination_domain" TEXT,
    "source_ip" TEXT,
    "network_transport" TEXT,
    "network_direction" TEXT,
    "dns_question_name" TEXT,
    "dns_answers" TEXT,
    "dll_path" TEXT,
    "dll_code_signature_status" TEXT,
    "registry_path" TEXT,
    "registry_data" TEXT,
    "pipe_name" TEXT,
    "powershell_script_block_text" TEXT,
    "rule_name" TEXT,
    "message" TEXT,

    CONSTRAINT "events_pkey" PRIMARY KEY ("host_id","id")
);

-- CreateTable
CREATE TABLE "processes" (
    "host_id" INTEGER NOT NULL,
    "entity_id" TEXT NOT NULL,
    "parent_id" TEXT,
    "link_strength" TEXT NOT NULL,
    "link_reason" TEXT,
    "pid" INTEGER,
    "imputed" BOOLEAN NOT NULL,
    "started_at" BIGINT,
    "ended_at" BIGINT,
    "first_seen" BIGINT NOT NULL,
    "start_event" UUID,
    "image" TEXT,
    "command_line" TEXT,
    "original_file_name" TEXT,
    "user_name" TEXT,
    "user_id" TEXT,
    "integrity" TEXT,
    "sha256" TEXT,
    "logon_id" TEXT,
    "working_directory" TEXT,

    CONSTRAINT "processes_pkey" PRIMARY KEY ("host_id","entity_id")
);

-- CreateTable
CREATE TABLE "coverage" (
    "host_id" INTEGER NOT NULL,
    "stage" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "fix" TEXT,

    CONSTRAINT "coverage_pkey" PRIMARY KEY ("host_id","stage")
);

-- CreateTable
CREATE TABLE "findings" (
    "id" TEXT NOT NULL,
    "host_id" INTEGER NOT NULL,
    "analytic" TEXT NOT NULL,
    "analytic_version" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "severity" SMALLINT NOT NULL,
    "score" SMALLINT NOT NULL,
    "user_name" TEXT,
    "headline" TEXT NOT NULL,
    "trail" TEXT NOT NULL,
    "suppressed" BOOLEAN NOT NULL,
    "blind" BOOLEAN NOT NULL,
    "stale" BOOLEAN NOT NULL DEFAULT false,
    "from_time" BIGINT NOT NULL,
    "to_time" BIGINT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "shape" TEXT NOT NULL,
    "import_ids" INTEGER[],
    "strip" JSONB NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "findings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decisions" (
    "finding_id" TEXT NOT NULL,
    "verdict" TEXT,
    "verdict_reason" TEXT NOT NULL DEFAULT '',
    "verdict_by" TEXT,
    "verdict_at" TIMESTAMPTZ(6),
    "assignee" TEXT,

    CONSTRAINT "decisions_pkey" PRIMARY KEY ("finding_id")
);

-- CreateTable
CREATE TABLE "activity" (
    "id" BIGSERIAL NOT NULL,
    "finding_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "by" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "activity_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "imports_upload_id_key" ON "imports"("upload_id");

-- CreateIndex
CREATE UNIQUE INDEX "imports_sha256_key" ON "imports"("sha256");

-- CreateIndex
CREATE INDEX "imports_state_idx" ON "imports"("state");

-- CreateIndex
CREATE INDEX "import_hosts_host_id_idx" ON "import_hosts"("host_id");

-- CreateIndex
CREATE UNIQUE INDEX "hosts_name_key" ON "hosts"("name");

-- CreateIndex
CREATE INDEX "hosts_canonical_id_idx" ON "hosts"("canonical_id");

-- CreateIndex
CREATE UNIQUE INDEX "channels_name_key" ON "channels"("name");

-- CreateIndex
CREATE INDEX "events_host_id_time_idx" ON "events"("host_id", "time");

-- CreateIndex
CREATE INDEX "processes_host_id_parent_id_idx" ON "processes"("host_id", "parent_id");

-- CreateIndex
CREATE INDEX "findings_host_id_idx" ON "findings"("host_id");

-- CreateIndex
CREATE INDEX "findings_score_id_idx" ON "findings"("score" DESC, "id");

-- CreateIndex
CREATE INDEX "findings_from_time_id_idx" ON "findings"("from_time", "id");

-- CreateIndex
CREATE INDEX "findings_analytic_shape_idx" ON "findings"("analytic", "shape");

-- CreateIndex
CREATE INDEX "decisions_assignee_idx" ON "decisions"("assignee");

-- CreateIndex
CREATE INDEX "activity_finding_id_id_idx" ON "activity"("finding_id", "id");

-- AddForeignKey
ALTER TABLE "upload_parts" ADD CONSTRAINT "upload_parts_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "uploads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "imports" ADD CONSTRAINT "imports_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "uploads"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_members" ADD CONSTRAINT "import_members_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "imports"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_hosts" ADD CONSTRAINT "import_hosts_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "imports"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_hosts" ADD CONSTRAINT "import_hosts_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "hosts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quarantine" ADD CONSTRAINT "quarantine_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "imports"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "raw_chunks" ADD CONSTRAINT "raw_chunks_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "imports"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "host_kinds" ADD CONSTRAINT "host_kinds_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "hosts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here: what the schema language cannot say.

-- Already compressed; without this PostgreSQL would try again, and fail, on every value.
ALTER TABLE "upload_parts" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
ALTER TABLE "raw_chunks" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;

-- One process's events in order of time. Partial: many records name no process.
CREATE INDEX "events_process_idx" ON "events" ("host_id", "process_entity_id", "time") WHERE "process_entity_id" IS NOT NULL;

-- A vendor's own alerts (kind 22): few, and counted on every look at the queue.
CREATE INDEX "events_alerts_idx" ON "events" ("host_id", "process_entity_id") WHERE "kind" = 22;

-- The findings that cite an import.
CREATE INDEX "findings_imports_idx" ON "findings" USING gin ("import_ids");

-- Rows are only ever added to events in bulk, and corrected a few at a time: wait for fewer dead rows before
-- cleaning, and analyse early so that the first import already plans well.
ALTER TABLE "events" SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);
