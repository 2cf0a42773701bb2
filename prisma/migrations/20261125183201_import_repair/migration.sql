-- DropIndex
DROP INDEX "imports_sha256_key";

-- AlterTable
ALTER TABLE "imports" ADD COLUMN     "clearing" TEXT,
ADD COLUMN     "encrypted" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "member_formats" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "password" TEXT,
ADD COLUMN     "reading" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "scope" TEXT NOT NULL DEFAULT 'all';

-- AlterTable
ALTER TABLE "import_members" ADD COLUMN     "confidence" DOUBLE PRECISION,
ADD COLUMN     "needs_password" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "reason" TEXT;

-- AlterTable
ALTER TABLE "quarantine" ADD COLUMN     "group" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "member" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "part" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "parts" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "sightings" (
    "host_id" INTEGER NOT NULL,
    "event_id" UUID NOT NULL,
    "import_id" INTEGER NOT NULL,
    "member" INTEGER NOT NULL,
    "record_index" INTEGER NOT NULL,
    "raw_at" BIGINT NOT NULL,
    "raw_length" INTEGER NOT NULL,
    "raw_chunk" INTEGER,

    CONSTRAINT "sightings_pkey" PRIMARY KEY ("host_id","event_id","import_id")
);

-- CreateTable
CREATE TABLE "audit" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "by" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sightings_import_id_idx" ON "sightings"("import_id");

-- CreateIndex
CREATE INDEX "audit_subject_id_idx" ON "audit"("subject", "id");

-- CreateIndex
CREATE INDEX "quarantine_import_id_group_n_idx" ON "quarantine"("import_id", "group", "n");

-- AddForeignKey
ALTER TABLE "sightings" ADD CONSTRAINT "sightings_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "imports"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The same bytes are the same import, but one that is being deleted does not stand in the way of a new one.
CREATE UNIQUE INDEX "imports_sha256_key" ON "imports"("sha256") WHERE "clearing" IS DISTINCT FROM 'delete';

-- The audit is only ever added to, whoever asks.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER "audit_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- Quarantine from before: its member is the one of that name, its group the reason without quotes and numbers.
UPDATE "quarantine" q SET "member" = m."n" FROM "import_members" m
  WHERE m."import_id" = q."import_id" AND m."name" = q."file";
UPDATE "quarantine" SET "group" = left(regexp_replace(regexp_replace("reason", '"[^"]*"', '"…"', 'g'), '\d+', 'N', 'g'), 200);
