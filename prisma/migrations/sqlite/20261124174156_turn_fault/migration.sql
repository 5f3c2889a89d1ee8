-- DropIndex
DROP INDEX "ReminderSlot_campaignId_messageKey_idx";

-- AlterTable
ALTER TABLE "Turn" ADD COLUMN "fault" JSONB;
