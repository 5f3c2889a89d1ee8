import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { askBeside } from "../../../src/cli/beside.ts";
import { newDatabase } from "../../support/database.ts";

/** Waits until the program has opened its database; `go` lets it tick. */
async function program(env: Record<string, string>) {
  const path = resolve(import.meta.dirname, "../../support/ticking.ts");
  const child = spawn(process.execPath, ["--import", "tsx", path], {
    env: { PATH: process.env.PATH ?? "", ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "exit");
  await once(child.stdout, "data");
  return {
    go: () => child.stdin.end("go\n"),
    ended: async () => (await ended)[0],
  };
}

test("two programs that tick through the same days on one database remind everybody once", async () => {
  const databaseUrl = await newDatabase();
  const times = { FROM: "2023-05-24T08:40:00+08:00", TO: "2023-05-24T09:20:00+08:00" };
  const first = await program({ DATABASE_URL: databaseUrl, ...times });
  const second = await program({ DATABASE_URL: databaseUrl, ...times });
  first.go();
  second.go();
  expect([await first.ended(), await second.ended()]).toEqual([0, 0]);
  const told = await askBeside(databaseUrl, `SELECT addressee FROM "OutboxMessage"`);
  const addressees = told.map(([it]) => it);
  // Eight units have a contact whom DingTalk knows; the others are the manager's to call.
  expect(addressees).toHaveLength(9);
  expect(new Set(addressees).size).toBe(9);
  const claimed = await askBeside(databaseUrl, `SELECT count(*) FROM "ReminderSlot"`);
  expect(Number(claimed[0]?.[0])).toBe(10);
});
