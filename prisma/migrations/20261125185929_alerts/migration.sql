-- CreateTable
CREATE TABLE "alerts" (
    "host_id" INTEGER NOT NULL,
    "event_id" UUID NOT NULL,
    "alert" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "product" TEXT NOT NULL,
    "severity" SMALLINT NOT NULL DEFAULT 0,
    "time" BIGINT NOT NULL,
    "entity_id" TEXT,
    "subject" TEXT,
    "user_name" TEXT,
    "finding_id" TEXT,

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("host_id","event_id")
);

-- CreateIndex
CREATE INDEX "alerts_time_alert_idx" ON "alerts"("time", "alert");
