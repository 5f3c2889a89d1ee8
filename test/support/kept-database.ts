import { Client, DatabaseError } from "pg";
import { onTestFinished } from "vitest";
import { createDatabase } from "../../scripts/postgres.ts";

const taken = new Set<number>();

/** One of the databases that this worker keeps from test to test and from file to file, emptied. */
export async function keptDatabase(server: string): Promise<string> {
  let no = 1;
  while (taken.has(no)) no += 1;
  taken.add(no);
  onTestFinished(() => void taken.delete(no));
  const name = `anyue_kept_${process.env.VITEST_POOL_ID}_${no}`;
  const url = Object.assign(new URL(server), { pathname: name }).href;
  return (await isEmptied(url)) ? url : createDatabase(server, name);
}

/** `false`: there is none yet. */
async function isEmptied(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
  } catch (error) {
    if (error instanceof DatabaseError && error.code === "3D000") return false;
    throw error;
  }
  await empty(client).finally(() => client.end());
  return true;
}

/** Whatever the test before left open is cut first, lest it writes into this one. */
async function empty(client: Client): Promise<void> {
  await client.query(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`);
  // A table that nobody has written to is left alone: making its files anew is what takes time.
  const { rows } = await client.query<{ relname: string }>(`SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'
      AND pg_relation_size(oid) > 0`);
  if (rows.length === 0) return;
  await client.query(`TRUNCATE ${rows.map((it) => `"${it.relname}"`).join(", ")} RESTART IDENTITY`);
}
