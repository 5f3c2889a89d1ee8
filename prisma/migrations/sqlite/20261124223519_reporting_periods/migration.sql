-- AlterTable
ALTER TABLE "Entry" ADD COLUMN "period" TEXT;

-- AlterTable
ALTER TABLE "Publication" ADD COLUMN "period" TEXT;

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Explanation" (
    "campaignId" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "period" TEXT NOT NULL DEFAULT '',
    "indicatorId" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    PRIMARY KEY ("campaignId", "unitId", "period", "indicatorId")
);
INSERT INTO "new_Explanation" ("campaignId", "indicatorId", "text", "unitId") SELECT "campaignId", "indicatorId", "text", "unitId" FROM "Explanation";
DROP TABLE "Explanation";
ALTER TABLE "new_Explanation" RENAME TO "Explanation";
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
