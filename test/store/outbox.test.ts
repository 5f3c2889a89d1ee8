import { describe, expect, it } from "vitest";
import type { Duty } from "../../src/campaign/duty.ts";
import { askBeside } from "../../src/cli/beside.ts";
import { type Change, type Reply, toManagers, toPerson } from "../../src/flows/flow.ts";
import type { Say } from "../../src/flows/words/words.ts";
import type { ReminderRound, Store } from "../../src/store/store.ts";
import { duty, personalReminder } from "../support/builders.ts";
import { zhoushan } from "../support/campaign.ts";
import { emptyDatabase } from "../support/database.ts";
import { campaignsOf, given, now, open, openReplicas } from "./opened.ts";

const leaseMs = 60_000;
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const to = (staffId: string): Reply => toPerson(staffId, { tag: "unsupported", data: {} });
const again = { problem: "throttled", partsSent: 0, isDoubtful: false };
const toGroup: Reply = {
  to: { kind: "group", conversationId: "cid:1:x" },
  content: { kind: "attach", attachment: { file: "consolidated", publication: 1 } },
};

async function claimed(store: Store, at = now) {
  const message = await store.outbox.claim(at, leaseMs);
  if (message === null) throw new Error("nothing waits");
  return message;
}

async function takeAll(store: Store, at = now): Promise<string[]> {
  const keys: string[] = [];
  for (let it = await store.outbox.claim(at, leaseMs); it !== null; it = await store.outbox.claim(at, leaseMs)) {
    keys.push(it.key);
    await store.outbox.sent(it, at, null);
  }
  return keys;
}

describe("the outbox", () => {
  it("keeps to whom, and a group's id whatever stands in it", async () => {
    const store = await open();
    await given(store, [], [toGroup, to("zhangsan")], "m");
    expect(await claimed(store)).toMatchObject({ key: "reply:m:0", to: toGroup.to, content: toGroup.content });
    expect(await claimed(store)).toMatchObject({ to: { kind: "person", staffId: "zhangsan" }, attempts: 1 });
  });

  it("serves whoever comes after a long queue that is held up", async () => {
    const store = await open();
    await given(store, [], [...Array.from({ length: 600 }, () => to("busy")), to("zhangsan")], "m");
    await store.outbox.retry(await claimed(store), { ...again, notBefore: later(3600) });
    expect(await takeAll(store)).toEqual(["reply:m:600"]);
  });

  it("lets nobody's message pass an earlier one of theirs that is being sent", async () => {
    const store = await open();
    await given(store, [], [to("zhangsan"), to("zhangsan"), to("lisi")], "m");
    expect((await claimed(store)).key).toBe("reply:m:0");
    expect(await takeAll(store)).toEqual(["reply:m:2"]);
    expect(await store.outbox.waiting()).toBe(2);
  });

  it("goes on with the next once one is refused", async () => {
    const store = await open();
    await given(store, [], [to("zhangsan"), to("zhangsan")], "m");
    await store.outbox.refused(await claimed(store), "invalidStaffId", now);
    expect(await takeAll(store)).toEqual(["reply:m:1"]);
    expect(await takeAll(store, later(7200))).toEqual([]);
  });

  it("settles a message once: a sender that comes too late changes nothing", async () => {
    const url = await emptyDatabase();
    const store = await open({ url });
    await given(store, [], [to("zhangsan"), to("zhangsan")], "m");
    const first = await claimed(store);
    await store.outbox.refused(first, "invalidStaffId", now);
    await store.outbox.sent(first, now, "receipt");
    const second = await claimed(store);
    await store.outbox.sent(second, now, "receipt");
    await store.outbox.refused(second, "invalidStaffId", now);
    const sql = 'SELECT status, receipt, problem FROM "OutboxMessage" ORDER BY id';
    expect(await askBeside(url, sql)).toEqual([
      ["refused", null, "invalidStaffId"],
      ["sent", "receipt", null],
    ]);
  });

  it("gives a message to one of several senders that ask at once", async () => {
    const store = await open();
    await given(store, [], [to("zhangsan")]);
    const asked = await Promise.all(Array.from({ length: 5 }, () => store.outbox.claim(now, leaseMs)));
    expect(asked.filter((it) => it !== null)).toHaveLength(1);
  });

  it("says that something is queued only after it is: its listener can take it", async () => {
    const store = await open();
    const heard: Promise<string | undefined>[] = [];
    store.outbox.onQueued(() => heard.push(store.outbox.claim(now, leaseMs).then((it) => it?.key)));
    await given(store, [], [to("zhangsan")], "m");
    expect(await Promise.all(heard)).toEqual(["reply:m:0"]);
  });

  it("refuses a second message under the key of another, and the whole turn with it", async () => {
    const store = await open();
    await store.tick((it) => it.remind(planned("r", "dinghai"), now));
    const again = store.tick((it) => it.remind(planned("r", "putuo"), now));
    await expect(again).rejects.toThrow();
    expect(await store.outbox.waiting()).toBe(1);
    await store.tick((it) => it.remind(planned("r2", "putuo"), now));
    expect(await store.outbox.waiting()).toBe(2);
  });

  it("has nothing for managers where there are none, and one for each where there are several", async () => {
    const none = await open({ managers: [] });
    const reply = toManagers({ tag: "unsupported", data: {} });
    await given(none, [], [reply, to("zhangsan")], "m");
    expect(await takeAll(none)).toEqual(["reply:m:1"]);
    const three = await open({ managers: ["a", "b", "c"] });
    await given(three, [], [reply, reply], "m");
    const keys = await takeAll(three);
    expect(new Set(keys).size).toBe(6);
    expect(keys).toContain("reply:m:1:person:b");
  });
});

