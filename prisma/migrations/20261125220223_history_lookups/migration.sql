-- CreateTable
CREATE TABLE "history_lookups" (
    "host_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "first" BIGINT NOT NULL,
    "last" BIGINT NOT NULL,

    CONSTRAINT "history_lookups_pkey" PRIMARY KEY ("host_id","key")
);

-- CreateTable
CREATE TABLE "history_earliest" (
    "key" TEXT NOT NULL,
    "first" BIGINT NOT NULL,

    CONSTRAINT "history_earliest_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "history_lookups_key_idx" ON "history_lookups"("key");
