import { expect, onTestFinished, test } from "vitest";
import { type Attachments, type Dispatcher, startDispatcher } from "../../src/bot/dispatcher.ts";
import type { Sender, SendOutcome } from "../../src/bot/sender.ts";
import type { Content } from "../../src/flows/flow.ts";
import { messageOf, type Say } from "../../src/flows/words/words.ts";
import type { Store } from "../../src/store/store.ts";
import { gate, logged } from "./logged.ts";
import { openTestStore, queue } from "./store.ts";

const say: Say = { tag: "managersOnly", data: {} };
const words: Content = { kind: "say", say };
const sheet: Content = { kind: "attach", attachment: { file: "export" } };
const zhang = { kind: "person", staffId: "zhang" } as const;
const li = { kind: "person", staffId: "li" } as const;
const sent: SendOutcome = { kind: "sent", receipt: "k" };

interface Given {
  send: Sender["send"];
  load?: Attachments["load"];
}

function dispatch(store: Store, { send, load = () => Promise.reject(new Error("no report")) }: Given) {
  const { log, lines } = logged();
  const options = { outbox: store.outbox, attachments: { load }, sender: { send }, log, faultAfterMs: 1 };
  const dispatcher: Dispatcher = startDispatcher(options);
  onTestFinished(() => dispatcher.stop());
  return { dispatcher, lines };
}

test("it sends what waits at its start and what is queued later, in words", async () => {
  const store = await openTestStore();
  await queue(store, "a", zhang, words);
  const outgoing: unknown[] = [];
  const { dispatcher } = dispatch(store, {
    send: async (it) => {
      outgoing.push(it);
      return sent;
    },
  });
  await dispatcher.idle();
  await queue(store, "b", { kind: "group", conversationId: "cid:1" }, words);
  await dispatcher.idle();
  const body = { kind: "message", message: messageOf(say) };
  expect(outgoing).toEqual([
    { key: "a:0", to: zhang, body },
    { key: "b:0", to: { kind: "group", conversationId: "cid:1" }, body },
  ]);
  expect(await store.outbox.waiting()).toBe(0);
});

test("to one person in order, and nobody waits for somebody else", async () => {
  const store = await openTestStore();
  const answered = gate();
  const liServed = gate();
  const begun: string[] = [];
  for (const key of ["z1", "z2", "z3"]) await queue(store, key, zhang, words);
  await queue(store, "l1", li, words);
  const { dispatcher } = dispatch(store, {
    send: async ({ key }) => {
      begun.push(key);
      if (key === "z1:0") await answered.opened;
      if (key === "l1:0") liServed.open();
      return sent;
    },
  });
  await liServed.opened;
  expect(begun).toEqual(["z1:0", "l1:0"]);
  answered.open();
  await dispatcher.idle();
  expect(begun).toEqual(["z1:0", "l1:0", "z2:0", "z3:0"]);
});

test("many people are served four at a time, each once", async () => {
  const store = await openTestStore();
  const begun: string[] = [];
  let atOnce = 0;
  let most = 0;
  for (let n = 0; n < 12; n += 1) await queue(store, `m${n}`, { kind: "person", staffId: `p${n}` }, words);
  const { dispatcher } = dispatch(store, {
    send: async ({ key }) => {
      begun.push(key);
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise(setImmediate);
      atOnce -= 1;
      return sent;
    },
  });
  await dispatcher.idle();
  expect(new Set(begun).size).toBe(12);
  expect(begun).toHaveLength(12);
  expect(most).toBeLessThanOrEqual(4);
});

test("what is to be retried is sent again before what comes after it", async () => {
  const store = await openTestStore();
  const begun: string[] = [];
  await queue(store, "a", zhang, words);
  await queue(store, "b", zhang, words);
  const { dispatcher } = dispatch(store, {
    send: async ({ key }) => {
      begun.push(key);
      return begun.length <= 2 ? { kind: "retry", afterMs: 1, problem: "QpsLimit" } : sent;
    },
  });
  await dispatcher.idle();
  expect(begun).toEqual(["a:0", "a:0", "a:0", "b:0"]);
  expect(await store.outbox.waiting()).toBe(0);
});

test("a long retry keeps nobody waiting for idleness, and stays in the outbox", async () => {
  const store = await openTestStore();
  await queue(store, "a", zhang, words);
  const { dispatcher } = dispatch(store, {
    send: async () => ({ kind: "retry", afterMs: 3600_000, problem: "quota" }),
  });
  await dispatcher.idle();
  expect(await store.outbox.waiting()).toBe(1);
});

test("a refused message is given up and the next one sent", async () => {
  const store = await openTestStore();
  const begun: string[] = [];
  await queue(store, "a", zhang, words);
  await queue(store, "b", zhang, words);
  const { dispatcher, lines } = dispatch(store, {
    send: async ({ key }) => {
      begun.push(key);
      return key === "a:0" ? { kind: "refused", problem: "invalidStaffId" } : sent;
    },
  });
  await dispatcher.idle();
  expect(begun).toEqual(["a:0", "b:0"]);
  expect(lines.filter((it) => it.includes("invalidStaffId"))).toHaveLength(1);
});

test("a message that can never be put together holds up its addressee for five attempts only", async () => {
  const store = await openTestStore();
  let loads = 0;
  const begun: string[] = [];
  await queue(store, "a", zhang, sheet);
  await queue(store, "b", zhang, words);
  const send: Sender["send"] = async ({ key }) => {
    begun.push(key);
    return sent;
  };
  const load = () => {
    loads += 1;
    return Promise.reject(new Error("no report"));
  };
  const { dispatcher } = dispatch(store, { send, load });
  await dispatcher.idle();
  expect([loads, begun]).toEqual([5, ["b:0"]]);
});

test("an attachment is loaded when it is sent", async () => {
  const store = await openTestStore();
  await queue(store, "a", zhang, sheet);
  const file = { bytes: Buffer.from("PK"), fileName: "全部表格.xlsx", kind: "file" } as const;
  const outgoing: unknown[] = [];
  const send: Sender["send"] = async (it) => {
    outgoing.push(it.body);
    return sent;
  };
  const { dispatcher } = dispatch(store, { send, load: async () => file });
  await dispatcher.idle();
  expect(outgoing).toEqual([file]);
});

test("stopping finishes the message being sent and begins no other", async () => {
  const store = await openTestStore();
  const reached = gate();
  const answered = gate();
  const begun: string[] = [];
  await queue(store, "a", zhang, words);
  await queue(store, "b", zhang, words);
  const { dispatcher } = dispatch(store, {
    send: async ({ key }) => {
      begun.push(key);
      reached.open();
      await answered.opened;
      return sent;
    },
  });
  await reached.opened;
  const stopped = dispatcher.stop();
  answered.open();
  await stopped;
  expect(begun).toEqual(["a:0"]);
  expect(await store.outbox.waiting()).toBe(1);
});
