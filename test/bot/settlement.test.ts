import { expect, onTestFinished, test, vi } from "vitest";
import { Retries } from "../../src/bot/retries.ts";
import type { SendOutcome } from "../../src/bot/sender.ts";
import { Settlement } from "../../src/bot/settlement.ts";
import { logged } from "./logged.ts";
import { openTestStore, queue } from "./store.ts";

const zhang = { kind: "person", staffId: "zhang" } as const;

/** After how many seconds a message that went so is tried again; a little later each time, that many be not so together. */
async function secondsUntilRepeat(outcome: SendOutcome, hasSession: boolean): Promise<number> {
  const store = await openTestStore();
  await queue(store, "a", zhang, { kind: "say", say: { tag: "managersOnly", data: {} } });
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const now = new Date();
  const message = await store.outbox.claim(now, 60_000);
  if (message === null) throw new Error("nothing waits");
  const parts = { outbox: store.outbox, retries: new Retries(), log: logged().log, afterMs: 1 };
  await new Settlement({ ...parts, hasOtherWay: () => hasSession }).settle(message, outcome);
  const [delayed] = await store.outbox.delayed(now, new Set());
  if (delayed === undefined) throw new Error("nothing is to be repeated");
  return (delayed.notBefore.getTime() - now.getTime()) / 1000;
}

test("what may have arrived, at somebody with whom no session is open, is repeated later than else", async () => {
  const doubtful = { kind: "retry", afterMs: 2000, problem: "timeout", isDoubtful: true } as const;
  const turnedAway = { kind: "retry", afterMs: 2000, problem: "unreachable", isDoubtful: true } as const;
  const banned = { kind: "retry", afterMs: 300_000, problem: "banned", isDoubtful: false } as const;
  expect(await secondsUntilRepeat(doubtful, false)).toBeGreaterThanOrEqual(10);
  expect(await secondsUntilRepeat(doubtful, true)).toBeLessThan(4);
  expect(await secondsUntilRepeat({ ...doubtful, isDoubtful: false }, false)).toBeLessThan(4);
  expect(await secondsUntilRepeat(turnedAway, false)).toBeLessThan(4);
  expect(await secondsUntilRepeat(banned, false)).toBeGreaterThanOrEqual(300);
});
