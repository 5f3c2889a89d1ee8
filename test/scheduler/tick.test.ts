import { afterEach, beforeEach, expect, test } from "vitest";
import { instantAt } from "../../src/campaign/calendar.ts";
import type { Campaign } from "../../src/campaign/campaign.ts";
import { reportingPeriods } from "../../src/campaign/period.ts";
import { MovableClock } from "../../src/clock.ts";
import { newConversation } from "../../src/flows/conversation.ts";
import type { Change } from "../../src/flows/flow.ts";
import { messageOf } from "../../src/flows/words/words.ts";
import { createLog } from "../../src/log.ts";
import { createScheduler, type Scheduler } from "../../src/scheduler/tick.ts";
import { openStore } from "../../src/store/prisma-store.ts";
import type { Store } from "../../src/store/store.ts";
import { campaign as whole } from "../report/sample.ts";
import { weekly } from "../support/campaign.ts";
import { emptyDatabase } from "../support/database.ts";

const at = (day: string, clock: string) => instantAt(day, clock, whole);
/** Two units: one with a contact whom DingTalk knows, one with nobody. */
const campaign: Campaign = { ...whole, units: whole.units.filter((it) => ["dinghai", "association"].includes(it.id)) };
const contact = "demo-dinghai-contact";
const clock = new MovableClock(at("2023-05-19", "09:00"), { runs: false });

let databaseUrl: string;
let store: Store;
let scheduler: Scheduler;

beforeEach(async () => {
  databaseUrl = await emptyDatabase();
  await open();
});

afterEach(async () => {
  await scheduler.stop();
  await store.close();
});

async function open(of = campaign): Promise<void> {
  store = await openStore({ databaseUrl, campaign: of, managers: ["boss", "deputy"] });
  scheduler = createScheduler({ store, clock, campaign: of, log: createLog("silent") });
}

async function restart(of = campaign): Promise<void> {
  await scheduler.stop();
  await store.close();
  await open(of);
}

async function tickAt(day: string, time: string): Promise<void> {
  clock.moveTo(at(day, time));
  await scheduler.tick();
}

/** What some turn did to the store. */
async function given(...changes: Change[]): Promise<void> {
  await turnOf("someone", changes);
}

async function turnOf(staffId: string, changes: Change[]): Promise<void> {
  const now = clock.now();
  const key = `msg-${now.toISOString()}-${changes.map((it) => it.type).join()}`;
  const sender = { staffId, nick: "某人" };
  const inbound = { key, at: now, sender, group: null, kind: "text", text: "" } as const;
  await store.turn(async (turn) => {
    expect(await turn.claim(inbound, now)).toBe(true);
    await turn.commit(inbound, { state: newConversation(), changes, replies: [] }, now);
  });
}

/** Takes everything that waits, as the dispatcher does: addressee and what it is. */
async function sent(): Promise<string[]> {
  const lines: string[] = [];
  const real = new Date();
  for (let it = await store.outbox.claim(real, 1000); it !== null; it = await store.outbox.claim(real, 1000)) {
    const to = it.to.kind === "person" ? it.to.staffId : it.to.conversationId;
    lines.push(`${to} ← ${it.content.kind === "attach" ? it.content.attachment.file : messageOf(it.content.say).text}`);
    await store.outbox.sent(it, real, null);
  }
  return lines;
}

const bind: Change = { type: "groupBound", group: { conversationId: "cid-1", title: "安全生产月工作群" } };
const approved: Change = {
  type: "nominationProposed",
  nomination: {
    no: 1,
    unitId: "dinghai",
    name: "甄一",
    post: "科长",
    phone: "13800001000",
    staffId: "zhen",
    proposedBy: contact,
    proposedAt: at("2023-05-24", "10:00"),
    status: "approved",
    decidedBy: "主任",
    decidedAt: at("2023-05-24", "10:00"),
  },
};

