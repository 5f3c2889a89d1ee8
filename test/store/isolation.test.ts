import { expect, it } from "vitest";
import { newConversation } from "../../src/flows/conversation.ts";
import { toPerson } from "../../src/flows/flow.ts";
import type { Store } from "../../src/store/store.ts";
import { entry } from "../support/builders.ts";
import { inbound, now, open } from "./opened.ts";

/** What a turn has not committed is seen by nobody, and what others settle meanwhile is not undone with it. */

/** A turn that has written everything and is about to commit, until it is told to fail or to go on. */
function openTurn(store: Store, key: string, entryNo: number) {
  let decide: (fails: boolean) => void = () => {};
  const decided = new Promise<boolean>((resolve) => {
    decide = resolve;
  });
  let written: () => void = () => {};
  const hasWritten = new Promise<void>((resolve) => {
    written = resolve;
  });
  const ended = store.turn(async (turn) => {
    await turn.claim(inbound(key), now);
    const replies = [toPerson("zhangsan", { tag: "unsupported", data: {} })];
    const changes = [{ type: "entriesRecorded" as const, entries: [entry({ no: entryNo })] }];
    await turn.commit(inbound(key), { state: newConversation(), changes, replies }, now);
    written();
    if (await decided) throw new Error("power cut");
  });
  return { hasWritten, fail: () => decide(true), goOn: () => decide(false), ended: ended.catch(() => "failed") };
}

it("the dispatcher never claims the reply of a turn that has not committed", async () => {
  const store = await open();
  const turn = openTurn(store, "a", 1);
  await turn.hasWritten;
  const claimed = store.outbox.claim(now, 60_000);
  const waiting = store.outbox.waiting();
  const records = store.records();
  turn.fail();
  expect(await turn.ended).toBe("failed");
  expect(await claimed).toBeNull();
  expect(await waiting).toBe(0);
  expect((await records).flatMap((it) => it.entries)).toEqual([]);
});

it("what was sent while another turn was open stays sent when that turn fails", async () => {
  const store = await open();
  const first = openTurn(store, "a", 1);
  first.goOn();
  await first.ended;
  const claimed = await store.outbox.claim(now, 60_000);
  const second = openTurn(store, "b", 2);
  await second.hasWritten;
  if (claimed === null) throw new Error("nothing waits");
  const sent = store.outbox.sent(claimed, now, "receipt");
  const found = store.mobileFound("13800000008", "somebody", now);
  second.fail();
  expect(await second.ended).toBe("failed");
  await sent;
  await found;
  expect(await store.outbox.waiting()).toBe(0);
  expect(await store.unknownMobiles(new Date(0))).toEqual([]);
});