describe("a claim", () => {
  it("that ran out settles nothing any more: whoever has the message now does", async () => {
    const store = await open();
    await given(store, [], [to("zhangsan")], "m");
    const first = await claimed(store);
    const second = await claimed(store, later(61));
    await store.outbox.sent(first, later(62), null);
    await store.outbox.refused(first, "invalidStaffId", later(62));
    await store.outbox.retry(first, { ...again, notBefore: later(3600) });
    expect([await store.outbox.waiting(), await store.outbox.untold()]).toEqual([1, []]);
    expect(await store.outbox.renew([first], later(3600))).toBe(false);
    expect(await store.outbox.renew([second], later(3600))).toBe(true);
    await store.outbox.sent(second, later(63), null);
    expect(await store.outbox.waiting()).toBe(0);
  });

  it("that ran out leaves a doubt behind, one that was given back does not", async () => {
    const store = await open();
    await given(store, [], [to("zhangsan"), to("lisi")], "m");
    const [zhangsan, lisi] = [await claimed(store), await claimed(store)];
    await store.outbox.retry(lisi, { ...again, notBefore: now });
    const [once, twice] = [await claimed(store, later(61)), await claimed(store, later(61))];
    expect([once, twice]).toMatchObject([
      { id: zhangsan.id, attempts: 2, isDoubtful: true },
      { id: lisi.id, attempts: 2, isDoubtful: false },
    ]);
  });

  it("that is renewed keeps the message from everybody else, and what was delivered of it", async () => {
    const store = await open();
    await given(store, [], [to("zhangsan")], "m");
    const first = await claimed(store);
    expect(await store.outbox.renew([first], later(120), 2)).toBe(true);
    expect(await store.outbox.claim(later(100), leaseMs)).toBeNull();
    expect(await claimed(store, later(121))).toMatchObject({ partsSent: 2, isDoubtful: true });
  });

  it("is not made of what this process still has in hand, whatever the time, nor of what comes after it", async () => {
    const store = await open();
    await given(store, [], [to("zhangsan"), to("zhangsan"), to("lisi")], "m");
    const inHand = new Set([(await claimed(store)).id]);
    expect((await store.outbox.claim(later(61), leaseMs, { inHand }))?.key).toBe("reply:m:2");
    expect(await store.outbox.claim(later(61), leaseMs, { inHand })).toBeNull();
  });

  it("of one process is respected by another on the same database", async () => {
    const [one, other] = (await openReplicas(2)) as [Store, Store];
    await given(one, [], [to("zhangsan"), to("lisi"), to("zhangsan")], "m");
    const [first, second] = [await claimed(one), await claimed(other)];
    expect([first.key, second.key]).toEqual(["reply:m:0", "reply:m:1"]);
    expect([await one.outbox.claim(now, leaseMs), await other.outbox.claim(now, leaseMs)]).toEqual([null, null]);
    await one.outbox.sent(first, now, null);
    expect((await claimed(other)).key).toBe("reply:m:2");
  });
});

