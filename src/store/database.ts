import type { Prisma, PrismaClient } from "./generated/sqlite/client.ts";
import { openPostgres } from "./postgresql.ts";
import { openSqlite } from "./sqlite.ts";

/** A database that is open, with its tables up to date. The two providers differ here and nowhere else. */
export interface Database {
  client: PrismaClient;
  /** Transactions never overlap: one connection, one process. */
  isSerial: boolean;
  /**
   * First thing in a turn: waits until no other process is in one, and keeps them out until this transaction ends. All
   * reports take their number from one counter: were two under way, one of them would come to nothing at its end, and
   * under a burst so often that people would be refused.
   */
  enterTurn(client: Prisma.TransactionClient): Promise<void>;
  /** What the database promises over a power cut, in its own words. */
  durability(): Promise<Record<string, string>>;
  close(): Promise<void>;
}

/** `file:…`: SQLite, for one process; `postgresql://…`: PostgreSQL, for several. Throws `DatabaseRefusal`. */
export function openDatabase(databaseUrl: string): Promise<Database> {
  return databaseUrl.startsWith("file:") ? openSqlite(databaseUrl) : openPostgres(databaseUrl);
}
