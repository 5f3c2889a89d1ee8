import { expect, onTestFinished, test } from "vitest";
import { Lease, LeaseLost } from "../../src/bot/lease.ts";
import type { Content } from "../../src/flows/flow.ts";
import type { Outbox, OutboxMessage, Store } from "../../src/store/store.ts";
import { gate } from "./logged.ts";
import { openTestStore, queue } from "./store.ts";

const words: Content = { kind: "say", say: { tag: "managersOnly", data: {} } };
const zhang = { kind: "person", staffId: "zhang" } as const;

async function claimed(store: Store, claimedAt: Date, leaseMs: number): Promise<OutboxMessage> {
  const message = await store.outbox.claim(claimedAt, leaseMs);
  if (message === null) throw new Error("nothing waits");
  return message;
}

function leaseOf(outbox: Pick<Outbox, "renew">, message: OutboxMessage, given: { claimedAt: Date; leaseMs: number }) {
  const lease = new Lease(outbox, [message], given);
  onTestFinished(() => lease.end());
  return lease;
}

test("it is renewed for as long as the message is being sent", async () => {
  const store = await openTestStore();
  await queue(store, "a", zhang, words);
  const given = { claimedAt: new Date(), leaseMs: 400 };
  const message = await claimed(store, given.claimedAt, given.leaseMs);
  const outlived = gate();
  let renewals = 0;
  const outbox: Pick<Outbox, "renew"> = {
    renew: async (...renewal) => {
      const isKept = await store.outbox.renew(...renewal);
      renewals += 1;
      if (renewals === 5) outlived.open();
      return isKept;
    },
  };
  const lease = leaseOf(outbox, message, given);
  await outlived.opened;
  expect(Date.now()).toBeGreaterThan(given.claimedAt.getTime() + given.leaseMs);
  expect(await store.outbox.claim(new Date(), 60_000)).toBeNull();
  await lease.hold();
});

test("a send is begun only with half of it left", async () => {
  const store = await openTestStore();
  await queue(store, "a", zhang, words);
  const leaseMs = 60_000;
  const claimedAt = new Date(Date.now() - 0.6 * leaseMs);
  const message = await claimed(store, claimedAt, leaseMs);
  await leaseOf(store.outbox, message, { claimedAt, leaseMs }).hold();
  const halfLater = new Date(Date.now() + leaseMs / 2);
  expect(await store.outbox.claim(halfLater, leaseMs)).toBeNull();
});

test("a delivered part is kept for those only whom it reached", async () => {
  const store = await openTestStore();
  const leaseMs = 60_000;
  const claimedAt = new Date(Date.now() - 2 * leaseMs);
  for (const staffId of ["zhang", "li"]) await queue(store, staffId, { kind: "person", staffId }, words);
  const first = await claimed(store, claimedAt, leaseMs);
  const alike = await store.outbox.claimAlike(first, { now: claimedAt, leaseMs, most: 19 });
  const lease = new Lease(store.outbox, [first, ...alike], { claimedAt, leaseMs });
  onTestFinished(() => lease.end());
  await lease.partsSent(1, [first.to]);
  await expect(lease.partsSent(1, [zhang])).rejects.toThrow("not claimed");
  // The program dies here: what reached nobody begins at its beginning.
  lease.end();
  const again = new Date(Date.now() + 2 * leaseMs);
  const taken = [await claimed(store, again, leaseMs), await claimed(store, again, leaseMs)];
  const partsOf = (staffId: string) => taken.find((it) => it.key === `${staffId}:0`);
  expect(partsOf("zhang")).toMatchObject({ partsSent: 1 });
  expect(partsOf("li")).toMatchObject({ partsSent: 0, isDoubtful: true });
});

test("what somebody else has claimed is not sent", async () => {
  const store = await openTestStore();
  await queue(store, "a", zhang, words);
  const leaseMs = 1000;
  const claimedAt = new Date(Date.now() - 2 * leaseMs);
  const message = await claimed(store, claimedAt, leaseMs);
  const lease = leaseOf(store.outbox, message, { claimedAt, leaseMs });
  await claimed(store, new Date(), 60_000);
  await expect(lease.hold()).rejects.toThrow(LeaseLost);
  await expect(lease.partsSent(1, [message.to])).rejects.toThrow(LeaseLost);
});
