import { describe, expect, test } from "vitest";
import { dayOf, dueAt, instantAt } from "../../src/campaign/calendar.ts";
import { obligationNames } from "../../src/campaign/campaign.ts";
import type { UnitDocument } from "../../src/campaign/document.ts";
import type { Nomination } from "../../src/campaign/nomination.ts";
import { owes, unitProgress } from "../../src/campaign/progress.ts";
import type { UnitRecord } from "../../src/campaign/unit-record.ts";
import { ladder, nextMoment, type Planned, type PlannedReminder, plan } from "../../src/scheduler/plan.ts";
import { campaign, sampleRecords } from "../report/sample.ts";
import { emptyRecord } from "../support/builders.ts";

const at = (day: string, clock: string) => instantAt(day, clock, campaign);
const slotTexts = (slots: readonly Date[]) =>
  slots.map((it) => it.toLocaleString("sv-SE", { timeZone: campaign.timezone }).slice(0, 16));
const minuteBefore = (instant: Date) => new Date(instant.getTime() - 60_000);
const planAt = (records: readonly UnitRecord[], now: Date, lookedAt: Date | null = minuteBefore(now)): Planned =>
  plan({ campaign, records, lookedAt, now });

const contactsOf = (unitId: string) => [`contact-${unitId}`];
/** Nobody has done anything; every unit but the last has a contact. */
const untouched = campaign.units.map((unit, u) => ({
  ...emptyRecord(campaign, unit),
  contactIds: u === 9 ? [] : contactsOf(unit.id),
}));

function nominationOf(record: UnitRecord, given: Partial<Nomination> = {}): Nomination {
  return {
    no: 1,
    unitId: record.unit.id,
    name: "甄一",
    post: "科长",
    phone: "13800001000",
    staffId: `staff-${record.unit.id}`,
    proposedBy: `contact-${record.unit.id}`,
    proposedAt: at("2023-05-22", "10:00"),
    status: "approved",
    decidedBy: "主任",
    decidedAt: at("2023-05-22", "11:00"),
    ...given,
  };
}

function summaryOf(unitId: string): UnitDocument {
  const receivedAt = at("2023-06-29", "16:00");
  return {
    no: 1,
    unitId,
    kind: "summary",
    fileName: "总结.docx",
    storedAs: "a.docx",
    bytes: 1,
    receivedBy: "x",
    receivedAt,
  };
}

/** Who is asked for what, as `person unit obligation`, one line for each time. */
function asks(reminders: readonly PlannedReminder[]): string[] {
  return reminders.flatMap((it) =>
    it.replies.flatMap(({ to, content }) =>
      content.say.data.duties.map((duty) => {
        return `${to.kind === "person" ? to.staffId : "managers"} ${duty.unitId} ${duty.obligation}`;
      }),
    ),
  );
}

describe("the ladder", () => {
  test("counts working days back from the last one on or before the due day: make-up Sunday yes, holidays no", () => {
    expect(slotTexts(ladder(campaign, "statistics"))).toEqual([
      "2023-06-25 09:00",
      "2023-06-27 09:00",
      "2023-06-29 09:00",
      "2023-06-30 09:00",
      "2023-06-30 15:00",
      "2023-07-03 09:00",
      "2023-07-04 09:00",
      "2023-07-05 09:00",
      "2023-07-06 09:00",
      "2023-07-07 09:00",
    ]);
  });

  test("drops what lies before the campaign opens", () => {
    expect(slotTexts(ladder(campaign, "nomination"))).toEqual([
      "2023-05-22 09:00",
      "2023-05-24 09:00",
      "2023-05-25 09:00",
      "2023-05-25 15:00",
      "2023-05-26 09:00",
      "2023-05-29 09:00",
      "2023-05-30 09:00",
      "2023-05-31 09:00",
      "2023-06-01 09:00",
    ]);
  });

  test("a deadline in the early morning makes the same day the first overdue one, once", () => {
    const obligations = { ...campaign.obligations, nomination: { due: "2023-05-25", dueTime: "08:00" } };
    const slots = slotTexts(ladder({ ...campaign, obligations }, "nomination"));
    expect(slots.filter((it) => it.startsWith("2023-05-25"))).toEqual(["2023-05-25 09:00", "2023-05-25 15:00"]);
    expect(slots.at(-1)).toBe("2023-05-31 09:00");
  });

  test("a clock that jumps from moment to moment meets every slot and the deadline", () => {
    const met: Date[] = [];
    for (let it = nextMoment(campaign, at("2023-05-19", "09:00")); it !== null; it = nextMoment(campaign, it))
      met.push(it);
    const wanted = [...obligationNames.flatMap((it) => ladder(campaign, it)), dueAt(campaign, "summary")];
    expect(met.map((it) => it.getTime())).toEqual(
      [...new Set(wanted.map((it) => it.getTime()))].toSorted((a, b) => a - b),
    );
    expect(slotTexts(met)).toContain("2023-07-01 18:00");
  });
});

