-- DropIndex
DROP INDEX "OutboxMessage_key_key";

-- AlterTable
ALTER TABLE "Submission" ADD COLUMN "acceptedVersion" INTEGER;

-- CreateIndex
CREATE UNIQUE INDEX "OutboxMessage_campaignId_key_key" ON "OutboxMessage"("campaignId", "key");
