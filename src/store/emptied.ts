import { realpath, rm } from "node:fs/promises";
import { lockFor } from "./sqlite.ts";

/** Deletes a SQLite database. Throws `DatabaseRefusal`, and deletes nothing, where a program is still using it. */
export async function emptySqlite(databaseFile: string): Promise<void> {
  const path = await realpath(databaseFile).catch(() => databaseFile);
  const lock = await lockFor(path);
  try {
    for (const suffix of ["", "-wal", "-shm"]) await rm(path + suffix, { force: true });
  } finally {
    await lock.dispose();
  }
}
