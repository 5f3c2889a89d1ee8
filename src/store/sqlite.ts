import { mkdir, realpath } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { z } from "zod";
import type { Database } from "./database.ts";
import { DatabaseRefusal } from "./database-refusal.ts";
import { PrismaClient } from "./generated/sqlite/client.ts";
import { migrate, sqliteDialect } from "./migrate.ts";

export const sqliteMigrations = fileURLToPath(new URL("../../prisma/migrations/sqlite", import.meta.url));

/** How long a statement waits for another process that holds the file, such as a backup. It blocks the program meanwhile. */
const busyMs = 1000;

/** `adapterFor` is how the file is reached; tests give one whose disk can fill up. */
export async function openSqlite(
  databaseUrl: string,
  adapterFor: (url: string) => PrismaBetterSqlite3 = (url) => new PrismaBetterSqlite3({ url, timeout: busyMs }),
): Promise<Database> {
  const given = databaseUrl.replace(/^file:/, "");
  // The file itself, whatever links lead to it: it is that which one program may use.
  const path = await realpath(given).catch(() => given);
  const lock = await lockFor(path);
  try {
    const adapter = adapterFor(databaseUrl);
    const connection = await adapter.connect();
    await prepare(connection).finally(() => connection.dispose());
    const client = new PrismaClient({ adapter });
    await client.$queryRawUnsafe("PRAGMA journal_mode = WAL");
    // better-sqlite3 lets WAL run with NORMAL, where a power cut may lose what was already acknowledged.
    await client.$queryRawUnsafe("PRAGMA synchronous = FULL");
    return {
      client,
      isSerial: true,
      // Its transactions never overlap.
      enterTurn: async () => {},
      durability: () => durabilityOf(client),
      async close() {
        await client.$disconnect();
        await lock.dispose();
      },
    };
  } catch (error) {
    await lock.dispose();
    throw refusalFor(path, error);
  }
}

async function prepare(connection: SqlDriverAdapter): Promise<void> {
  // A file that may only be read is better refused now than at the first report.
  await connection.executeScript("BEGIN IMMEDIATE; ROLLBACK;");
  await migrate(connection, sqliteMigrations, sqliteDialect);
}

/**
 * One process a file: a second would hold messages twice. The lock is SQLite's own on a file beside it, so the system
 * takes it back when the process dies, however it dies. Disposing of it gives it back. Throws `DatabaseRefusal`.
 */
export async function lockFor(path: string): Promise<SqlDriverAdapter> {
  let lock: SqlDriverAdapter | undefined;
  try {
    await mkdir(dirname(path), { recursive: true });
    lock = await new PrismaBetterSqlite3({ url: `file:${path}.lock`, timeout: 0 }).connect();
    await lock.executeScript("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;");
    return lock;
  } catch (error) {
    await lock?.dispose();
    throw refusalFor(path, error);
  }
}

/** Whether another program has what was asked for. */
export function isHeld(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Object && Object(error.cause).kind === "SocketTimeout";
}

export function refusalFor(path: string, error: unknown): DatabaseRefusal {
  if (isHeld(error)) {
    return new DatabaseRefusal(
      `数据库 ${path} 正被另一个安月进程使用：请先停掉那个进程；要几台机器一起运行，请用 PostgreSQL（DATABASE_URL=postgresql://…）。`,
      error,
    );
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new DatabaseRefusal(
    `打不开数据库 ${path}（${reason}）：请检查 DATABASE_URL 的目录是否存在、可写，磁盘是否还有空间。`,
    error,
  );
}

const levels = ["off", "normal", "full", "extra"];

async function durabilityOf(client: PrismaClient): Promise<Record<string, string>> {
  const journal = z.tuple([z.object({ journal_mode: z.string() })]);
  const synchronous = z.tuple([z.object({ synchronous: z.coerce.number() })]);
  return client.$transaction(async (tx) => {
    const [mode] = journal.parse(await tx.$queryRawUnsafe("PRAGMA journal_mode"));
    const [level] = synchronous.parse(await tx.$queryRawUnsafe("PRAGMA synchronous"));
    return { journal_mode: mode.journal_mode, synchronous: levels[level.synchronous] ?? String(level.synchronous) };
  });
}
