-- AlterTable
ALTER TABLE "hosts" ADD COLUMN     "as_reported" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "joined_because" TEXT,
ADD COLUMN     "product_clocks" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "processes" ADD COLUMN     "signer" TEXT,
ADD COLUMN     "sources" TEXT;

-- CreateTable
CREATE TABLE "host_devices" (
    "name" TEXT NOT NULL,
    "device" TEXT NOT NULL,

    CONSTRAINT "host_devices_pkey" PRIMARY KEY ("device","name")
);

-- CreateTable
CREATE TABLE "host_decisions" (
    "name" TEXT NOT NULL,
    "with" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "host_decisions_pkey" PRIMARY KEY ("name","with")
);
