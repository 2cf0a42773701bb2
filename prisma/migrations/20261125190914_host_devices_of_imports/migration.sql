-- Facts from before say not which import told them; they come back when it is read again.
DELETE FROM "host_devices";

-- AlterTable
ALTER TABLE "host_devices" DROP CONSTRAINT "host_devices_pkey",
ADD COLUMN     "import_id" INTEGER NOT NULL,
ADD CONSTRAINT "host_devices_pkey" PRIMARY KEY ("device", "name", "import_id");

-- CreateIndex
CREATE INDEX "host_devices_import_id_idx" ON "host_devices"("import_id");

-- AddForeignKey
ALTER TABLE "host_devices" ADD CONSTRAINT "host_devices_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "imports"("id") ON DELETE CASCADE ON UPDATE CASCADE;
