import { describe, expect, test } from "vitest";
import { clockOf, dayOf, instantAt } from "../../src/campaign/calendar.ts";
import type { Campaign } from "../../src/campaign/campaign.ts";
import { deadlineOf, reportingPeriods } from "../../src/campaign/period.ts";
import { emptyRecord, inPeriod, type UnitRecord } from "../../src/campaign/unit-record.ts";
import { agendaOf } from "../../src/scheduler/plan/agenda.ts";
import { stepsOf } from "../../src/scheduler/plan/steps.ts";
import { nomination } from "../support/builders.ts";
import { daily, unitOf, weekly } from "../support/campaign.ts";
import { Diary } from "./diary.ts";

const slotsOf = (campaign: Campaign) =>
  stepsOf(campaign, { moved: [] }, "statistics").map(({ at }) => `${dayOf(at, campaign)} ${clockOf(at, campaign)}`);

const dueAt = (campaign: Campaign, dueTime: string): Campaign => {
  const { statistics } = campaign.obligations;
  return { ...campaign, obligations: { ...campaign.obligations, statistics: { ...statistics, dueTime } } };
};

/** What one unit that has a liaison is asked for at a moment: numbers of the periods. */
function asked(
  campaign: Campaign,
  [day, clock]: [day: string, clock: string],
  change = (it: UnitRecord) => it,
): number[][] {
  const record = change({ ...emptyRecord(campaign, unitOf("dinghai", campaign)), nominations: [nomination()] });
  const now = instantAt(day, clock, campaign);
  const diary = new Diary({ ...campaign, reminders: { ...campaign.reminders, digest: null } }, [record]);
  return diary
    .at(now)
    .flatMap(({ content: { say } }) =>
      say.tag === "reminder" ? [say.data.duties.flatMap((it) => it.period?.no ?? [])] : [],
    );
}

describe("a form that is owed again and again", () => {
  test("has a short ladder for each period: the last working day, and the morning after", () => {
    expect(slotsOf(weekly)).toEqual([
      "2023-06-08 09:00",
      "2023-06-09 09:00",
      "2023-06-15 09:00",
      "2023-06-16 09:00",
      // The 22nd and 23rd are holidays, the 25th is a make-up Sunday.
      "2023-06-21 09:00",
      "2023-06-21 15:00",
      "2023-06-25 09:00",
      "2023-06-29 09:00",
      "2023-06-30 09:00",
      "2023-07-06 09:00",
      "2023-07-07 09:00",
    ]);
  });

  test("asks for a day off on that day itself, for on the working day before it had not begun", () => {
    expect(slotsOf(daily)).toEqual(expect.arrayContaining(["2023-06-03 09:00", "2023-06-22 15:00"]));
    expect(asked(daily, ["2023-06-02", "09:00"])).toEqual([[1, 2]]);
  });

  test("due by the morning is asked for the working day before", () => {
    const early = dueAt(weekly, "09:00");
    expect(asked(early, ["2023-06-06", "15:00"])).toEqual([]);
    expect(asked(early, ["2023-06-07", "15:00"])).toEqual([[1]]);
  });

  test("due by noon has its last chance on a Friday, too, though Saturday's is asked for at the same moment", () => {
    const friday = stepsOf(dueAt(daily, "12:00"), { moved: [] }, "statistics").filter(
      ({ at }) => dayOf(at, daily) === "2023-06-09",
    );
    expect(friday.map((it) => [clockOf(it.at, daily), it.isLast, clockOf(it.deadline, daily)])).toEqual([
      ["09:00", true, "12:00"],
      ["15:00", true, "12:00"],
    ]);
  });

  test("names all that were missed in one message, and nothing that is not due", () => {
    expect(asked(weekly, ["2023-06-16", "09:00"])).toEqual([[1, 2]]);
    expect(asked(weekly, ["2023-06-21", "09:00"])).toEqual([[1, 2, 3]]);
    const submitted = (it: UnitRecord): UnitRecord => {
      const seen = inPeriod(it, "2023-06-01/2023-06-07");
      return { ...seen, submission: { ...seen.submission, status: "submitted" } };
    };
    expect(asked(weekly, ["2023-06-08", "09:00"], submitted)).toEqual([]);
    expect(asked(weekly, ["2023-06-16", "09:00"], submitted)).toEqual([[2]]);
  });

  test("lets people be on a day off whose own form is handed in, whatever is missing from before", () => {
    expect(asked(daily, ["2023-06-03", "09:00"])).toEqual([[1, 2, 3]]);
    const submitted = (it: UnitRecord): UnitRecord => {
      const seen = inPeriod(it, "2023-06-03/2023-06-03");
      return { ...seen, submission: { ...seen.submission, status: "submitted" } };
    };
    expect(asked(daily, ["2023-06-03", "09:00"], submitted)).toEqual([]);
  });

  test("a clock that jumps from moment to moment meets every deadline", () => {
    const met = agendaOf(daily, []).map(Number);
    const deadlines = reportingPeriods(daily).map((it) => deadlineOf(daily, it).getTime());
    expect(deadlines.filter((it) => !met.includes(it))).toEqual([]);
  });
});
