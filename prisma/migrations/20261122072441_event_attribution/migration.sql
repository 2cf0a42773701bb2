-- AlterTable
ALTER TABLE "events" ADD COLUMN     "attributed_entity_id" TEXT;

-- Written by hand from here: what the schema language cannot say.

-- One process's events in order of time, by the process they are attributed to.
DROP INDEX "events_process_idx";
CREATE INDEX "events_process_idx" ON "events" ("host_id", (coalesce("attributed_entity_id", "process_entity_id")), "time");

-- The few events whose attribution a new run may take back.
CREATE INDEX "events_attributed_idx" ON "events" ("host_id") WHERE "attributed_entity_id" IS NOT NULL;
