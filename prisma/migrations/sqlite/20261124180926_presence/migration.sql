-- CreateTable
CREATE TABLE "Presence" (
    "campaignId" TEXT NOT NULL,
    "program" TEXT NOT NULL,
    "onlineAt" DATETIME NOT NULL,

    PRIMARY KEY ("campaignId", "program")
);

-- CreateTable
CREATE TABLE "OfflineSpan" (
    "campaignId" TEXT NOT NULL,
    "fromAt" DATETIME NOT NULL,
    "toAt" DATETIME NOT NULL,

    PRIMARY KEY ("campaignId", "fromAt")
);
