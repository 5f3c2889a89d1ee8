import { describe, expect, it } from "vitest";
import { type Change, toPerson } from "../../src/flows/flow.ts";
import type { Store } from "../../src/store/store.ts";
import { duty, personalReminder } from "../support/builders.ts";
import { given, open, recordOf } from "./opened.ts";

/** What the store keeps for those who are to be asked: moved deadlines, put-offs, papers, who read what. */
const at = (text: string) => new Date(`${text}+08:00`);
const sentAt = at("2023-06-27T09:00:00");

async function remind(
  store: Store,
  people: readonly string[],
  cause: "ladder" | "nudge" | "manager" = "ladder",
  on = sentAt,
) {
  const data = personalReminder({ duties: [duty()], cause });
  const messages = people.map((it) => ({ key: `${cause}:${it}`, ...toPerson(it, { tag: "reminder", data }) }));
  await store.tick((tick) => tick.remind({ messages, slots: [], putOffsDone: [], passedOn: [] }, on));
}

/** Everything that waits is sent in calls that share a receipt. */
async function deliver(store: Store, receipt: string): Promise<void> {
  for (let it = await store.outbox.claim(sentAt, 60_000); it !== null; it = await store.outbox.claim(sentAt, 60_000))
    await store.outbox.sent(it, sentAt, receipt);
}

describe("what was said of a unit", () => {
  it("a deadline moved for one or for all is the record's, in the order of moving", async () => {
    const store = await open();
    const moved = (unitId: string | null, due: string, movedAt: Date): Change => ({
      type: "deadlineMoved",
      moved: { unitId, obligation: "statistics", due, dueTime: "12:00", movedAt, movedBy: "manager" },
    });
    await given(store, [
      moved("dinghai", "2023-07-05", at("2023-06-28T10:00:00")),
      moved(null, "2023-07-04", at("2023-06-20T10:00:00")),
    ]);
    const own = await recordOf(store);
    expect(own.moved.map((it) => [it.unitId, it.due])).toEqual([
      [null, "2023-07-04"],
      ["dinghai", "2023-07-05"],
    ]);
    expect((await recordOf(store, "putuo")).moved.map((it) => it.due)).toEqual(["2023-07-04"]);
    const units = await store.tick((tick) => tick.units());
    expect(units.find((it) => it.unit.id === "dinghai")?.moved).toEqual(own.moved);
  });

  it("deputies come in the order of naming, papers until a manager asks again", async () => {
    const store = await open();
    const named = (staffId: string, day: string): Change => ({
      type: "deputyNamed",
      unitId: "dinghai",
      deputy: { staffId, name: staffId },
      at: at(`${day}T10:00:00`),
    });
    const filed: Change = { type: "filedOnPaper", unitId: "dinghai", by: "zhangsan", at: sentAt };
    await given(store, [named("b", "2023-06-02"), named("a", "2023-06-01"), filed]);
    const own = await recordOf(store);
    expect(own.deputies.map((it) => it.staffId)).toEqual(["a", "b"]);
    expect(own.onPaper).toEqual({ by: "zhangsan", at: sentAt });
    await given(store, [{ type: "askedAgain", unitIds: ["dinghai", "putuo"] }]);
    expect((await recordOf(store)).onPaper).toBeNull();
  });

  it("rows that were returned stay with the reason", async () => {
    const store = await open();
    const returned = { type: "returned", reason: "请核对", at: sentAt, rows: [12, 31] } as const;
    await given(store, [{ type: "submissionMoved", unitId: "dinghai", event: returned }]);
    expect((await recordOf(store)).submission.returned).toEqual({ reason: "请核对", at: sentAt, rows: [12, 31] });
  });
});