test("a slot is reminded of once, over double ticks, clocks that stand and restarts", async () => {
  await tickAt("2023-05-24", "08:59");
  expect(await sent()).toEqual([]);
  await tickAt("2023-05-24", "09:00");
  await Promise.all([scheduler.tick(), scheduler.tick()]);
  await restart();
  await tickAt("2023-05-24", "09:01");
  const messages = await sent();
  expect(messages.map((it) => it.split(" ")[0]).toSorted()).toEqual(["boss", "demo-dinghai-contact", "deputy"]);
  expect(messages.find((it) => it.startsWith(contact))).toContain(
    "定海区城市管理局还没有推荐联络员（明天 5月25日（周四）18:00 截止）",
  );
  expect(messages.find((it) => it.startsWith("boss"))).toContain("请电话联系：舟山市燃气协会");
});

test("a clock that was put back finds nothing due when it comes by a second time", async () => {
  for (const [day, before, slot, count] of [
    ["2023-05-24", "08:59", "09:00", 3],
    ["2023-07-01", "17:59", "18:00", 2],
  ] as const) {
    await tickAt(day, before);
    await tickAt(day, slot);
    expect(await sent()).toHaveLength(count);
    await tickAt(day, before);
    await tickAt(day, slot);
    expect(await sent()).toEqual([]);
  }
});

test("what was missed waits for the day's own step, and is not said beside it", async () => {
  await tickAt("2023-05-23", "17:00");
  await sent();
  await tickAt("2023-05-25", "08:30");
  expect(await sent()).toEqual([]);
  await tickAt("2023-05-25", "09:00");
  expect((await sent()).filter((it) => it.startsWith(contact))).toHaveLength(1);
});

test("a clock that was put back by a month looks for all that it had jumped over, and repeats nothing", async () => {
  const toContact = async () => (await sent()).filter((it) => it.startsWith(contact)).length;
  await tickAt("2023-05-19", "09:00");
  await tickAt("2023-05-26", "09:00");
  const tooEarly = await toContact();
  expect(tooEarly).toBe(1);
  await tickAt("2023-05-19", "09:01");
  await sent();
  await tickAt("2023-05-24", "09:00");
  expect(await toContact()).toBe(1);
  await tickAt("2023-05-26", "09:00");
  expect(await toContact()).toBe(0);
});

test("a clock that jumps meets the moment at which somebody's quiet hour is over, and what waits for office hours", async () => {
  await tickAt("2023-05-24", "08:40");
  await turnOf(contact, []);
  expect(await scheduler.next()).toEqual(at("2023-05-24", "09:00"));
  await tickAt("2023-05-24", "09:00");
  expect((await sent()).map((it) => it.split(" ")[0])).toEqual(["boss", "deputy"]);
  expect(await scheduler.next()).toEqual(at("2023-05-24", "09:40"));
  expect(await scheduler.next(at("2023-05-24", "12:00"))).toEqual(at("2023-05-24", "14:00"));
  await tickAt("2023-05-24", "09:40");
  expect((await sent()).map((it) => it.split(" ")[0])).toEqual([contact]);
  expect(await scheduler.next()).toEqual(at("2023-05-25", "09:00"));
  await given({ type: "reminderPutOff", staffId: contact, until: at("2023-05-24", "17:00") });
  expect(await scheduler.next(at("2023-05-24", "11:00"))).toEqual(at("2023-05-24", "17:00"));
});

test("the turn that meets an obligation takes it out of the reminder that still waits", async () => {
  await tickAt("2023-05-24", "08:59");
  await tickAt("2023-05-24", "09:00");
  await given(approved, { type: "reminderWithdrawn", unitId: "dinghai", obligation: "nomination" });
  expect((await sent()).map((it) => it.split(" ")[0])).toEqual(["boss", "deputy"]);

  await tickAt("2023-06-29", "08:59");
  await tickAt("2023-06-29", "09:00");
  await given({ type: "reminderWithdrawn", unitId: "dinghai", obligation: "statistics" });
  const [message, ...others] = (await sent()).filter((it) => it.startsWith("zhen"));
  expect(others).toEqual([]);
  expect(message).toContain("活动总结报告还没有收到");
  expect(message).not.toContain("统计表");
});

