import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";

/** Prisma's own bookkeeping, so that `prisma migrate deploy` agrees with what was applied here. */
const bookkeeping = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "checksum" TEXT NOT NULL,
  "finished_at" DATETIME,
  "migration_name" TEXT NOT NULL,
  "logs" TEXT,
  "rolled_back_at" DATETIME,
  "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0
);`;

/** Applies the migrations that this database has not had yet, each in a transaction of its own; returns their names. */
export async function migrate(connection: SqlDriverAdapter, folder: string): Promise<string[]> {
  await connection.executeScript(bookkeeping);
  const done = await appliedMigrations(connection);
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((it) => it.isDirectory() && !done.has(it.name)).map((it) => it.name);
  for (const name of names.toSorted()) {
    const script = await readFile(join(folder, name, "migration.sql"), "utf8");
    const checksum = createHash("sha256").update(script).digest("hex");
    await connection.executeScript(
      `BEGIN;\n${script}\nINSERT INTO "_prisma_migrations" ("id", "checksum", "finished_at", "migration_name", "applied_steps_count")
       VALUES ('${randomUUID()}', '${checksum}', current_timestamp, '${name.replaceAll("'", "''")}', 1);\nCOMMIT;`,
    );
  }
  return names;
}

async function appliedMigrations(connection: SqlDriverAdapter): Promise<Set<string>> {
  const sql = `SELECT "migration_name" FROM "_prisma_migrations" WHERE "finished_at" IS NOT NULL AND "rolled_back_at" IS NULL`;
  const { rows } = await connection.queryRaw({ sql, args: [], argTypes: [] });
  return new Set(rows.map(([name]) => String(name)));
}