describe("people", () => {
  it("are known by what they were sent unasked this month, and by when they last said something", async () => {
    const store = await open();
    await remind(store, ["zhangsan", "lisi"]);
    await remind(store, ["zhangsan"], "manager");
    const people = await store.tick((tick) => tick.people(at("2023-06-30T10:00:00")));
    expect(people.get("zhangsan")?.remindedAt).toEqual([sentAt, sentAt]);
    expect(people.get("lisi")).toEqual({ remindedAt: [sentAt], activeAt: null });
    expect((await store.tick((tick) => tick.people(at("2023-07-01T10:00:00")))).size).toBe(0);
    await given(store, []);
    const active = await store.tick((tick) => tick.people(at("2023-06-13T17:00:00")));
    expect(active.get("zhangsan")?.activeAt).toEqual(at("2023-06-13T16:30:00"));
  });

  it("put off once at a time, until they are reminded", async () => {
    const store = await open();
    const putOff = (until: Date): Change => ({ type: "reminderPutOff", staffId: "zhangsan", until });
    await given(store, [putOff(at("2023-06-28T09:00:00")), putOff(sentAt)]);
    expect(await store.tick((tick) => tick.putOffs())).toEqual(new Map([["zhangsan", sentAt]]));
    const done = { messages: [], slots: [], putOffsDone: ["zhangsan"], passedOn: [] };
    await store.tick((tick) => tick.remind(done, new Date(sentAt.getTime() - 60_000)));
    expect((await store.tick((tick) => tick.putOffs())).size).toBe(1);
    await store.tick((tick) => tick.remind(done, sentAt));
    expect((await store.tick((tick) => tick.putOffs())).size).toBe(0);
  });
});

describe("who read what", () => {
  it("is asked once, after four hours of work, of what was delivered", async () => {
    const store = await open();
    await remind(store, ["zhangsan", "lisi"]);
    expect(await store.receipts.unchecked(at("2023-06-27T15:30:00"), 10)).toEqual([]);
    await remind(store, ["wangwu"], "nudge");
    await deliver(store, "r1");
    expect(await store.receipts.unchecked(at("2023-06-27T15:29:00"), 10)).toEqual([]);
    const later = at("2023-06-27T15:41:00");
    expect(await store.receipts.unchecked(later, 10)).toEqual(["r1"]);
    expect(await store.receipts.unchecked(later, 10)).toEqual([]);
    await store.receipts.checked("r1", ["lisi"]);
    expect(await store.receipts.unchecked(at("2023-06-27T16:30:00"), 10)).toEqual([]);
    const unread = await store.tick((tick) => tick.unread(later));
    expect(unread).toEqual([
      { key: "ladder:zhangsan:0", staffId: "zhangsan", at: sentAt, isPassedOn: false, unitIds: ["dinghai"] },
    ]);
    const passed = { messages: [], slots: [], putOffsDone: [], passedOn: ["ladder:zhangsan:0"] };
    await store.tick((tick) => tick.remind(passed, later));
    expect(await store.tick((tick) => tick.unread(later))).toMatchObject([{ isPassedOn: true }]);
  });

  it("is asked again where there was no answer, and before DingTalk forgets it", async () => {
    const store = await open();
    await remind(store, ["zhangsan"]);
    await deliver(store, "r1");
    expect(await store.receipts.unchecked(at("2023-06-27T16:00:00"), 10)).toHaveLength(1);
    expect(await store.receipts.unchecked(at("2023-06-27T16:09:00"), 10)).toEqual([]);
    expect(await store.receipts.unchecked(at("2023-06-27T16:11:00"), 10)).toHaveLength(1);
    await store.receipts.checked("r1", "expired");
    expect(await store.tick((tick) => tick.unread(at("2023-06-27T16:12:00")))).toEqual([]);
    expect(await store.receipts.unchecked(at("2023-06-28T09:01:00"), 10)).toEqual([]);
  });

  it("is asked of the earliest first, and what is left over at the next wake instead of after a rest", async () => {
    const store = await open();
    const people = ["c", "a", "b"];
    for (const [n, who] of people.entries()) {
      await remind(store, [who], "ladder", new Date(sentAt.getTime() + n * 60_000));
      await deliver(store, `r${n}`);
    }
    const ask = (clock: string) => store.receipts.unchecked(at(`2023-06-27T${clock}:00`), 2);
    expect(await ask("16:00")).toEqual(["r0", "r1"]);
    expect(await ask("16:01")).toEqual(["r2"]);
    expect(await ask("16:02")).toEqual([]);
    expect(await ask("16:11")).toEqual(["r0", "r1"]);
  });
});