test("at the deadline the group gets text, picture and sheet of one snapshot, once", async () => {
  await given(bind);
  await tickAt("2023-07-01", "17:59");
  expect(await sent()).toEqual([]);
  await tickAt("2023-07-01", "18:00");
  await tickAt("2023-07-01", "18:01");
  await restart();
  await tickAt("2023-07-02", "10:00");
  const [text, ...files] = await sent();
  expect(text).toContain("cid-1 ← **2023年全市城管执法系统“安全生产月”活动开展情况**（截至 7月1日 18:00）");
  expect(text).toContain("应报 2 个单位，已报 0 个，未报 2 个。");
  expect(files).toEqual(["cid-1 ← consolidatedPicture", "cid-1 ← consolidated"]);
  expect(await store.publication(1)).toMatchObject({ cause: "deadline", table: { basis: "submitted" } });
});

test("a program that was down over the deadline publishes when it comes back", async () => {
  await given(bind);
  await tickAt("2023-07-01", "17:00");
  await restart();
  await tickAt("2023-07-05", "11:30");
  expect((await sent()).find((it) => it.startsWith("cid-1"))).toContain("（截至 7月5日 11:30）");
});

test("a deadline moved for all is the one at which the table goes out, once more where it has gone out before", async () => {
  const movedTo = (due: string): Change => ({
    type: "deadlineMoved",
    moved: { unitId: null, obligation: "statistics", due, dueTime: "12:00", movedAt: clock.now(), movedBy: "boss" },
  });
  await given(bind, movedTo("2023-07-05"));
  const published = async () => (await sent()).filter((it) => it.endsWith("← consolidated")).length;
  await tickAt("2023-07-01", "18:00");
  expect(await published()).toBe(0);
  await tickAt("2023-07-05", "12:00");
  expect(await published()).toBe(1);
  await tickAt("2023-07-05", "12:01");
  expect(await published()).toBe(0);
  await given(movedTo("2023-07-07"));
  await tickAt("2023-07-06", "10:01");
  expect(await published()).toBe(0);
  await tickAt("2023-07-07", "12:00");
  expect(await published()).toBe(1);
});

test("of a week whose deadline was moved onto the next one's, both tables go out", async () => {
  await restart(weekly);
  const [first, second] = reportingPeriods(weekly);
  const moved = { unitId: null, obligation: "statistics", due: "2023-06-15", dueTime: "12:00" } as const;
  const change = { ...moved, period: first?.key ?? "", movedAt: clock.now(), movedBy: "boss" };
  await given(bind, { type: "deadlineMoved", moved: change });
  await tickAt("2023-06-08", "12:00");
  expect((await sent()).filter((it) => it.endsWith("← consolidated"))).toEqual([]);
  await tickAt("2023-06-15", "12:00");
  await tickAt("2023-06-15", "12:01");
  expect((await sent()).filter((it) => it.endsWith("← consolidated"))).toHaveLength(2);
  const published = [(await store.publication(1)).table.period, (await store.publication(2)).table.period];
  expect(published).toEqual([first, second]);
});

test("without a group the managers are told once what to do, and binding one publishes", async () => {
  await tickAt("2023-07-01", "17:59");
  await tickAt("2023-07-01", "18:00");
  await tickAt("2023-07-01", "18:01");
  await restart();
  await tickAt("2023-07-01", "18:02");
  const told = await sent();
  expect(told.map((it) => it.split(" ")[0])).toEqual(["boss", "deputy"]);
  expect(told[0]).toContain("在群里 @我 发送：绑定本群");
  await given(bind);
  await tickAt("2023-07-01", "18:03");
  await tickAt("2023-07-01", "18:04");
  expect(await sent()).toHaveLength(3);
});

test("stops cleanly while its clockwork runs", async () => {
  scheduler.start();
  scheduler.start();
  await scheduler.stop();
  await expect(tickAt("2023-05-24", "09:00")).resolves.toBeUndefined();
});

test("what could not be sent in its hours is not sent at night, but planned again in the next", async () => {
  await tickAt("2023-05-24", "08:59");
  await tickAt("2023-05-24", "09:00");
  expect(await store.outbox.waiting()).toBe(3);
  await tickAt("2023-05-24", "11:31");
  expect(await store.outbox.waiting()).toBe(0);
  await tickAt("2023-05-24", "14:00");
  expect((await sent()).map((it) => it.split(" ")[0]).toSorted()).toEqual(["boss", contact, "deputy"]);
  await tickAt("2023-05-24", "17:31");
  await tickAt("2023-05-24", "20:00");
  expect(await sent()).toEqual([]);
});