describe("what tells several people the same", () => {
  const same = { now, leaseMs, most: 19 };

  it("is claimed together, for each only what is next in their own order", async () => {
    const store = await open();
    const other = toPerson("lisi", { tag: "managersOnly", data: {} });
    await given(store, [], [to("zhangsan"), other, to("lisi"), to("wangwu"), to("wangwu"), toGroup], "m");
    const alike = await store.outbox.claimAlike(await claimed(store), same);
    expect(alike.map((it) => it.key)).toEqual(["reply:m:3"]);
    expect((await claimed(store)).key).toBe("reply:m:1");
  });

  it("is claimed once, and at most so many", async () => {
    const store = await open();
    const people = Array.from({ length: 25 }, (_, n) => `p${n}`);
    await given(store, [], people.map(to), "m");
    const first = await claimed(store);
    expect(await store.outbox.claimAlike(first, same)).toHaveLength(19);
    expect(await store.outbox.claimAlike(await claimed(store), same)).toHaveLength(4);
  });

  it("is not claimed of what was tried before: it may be a repeat, or have begun", async () => {
    const store = await open();
    await given(store, [], [to("zhangsan"), to("lisi")], "m");
    const [zhangsan, lisi] = [await claimed(store), await claimed(store)];
    await store.outbox.retry(lisi, { ...again, notBefore: now });
    expect(await store.outbox.claimAlike(zhangsan, same)).toEqual([]);
  });
});

describe("a refusal", () => {
  const say: Say = { tag: "unsupported", data: {} };

  async function refuse(store: Store, problem = "invalidStaffId", at = now): Promise<void> {
    await store.outbox.refused(await claimed(store), problem, at);
  }

  it("is told to managers once, however many messages it met, and all that is new together", async () => {
    const store = await open();
    await given(store, [], [to("zhangsan"), to("zhangsan"), to("lisi")], "m");
    for (let n = 0; n < 3; n += 1) await refuse(store);
    const untold = await store.outbox.untold();
    expect(untold).toMatchObject([
      { to: { staffId: "lisi" }, problem: "invalidStaffId", messages: 1 },
      { to: { staffId: "zhangsan" }, messages: 2 },
    ]);
    expect(await store.outbox.tell(untold, say, now)).toBe(true);
    expect(await takeAll(store)).toHaveLength(2);
    await given(store, [], [to("lisi")], "n");
    await refuse(store);
    expect(await store.outbox.untold()).toEqual([]);
  });

  it("is told again once a message has arrived in between, and never forgotten before it was told", async () => {
    const store = await open();
    await given(store, [], [to("zhangsan"), to("zhangsan"), to("zhangsan"), to("zhangsan")], "m");
    await refuse(store);
    await store.outbox.sent(await claimed(store), now, null);
    const untold = await store.outbox.untold();
    expect(untold).toHaveLength(1);
    await store.outbox.tell(untold, say, now);
    await takeAll(store);
    await given(store, [], [to("zhangsan")], "n");
    await refuse(store);
    expect(await store.outbox.untold()).toHaveLength(1);
  });

  it("is told by one of two processes", async () => {
    const [one, other] = (await openReplicas(2)) as [Store, Store];
    await given(one, [], [to("zhangsan")], "m");
    await refuse(one);
    const [untold, untoldToo] = [await one.outbox.untold(), await other.outbox.untold()];
    expect([await one.outbox.tell(untold, say, now), await other.outbox.tell(untoldToo, say, now)]).toEqual([
      true,
      false,
    ]);
    expect(await one.outbox.waiting()).toBe(2);
  });

  it("of a message about refusals is not one to tell", async () => {
    const store = await open();
    await given(store, [], [toPerson("manager", { tag: "undelivered", data: { refused: [] } })], "m");
    await refuse(store);
    expect(await store.outbox.untold()).toEqual([]);
  });
});

