import { describe, expect, test } from "vitest";
import { clockOf, dayOf, instantAt } from "../../src/campaign/calendar.ts";
import { type Campaign, type ObligationName, obligationNames, parseCampaign } from "../../src/campaign/campaign.ts";
import { type MovedDeadline, movedForAll } from "../../src/campaign/deadline.ts";
import { emptyRecord, type UnitRecord } from "../../src/campaign/unit-record.ts";
import { agendaOf } from "../../src/scheduler/plan/agenda.ts";
import { digestsOf, eventsOf, nudgesOf } from "../../src/scheduler/plan/occasions.ts";
import { stepsOf } from "../../src/scheduler/plan/steps.ts";
import { entry, nomination } from "../support/builders.ts";
import { zhoushanJson } from "../support/campaign.ts";
import { asked, Diary } from "./diary.ts";

const campaign = withReminders({
  nudge: null,
  digest: null,
  events: [],
});

function withReminders(reminders: object, obligations: object = {}): Campaign {
  const json = zhoushanJson();
  const parsed = parseCampaign({
    ...json,
    reminders,
    obligations: { ...(json.obligations as object), ...obligations },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.campaign;
}

const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11), campaign);
const textOf = (instant: Date) => `${dayOf(instant, campaign)} ${clockOf(instant, campaign)}`;
const stepTexts = (of: Campaign, obligation: ObligationName, moved: MovedDeadline[] = []) =>
  stepsOf(of, { moved }, obligation).map((it) => textOf(it.at));

/** Nobody has done anything; every unit but the last has a contact. */
const untouched = (of: Campaign = campaign) =>
  of.units.map((unit, u) => ({ ...emptyRecord(of, unit), contactIds: u === 9 ? [] : [`contact-${unit.id}`] }));
/** One unit that has a liaison, who has a deputy and a contact behind them. */
const dinghai = (given: Partial<UnitRecord> = {}, of: Campaign = campaign): UnitRecord[] =>
  untouched(of)
    .slice(0, 1)
    .map((it) => ({ ...it, nominations: [nomination()], ...given }));

const moved = (given: Partial<MovedDeadline>): MovedDeadline => ({
  unitId: "dinghai",
  obligation: "statistics",
  due: "2023-07-01",
  dueTime: "18:00",
  movedAt: at("2023-06-28 10:00"),
  movedBy: "boss",
  ...given,
});

