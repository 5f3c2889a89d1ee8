import type { TestProject } from "vitest/node";
import { startPostgres } from "../../scripts/postgres.ts";

/** One PostgreSQL for all tests of the run; each test has a database of its own in it (`database.ts`). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres();
  project.provide("postgresUrl", postgres.url);
  return () => postgres.stop();
}

declare module "vitest" {
  export interface ProvidedContext {
    /** Where a test may create databases; set where the tests run on PostgreSQL. */
    postgresUrl?: string;
  }
}
