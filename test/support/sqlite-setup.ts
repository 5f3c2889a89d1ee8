import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { openDatabase } from "../../src/store/database.ts";

/** One SQLite file with all tables and no row, of which each test has a copy (`database.ts`). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "anyue-migrated-"));
  const migratedFile = join(folder, "bot.db");
  // Closing it brings all of it into the one file.
  await (await openDatabase(`file:${migratedFile}`)).close();
  project.provide("migratedFile", migratedFile);
  return () => rm(folder, { recursive: true, force: true });
}

declare module "vitest" {
  export interface ProvidedContext {
    /** What to copy; set where the tests run on SQLite. */
    migratedFile: string;
  }
}
