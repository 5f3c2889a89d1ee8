import { expect, test } from "vitest";
import { askBeside } from "../../src/cli/beside.ts";
import { inspectDatabase } from "../../src/store/inspection.ts";
import { isPostgres, newDatabase } from "../support/database.ts";
import { open } from "./opened.ts";

const month = "2023-06";

test("a database in use is seen as it is, from beside", async () => {
  const url = await newDatabase();
  const store = await open({ url });
  await store.usage.add(month, { calls: 7, stream: 3 });
  await store.usage.add("2023-05", { calls: 100, stream: 100 });
  const promises = isPostgres ? { fsync: expect.any(String), synchronous_commit: "on" } : { quick_check: "ok" };
  const common = { pending: [], unknown: [], used: { calls: 7, stream: 3 } };
  expect(await inspectDatabase(url, month)).toMatchObject({ isHeld: !isPostgres, promises, ...common });
  await store.close();
  expect(await inspectDatabase(url, month)).toMatchObject({ isHeld: false, ...common });
});

test("what it lacks is named, and made by nobody who only looks", async () => {
  const url = await newDatabase();
  if (!isPostgres) {
    expect(await inspectDatabase(url, month)).toBeNull();
    await askBeside(url, "VACUUM");
  }
  const first = await inspectDatabase(url, month);
  expect([first?.pending.length, first?.used]).toEqual([expect.any(Number), null]);
  expect(first?.pending[0]).toMatch(/_init$/);
  expect(await inspectDatabase(url, month)).toEqual(first);
});

test("one that a later version of the program has changed is known by its migrations", async () => {
  const url = await newDatabase();
  await (await open({ url })).close();
  const rename = `UPDATE "_prisma_migrations" SET "migration_name" = '29990101_later' WHERE "migration_name" LIKE '%todos'`;
  await askBeside(url, rename);
  const inspection = await inspectDatabase(url, month);
  expect([inspection?.unknown, inspection?.pending]).toEqual([["29990101_later"], [expect.stringMatching(/todos$/)]]);
});
