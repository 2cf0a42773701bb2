-- CreateTable
CREATE TABLE "sigma_sets" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "chosen" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sigma_sets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sigma_set_versions" (
    "set_id" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "note" TEXT NOT NULL DEFAULT '',
    "files" INTEGER NOT NULL,
    "rules" INTEGER NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "refused" JSONB NOT NULL,

    CONSTRAINT "sigma_set_versions_pkey" PRIMARY KEY ("set_id","n")
);

-- CreateTable
CREATE TABLE "sigma_rules" (
    "id" SERIAL NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "yaml" TEXT NOT NULL,
    "rule_id" TEXT NOT NULL,
    "name" TEXT,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "level" SMALLINT NOT NULL,
    "status" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "license" TEXT,
    "date" TEXT,
    "modified" TEXT,
    "tags" TEXT[],
    "references" TEXT[],
    "false_positives" TEXT[],
    "product" TEXT,
    "category" TEXT,
    "service" TEXT,
    "fields" TEXT[],
    "names" TEXT[],

    CONSTRAINT "sigma_rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sigma_set_rules" (
    "set_id" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,
    "rule_id" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "chosen" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "sigma_set_rules_pkey" PRIMARY KEY ("set_id","n","rule_id")
);

-- CreateTable
CREATE TABLE "sigma_runs" (
    "import_id" INTEGER NOT NULL,
    "run" INTEGER NOT NULL DEFAULT 0,
    "catalogue" TEXT,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "records" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "sigma_runs_pkey" PRIMARY KEY ("import_id")
);

-- CreateTable
CREATE TABLE "sigma_hits" (
    "import_id" INTEGER NOT NULL,
    "run" INTEGER NOT NULL,
    "host_id" INTEGER NOT NULL,
    "event_id" UUID NOT NULL,
    "rule_id" INTEGER NOT NULL,
    "is_event" BOOLEAN NOT NULL,
    "silent" BOOLEAN NOT NULL DEFAULT false,
    "time" BIGINT NOT NULL,
    "member" INTEGER NOT NULL,
    "record_index" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "entity_id" TEXT,
    "pid" INTEGER,
    "image" TEXT,
    "command_line" TEXT,
    "user_name" TEXT,
    "matched" JSONB NOT NULL,
    "fields" JSONB NOT NULL,
    "baseline_id" INTEGER,

    CONSTRAINT "sigma_hits_pkey" PRIMARY KEY ("import_id","run","event_id","rule_id")
);

-- CreateTable
CREATE TABLE "sigma_sources" (
    "import_id" INTEGER NOT NULL,
    "run" INTEGER NOT NULL,
    "host_id" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "records" INTEGER NOT NULL,
    "fields" TEXT[],

    CONSTRAINT "sigma_sources_pkey" PRIMARY KEY ("import_id","run","host_id","source")
);

-- CreateTable
CREATE TABLE "sigma_correlated" (
    "id" SERIAL NOT NULL,
    "rule_id" INTEGER NOT NULL,
    "group" JSONB NOT NULL,
    "from_time" BIGINT NOT NULL,
    "to_time" BIGINT NOT NULL,
    "hits" INTEGER NOT NULL,
    "host_ids" INTEGER[],
    "events" JSONB NOT NULL,

    CONSTRAINT "sigma_correlated_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sigma_baselines" (
    "id" SERIAL NOT NULL,
    "rule_id" TEXT NOT NULL,
    "host_id" INTEGER,
    "title" TEXT NOT NULL,
    "fields" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),
    "revoked_by" TEXT,
    "revoked_reason" TEXT,
    "hit" TEXT,

    CONSTRAINT "sigma_baselines_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sigma_backtests" (
    "id" SERIAL NOT NULL,
    "asked_by" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "rules" JSONB NOT NULL,
    "import_ids" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "progress" JSONB,
    "result" JSONB,
    "error" TEXT,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "sigma_backtests_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "sigma_sets_name_key" ON "sigma_sets"("name");

-- CreateIndex
CREATE UNIQUE INDEX "sigma_rules_sha256_key" ON "sigma_rules"("sha256");

-- CreateIndex
CREATE INDEX "sigma_rules_rule_id_idx" ON "sigma_rules"("rule_id");

-- CreateIndex
CREATE INDEX "sigma_set_rules_rule_id_idx" ON "sigma_set_rules"("rule_id");

-- CreateIndex
CREATE INDEX "sigma_runs_state_idx" ON "sigma_runs"("state");

-- CreateIndex
CREATE INDEX "sigma_hits_rule_id_time_idx" ON "sigma_hits"("rule_id", "time");

-- CreateIndex
CREATE INDEX "sigma_hits_host_id_time_idx" ON "sigma_hits"("host_id", "time");

-- CreateIndex
CREATE INDEX "sigma_hits_host_id_entity_id_idx" ON "sigma_hits"("host_id", "entity_id");

-- CreateIndex
CREATE INDEX "sigma_hits_event_id_idx" ON "sigma_hits"("event_id");

-- CreateIndex
CREATE INDEX "sigma_sources_host_id_idx" ON "sigma_sources"("host_id");

-- CreateIndex
CREATE INDEX "sigma_correlated_rule_id_from_time_idx" ON "sigma_correlated"("rule_id", "from_time");

-- CreateIndex
CREATE INDEX "sigma_baselines_rule_id_idx" ON "sigma_baselines"("rule_id");

-- AddForeignKey
ALTER TABLE "sigma_set_versions" ADD CONSTRAINT "sigma_set_versions_set_id_fkey" FOREIGN KEY ("set_id") REFERENCES "sigma_sets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sigma_set_rules" ADD CONSTRAINT "sigma_set_rules_set_id_n_fkey" FOREIGN KEY ("set_id", "n") REFERENCES "sigma_set_versions"("set_id", "n") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sigma_set_rules" ADD CONSTRAINT "sigma_set_rules_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "sigma_rules"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sigma_runs" ADD CONSTRAINT "sigma_runs_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "imports"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sigma_hits" ADD CONSTRAINT "sigma_hits_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "sigma_rules"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
