-- CreateTable
CREATE TABLE "Usage" (
    "month" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "used" INTEGER NOT NULL,
    "toldPercent" INTEGER NOT NULL DEFAULT 0,

    PRIMARY KEY ("month", "kind")
);
