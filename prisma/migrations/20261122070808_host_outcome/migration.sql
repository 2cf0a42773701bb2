-- AlterTable
ALTER TABLE "hosts" ADD COLUMN     "outcome" TEXT;
