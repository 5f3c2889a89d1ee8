import { describe, expect, onTestFinished, test } from "vitest";
import { type Attachments, type Dispatcher, startDispatcher } from "../../src/bot/dispatcher.ts";
import type { Outgoing, Sender, SendOutcome } from "../../src/bot/sender.ts";
import type { Content } from "../../src/flows/flow.ts";
import { messageOf, type Say } from "../../src/flows/words/words.ts";
import type { Outbox, Store } from "../../src/store/store.ts";
import { personalReminder } from "../support/builders.ts";
import { gate, logged } from "./logged.ts";
import { openTestStore, queue } from "./store.ts";

const say: Say = { tag: "managersOnly", data: {} };
const words: Content = { kind: "say", say };
/** What nobody else is told. */
const wordsOf = (at: string): Content => ({ kind: "say", say: { tag: "exportFollows", data: { at } } });
const sheet: Content = { kind: "attach", attachment: { file: "export" } };
const zhang = { kind: "person", staffId: "zhang" } as const;
const li = { kind: "person", staffId: "li" } as const;
const sent: SendOutcome = { kind: "sent", receipt: "k" };

/** The outbox, with something of it done otherwise. */
function changed(outbox: Outbox, changes: Partial<Outbox>): Outbox {
  return new Proxy(outbox, {
    get(target, name) {
      if (name in changes) return Reflect.get(changes, name);
      const method: unknown = Reflect.get(target, name);
      return typeof method === "function" ? method.bind(target) : method;
    },
  });
}

interface Given {
  outbox?: Outbox;
  /** The outcome for each addressee. */
  send: (outgoing: Outgoing, lease: Parameters<Sender["send"]>[1]) => Promise<SendOutcome>;
  load?: Attachments["load"];
  onRest?: () => Promise<void>;
  isNearQuota?: () => boolean;
  leaseMs?: number;
  hasOtherWay?: () => boolean;
  caughtUp?: () => Promise<void>;
}

function dispatch(store: Store, { send, load = () => Promise.reject(new Error("no report")), ...given }: Given) {
  const { log, lines } = logged();
  const sender: Sender = {
    async send(outgoing, lease) {
      const outcome = await send(outgoing, lease);
      return outgoing.to.map(() => outcome);
    },
  };
  const options = { outbox: store.outbox, attachments: { load }, sender, log, faultAfterMs: 1, ...given };
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
  const fresh = { partsSent: 0, isDoubtful: false };
  expect(outgoing).toEqual([
    { key: "a:0", to: [zhang], body, ...fresh },
    { key: "b:0", to: [{ kind: "group", conversationId: "cid:1" }], body, ...fresh },
  ]);
  expect(await store.outbox.waiting()).toBe(0);
});

