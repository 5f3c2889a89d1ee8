-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Turn" (
    "key" TEXT NOT NULL,
    "campaignId" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "changes" JSONB NOT NULL,
    "fault" JSONB,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Turn_pkey" PRIMARY KEY ("campaignId","key")
);

-- CreateTable
CREATE TABLE "Conversation" (
    "campaignId" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Conversation_pkey" PRIMARY KEY ("campaignId","staffId")
);

-- CreateTable
CREATE TABLE "Counter" (
    "campaignId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "Counter_pkey" PRIMARY KEY ("campaignId","kind")
);

-- CreateTable
CREATE TABLE "DirectoryEntry" (
    "mobile" TEXT NOT NULL,
    "staffId" TEXT,
    "checkedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "DirectoryEntry_pkey" PRIMARY KEY ("mobile")
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
    "proposedAt" TIMESTAMP(3) NOT NULL,
    "status" TEXT NOT NULL,
    "decidedBy" TEXT,
    "decidedAt" TIMESTAMP(3),

    CONSTRAINT "Nomination_pkey" PRIMARY KEY ("campaignId","no")
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
    "recordedAt" TIMESTAMP(3) NOT NULL,
    "withdrawnAt" TIMESTAMP(3),

    CONSTRAINT "Entry_pkey" PRIMARY KEY ("campaignId","no")
);

-- CreateTable
CREATE TABLE "Explanation" (
    "campaignId" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "indicatorId" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "Explanation_pkey" PRIMARY KEY ("campaignId","unitId","indicatorId")
);

-- CreateTable
CREATE TABLE "Submission" (
    "campaignId" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "firstSubmittedAt" TIMESTAMP(3),
    "acceptedVersion" INTEGER,
    "returnedReason" TEXT,
    "returnedAt" TIMESTAMP(3),

    CONSTRAINT "Submission_pkey" PRIMARY KEY ("campaignId","unitId","period")
);

-- CreateTable
CREATE TABLE "SubmittedForm" (
    "campaignId" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "rows" JSONB NOT NULL,
    "explanations" JSONB NOT NULL,
    "submittedAt" TIMESTAMP(3) NOT NULL,
    "submittedBy" TEXT NOT NULL,

    CONSTRAINT "SubmittedForm_pkey" PRIMARY KEY ("campaignId","unitId","period","version")
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
    "receivedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "UnitFile_pkey" PRIMARY KEY ("campaignId","no")
);

-- CreateTable
CREATE TABLE "BoundGroup" (
    "campaignId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "title" TEXT NOT NULL,

    CONSTRAINT "BoundGroup_pkey" PRIMARY KEY ("campaignId")
);

-- CreateTable
CREATE TABLE "Publication" (
    "campaignId" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "cause" TEXT NOT NULL,
    "table" JSONB NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Publication_pkey" PRIMARY KEY ("campaignId","no")
);

-- CreateTable
CREATE TABLE "TickMark" (
    "campaignId" TEXT NOT NULL,
    "lookedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "TickMark_pkey" PRIMARY KEY ("campaignId")
);

-- CreateTable
CREATE TABLE "ReminderSlot" (
    "campaignId" TEXT NOT NULL,
    "obligation" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "slotAt" TIMESTAMP(3) NOT NULL,
    "messageKey" TEXT NOT NULL,

    CONSTRAINT "ReminderSlot_pkey" PRIMARY KEY ("campaignId","obligation","unitId","slotAt")
);

-- CreateTable
CREATE TABLE "OutboxMessage" (
    "id" SERIAL NOT NULL,
    "campaignId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "addressee" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "status" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "notBefore" TIMESTAMP(3) NOT NULL,
    "claimedUntil" TIMESTAMP(3),
    "sentAt" TIMESTAMP(3),
    "receipt" TEXT,
    "problem" TEXT,

    CONSTRAINT "OutboxMessage_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Nomination_campaignId_staffId_idx" ON "Nomination"("campaignId", "staffId");

-- CreateIndex
CREATE INDEX "Entry_campaignId_unitId_idx" ON "Entry"("campaignId", "unitId");

-- CreateIndex
CREATE INDEX "UnitFile_campaignId_state_idx" ON "UnitFile"("campaignId", "state");

-- CreateIndex
CREATE INDEX "OutboxMessage_status_addressee_id_idx" ON "OutboxMessage"("status", "addressee", "id");

-- CreateIndex
CREATE UNIQUE INDEX "OutboxMessage_campaignId_key_key" ON "OutboxMessage"("campaignId", "key");
