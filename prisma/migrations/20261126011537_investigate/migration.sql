-- AlterTable
ALTER TABLE "findings" ADD COLUMN     "destinations" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "root" TEXT;

-- CreateTable
CREATE TABLE "blind_intervals" (
    "host_id" INTEGER NOT NULL,
    "kind" SMALLINT NOT NULL,
    "from" BIGINT NOT NULL,
    "to" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "blind_intervals_pkey" PRIMARY KEY ("host_id","kind","from")
);

-- CreateTable
CREATE TABLE "event_flags" (
    "event_id" UUID NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_flags_pkey" PRIMARY KEY ("event_id")
);

-- CreateTable
CREATE TABLE "event_comments" (
    "id" SERIAL NOT NULL,
    "event_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawn_at" TIMESTAMPTZ(6),

    CONSTRAINT "event_comments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "saved_searches" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "columns" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "order" TEXT NOT NULL DEFAULT 'newest',
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_searches_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "event_comments_event_id_id_idx" ON "event_comments"("event_id", "id");

-- CreateIndex
CREATE INDEX "saved_searches_by_idx" ON "saved_searches"("by");

-- CreateIndex
CREATE INDEX "findings_analytic_root_idx" ON "findings"("analytic", "root");

-- CreateIndex
CREATE INDEX "findings_destinations_idx" ON "findings" USING GIN ("destinations");
