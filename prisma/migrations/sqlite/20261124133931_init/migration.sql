-- CreateTable
CREATE TABLE "Turn" (
    "key" TEXT NOT NULL,
    "campaignId" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "changes" JSONB NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("campaignId", "key")
);

-- CreateTable
CREATE TABLE "Conversation" (
    "campaignId" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "updatedAt" DATETIME NOT NULL,

    PRIMARY KEY ("campaignId", "staffId")
);

-- CreateTable
CREATE TABLE "Counter" (
    "campaignId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "last" INTEGER NOT NULL,

    PRIMARY KEY ("campaignId", "kind")
);

-- CreateTable
CREATE TABLE "DirectoryEntry" (
    "mobile" TEXT NOT NULL PRIMARY KEY,
    "staffId" TEXT,
    "checkedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Nomination" (
    "campaignId" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "unitId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "post" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "staffId" TEXT,
    "proposedBy" TEXT NOT NULL,
    "proposedAt" DATETIME NOT NULL,
    "status" TEXT NOT NULL,
    "decidedBy" TEXT,
    "decidedAt" DATETIME,

    PRIMARY KEY ("campaignId", "no")
);

-- CreateTable
CREATE TABLE "Entry" (
    "campaignId" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "unitId" TEXT NOT NULL,
    "indicatorId" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "figures" JSONB NOT NULL,
    "isNotApplicable" BOOLEAN NOT NULL,
    "date" TEXT,
    "dateFrom" TEXT,
    "fixes" INTEGER,
    "turnKey" TEXT NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "recordedAt" DATETIME NOT NULL,
    "withdrawnAt" DATETIME,

    PRIMARY KEY ("campaignId", "no")
);

-- CreateTable
CREATE TABLE "Explanation" (
    "campaignId" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "indicatorId" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    PRIMARY KEY ("campaignId", "unitId", "indicatorId")
);

-- CreateTable
CREATE TABLE "Submission" (
    "campaignId" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "firstSubmittedAt" DATETIME,
    "returnedReason" TEXT,
    "returnedAt" DATETIME,

    PRIMARY KEY ("campaignId", "unitId", "period")
);

-- CreateTable
CREATE TABLE "SubmittedForm" (
    "campaignId" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "rows" JSONB NOT NULL,
    "explanations" JSONB NOT NULL,
    "submittedAt" DATETIME NOT NULL,
    "submittedBy" TEXT NOT NULL,

    PRIMARY KEY ("campaignId", "unitId", "period", "version")
);

-- CreateTable
CREATE TABLE "UnitFile" (
    "campaignId" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "unitId" TEXT NOT NULL,
    "kind" TEXT,
    "fileName" TEXT NOT NULL,
    "downloadCode" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "storedAs" TEXT,
    "bytes" INTEGER,
    "receivedBy" TEXT NOT NULL,
    "receivedAt" DATETIME NOT NULL,

    PRIMARY KEY ("campaignId", "no")
);

-- CreateTable
CREATE TABLE "BoundGroup" (
    "campaignId" TEXT NOT NULL PRIMARY KEY,
    "conversationId" TEXT NOT NULL,
    "title" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Publication" (
    "campaignId" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "cause" TEXT NOT NULL,
    "table" JSONB NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("campaignId", "no")
);

-- CreateTable
CREATE TABLE "TickMark" (
    "campaignId" TEXT NOT NULL PRIMARY KEY,
    "lookedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "ReminderSlot" (
    "campaignId" TEXT NOT NULL,
    "obligation" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "slotAt" DATETIME NOT NULL,
    "messageKey" TEXT NOT NULL,

    PRIMARY KEY ("campaignId", "obligation", "unitId", "slotAt")
);

-- CreateTable
CREATE TABLE "OutboxMessage" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "campaignId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "addressee" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "at" DATETIME NOT NULL,
    "status" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "notBefore" DATETIME NOT NULL,
    "claimedUntil" DATETIME,
    "sentAt" DATETIME,
    "receipt" TEXT,
    "problem" TEXT
);

-- CreateIndex
CREATE INDEX "Nomination_campaignId_staffId_idx" ON "Nomination"("campaignId", "staffId");

-- CreateIndex
CREATE INDEX "Entry_campaignId_unitId_idx" ON "Entry"("campaignId", "unitId");

-- CreateIndex
CREATE INDEX "UnitFile_campaignId_state_idx" ON "UnitFile"("campaignId", "state");

-- CreateIndex
CREATE INDEX "ReminderSlot_campaignId_messageKey_idx" ON "ReminderSlot"("campaignId", "messageKey");

-- CreateIndex
CREATE UNIQUE INDEX "OutboxMessage_key_key" ON "OutboxMessage"("key");

-- CreateIndex
CREATE INDEX "OutboxMessage_status_addressee_id_idx" ON "OutboxMessage"("status", "addressee", "id");