describe("the ladder", () => {
  test("counts working days back from the last one on or before the due day: make-up Sunday yes, holidays no", () => {
    expect(stepTexts(campaign, "statistics")).toEqual([
      "2023-06-15 09:00",
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
    expect(stepTexts(campaign, "nomination")).toEqual([
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

  test("has its last step before the deadline, whatever the clock time of that", () => {
    const early = withReminders({}, { nomination: { due: "2023-05-25", dueTime: "08:00" } });
    expect(stepTexts(early, "nomination").slice(0, 4)).toEqual([
      "2023-05-22 09:00",
      "2023-05-24 09:00",
      "2023-05-25 09:00",
      "2023-05-26 09:00",
    ]);
    const last = stepsOf(early, { moved: [] }, "nomination").filter((it) => it.isLast);
    expect(last.map((it) => textOf(it.at))).toEqual(["2023-05-24 09:00"]);
  });

  test("is data: other steps, another morning", () => {
    const ladder = { ahead: [2], onTheDay: ["10:30"], overdue: 1, morning: "08:30" };
    const other = withReminders({}, { summary: { due: "2023-07-01", ladder } });
    expect(stepTexts(other, "summary")).toEqual(["2023-06-28 08:30", "2023-06-30 10:30", "2023-07-03 08:30"]);
  });

  test("of a moved deadline is planned anew from then on, and repeats nothing", () => {
    expect(stepTexts(campaign, "statistics", [moved({ due: "2023-07-05" })])).toEqual([
      "2023-06-30 09:00",
      "2023-07-04 09:00",
      "2023-07-05 09:00",
      "2023-07-05 15:00",
      ...["06", "07", "10", "11", "12"].map((it) => `2023-07-${it} 09:00`),
    ]);
    expect(stepTexts(campaign, "summary", [moved({ due: "2023-07-05" })])).toEqual(stepTexts(campaign, "summary"));
  });

  test.each([
    ["2023-06-26", "2023-06-26"],
    ["2023-06-27", "2023-06-27"],
    ["2023-06-28", "2023-06-28"],
    ["2023-06-29", "2023-06-29"],
    ["2023-06-30", "2023-06-30"],
    ["2023-07-01", "2023-06-30"],
    ["2023-07-02", "2023-06-30"],
    ["2023-06-24", "2023-06-21"],
    ["2023-06-25", "2023-06-25"],
  ])("towards %s ends on %s", (due, actOn) => {
    const last = stepsOf(withReminders({}, { summary: { due } }), { moved: [] }, "summary").find((it) => it.isLast);
    expect(last && textOf(last.at)).toBe(`${actOn} 15:00`);
  });
});

describe("the days of the campaign", () => {
  const whole = withReminders({
    events: [{ id: "616", name: "宣传咨询日", on: "2023-06-16", indicators: ["study.topic"] }],
  });

  test("nudge on the last working day of each week, when something can have been missed", () => {
    expect(nudgesOf(whole).map((it) => `${textOf(it.at)} ${it.from}`)).toEqual([
      "2023-06-02 15:00 2023-06-01",
      "2023-06-09 15:00 2023-06-05",
      "2023-06-16 15:00 2023-06-12",
      "2023-06-21 15:00 2023-06-19",
      "2023-06-30 15:00 2023-06-26",
    ]);
  });

  test("an event is announced on the working day before and asked about on its own", () => {
    expect(eventsOf(whole).map((it) => `${it.stage} ${textOf(it.at)}`)).toEqual([
      "before 2023-06-15 09:00",
      "report 2023-06-16 16:30",
    ]);
    const sunday = withReminders({
      events: [{ id: "616", name: "宣传咨询日", on: "2023-06-18", indicators: ["study.topic"] }],
    });
    expect(eventsOf(sunday).map((it) => textOf(it.at))).toEqual(["2023-06-16 09:00", "2023-06-19 09:00"]);
  });

  test("managers hear in the last week where things stand", () => {
    expect(digestsOf(whole, []).map(textOf)).toEqual(
      ["25", "26", "27", "28", "29", "30"].slice(1).map((it) => `2023-06-${it} 08:45`),
    );
  });

  test("the agenda has them all", () => {
    const wanted = ["2023-07-01 18:00", "2023-06-16 16:30", "2023-06-21 15:00", "2023-06-30 08:45"];
    expect(agendaOf(whole, []).map(textOf)).toEqual(expect.arrayContaining(wanted));
  });

  test("managers hear, and the agenda goes, by a deadline that was moved for all, not for one", () => {
    const movedFor = (unitId: string | null) => [{ moved: [moved({ unitId, due: "2023-07-05", dueTime: "12:00" })] }];
    const days = (unitId: string | null) => digestsOf(whole, movedForAll(movedFor(unitId))).map(textOf);
    expect(days(null)).toEqual(["06-29", "06-30", "07-03", "07-04", "07-05"].map((it) => `2023-${it} 08:45`));
    expect(days("dinghai")).toEqual(digestsOf(whole, []).map(textOf));
    expect(agendaOf(whole, movedFor(null)).map(textOf)).toEqual(
      expect.arrayContaining(["2023-07-05 12:00", "2023-07-05 08:45", "2023-07-04 09:00"]),
    );
  });
});

describe("who is reminded", () => {
  const sentAt = (records: readonly UnitRecord[], when: string, of: Campaign = campaign) =>
    asked(new Diary(of, records).at(at(when)));

  test("contacts before there is a liaison, managers where there is neither", () => {
    expect(sentAt(untouched().slice(8), "2023-05-24 09:00")).toEqual([
      "contact-xinao xinao nomination",
      "managers association nomination",
    ]);
  });

  test("the liaison in one message for all that is owed, and nobody once it is met", () => {
    const diary = new Diary(campaign, dinghai());
    expect(asked(diary.at(at("2023-06-29 09:00")))).toEqual([
      "zhangsan dinghai statistics",
      "zhangsan dinghai summary",
    ]);
    expect(diary.at(at("2023-06-29 09:01"))).toEqual([]);
    const submitted = dinghai().map((it) => ({
      ...it,
      submission: { ...it.submission, status: "submitted" as const },
    }));
    expect(sentAt(submitted, "2023-06-29 09:00")).toEqual(["zhangsan dinghai summary"]);
  });

  test("a nomination that waits for a decision is the managers' to move", () => {
    const records = dinghai({ nominations: [nomination({ status: "proposed", decidedAt: null, decidedBy: null })] });
    expect(sentAt(records, "2023-05-24 09:00")).toEqual(["managers dinghai nomination"]);
  });

  test("a liaison whom DingTalk does not know is reached through the unit's contact", () => {
    const records = dinghai({ nominations: [nomination({ staffId: null })] });
    expect(sentAt(records, "2023-06-29 09:00")).toEqual([
      "contact-dinghai dinghai statistics",
      "contact-dinghai dinghai summary",
    ]);
  });

  test("one contact of two units is told once, of both; two contacts of one unit are both told", () => {
    const [first, second] = untouched();
    if (first === undefined || second === undefined) throw new Error("too few units");
    const records = [
      { ...first, contactIds: ["a", "b"] },
      { ...second, contactIds: ["b"] },
    ];
    expect(sentAt(records, "2023-05-24 09:00")).toEqual([
      "a dinghai nomination",
      "b dinghai nomination",
      "b putuo nomination",
    ]);
  });

  test("what was handed in on paper is asked for no more, save by a manager", () => {
    const onPaper = { by: "zhangsan", at: at("2023-06-28 10:00") };
    expect(sentAt(dinghai({ onPaper }), "2023-06-29 09:00")).toEqual([]);
  });

  test("only the stamped copy is missing, where the campaign asks for it", () => {
    const stamped = withReminders({ nudge: null, digest: null }, { statistics: { due: "2023-07-01", stamped: true } });
    const submitted = (of: Campaign) =>
      dinghai({}, of).map((it) => ({
        ...it,
        submission: { ...it.submission, status: "submitted" as const },
        documents: [summary],
      }));
    expect(sentAt(submitted(stamped), "2023-06-29 09:00", stamped)).toEqual(["zhangsan dinghai statistics"]);
    expect(sentAt(submitted(campaign), "2023-06-29 09:00")).toEqual([]);
  });
  const summary = {
    no: 1,
    unitId: "dinghai",
    kind: "summary" as const,
    fileName: "总结.docx",
    storedAs: "a.docx",
    bytes: 1,
    receivedBy: "zhangsan",
    receivedAt: at("2023-06-28 10:00"),
  };
});

describe("not more than is good", () => {
  test("somebody who said something in the last hour is not interrupted, and told when the hour is over", () => {
    const diary = new Diary(campaign, dinghai());
    diary.says("zhangsan", at("2023-06-29 08:40"));
    expect(diary.at(at("2023-06-29 09:00"))).toEqual([]);
    expect(diary.at(at("2023-06-29 09:39"))).toEqual([]);
    expect(diary.at(at("2023-06-29 09:40"))).toHaveLength(1);
  });

  test("the last chance before a deadline waits for nobody", () => {
    const diary = new Diary(campaign, dinghai());
    diary.says("zhangsan", at("2023-06-30 14:30"));
    expect(diary.at(at("2023-06-30 15:00"))).toEqual([]);
    expect(diary.at(at("2023-06-30 15:30"))).toHaveLength(1);
    const late = new Diary(campaign, dinghai());
    late.claimed.add({ obligation: "statistics", unitId: "dinghai", slotAt: at("2023-06-30 09:00") });
    late.claimed.add({ obligation: "summary", unitId: "dinghai", slotAt: at("2023-06-30 09:00") });
    late.says("zhangsan", at("2023-06-30 17:00"));
    expect(late.at(at("2023-06-30 17:01"))).toHaveLength(1);
  });

  test("a last chance is none any more when the deadline has passed: it waits like any other reminder", () => {
    const diary = new Diary(campaign, dinghai());
    diary.says("zhangsan", at("2023-07-03 08:20"));
    expect(diary.at(at("2023-07-03 08:30"))).toEqual([]);
    expect(diary.at(at("2023-07-03 09:20"))).toHaveLength(1);
  });

  test("one a day, two on the day itself; what is over that is dropped, not piled up", () => {
    const nudging = withReminders({ digest: null });
    const diary = new Diary(nudging, dinghai({}, nudging));
    diary.people.set("zhangsan", { remindedAt: [at("2023-06-09 09:00")], activeAt: null });
    expect(diary.at(at("2023-06-09 15:00"))).toEqual([]);
    expect(diary.claimed.of("nudge").get("dinghai")).toEqual(at("2023-06-09 15:00"));
    expect(diary.at(at("2023-06-30 09:00"))).toHaveLength(1);
    expect(diary.at(at("2023-06-30 15:00"))).toHaveLength(1);
  });

  test("no more in a month than the campaign allows, but the last chance", () => {
    const sparing = withReminders({ mostPerMonth: 1, nudge: null, digest: null });
    const diary = new Diary(sparing, dinghai({}, sparing));
    const days = ["15 09:00", "25 09:00", "27 09:00", "29 09:00", "30 09:00", "30 15:00"];
    expect(days.map((it) => diary.at(at(`2023-06-${it}`)).length)).toEqual([1, 0, 0, 0, 0, 1]);
  });

  test("put off, then reminded once of all that is owed, beside what the day may bring", () => {
    const diary = new Diary(campaign, dinghai());
    diary.putOffs.set("zhangsan", at("2023-06-29 17:00"));
    expect(diary.at(at("2023-06-29 09:00"))).toEqual([]);
    const [message, ...others] = diary.at(at("2023-06-29 17:00"));
    expect(others).toEqual([]);
    expect(message?.content.say.data).toMatchObject({ cause: "putOff" });
    expect(diary.at(at("2023-06-29 17:01"))).toEqual([]);
    expect(diary.at(at("2023-06-30 09:00"))).toHaveLength(1);
  });

  test("put off beyond the deadline, the last chance comes all the same", () => {
    const diary = new Diary(campaign, dinghai());
    diary.putOffs.set("zhangsan", at("2023-07-03 09:00"));
    expect(diary.at(at("2023-06-30 09:00"))).toEqual([]);
    expect(diary.at(at("2023-06-30 15:00"))).toHaveLength(1);
  });

  test("who has done it meanwhile hears nothing at the moment they chose", () => {
    const done = dinghai().map((it) => ({ ...it, submission: { ...it.submission, status: "accepted" as const } }));
    const diary = new Diary(campaign, done);
    diary.claimed.add({ obligation: "summary", unitId: "dinghai", slotAt: at("2023-07-07 09:00") });
    diary.putOffs.set("zhangsan", at("2023-05-24 10:00"));
    expect(diary.at(at("2023-05-24 10:00"))).toEqual([]);
    expect(diary.putOffs.size).toBe(0);
  });
});

describe("a week without a word", () => {
  const nudging = withReminders({ digest: null });
  const sent = (given: Partial<UnitRecord>) =>
    asked(new Diary(nudging, dinghai(given, nudging)).at(at("2023-06-09 15:00")));

  test("is asked about once, of units that can still report", () => {
    expect(sent({})).toEqual(["zhangsan dinghai nudge"]);
    expect(sent({ entries: [entry({ date: "2023-06-08", recordedAt: at("2023-06-08 10:00") })] })).toEqual([]);
    expect(sent({ entries: [entry({ date: "2023-06-02", recordedAt: at("2023-06-02 10:00") })] })).toHaveLength(1);
    const [open] = dinghai({}, nudging);
    if (open === undefined) throw new Error("no unit");
    expect(sent({ submission: { ...open.submission, status: "submitted" } })).toEqual([]);
  });
});

describe("an event", () => {
  const eventful = withReminders({
    digest: null,
    events: [{ id: "616", name: "宣传咨询日", on: "2023-06-16", indicators: ["publicity.consult"] }],
  });
  const rowOfEvent = "publicity.consult";

  test("is part of that day's one message, and takes the place of the nudge", () => {
    const diary = new Diary(eventful, dinghai({}, eventful));
    expect(asked(diary.at(at("2023-06-15 09:00")))).toEqual([
      "zhangsan dinghai statistics",
      "zhangsan dinghai summary",
      "zhangsan event before",
    ]);
    expect(asked(diary.at(at("2023-06-16 15:00")))).toEqual([]);
    expect(asked(diary.at(at("2023-06-16 16:30")))).toEqual(["zhangsan event report"]);
  });

  test("is no contact's to report: there is nobody yet who can", () => {
    const records = untouched(eventful).slice(0, 1);
    const diary = new Diary(eventful, records);
    diary.at(at("2023-06-15 09:00"));
    expect(diary.at(at("2023-06-16 16:30"))).toEqual([]);
  });

  test("is not asked about where it was reported", () => {
    const entries = [entry({ indicatorId: rowOfEvent, date: "2023-06-16", recordedAt: at("2023-06-16 11:00") })];
    const diary = new Diary(eventful, dinghai({ entries }, eventful));
    diary.at(at("2023-06-15 09:00"));
    expect(diary.at(at("2023-06-16 16:30"))).toEqual([]);
  });
});

describe("a clock that was late", () => {
  const first = (from: string, to: string) => {
    const diary = new Diary(campaign, dinghai());
    for (const it of obligationNames) diary.claimed.add({ obligation: it, unitId: "dinghai", slotAt: at(from) });
    return { diary, sent: diary.at(at(to)) };
  };

  test("sends the latest step only, once", () => {
    const { diary, sent } = first("2023-06-26 10:00", "2023-06-30 15:20");
    expect(sent).toHaveLength(1);
    expect(diary.claimed.of("statistics").get("dinghai")).toEqual(at("2023-06-30 15:00"));
    expect(diary.at(at("2023-06-30 15:21"))).toEqual([]);
  });

  test("sends it in the next hours of work, also on the due day itself where that is a rest day", () => {
    expect(first("2023-06-28 10:00", "2023-06-29 12:00").sent).toEqual([]);
    expect(first("2023-06-28 10:00", "2023-06-29 14:00").sent).toHaveLength(1);
    expect(first("2023-06-28 10:00", "2023-07-01 10:00").sent).toHaveLength(1);
    // 端午: a rest day that is no due day.
    const holiday = new Diary(campaign, dinghai());
    holiday.claimed.add({ obligation: "statistics", unitId: "dinghai", slotAt: at("2023-06-15 08:00") });
    expect(holiday.at(at("2023-06-22 10:00"))).toEqual([]);
  });

  test("sends nothing that is older than the working day before", () => {
    expect(first("2023-06-14 10:00", "2023-06-16 10:00").sent).toHaveLength(1);
    expect(first("2023-06-14 10:00", "2023-06-19 10:00").sent).toEqual([]);
  });

  test("sends nothing of the time before the program ran at all", () => {
    const diary = new Diary(campaign, dinghai());
    diary.since = at("2023-06-29 10:00");
    expect(diary.at(at("2023-06-29 10:01"))).toEqual([]);
    expect(diary.at(at("2023-06-30 09:00"))).toHaveLength(1);
  });

  test("that goes back and comes by again sends nothing twice", () => {
    const diary = new Diary(campaign, dinghai());
    expect(diary.at(at("2023-06-29 09:00"))).toHaveLength(1);
    expect(diary.at(at("2023-06-27 09:00"))).toEqual([]);
    expect(diary.at(at("2023-06-29 09:00"))).toEqual([]);
  });
});

describe("a reminder that nobody read", () => {
  const unread = (given: Partial<Diary["unread"][number]> = {}) => ({
    key: "r1",
    isPassedOn: false,
    staffId: "zhangsan",
    at: at("2023-06-27 09:00"),
    unitIds: ["dinghai"],
    ...given,
  });
  const diaryOf = (given: Partial<UnitRecord> = {}) => {
    const diary = new Diary(campaign, dinghai(given));
    for (const it of obligationNames)
      diary.claimed.add({ obligation: it, unitId: "dinghai", slotAt: at("2023-06-27 09:00") });
    diary.unread = [unread()];
    return diary;
  };

  test("goes to the deputy after four hours of work, then to the contact, then to the managers as a call list", () => {
    const diary = diaryOf({ deputies: [{ staffId: "lisi", name: "李四" }] });
    expect(diary.at(at("2023-06-27 15:29"))).toEqual([]);
    const [message] = diary.at(at("2023-06-27 15:30"));
    expect(message).toMatchObject({
      to: { staffId: "lisi" },
      content: { say: { data: { cause: "passedOn", insteadOf: ["张三"], name: "李四" } } },
    });
    expect(diary.unread).toEqual([]);
    diary.unread = [unread({ key: "r2", staffId: "lisi", at: at("2023-06-27 15:30") })];
    expect(asked(diary.at(at("2023-06-28 10:30")))).toEqual([
      "contact-dinghai dinghai statistics",
      "contact-dinghai dinghai summary",
    ]);
    diary.unread = [unread({ key: "r3", staffId: "contact-dinghai", at: at("2023-06-28 10:30") })];
    expect(asked(diary.at(at("2023-06-28 17:00")))).toEqual(["managers call 定海区城市管理局"]);
  });

  test("is dropped when its reader has said anything since, or has done what it asked", () => {
    const active = diaryOf();
    active.says("zhangsan", at("2023-06-27 11:00"));
    expect(active.at(at("2023-06-27 15:30"))).toEqual([]);
    expect(active.unread).toEqual([]);
    const done = diaryOf();
    done.change("dinghai", (it) => ({ ...it, onPaper: { by: "zhangsan", at: at("2023-06-27 11:00") } }));
    expect(done.at(at("2023-06-27 15:30"))).toEqual([]);
    expect(done.unread).toEqual([]);
  });

  test("waits whole while the next who can be asked is at it: nobody hears of it minute after minute", () => {
    const allowing = withReminders({ escalation: { ding: true }, nudge: null, digest: null });
    const diary = new Diary(allowing, dinghai({}, allowing));
    for (const it of obligationNames)
      diary.claimed.add({ obligation: it, unitId: "dinghai", slotAt: at("2023-06-30 15:00") });
    diary.unread = [unread({ at: at("2023-06-30 09:00") })];
    diary.says("contact-dinghai", at("2023-06-30 15:10"));
    const minutes = ["15:30", "15:31", "16:09", "16:10", "16:11"];
    expect(minutes.map((it) => diary.at(at(`2023-06-30 ${it}`)).length)).toEqual([0, 0, 0, 2, 0]);
  });

  test("is reminded of at the moment that a contact behind the liaison has chosen", () => {
    const diary = new Diary(campaign, dinghai());
    for (const it of obligationNames)
      diary.claimed.add({ obligation: it, unitId: "dinghai", slotAt: at("2023-06-29 09:00") });
    diary.putOffs.set("contact-dinghai", at("2023-06-29 16:00"));
    expect(asked(diary.at(at("2023-06-29 16:00")))).toEqual([
      "contact-dinghai dinghai statistics",
      "contact-dinghai dinghai summary",
    ]);
  });

  test("two unread of one person are passed on in one message, and DINGed once", () => {
    const allowing = withReminders({ escalation: { ding: true }, nudge: null, digest: null });
    const diary = new Diary(allowing, dinghai({}, allowing));
    for (const it of obligationNames)
      diary.claimed.add({ obligation: it, unitId: "dinghai", slotAt: at("2023-06-30 15:00") });
    diary.unread = ["r1", "r2"].map((key) => unread({ key, at: at("2023-06-30 09:00") }));
    const messages = diary.at(at("2023-06-30 15:30"));
    expect(messages.map((it) => it.content.kind).toSorted()).toEqual(["ding", "say"]);
    expect(messages[0]?.content.say.data).toMatchObject({ insteadOf: ["张三"] });
  });

  test("reaches the next on the last day though they had a message of their own", () => {
    const diary = diaryOf();
    for (const it of obligationNames)
      diary.claimed.add({ obligation: it, unitId: "dinghai", slotAt: at("2023-06-30 15:00") });
    diary.unread = [unread({ at: at("2023-06-30 09:00") })];
    diary.people.set("contact-dinghai", { remindedAt: [at("2023-06-30 09:00")], activeAt: null });
    expect(diary.at(at("2023-06-30 15:30"))).toHaveLength(1);
  });

  test("is nobody's any more where the unit has another liaison since", () => {
    const diary = diaryOf({
      nominations: [nomination({ no: 2, name: "李四", staffId: "lisi", decidedAt: at("2023-06-27 12:00") })],
    });
    expect(diary.at(at("2023-06-27 15:30"))).toEqual([]);
    expect(diary.unread.filter((it) => !it.isPassedOn)).toEqual([]);
  });

  test("is also DINGed on the last day, where the campaign allows it", () => {
    const allowing = withReminders({ escalation: { ding: true }, nudge: null, digest: null });
    const dinged = (day: string) => {
      const diary = new Diary(allowing, dinghai({}, allowing));
      for (const it of obligationNames)
        diary.claimed.add({ obligation: it, unitId: "dinghai", slotAt: at(`${day} 15:00`) });
      diary.unread = [unread({ at: at(`${day} 09:00`) })];
      return diary.at(at(`${day} 15:30`)).filter((it) => it.content.kind === "ding");
    };
    expect(dinged("2023-06-29")).toEqual([]);
    expect(dinged("2023-06-30")).toMatchObject([
      { to: { staffId: "zhangsan" }, content: { say: { tag: "reminder" } } },
    ]);
  });

  test("is passed on by nobody where the campaign says so", () => {
    const never = withReminders({ escalation: null, nudge: null, digest: null });
    const diary = new Diary(never, dinghai({}, never));
    diary.at(at("2023-06-27 09:00"));
    diary.unread = [unread()];
    expect(diary.at(at("2023-06-28 10:30"))).toEqual([]);
  });
});

describe("the managers' digest", () => {
  const telling = withReminders({ nudge: null });

  test("says before the day begins where things stand, and takes in what they would hear at nine", () => {
    const diary = new Diary(telling, untouched(telling).slice(7));
    const [message, ...others] = diary.at(at("2023-06-29 08:45"));
    expect(others).toEqual([]);
    expect(message?.content.say.data).toMatchObject({
      expected: 3,
      submitted: 0,
      liaisons: 0,
      notStarted: ["舟山市华权液化气公司", "舟山中石化新奥车船用燃气有限公司", "舟山市燃气协会"],
      calls: [{ unit: "舟山市燃气协会", name: null, phone: null, why: "nobody" }],
    });
    expect(asked(diary.at(at("2023-06-29 09:00"))).filter((it) => it.startsWith("managers"))).toEqual([]);
    expect(diary.at(at("2023-06-29 09:01"))).toEqual([]);
  });
});
