-- CreateTable
CREATE TABLE "Presence" (
    "campaignId" TEXT NOT NULL,
    "program" TEXT NOT NULL,
    "onlineAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Presence_pkey" PRIMARY KEY ("campaignId","program")
);

-- CreateTable
CREATE TABLE "OfflineSpan" (
    "campaignId" TEXT NOT NULL,
    "fromAt" TIMESTAMP(3) NOT NULL,
    "toAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "OfflineSpan_pkey" PRIMARY KEY ("campaignId","fromAt")
);
