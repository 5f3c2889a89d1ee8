import { expect, test } from "vitest";
import { Arrivals } from "../../src/bot/arrivals.ts";
import { gate } from "./logged.ts";

/** Whether it has resolved by now. */
async function isOver(promise: Promise<void>): Promise<boolean> {
  const later = new Promise<boolean>((resolve) => setImmediate(() => resolve(false)));
  return Promise.race([promise.then(() => true), later]);
}

test("whoever speaks waits until every message that has come is acknowledged", async () => {
  const arrivals = new Arrivals();
  expect(await isOver(arrivals.caughtUp())).toBe(true);
  const [first, second] = [gate(), gate()];
  const taking = [arrivals.taking(() => first.opened), arrivals.taking(() => second.opened)];
  const caughtUp = arrivals.caughtUp();
  first.open();
  await taking[0];
  expect(await isOver(caughtUp)).toBe(false);
  second.open();
  await taking[1];
  expect(await isOver(caughtUp)).toBe(true);
});

test("a message that can't be taken is waited for no longer", async () => {
  const arrivals = new Arrivals();
  const fault = new Error("disk full");
  await expect(arrivals.taking(() => Promise.reject(fault))).rejects.toBe(fault);
  expect(await isOver(arrivals.caughtUp())).toBe(true);
});

test("a stream of messages that never ends holds answers only so long, and the next one anew", async () => {
  const arrivals = new Arrivals(5);
  const endless = gate();
  const taking = arrivals.taking(() => endless.opened);
  await arrivals.caughtUp();
  // Messages go on coming: nobody waits for these.
  const more = arrivals.taking(() => endless.opened);
  expect(await isOver(arrivals.caughtUp())).toBe(true);
  endless.open();
  await Promise.all([taking, more]);
  const next = gate();
  const takingNext = arrivals.taking(() => next.opened);
  expect(await isOver(arrivals.caughtUp())).toBe(false);
  next.open();
  await takingNext;
});
