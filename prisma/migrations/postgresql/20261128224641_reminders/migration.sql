-- AlterTable
ALTER TABLE "Submission" ADD COLUMN     "returnedRows" JSONB;

-- AlterTable
ALTER TABLE "TickMark" ADD COLUMN     "since" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "Reminder" (
    "campaignId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "duties" JSONB NOT NULL,
    "askedAt" TIMESTAMP(3),
    "isRead" BOOLEAN,
    "passedOnAt" TIMESTAMP(3),

    CONSTRAINT "Reminder_pkey" PRIMARY KEY ("campaignId","key")
);

-- CreateTable
CREATE TABLE "PutOff" (
    "campaignId" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "until" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PutOff_pkey" PRIMARY KEY ("campaignId","staffId")
);

-- CreateTable
CREATE TABLE "PaperFiling" (
    "campaignId" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PaperFiling_pkey" PRIMARY KEY ("campaignId","unitId")
);

-- CreateTable
CREATE TABLE "MovedDeadline" (
    "campaignId" TEXT NOT NULL,
    "obligation" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "due" TEXT NOT NULL,
    "dueTime" TEXT NOT NULL,
    "movedAt" TIMESTAMP(3) NOT NULL,
    "movedBy" TEXT NOT NULL,

    CONSTRAINT "MovedDeadline_pkey" PRIMARY KEY ("campaignId","obligation","unitId","period","movedAt")
);

-- CreateTable
CREATE TABLE "Deputy" (
    "campaignId" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "namedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Deputy_pkey" PRIMARY KEY ("campaignId","unitId","staffId")
);

-- CreateIndex
CREATE INDEX "Reminder_campaignId_staffId_at_idx" ON "Reminder"("campaignId", "staffId", "at");

-- CreateIndex
CREATE INDEX "Reminder_campaignId_at_idx" ON "Reminder"("campaignId", "at");
