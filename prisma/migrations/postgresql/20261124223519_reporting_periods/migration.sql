-- AlterTable
ALTER TABLE "Entry" ADD COLUMN     "period" TEXT;

-- AlterTable
ALTER TABLE "Explanation" DROP CONSTRAINT "Explanation_pkey",
ADD COLUMN     "period" TEXT NOT NULL DEFAULT '',
ADD CONSTRAINT "Explanation_pkey" PRIMARY KEY ("campaignId", "unitId", "period", "indicatorId");

-- AlterTable
ALTER TABLE "Publication" ADD COLUMN     "period" TEXT;
