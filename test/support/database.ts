import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
