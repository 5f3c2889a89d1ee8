-- AlterTable
ALTER TABLE "OutboxMessage" ADD COLUMN     "doubtful" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "partsSent" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "Refusal" (
    "campaignId" TEXT NOT NULL,
    "addressee" TEXT NOT NULL,
    "problem" TEXT NOT NULL,
    "messages" INTEGER NOT NULL DEFAULT 1,
    "refusedAt" TIMESTAMP(3) NOT NULL,
    "toldAt" TIMESTAMP(3),

    CONSTRAINT "Refusal_pkey" PRIMARY KEY ("campaignId","addressee")
);

-- CreateTable
CREATE TABLE "Usage" (
    "month" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "used" INTEGER NOT NULL,
    "toldPercent" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Usage_pkey" PRIMARY KEY ("month","kind")
);
