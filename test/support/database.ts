import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { PrismaPg } from "@prisma/adapter-pg";
import { inject, onTestFinished } from "vitest";
import { createDatabase } from "../../scripts/postgres.ts";

/** The same tests run on each database: SQLite, and PostgreSQL where the run has one (vitest.config.ts). */
export const isPostgres = inject("postgresUrl") !== undefined;

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "anyue-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The `DATABASE_URL` of an empty database, gone with the test. */
export async function newDatabase(): Promise<string> {
  const server = inject("postgresUrl");
  return server === undefined ? `file:${join(await temporaryFolder(), "bot.db")}` : createDatabase(server);
}

/** What a database really holds, asked beside the program. */
export async function asked(url: string, sql: string): Promise<unknown[][]> {
  const adapter = url.startsWith("file:") ? new PrismaBetterSqlite3({ url }) : new PrismaPg({ connectionString: url });
  const connection = await adapter.connect();
  const { rows } = await connection.queryRaw({ sql, args: [], argTypes: [] }).finally(() => connection.dispose());
  return rows;
}