describe("who is reminded", () => {
  /** Every hour of the campaign, and what is planned there; all slots lie on whole hours. */
  function everyTick(records: readonly UnitRecord[]): { now: Date; planned: Planned }[] {
    const ticks: { now: Date; planned: Planned }[] = [];
    const stepMs = 60 * 60_000;
    const end = at("2023-07-15", "23:00").getTime();
    for (let time = at("2023-05-19", "00:00").getTime(); time <= end; time += stepMs) {
      const now = new Date(time);
      ticks.push({ now, planned: planAt(records, now, new Date(time - stepMs)) });
    }
    return ticks;
  }

  const mixed = sampleRecords().map((record, u) => ({
    ...record,
    contactIds: u === 9 ? [] : contactsOf(record.unit.id),
    documents: u % 3 === 0 ? [summaryOf(record.unit.id)] : [],
  }));

  test.each([
    ["nobody has done anything", untouched],
    ["some have done all, some a part, one nothing", mixed],
  ])("%s: who owes is asked exactly once at every slot, who owes nothing never", (_, records) => {
    const ladders = obligationNames.map((obligation) => ({
      obligation,
      slots: ladder(campaign, obligation).map(Number),
    }));
    const ticks = everyTick(records);
    for (const { now, planned } of ticks) {
      const due = ladders.filter((it) => it.slots.includes(now.getTime())).map((it) => it.obligation);
      const owed = records.flatMap((record) =>
        due.filter((it) => owes(unitProgress(campaign, record), it)).map((it) => `${record.unit.id} ${it}`),
      );
      const asked = asks(planned.reminders).map((it) => it.split(" ").slice(1).join(" "));
      expect(asked.toSorted()).toEqual(owed.toSorted());
      const claimed = planned.reminders.flatMap((it) => it.slots.map((slot) => `${slot.unitId} ${slot.obligation}`));
      expect(claimed.toSorted()).toEqual(owed.toSorted());
      const people = planned.reminders.flatMap((it) =>
        it.replies.map(({ to }) => (to.kind === "person" ? to.staffId : "managers")),
      );
      expect(new Set(people).size).toBe(people.length);
    }
    const days = new Set(ticks.filter((it) => it.planned.reminders.length > 0).map((it) => dayOf(it.now, campaign)));
    expect(days).toContain("2023-06-25");
    for (const holiday of ["2023-06-22", "2023-06-23", "2023-06-24", "2023-07-01", "2023-07-02"])
      expect(days).not.toContain(holiday);
  });

  test("the liaison gets 统计表 and 总结 in one message", () => {
    const planned = planAt(mixed, at("2023-06-29", "09:00"));
    const [reminder, ...others] = planned.reminders.filter((it) => it.key.includes("staff-huaquan"));
    expect(others).toEqual([]);
    expect(reminder?.key).toBe("reminder:zhoushan-2023:staff-huaquan:2023-06-29T01:00:00.000Z");
    expect(asks(reminder === undefined ? [] : [reminder])).toEqual([
      "staff-huaquan huaquan statistics",
      "staff-huaquan huaquan summary",
    ]);
  });

  test("contacts before there is a liaison, managers where there is neither, all units in one message", () => {
    const records = untouched.map((it, u) => (u === 3 ? { ...it, contactIds: [] } : it));
    const planned = planAt(records, at("2023-05-24", "09:00"));
    expect(asks(planned.reminders).filter((it) => it.startsWith("managers"))).toEqual([
      "managers shengsi nomination",
      "managers association nomination",
    ]);
    expect(planned.reminders.filter((it) => it.key.includes(":managers:"))).toHaveLength(1);
    expect(planned.reminders).toHaveLength(9);
  });

  test("two contacts of one unit are both told, under one claim; one contact of two units is told once", () => {
    const [first, second, third] = untouched;
    if (first === undefined || second === undefined || third === undefined) throw new Error("too few units");
    const records = [{ ...first, contactIds: ["a", "b", "a"] }, { ...second, contactIds: ["b"] }, third];
    const { reminders } = planAt(records, at("2023-05-24", "09:00"));
    expect(asks(reminders)).toEqual([
      "a dinghai nomination",
      "b dinghai nomination",
      "b putuo nomination",
      "contact-daishan daishan nomination",
    ]);
    expect(reminders.map((it) => it.replies.length)).toEqual([2, 1]);
    expect(reminders[0]?.slots).toHaveLength(2);
  });

  test("a nomination that waits for a decision is the managers' to move", () => {
    const records = untouched
      .slice(0, 1)
      .map((it) => ({ ...it, nominations: [nominationOf(it, { status: "proposed" })] }));
    expect(asks(planAt(records, at("2023-05-24", "09:00")).reminders)).toEqual(["managers dinghai nomination"]);
  });

  test("a liaison whom DingTalk does not know is reached through the unit's contact", () => {
    const records = untouched.slice(0, 1).map((it) => ({ ...it, nominations: [nominationOf(it, { staffId: null })] }));
    expect(asks(planAt(records, at("2023-06-29", "09:00")).reminders)).toEqual([
      "contact-dinghai dinghai statistics",
      "contact-dinghai dinghai summary",
    ]);
  });
});

