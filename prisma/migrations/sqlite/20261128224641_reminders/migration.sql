-- AlterTable
ALTER TABLE "Submission" ADD COLUMN "returnedRows" JSONB;

-- AlterTable
ALTER TABLE "TickMark" ADD COLUMN "since" DATETIME;

-- CreateTable
CREATE TABLE "Reminder" (
    "campaignId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "duties" JSONB NOT NULL,
    "askedAt" DATETIME,
    "isRead" BOOLEAN,
    "passedOnAt" DATETIME,

    PRIMARY KEY ("campaignId", "key")
);

-- CreateTable
CREATE TABLE "PutOff" (
    "campaignId" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "until" DATETIME NOT NULL,

    PRIMARY KEY ("campaignId", "staffId")
);

-- CreateTable
CREATE TABLE "PaperFiling" (
    "campaignId" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("campaignId", "unitId")
);

-- CreateTable
CREATE TABLE "MovedDeadline" (
    "campaignId" TEXT NOT NULL,
    "obligation" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "due" TEXT NOT NULL,
    "dueTime" TEXT NOT NULL,
    "movedAt" DATETIME NOT NULL,
    "movedBy" TEXT NOT NULL,

    PRIMARY KEY ("campaignId", "obligation", "unitId", "period", "movedAt")
);

-- CreateTable
CREATE TABLE "Deputy" (
    "campaignId" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "namedAt" DATETIME NOT NULL,

    PRIMARY KEY ("campaignId", "unitId", "staffId")
);

-- CreateIndex
CREATE INDEX "Reminder_campaignId_staffId_at_idx" ON "Reminder"("campaignId", "staffId", "at");

-- CreateIndex
CREATE INDEX "Reminder_campaignId_at_idx" ON "Reminder"("campaignId", "at");
