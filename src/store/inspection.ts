import { readdir, realpath } from "node:fs/promises";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { DatabaseRefusal } from "./database-refusal.ts";
import { appliedMigrations } from "./migrate.ts";
import { postgresMigrations, refusalFor as postgresRefusal } from "./postgresql.ts";
import { isHeld, lockFor, sqliteMigrations, refusalFor as sqliteRefusal } from "./sqlite.ts";

/** How a database is, beside the program that may be using it. */
export interface Inspection {
  /** A program that runs has the file; of PostgreSQL nobody has it alone. */
  isHeld: boolean;
  /** Migrations that the program applies when it starts. */
  pending: string[];
  /** Migrations that it does not know: a later version of the program has been here. */
  unknown: string[];
  /** What it promises over a power cut, as far as it can be seen from outside. */
  promises: Record<string, string>;
  /** Of a month, by kind (`calls`, `stream`); `null`: its tables are not up to date, and were not asked. */
  used: Record<string, number> | null;
}

/** Changes nothing. `null`: there is none yet. Throws `DatabaseRefusal`. */
export function inspectDatabase(databaseUrl: string, month: string): Promise<Inspection | null> {
  return databaseUrl.startsWith("file:") ? inspectSqlite(databaseUrl, month) : inspectPostgres(databaseUrl, month);
}

async function inspectSqlite(databaseUrl: string, month: string): Promise<Inspection | null> {
  const path = await realpath(databaseUrl.replace(/^file:/, "")).catch(() => null);
  if (path === null) return null;
  const isInUse = await isLocked(path);
  try {
    const connection = await new PrismaBetterSqlite3({ url: databaseUrl, timeout: 1000 }).connect();
    return await found(connection, {
      ...{ isHeld: isInUse, month, folder: sqliteMigrations },
      hasTables: "SELECT count(*) FROM sqlite_master WHERE name = '_prisma_migrations'",
      promises: async (rows) => ({ quick_check: String((await rows("PRAGMA quick_check(1)"))[0]?.[0]) }),
    }).finally(() => connection.dispose());
  } catch (error) {
    throw sqliteRefusal(path, error);
  }
}

/** Who only looks leaves no lock file behind: it might be of another user than the program. */
async function isLocked(path: string): Promise<boolean> {
  if ((await realpath(`${path}.lock`).catch(() => null)) === null) return false;
  try {
    await (await lockFor(path)).dispose();
    return false;
  } catch (error) {
    if (error instanceof DatabaseRefusal && isHeld(error.cause)) return true;
    throw error;
  }
}

async function inspectPostgres(databaseUrl: string, month: string): Promise<Inspection> {
  try {
    const adapter = new PrismaPg({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
    const connection = await adapter.connect();
    return await found(connection, {
      ...{ isHeld: false, month, folder: postgresMigrations },
      hasTables: `SELECT count(*)::int FROM pg_tables WHERE tablename = '_prisma_migrations' AND schemaname = current_schema()`,
      promises: async (rows) => Object.fromEntries((await rows(postgresSettings)).map((it) => it.map(String))),
    }).finally(() => connection.dispose());
  } catch (error) {
    throw postgresRefusal(databaseUrl, error);
  }
}

const postgresSettings =
  "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')";

type Rows = (sql: string) => Promise<unknown[][]>;

interface Asked {
  isHeld: boolean;
  month: string;
  folder: string;
  hasTables: string;
  promises: (rows: Rows) => Promise<Record<string, string>>;
}

async function found(connection: SqlDriverAdapter, asked: Asked): Promise<Inspection> {
  const rows: Rows = async (sql) => (await connection.queryRaw({ sql, args: [], argTypes: [] })).rows;
  const entries = await readdir(asked.folder, { withFileTypes: true });
  const known = entries.filter((it) => it.isDirectory()).map((it) => it.name);
  const [[count] = []] = await rows(asked.hasTables);
  const applied = Number(count) > 0 ? await appliedMigrations(connection) : new Set<string>();
  const pending = known.filter((it) => !applied.has(it)).toSorted();
  const isUsable = applied.size > 0 && pending.length === 0;
  const used = isUsable
    ? await rows(`SELECT kind, used FROM "Usage" WHERE month = '${asked.month.replaceAll("'", "''")}'`)
    : null;
  return {
    isHeld: asked.isHeld,
    pending,
    unknown: [...applied].filter((it) => !known.includes(it)).toSorted(),
    promises: await asked.promises(rows),
    used: used && Object.fromEntries(used.map(([kind, value]) => [String(kind), Number(value)])),
  };
}
