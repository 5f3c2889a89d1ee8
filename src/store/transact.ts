import { setTimeout as pause } from "node:timers/promises";
import type { Prisma, PrismaClient } from "./generated/sqlite/client.ts";

export type Work<T> = (client: Prisma.TransactionClient) => Promise<T>;
export type Transact = <T>(work: Work<T>, isolation?: "serializable" | "readCommitted") => Promise<T>;

/** Waiting for its turn may take long under a burst; the work itself may not. */
const limits = { maxWait: 60_000, timeout: 15_000 };
const attempts = 12;
const firstPauseMs = 10;
const longestPauseMs = 500;

/**
 * The only way to the database. SQLite has one connection here, and a query outside a transaction would run inside
 * whichever is open: it would see what may yet be rolled back, and be rolled back with it. On PostgreSQL transactions are
 * serializable, as they are on SQLite by nature: of two that would not have come out the same one after the other, one is
 * refused, and its work, which must do nothing but read and write here, runs again on what the other has left.
 */
export function transactOn(client: PrismaClient, { isSerial }: { isSerial: boolean }): Transact {
  return async (work, isolation = "serializable") => {
    const level = isolation === "serializable" ? "Serializable" : "ReadCommitted";
    const options = isSerial ? limits : { ...limits, isolationLevel: level };
    for (let attempt = 1; ; attempt += 1) {
      try {
        // The generated types know SQLite's one level only.
        return await client.$transaction(work, options as typeof limits);
      } catch (error) {
        if (attempt >= attempts || !isConflict(error, isSerial)) throw error;
      }
      const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** attempt);
      await pause(Math.random() * longest);
    }
  };
}

/** A write conflict, or a SQLite file that another process holds for a moment (Prisma's codes). */
const conflicts = new Set(["P2034", "P1008"]);
const conflictKinds = new Set<unknown>(["TransactionWriteConflict", "SocketTimeout"]);

function isConflict(error: unknown, isSerial: boolean): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  // A key that another process has just taken; with one process it was taken long ago, and will be at the next attempt.
  if (code === "P2002") return !isSerial;
  const kind = error.cause instanceof Object && "kind" in error.cause ? error.cause.kind : null;
  return conflicts.has(code) || conflictKinds.has(kind);
}
