-- CreateTable
CREATE TABLE "Todo" (
    "campaignId" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "dueAt" TIMESTAMP(3) NOT NULL,
    "writtenAt" TIMESTAMP(3) NOT NULL,
    "triedAt" TIMESTAMP(3),
    "problem" TEXT,
    "unionId" TEXT,
    "taskId" TEXT,
    "closedAt" TIMESTAMP(3),

    CONSTRAINT "Todo_pkey" PRIMARY KEY ("campaignId","sourceId")
);

-- CreateIndex
CREATE INDEX "Todo_campaignId_closedAt_idx" ON "Todo"("campaignId", "closedAt");

-- CreateIndex
CREATE INDEX "Todo_campaignId_source_idx" ON "Todo"("campaignId", "source");