const slotAt = new Date("2023-06-27T09:00:00+08:00");

function owed(unitId: string, obligation: Duty["obligation"]): Duty {
  return duty({ obligation, unitId, unit: unitId, called: unitId, liaison: null });
}

/** One message about both obligations of the named units, to each of `people`. */
function planned(key: string, units: string | string[], people = ["zhangsan"]): ReminderRound {
  const duties = [units].flat().flatMap((it) => [owed(it, "statistics"), owed(it, "summary")]);
  const data = personalReminder({ duties });
  return {
    slots: duties.map(({ obligation, unitId }) => ({ obligation, unitId, slotAt, messageKey: key })),
    messages: people.map((it, n) => ({ key: `${key}:${n}`, ...toPerson(it, { tag: "reminder", data }) })),
    putOffsDone: [],
    passedOn: [],
  };
}

const met = (unitId: string, obligation: Duty["obligation"]): Change => ({
  type: "reminderWithdrawn",
  unitId,
  obligation,
});

/** What each waiting message still asks for. */
async function asksFor(store: Store): Promise<string[]> {
  const asked: string[] = [];
  for (let it = await store.outbox.claim(now, leaseMs); it !== null; it = await store.outbox.claim(now, leaseMs)) {
    const { content } = it;
    if (content.kind !== "say" || content.say.tag !== "reminder") throw new Error("no reminder");
    asked.push(content.say.data.duties.map(({ unitId, obligation }) => `${unitId} ${obligation}`).join(", "));
  }
  return asked;
}

describe("a reminder that waits", () => {
  it("loses what was met also where a manager's 催报 queued it, without a slot", async () => {
    const store = await open();
    await given(store, [], [...planned("r", "dinghai").messages]);
    await given(store, [met("dinghai", "statistics")]);
    expect(await asksFor(store)).toEqual(["dinghai summary"]);
  });

  it("loses what one unit has met, for everybody it goes to, and nothing else", async () => {
    const store = await open();
    await store.tick((it) => it.remind(planned("r", ["dinghai", "putuo"], ["zhangsan", "lisi"]), now));
    await given(store, [met("dinghai", "statistics")]);
    const rest = "dinghai summary, putuo statistics, putuo summary";
    expect(await asksFor(store)).toEqual([rest, rest]);
  });

  it("is not touched by another unit, another obligation, or a message with a longer key", async () => {
    const store = await open();
    await store.tick((it) => it.remind(planned("r", "dinghai"), now));
    await store.tick((it) => it.remind(planned("r1", "putuo", ["lisi"]), now));
    await given(store, [met("association", "statistics"), met("dinghai", "nomination")]);
    const waiting = await asksFor(store);
    expect(waiting).toEqual(["dinghai statistics, dinghai summary", "putuo statistics, putuo summary"]);
  });

  it("leaves the unit's other messages waiting", async () => {
    const store = await open();
    await given(store, [], [to("zhangsan")], "m");
    await store.tick((it) => it.remind(planned("r", "dinghai"), now));
    await given(store, [met("dinghai", "statistics"), met("dinghai", "summary")]);
    expect(await takeAll(store)).toEqual(["reply:m:0"]);
  });

  it("stays as it was when the turn that met the obligation fails", async () => {
    const store = await open();
    await store.tick((it) => it.remind(planned("r", "dinghai"), now));
    const failing: Change = { type: "documentNamed", no: 99, kind: "summary" };
    await expect(given(store, [met("dinghai", "summary"), failing])).rejects.toThrow();
    expect(await asksFor(store)).toEqual(["dinghai statistics, dinghai summary"]);
  });
});

