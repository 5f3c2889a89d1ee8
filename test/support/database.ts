import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject, onTestFinished } from "vitest";
import { createDatabase } from "../../scripts/postgres.ts";
import { keptDatabase } from "./kept-database.ts";

/** The same tests run on each database: SQLite, and PostgreSQL where the run has one (vitest.config.ts). */
export const isPostgres = inject("postgresUrl") !== undefined;

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "anyue-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The `DATABASE_URL` of a database without a table, that nobody gets again. */
export async function newDatabase(): Promise<string> {
  const server = inject("postgresUrl");
  return server === undefined ? `file:${join(await temporaryFolder(), "bot.db")}` : createDatabase(server);
}

/**
 * The `DATABASE_URL` of one without a row, this test's alone. Making tables takes longer than most tests: their shape is to
 * stay, and whoever changes it or leaves a process behind takes a new one.
 */
export async function emptyDatabase(): Promise<string> {
  const server = inject("postgresUrl");
  if (server !== undefined) return keptDatabase(server);
  const file = join(await temporaryFolder(), "bot.db");
  await copyFile(inject("migratedFile"), file);
  return `file:${file}`;
}
