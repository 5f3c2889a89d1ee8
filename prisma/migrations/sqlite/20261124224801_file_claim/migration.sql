-- AlterTable
ALTER TABLE "UnitFile" ADD COLUMN "claimedUntil" DATETIME;
