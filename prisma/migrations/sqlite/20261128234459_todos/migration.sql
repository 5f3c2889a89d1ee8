-- CreateTable
CREATE TABLE "Todo" (
    "campaignId" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "dueAt" DATETIME NOT NULL,
    "writtenAt" DATETIME NOT NULL,
    "triedAt" DATETIME,
    "problem" TEXT,
    "unionId" TEXT,
    "taskId" TEXT,
    "closedAt" DATETIME,

    PRIMARY KEY ("campaignId", "sourceId")
);

-- CreateIndex
CREATE INDEX "Todo_campaignId_closedAt_idx" ON "Todo"("campaignId", "closedAt");

-- CreateIndex
CREATE INDEX "Todo_campaignId_source_idx" ON "Todo"("campaignId", "source");
