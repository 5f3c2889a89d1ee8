-- AlterTable
ALTER TABLE "UnitFile" ADD COLUMN     "claimedUntil" TIMESTAMP(3);
