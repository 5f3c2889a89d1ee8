import { describe, expect, it } from "vitest";
import type { Duty } from "../../src/campaign/duty.ts";
import type { SentReminder } from "../../src/campaign/sent-reminder.ts";
import { type Reply, toManagers, toPerson } from "../../src/flows/flow.ts";
import type { Store } from "../../src/store/store.ts";
import { duty } from "../support/builders.ts";
import { zhoushan } from "../support/campaign.ts";
import { campaignsOf, given, now, open } from "./opened.ts";

const standing = { isManager: true, liaisonOf: null, contactOf: [] };

const owed = (obligation: Duty["obligation"], given: Partial<Duty> = {}) => duty({ obligation, ...given });

function reminder(staffId: string, duties: Duty[], cause: SentReminder["cause"] = "ladder"): Reply {
  const common = { day: "2023-06-13", name: null, liaisonOf: null, event: null, quiet: [], insteadOf: [] };
  return toPerson(staffId, { tag: "reminder", data: { ...common, cause, duties } });
}

const both = [owed("statistics"), owed("summary")];

async function kept(store: Store, at = now): Promise<readonly SentReminder[]> {
  const { reminders } = await store.turn((turn) => turn.facts(["reminders"], { standing, now: at }));
  return reminders.sent;
}

const byTick = (store: Store, key: string, replies: Reply[], at = now) =>
  store.tick((tick) => {
    const messages = replies.map((it, n) => ({ key: `${key}:${n}`, ...it }));
    return tick.remind({ messages, slots: [], putOffsDone: [], passedOn: [] }, at);
  });

describe("what is kept of reminders", () => {
  it("is the same whether a tick or a turn queued them, and nothing of other messages", async () => {
    const store = await open();
    const period = { no: 2, key: "2023-06-08/2023-06-14", start: "", end: "", due: "", dueTime: "" };
    await byTick(store, "r", [reminder("lisi", [owed("statistics", { period })])]);
    await given(store, [], [reminder("zhangsan", both, "manager"), toPerson("lisi", { tag: "unsupported", data: {} })]);
    await given(store, [], [toManagers({ tag: "reminderForManagers", data: { day: "2023-06-13", duties: both } })]);
    const common = { at: now, delivery: "waiting", isRead: null };
    expect((await kept(store)).toSorted((a, b) => a.staffId.localeCompare(b.staffId))).toEqual([
      {
        ...common,
        staffId: "lisi",
        cause: "ladder",
        duties: [{ obligation: "statistics", unitId: "dinghai", period: "2023-06-08/2023-06-14" }],
      },
      {
        ...common,
        staffId: "zhangsan",
        cause: "manager",
        duties: both.map(({ obligation, unitId }) => ({ obligation, unitId })),
      },
    ]);
  });

  it("tells what became of the message", async () => {
    const store = await open();
    await byTick(store, "r", [reminder("lisi", both), reminder("zhangsan", both)]);
    const first = await store.outbox.claim(now, 60_000);
    const second = await store.outbox.claim(now, 60_000);
    if (first === null || second === null) throw new Error("nothing waits");
    await store.outbox.sent(first, now, "receipt");
    await store.outbox.refused(second, "invalid staff id", now);
    expect((await kept(store)).map((it) => it.delivery)).toEqual(["sent", "refused"]);
  });

  it("forgets what was met before it was sent", async () => {
    const store = await open();
    await byTick(store, "r", [reminder("zhangsan", both)]);
    const met = { type: "reminderWithdrawn", unitId: "dinghai" } as const;
    await given(store, [{ ...met, obligation: "statistics" }]);
    expect((await kept(store)).map((it) => it.duties)).toEqual([[{ obligation: "summary", unitId: "dinghai" }]]);
    await given(store, [{ ...met, obligation: "summary" }]);
    expect(await kept(store)).toEqual([]);
  });

  it("is one reminder where two waiting ones became one message", async () => {
    const store = await open();
    await byTick(store, "r1", [reminder("zhangsan", [owed("statistics")])]);
    await byTick(store, "r2", [reminder("zhangsan", [owed("summary")])]);
    const message = await store.outbox.claim(now, 60_000);
    if (message === null) throw new Error("nothing waits");
    await store.outbox.mergeReminders(message);
    expect((await kept(store)).map((it) => it.duties.map((other) => other.obligation))).toEqual([
      ["statistics", "summary"],
    ]);
  });

  it("is another campaign's only there; of today it is what the hour before and the day have seen", async () => {
    const campaign = await campaignsOf();
    const [store, other] = [campaign(zhoushan.id), campaign("zhoushan-2024")];
    const at = (clock: string) => new Date(`2023-06-14T${clock}:00+08:00`);
    await byTick(store, "r1", [reminder("zhangsan", both)], new Date("2023-06-13T23:00:00+08:00"));
    await byTick(store, "r2", [reminder("zhangsan", both)], at("00:10"));
    await byTick(other, "r3", [reminder("zhangsan", both)], at("00:10"));
    const today = async (now: Date) => {
      const facts = await store.turn((turn) => turn.facts(["remindedToday"], { standing, now }));
      return facts.remindedToday.length;
    };
    expect([await today(at("00:15")), await today(at("23:59"))]).toEqual([1, 1]);
    expect(await today(new Date("2023-06-14T00:00:00+08:00"))).toBe(2);
    expect((await kept(store)).length).toBe(2);
  });

  it("is shown for 30 days, which hold the month so far", async () => {
    const store = await open();
    const on = (day: string) => new Date(`2023-${day}T00:00:00+08:00`);
    const shown = async (at: Date) => (await kept(store, at)).map((it) => it.staffId);
    await byTick(store, "r1", [reminder("zhangsan", both)], new Date(on("07-01").getTime() - 1));
    await byTick(store, "r2", [reminder("lisi", both)], on("07-01"));
    expect(await shown(on("07-30"))).toEqual(["zhangsan", "lisi"]);
    expect(await shown(on("07-31"))).toEqual(["lisi"]);
    expect(await shown(on("08-01"))).toEqual([]);
  });

  it("knows what was used of the month", async () => {
    const store = await open();
    await store.usage.add("2023-06", { calls: 7, stream: 3 });
    await store.usage.add("2023-05", { calls: 100, stream: 100 });
    const { reminders } = await store.turn((turn) => turn.facts(["reminders"], { standing, now }));
    expect(reminders.usage).toEqual({ month: "2023-06", calls: 7, stream: 3 });
  });
});
