import { type Campaign, type ObligationName, parseCampaign } from "../../../src/campaign/campaign.ts";
import { zhoushanJson } from "../../support/campaign.ts";
import { clock, type Day, dayMinutes, dayNamed, type Minute, nameOf, workingAfter, workingBefore } from "./almanac.ts";

/** A campaign as the laws know it. The planner gets it as a file of the same meaning, and nothing else. */
export interface Rules {
  opensOn: Day;
  from: Day;
  until: Day;
  nomination: Day;
  summary: Day;
  form: { every: "once"; due: Day; isStamped: boolean } | { every: "day" | "thursday"; dues: readonly Day[] };
  event: Day | null;
}

/** The notice of 2023, with the days of a year; in 2025 the form is to be stamped. */
export function noticeOf(year: number): Rules {
  const on = (day: string) => dayNamed(`${year}-${day}`);
  return {
    opensOn: on("05-19"),
    from: on("06-01"),
    until: on("06-30"),
    nomination: on("05-25"),
    summary: on("07-01"),
    form: { every: "once", due: on("07-01"), isStamped: year === 2025 },
    event: on("06-16"),
  };
}

/** By when something is owed, for the first time or as a manager moved it. */
export interface Due {
  day: Day;
  at: Minute;
  /** Of one of many: from when on it is owed, and its place among them. */
  opens: Day | null;
  no: number;
  movedAt: Minute | null;
}

export interface Step {
  at: Minute;
  due: Due;
  isLast: boolean;
}

export interface Move {
  day: Day;
  clock: number;
  at: Minute;
}

const ahead = { nomination: [5, 3, 1], statistics: [10, 5, 3, 1], summary: [10, 5, 3, 1] };
const morning = clock("09:00");
const onTheDay = [morning, clock("15:00")];
const usual = clock("18:00");
export const unitCount = 12;

export function formClock({ form }: Rules): number {
  return { once: usual, day: clock("17:00"), thursday: clock("12:00") }[form.every];
}

export function duesOf(rules: Rules, obligation: ObligationName, move: Move | undefined): Due[] {
  if (move !== undefined) {
    return [{ day: move.day, at: move.day * dayMinutes + move.clock, opens: null, no: 1, movedAt: move.at }];
  }
  const once = (day: Day) => [{ day, at: day * dayMinutes + usual, opens: null, no: 1, movedAt: null }];
  if (obligation !== "statistics") return once(rules[obligation]);
  if (rules.form.every === "once") return once(rules.form.due);
  const { dues, every } = rules.form;
  return dues.map((day, n) => {
    const opens = every === "day" ? day : n === 0 ? rules.from : (dues[n - 1] ?? day);
    return { day, at: day * dayMinutes + formClock(rules), opens, no: n + 1, movedAt: null };
  });
}

/** The ladders: 5/3/1 or 10/5/3/1 working days ahead, 09:00 and 15:00 on the day, then overdue mornings. */
export function stepsOf(rules: Rules, obligation: ObligationName, due: Due): Step[] {
  const isOne = due.opens !== null;
  const actOn = actDay(due);
  const before = [
    ...(isOne ? [] : ahead[obligation].map((it) => workingBefore(actOn, it) * dayMinutes + morning)),
    ...onTheDay.map((it) => actOn * dayMinutes + it),
  ].filter((it) => it < due.at);
  const late = Array.from({ length: 8 }, (_, n) => workingAfter(due.day - 1, n + 1) * dayMinutes + morning)
    .filter((it) => it > due.at)
    .slice(0, isOne ? 1 : 5);
  const last = Math.max(...before);
  return [...before, ...late]
    .map((at) => ({ at, due, isLast: at === last }))
    .filter((it) => it.at >= rules.opensOn * dayMinutes && (due.movedAt === null || it.at > due.movedAt));
}

/** The last working day on or before the due day; a day's own form has none but itself. */
export function actDay({ day, opens }: Pick<Due, "day" | "opens">): Day {
  const found = workingBefore(day, 0);
  return opens !== null && found < opens ? day : found;
}

export function campaignOf(rules: Rules): Campaign {
  const json = zhoushanJson();
  const models = json.units as Record<string, unknown>[];
  const units = Array.from({ length: unitCount }, (_, n) => {
    const model = models[n % models.length];
    return { ...model, id: `unit-${n}`, name: `第${n}单位`, aliases: [`${n}号`], contacts: [], parent: null };
  });
  const { form, event } = rules;
  const dues = form.every === "once" ? [] : form.dues.map(nameOf);
  const recurring = { dueTime: form.every === "day" ? "17:00" : "12:00", from: dues[0], until: dues.at(-1) };
  const parsed = parseCampaign({
    ...json,
    id: `walk-${nameOf(rules.opensOn)}`,
    year: Number(nameOf(rules.opensOn).slice(0, 4)),
    opensOn: nameOf(rules.opensOn),
    period: { start: nameOf(rules.from), end: nameOf(rules.until) },
    obligations: {
      nomination: { due: nameOf(rules.nomination) },
      summary: { due: nameOf(rules.summary) },
      statistics:
        form.every === "once"
          ? { due: nameOf(form.due), stamped: form.isStamped }
          : form.every === "day"
            ? { repeat: "daily", ...recurring }
            : { repeat: "weekly", weekday: 4, ...recurring },
    },
    reminders:
      event === null
        ? {}
        : { events: [{ id: "616", name: "宣传咨询日", on: nameOf(event), indicators: ["publicity.consult"] }] },
    units,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.campaign;
}