describe("reminders that wait for one person", () => {
  it("are drawn into the first: each duty once, as the latest says it, and nothing else passes", async () => {
    const store = await open();
    await store.tick((it) => it.remind(planned("r1", "dinghai"), now));
    await store.tick((it) => it.remind({ ...planned("r2", ["dinghai", "putuo"]), slots: [] }, now));
    await given(store, [], [to("zhangsan")], "m");
    await store.tick((it) => it.remind({ ...planned("r3", "association"), slots: [] }, now));
    const merged = await store.outbox.mergeReminders(await claimed(store));
    if (merged.content.kind !== "say" || merged.content.say.tag !== "reminder") throw new Error("no reminder");
    expect(merged.content.say.data.duties.map((it) => `${it.unitId} ${it.obligation}`)).toEqual([
      ...["dinghai statistics", "dinghai summary", "putuo statistics", "putuo summary"],
    ]);
    await store.outbox.retry(merged, { ...again, notBefore: now });
    expect((await claimed(store)).content).toEqual(merged.content);
    await store.outbox.sent({ ...merged, attempts: 2 }, now, null);
    expect(await takeAll(store)).toEqual(["reply:m:0", "r3:0:0"]);
  });

  it("stay two where they are for two, and another message stays as it is", async () => {
    const store = await open();
    await store.tick((it) => it.remind(planned("r", "dinghai", ["lisi", "zhangsan"]), now));
    await given(store, [], [to("lisi")], "m");
    await store.outbox.mergeReminders(await claimed(store));
    expect(await store.outbox.waiting()).toBe(3);
  });
});

describe("a reminder's slot", () => {
  it("that is taken keeps the whole round back, also its free ones", async () => {
    const store = await open();
    await store.tick((it) => it.remind(planned("r", "dinghai"), now));
    const again = store.tick((it) => it.remind(planned("r2", ["putuo", "dinghai"], ["lisi"]), now));
    await expect(again).rejects.toThrow();
    expect(await store.outbox.waiting()).toBe(1);
    await store.tick((it) => it.remind(planned("r3", "putuo", ["lisi"]), now));
    expect(await store.outbox.waiting()).toBe(2);
  });

  it("is another at another moment, and in another campaign", async () => {
    const campaign = await campaignsOf();
    const [store, other] = [campaign(zhoushan.id), campaign("zhoushan-2024")];
    await store.tick((it) => it.remind(planned("r", "dinghai"), now));
    const later = planned("r2", "dinghai");
    const afternoon = new Date("2023-06-27T15:00:00+08:00");
    await store.tick((it) =>
      it.remind({ ...later, slots: later.slots.map((slot) => ({ ...slot, slotAt: afternoon })) }, now),
    );
    expect((await store.tick((it) => it.claimed(afternoon))).of("summary").get("dinghai")).toEqual(afternoon);
    await other.tick((it) => it.remind(planned("s", "dinghai"), now));
    await given(other, [met("dinghai", "statistics"), met("dinghai", "summary")]);
    expect([await store.outbox.waiting(), await other.outbox.waiting()]).toEqual([2, 0]);
  });

  it("that a failing tick claimed is free again", async () => {
    const store = await open();
    const failing = store.tick(async (it) => {
      await it.remind(planned("r", "dinghai"), now);
      await it.looked(now);
      throw new Error("power cut");
    });
    await expect(failing).rejects.toThrow("power cut");
    expect((await store.tick((it) => it.mark())).lookedAt).toBeNull();
    await store.tick((it) => it.remind(planned("r", "dinghai"), now));
    expect(await store.outbox.waiting()).toBe(1);
  });
});
