import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";

/** How a provider keeps Prisma's own bookkeeping, so that `prisma migrate deploy` agrees with what was applied here. */
export interface Dialect {
  bookkeeping: string;
  /** Runs a whole script in one transaction, or nothing of it; whoever else wants to migrate waits, where others may. */
  run(connection: SqlDriverAdapter, script: string): Promise<void>;
}

/** Prisma's own number for this lock. */
const migrationLock = "SELECT pg_advisory_xact_lock(72707369)";

export const sqliteDialect: Dialect = {
  bookkeeping: `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "checksum" TEXT NOT NULL,
  "finished_at" DATETIME,
  "migration_name" TEXT NOT NULL,
  "logs" TEXT,
  "rolled_back_at" DATETIME,
  "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0
);`,
  run: (connection, script) => connection.executeScript(`BEGIN;\n${script}\nCOMMIT;`),
};

export const postgresDialect: Dialect = {
  bookkeeping: `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
);`,
  async run(connection, script) {
    const transaction = await connection.startTransaction();
    const execute = (sql: string) => transaction.executeRaw({ sql, args: [], argTypes: [] });
    try {
      await execute(migrationLock);
      await execute(script);
      await execute("COMMIT");
      await transaction.commit();
    } catch (error) {
      await execute("ROLLBACK").catch(() => 0);
      await transaction.rollback();
      throw error;
    }
  },
};

/** Applies the migrations that this database has not had yet, each in a transaction of its own; returns their names. */
export async function migrate(connection: SqlDriverAdapter, folder: string, dialect: Dialect): Promise<string[]> {
  await dialect.run(connection, dialect.bookkeeping);
  const done = await appliedMigrations(connection);
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((it) => it.isDirectory() && !done.has(it.name)).map((it) => it.name);
  const applied: string[] = [];
  for (const name of names.toSorted()) {
    const script = await readFile(join(folder, name, "migration.sql"), "utf8");
    if (await applyOne(connection, dialect, { name, script })) applied.push(name);
  }
  return applied;
}

/** `false`: another process has applied it just now. */
async function applyOne(
  connection: SqlDriverAdapter,
  dialect: Dialect,
  { name, script }: { name: string; script: string },
): Promise<boolean> {
  const checksum = createHash("sha256").update(script).digest("hex");
  const record = `INSERT INTO "_prisma_migrations" ("id", "checksum", "finished_at", "migration_name", "applied_steps_count")
       VALUES ('${randomUUID()}', '${checksum}', current_timestamp, '${name.replaceAll("'", "''")}', 1);`;
  try {
    await dialect.run(connection, `${script}\n${record}`);
    return true;
  } catch (error) {
    if ((await appliedMigrations(connection)).has(name)) return false;
    throw error;
  }
}

export async function appliedMigrations(connection: SqlDriverAdapter): Promise<Set<string>> {
  const sql = `SELECT "migration_name" FROM "_prisma_migrations" WHERE "finished_at" IS NOT NULL AND "rolled_back_at" IS NULL`;
  const { rows } = await connection.queryRaw({ sql, args: [], argTypes: [] });
  return new Set(rows.map(([name]) => String(name)));
}
