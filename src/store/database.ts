import type { PrismaClient } from "./generated/sqlite/client.ts";
import { openPostgres } from "./postgresql.ts";
import { openSqlite } from "./sqlite.ts";

/** A database that is open, with its tables up to date. The two providers differ here and nowhere else. */
export interface Database {
  client: PrismaClient;
  /** Transactions never overlap: one connection, one process. */
  isSerial: boolean;
  /** What the database promises over a power cut, in its own words. */
  durability(): Promise<Record<string, string>>;
  close(): Promise<void>;
}

/** `file:…`: SQLite, for one process; `postgresql://…`: PostgreSQL, for several. Throws `DatabaseRefusal`. */
export function openDatabase(databaseUrl: string): Promise<Database> {
  return databaseUrl.startsWith("file:") ? openSqlite(databaseUrl) : openPostgres(databaseUrl);
}
