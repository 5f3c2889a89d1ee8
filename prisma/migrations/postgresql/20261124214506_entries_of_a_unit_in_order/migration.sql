-- DropIndex
DROP INDEX "Entry_campaignId_unitId_idx";

-- CreateIndex
CREATE INDEX "Entry_campaignId_unitId_no_idx" ON "Entry"("campaignId", "unitId", "no");
