-- CreateTable
CREATE TABLE "Refusal" (
    "campaignId" TEXT NOT NULL,
    "addressee" TEXT NOT NULL,
    "problem" TEXT NOT NULL,
    "messages" INTEGER NOT NULL DEFAULT 1,
    "refusedAt" DATETIME NOT NULL,
    "toldAt" DATETIME,

    PRIMARY KEY ("campaignId", "addressee")
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_OutboxMessage" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "campaignId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "addressee" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "at" DATETIME NOT NULL,
    "status" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "partsSent" INTEGER NOT NULL DEFAULT 0,
    "doubtful" BOOLEAN NOT NULL DEFAULT false,
    "notBefore" DATETIME NOT NULL,
    "claimedUntil" DATETIME,
    "sentAt" DATETIME,
    "receipt" TEXT,
    "problem" TEXT
);
INSERT INTO "new_OutboxMessage" ("addressee", "at", "attempts", "campaignId", "claimedUntil", "content", "id", "key", "notBefore", "problem", "receipt", "sentAt", "status") SELECT "addressee", "at", "attempts", "campaignId", "claimedUntil", "content", "id", "key", "notBefore", "problem", "receipt", "sentAt", "status" FROM "OutboxMessage";
DROP TABLE "OutboxMessage";
ALTER TABLE "new_OutboxMessage" RENAME TO "OutboxMessage";
CREATE INDEX "OutboxMessage_status_addressee_id_idx" ON "OutboxMessage"("status", "addressee", "id");
CREATE UNIQUE INDEX "OutboxMessage_campaignId_key_key" ON "OutboxMessage"("campaignId", "key");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