describe("a clock that was late", () => {
  const times = (lookedAt: Date | null, now: Date) =>
    slotTexts(planAt(untouched, now, lookedAt).reminders.map((it) => it.slotAt));

  test("sends the latest slot of the day only", () => {
    expect(new Set(times(at("2023-05-24", "09:00"), at("2023-05-25", "16:00")))).toEqual(new Set(["2023-05-25 15:00"]));
  });

  test("sends nothing of another day", () => {
    expect(times(at("2023-05-21", "10:00"), at("2023-05-23", "10:00"))).toEqual([]);
  });

  test("at its very first tick looks back one minute", () => {
    expect(times(null, at("2023-05-24", "09:05"))).toEqual([]);
    expect(times(null, at("2023-05-24", "09:00"))).toHaveLength(10);
  });

  test("never plans a slot twice over two ticks that meet at it", () => {
    expect(times(at("2023-05-24", "09:00"), at("2023-05-24", "09:01"))).toEqual([]);
  });
});

describe("the table at the deadline", () => {
  const publishes = (lookedAt: Date, now: Date) => {
    const { publishAtDeadline, isDeadline } = planAt([], now, lookedAt);
    return { publishAtDeadline, isDeadline };
  };

  test.each([
    ["before", "2023-07-01 17:58", "2023-07-01 17:59", false, false],
    ["in the minute", "2023-07-01 17:59", "2023-07-01 18:00", true, true],
    ["after a stop over it", "2023-07-01 12:00", "2023-07-06 09:00", true, true],
    ["two days later", "2023-07-03 17:59", "2023-07-03 18:00", true, false],
    ["three days later", "2023-07-04 17:59", "2023-07-04 18:00", false, false],
  ])("%s", (_, from, to, publishAtDeadline, isDeadline) => {
    const instant = (text: string) => at(text.slice(0, 10), text.slice(11));
    expect(publishes(instant(from), instant(to))).toEqual({ publishAtDeadline, isDeadline });
  });
});
