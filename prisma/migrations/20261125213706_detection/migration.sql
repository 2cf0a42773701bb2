-- AlterTable
ALTER TABLE "events" ADD COLUMN     "process_parent_ext_real_entity_id" TEXT,
ADD COLUMN     "process_parent_ext_real_executable" TEXT,
ADD COLUMN     "process_parent_ext_real_pid" INTEGER,
ADD COLUMN     "service_command" TEXT,
ADD COLUMN     "service_name" TEXT,
ADD COLUMN     "target_process_entity_id" TEXT,
ADD COLUMN     "target_process_executable" TEXT,
ADD COLUMN     "target_process_pid" INTEGER,
ADD COLUMN     "task_command" TEXT,
ADD COLUMN     "task_name" TEXT;

-- AlterTable
ALTER TABLE "processes" ADD COLUMN     "recorded_parent_id" TEXT,
ADD COLUMN     "requested_by" TEXT;

-- AlterTable
ALTER TABLE "findings" ADD COLUMN     "baseline_ids" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
ADD COLUMN     "history_keys" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "history" (
    "host_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "first" BIGINT NOT NULL,
    "last" BIGINT NOT NULL,
    "times" INTEGER NOT NULL,

    CONSTRAINT "history_pkey" PRIMARY KEY ("host_id","key")
);

-- CreateTable
CREATE TABLE "settings" (
    "subject" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "effect" JSONB NOT NULL,
    "saved_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "saved_by" TEXT NOT NULL,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("subject","version")
);

-- CreateTable
CREATE TABLE "baselines" (
    "id" SERIAL NOT NULL,
    "analytic" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "when" TEXT NOT NULL,
    "points" INTEGER,
    "reason" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),
    "revoked_by" TEXT,
    "revoked_reason" TEXT,
    "effect" JSONB NOT NULL,

    CONSTRAINT "baselines_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "backtests" (
    "id" SERIAL NOT NULL,
    "subject" TEXT NOT NULL,
    "change" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "import_ids" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "state" TEXT NOT NULL DEFAULT 'queued',
    "hosts_total" INTEGER NOT NULL DEFAULT 0,
    "hosts_done" INTEGER NOT NULL DEFAULT 0,
    "result" JSONB,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "backtests_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "history_key_idx" ON "history"("key");

-- CreateIndex
CREATE INDEX "backtests_created_at_idx" ON "backtests"("created_at");

-- CreateIndex
CREATE INDEX "findings_history_keys_idx" ON "findings" USING GIN ("history_keys");
