import { setTimeout as pause } from "node:timers/promises";
import type { Prisma, PrismaClient } from "./generated/sqlite/client.ts";

export type Work<T> = (client: Prisma.TransactionClient) => Promise<T>;
export type Transact = <T>(work: Work<T>, isolation?: "serializable" | "readCommitted") => Promise<T>;

/** With one connection, waiting for one's turn may take long under a burst; the work itself may not. */
const serialLimits = { maxWait: 60_000, timeout: 15_000 };
/** With several, nobody waits long unless the database stands still: then a message is better not acknowledged than held. */
const parallelLimits = { maxWait: 2_500, timeout: 10_000 };
const attempts = 12;
/** A file that another process holds is waited for each time, and the whole program with it. */
const busyAttempts = 3;
/** A server that restarts is back in a moment, or not soon. */
const cutAttempts = 4;
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
    const options = isSerial ? serialLimits : { ...parallelLimits, isolationLevel: level };
    for (let attempt = 1; ; attempt += 1) {
      try {
        // The generated types know SQLite's one level only.
        return await client.$transaction(work, options as typeof serialLimits);
      } catch (error) {
        if (attempt >= attemptsFor(error, isSerial)) throw error;
      }
      const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** attempt);
      await pause(Math.random() * longest);
    }
  };
}

/** How often work that failed so is tried: once, unless another process was in its way (Prisma's codes). */
function attemptsFor(error: unknown, isSerial: boolean): number {
  if (!(error instanceof Error)) return 1;
  const code = "code" in error ? String(error.code) : "";
  const { kind, originalCode } = driverFault(error);
  if (code === "P2034" || kind === "TransactionWriteConflict") return attempts;
  // A key that another process has just taken; with one process it was taken long ago, and will be at the next attempt.
  if (isTaken(error)) return isSerial ? 1 : attempts;
  // The server was restarted, or cut this connection: what was not committed is gone, what was is claimed.
  const isCut = kind === "ConnectionClosed" || /^57P0[123]$/.test(String(originalCode));
  if (isCut || /is not queryable|Connection terminated/.test(error.message)) return cutAttempts;
  return code === "P1008" || kind === "SocketTimeout" ? busyAttempts : 1;
}

/** A row with this key is there already. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "P2002";
}

/** What the database's driver said, which Prisma hands on in one of two places. */
function driverFault(error: Error): { kind?: unknown; originalCode?: unknown } {
  if (error.cause instanceof Object) return error.cause;
  const { meta } = error as Error & { meta?: { driverAdapterError?: { cause?: object } } };
  return meta?.driverAdapterError?.cause ?? {};
}