test("to one person in order, and nobody waits for somebody else", async () => {
  const store = await openTestStore();
  const answered = gate();
  const liServed = gate();
  const begun: string[] = [];
  for (const key of ["z1", "z2", "z3"]) await queue(store, key, zhang, words);
  await queue(store, "l1", li, wordsOf("l1"));
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
  for (let n = 0; n < 12; n += 1) await queue(store, `m${n}`, { kind: "person", staffId: `p${n}` }, wordsOf(`${n}`));
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

test("nothing is begun while messages that have come are not acknowledged, and nothing after the stop", async () => {
  const store = await openTestStore();
  const begun: string[] = [];
  const waited = gate();
  let caughtUp = gate();
  const { dispatcher } = dispatch(store, {
    caughtUp: () => {
      waited.open();
      return caughtUp.opened;
    },
    send: async ({ key }) => {
      begun.push(key);
      return sent;
    },
  });
  await queue(store, "a", zhang, words);
  await waited.opened;
  expect(await store.outbox.waiting()).toBe(1);
  expect(begun).toEqual([]);
  caughtUp.open();
  await dispatcher.idle();
  expect(begun).toEqual(["a:0"]);
  caughtUp = gate();
  await queue(store, "b", li, words);
  const stopped = dispatcher.stop();
  caughtUp.open();
  await stopped;
  expect(begun).toEqual(["a:0"]);
  expect(await store.outbox.waiting()).toBe(1);
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

describe("while the OpenAPI is closed", () => {
  const usedUp = "Forbidden.AccessDenied.ApiCountLimitForOrg";
  const file = { bytes: Buffer.from("PK"), fileName: "全部表格.xlsx", kind: "file" } as const;

  /** Says which messages were begun; the way is open to texts once somebody has written. */
  async function closed(first: Content, problem = usedUp) {
    const store = await openTestStore();
    const begun: string[] = [];
    let hasWritten = false;
    const { dispatcher } = dispatch(store, {
      hasOtherWay: () => hasWritten,
      load: async () => file,
      send: async ({ key, body }) => {
        begun.push(key);
        if (hasWritten && body.kind === "message") return sent;
        return { kind: "retry", afterMs: 3600_000, problem };
      },
    });
    await queue(store, "a", zhang, first);
    await dispatcher.idle();
    await queue(store, "b", zhang, words);
    await dispatcher.idle();
    expect(begun).toEqual(["a:0"]);
    hasWritten = true;
    await queue(store, "c", zhang, words);
    await dispatcher.idle();
    return { begun, waiting: await store.outbox.waiting() };
  }

  test("all that waits for somebody takes the other way as soon as it opens, in order", async () => {
    expect(await closed(words)).toEqual({ begun: ["a:0", "a:0", "b:0", "c:0"], waiting: 0 });
  });

  test("a file, which can't take it, holds up no answer", async () => {
    expect(await closed(sheet)).toEqual({ begun: ["a:0", "b:0", "c:0"], waiting: 1 });
    expect(await closed(sheet, "88/90020")).toEqual({ begun: ["a:0", "b:0", "c:0"], waiting: 1 });
  });

  test("what waits for another reason keeps its place", async () => {
    expect(await closed(words, "banned")).toEqual({ begun: ["a:0"], waiting: 3 });
  });
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
  const send: Given["send"] = async ({ key }) => {
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
  const send: Given["send"] = async (it) => {
    outgoing.push(it.body);
    return sent;
  };
  const { dispatcher } = dispatch(store, { send, load: async () => file });
  await dispatcher.idle();
  expect(outgoing).toEqual([file]);
});

test("what many are told alike goes out in calls of up to 20, each settled by itself", async () => {
  const store = await openTestStore();
  const people = Array.from({ length: 25 }, (_, n) => `p${n}`);
  const messages = people.map((staffId) => ({
    key: `m:${staffId}`,
    to: { kind: "person", staffId } as const,
    content: words,
  }));
  const now = new Date();
  await store.tick((tick) => tick.remind({ messages, slots: [], putOffsDone: [], passedOn: [] }, now));
  const { log } = logged();
  const calls: number[] = [];
  const sender: Sender = {
    send: async ({ to }) => {
      calls.push(to.length);
      return to.map((it) =>
        it.kind === "person" && it.staffId === "p3" ? { kind: "refused", problem: "invalidStaffId" } : sent,
      );
    },
  };
  const attachments = { load: () => Promise.reject(new Error("no report")) };
  const dispatcher = startDispatcher({ outbox: store.outbox, attachments, sender, log });
  onTestFinished(() => dispatcher.stop());
  await dispatcher.idle();
  expect(calls).toEqual([20, 5]);
  expect(await store.outbox.waiting()).toBe(0);
  expect(await store.outbox.untold()).toMatchObject([{ to: { staffId: "p3" }, messages: 1 }]);
});

test("what is in hand is not begun again, even where its lease could not be kept", async () => {
  const store = await openTestStore();
  const leaseMs = 50;
  const ranOut = gate();
  const answered = gate();
  const begun: string[] = [];
  await queue(store, "a", zhang, words);
  const { dispatcher } = dispatch(store, {
    leaseMs,
    // It says that it lengthens claims, and does not.
    outbox: changed(store.outbox, { renew: async () => true }),
    send: async ({ key }) => {
      begun.push(key);
      if (key === "a:0") setTimeout(() => ranOut.open(), 2 * leaseMs);
      if (key === "a:0") await answered.opened;
      if (key === "b:0") answered.open();
      return sent;
    },
  });
  await ranOut.opened;
  await queue(store, "b", li, words);
  await dispatcher.idle();
  expect(begun).toEqual(["a:0", "b:0"]);
});

test("what was sent is kept as sent, though the database is busy at first", async () => {
  const store = await openTestStore();
  await queue(store, "a", zhang, words);
  let attempts = 0;
  let sends = 0;
  const { dispatcher } = dispatch(store, {
    outbox: changed(store.outbox, {
      sent: async (...settled) => {
        attempts += 1;
        if (attempts < 5) throw new Error("database is locked");
        await store.outbox.sent(...settled);
      },
    }),
    send: async () => {
      sends += 1;
      return sent;
    },
  });
  await dispatcher.idle();
  expect([attempts, sends, await store.outbox.waiting()]).toEqual([5, 1, 0]);
});

test("what somebody else claimed meanwhile is left to them", async () => {
  const store = await openTestStore();
  await queue(store, "a", zhang, words);
  const { dispatcher, lines } = dispatch(store, {
    send: async ({ to }, lease) => {
      await store.outbox.claim(new Date(Date.now() + 3600_000), 60_000);
      await lease.partsSent(1, to);
      throw new Error("the second part was begun");
    },
  });
  await dispatcher.idle();
  expect(lines.filter((it) => it.includes("longer than its lease"))).toHaveLength(1);
  expect(await store.outbox.waiting()).toBe(1);
});

test("what was being sent when a process died is sent again as a possible repeat, after the parts that were delivered", async () => {
  const store = await openTestStore();
  await queue(store, "a", zhang, words);
  const died = await store.outbox.claim(new Date(Date.now() - 60_000), 1);
  if (died === null) throw new Error("nothing waits");
  await store.outbox.renew([died], new Date(Date.now() - 1), 1);
  const seen: unknown[] = [];
  const { dispatcher } = dispatch(store, {
    send: async ({ partsSent, isDoubtful }) => {
      seen.push([partsSent, isDoubtful]);
      return seen.length === 1
        ? { kind: "retry", afterMs: 1, problem: "QpsLimit", partsSent: 2, isDoubtful: false }
        : sent;
    },
  });
  await dispatcher.idle();
  expect(seen).toEqual([
    [1, true],
    [2, false],
  ]);
});

test("near the quota, reminders that wait for one person are one message", async () => {
  const store = await openTestStore();
  const reminder = (day: string): Content => ({
    kind: "say",
    say: {
      tag: "reminder",
      data: personalReminder({ day }),
    },
  });
  for (const day of ["2023-06-27", "2023-06-28"]) await queue(store, day, zhang, reminder(day));
  await queue(store, "b", zhang, words);
  const begun: string[] = [];
  const { dispatcher } = dispatch(store, {
    isNearQuota: () => true,
    send: async ({ key }) => {
      begun.push(key);
      return sent;
    },
  });
  await dispatcher.idle();
  expect(begun).toEqual(["2023-06-27:0", "b:0"]);
});

test("when all is sent it says so, and goes on with what is queued then", async () => {
  const store = await openTestStore();
  const begun: string[] = [];
  await queue(store, "a", zhang, words);
  let rests = 0;
  const { dispatcher } = dispatch(store, {
    onRest: async () => {
      rests += 1;
      if (rests === 1) await queue(store, "b", zhang, words);
      if (rests === 2) throw new Error("disk full");
    },
    send: async ({ key }) => {
      begun.push(key);
      return sent;
    },
  });
  await dispatcher.idle();
  expect(begun).toEqual(["a:0", "b:0"]);
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
