import { expect, test } from "vitest";
import { askBeside } from "../../../src/cli/beside.ts";
import { newDatabase } from "../../support/database.ts";
import { inbound, now, open } from "../opened.ts";

const cutAll = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()`;

test("a turn whose connection the server cuts runs again on another, and counts once", async () => {
  const url = await newDatabase();
  const store = await open({ url });
  const message = inbound("m1");
  let runs = 0;
  const isNew = await store.turn(async (turn) => {
    runs += 1;
    if (runs === 1) await askBeside(url, cutAll);
    return turn.claim(message, now);
  });
  expect([isNew, runs]).toEqual([true, 2]);
  expect(await store.turn((turn) => turn.claim(message, now))).toBe(false);
});
