import { z } from "zod";
import type { Campaign, ObligationName } from "./campaign.ts";
import { isRecurring } from "./period.ts";
import { clockTime, day, id } from "./scalar.ts";

/** How a campaign reminds, as data: ladders of obligations, office hours, nudges, events, escalation. */

/** The steps of one obligation, counted from `actOn`, the last working day on or before its due day (design §5.2). */
export const ladderSchema = z.strictObject({
  /** Working days before `actOn`, each a morning. */
  ahead: z.array(z.int().min(1).max(60)).max(10),
  /** Clock times on `actOn` itself. */
  onTheDay: z.array(clockTime).max(4),
  /** On so many working days after the deadline, each a morning. */
  overdue: z.int().min(0).max(20),
  /** The clock time of mornings. */
  morning: clockTime.default("09:00"),
});
export type Ladder = z.infer<typeof ladderSchema>;

const eventSchema = z.strictObject({
  id,
  name: z.string().trim().min(1).max(40),
  on: day,
  /** The rows that it is reported in. */
  indicators: z.array(z.string()).min(1).max(6),
  /** On the working day before it: what to record. */
  before: clockTime.default("09:00"),
  /** On its own day: report it in one line. */
  report: clockTime.default("16:30"),
});
export type CampaignEvent = z.infer<typeof eventSchema>;

export const remindersSchema = z.strictObject({
  /** Outside of these nobody is written to unasked. */
  windows: z
    .array(z.strictObject({ from: clockTime, until: clockTime }))
    .min(1)
    .max(4)
    .default([
      { from: "08:30", until: "11:30" },
      { from: "14:00", until: "17:30" },
    ]),
  /** In a week of the period in which a unit reported nothing, on its last working day up to `weekday` (1 Monday … 7). */
  nudge: z
    .strictObject({ weekday: z.int().min(1).max(7), at: clockTime })
    .nullable()
    .default({ weekday: 5, at: "15:00" }),
  events: z.array(eventSchema).max(20).default([]),
  /** A person gets no more than this many reminders in a month, save the last before a deadline. */
  mostPerMonth: z.int().min(1).max(100).default(20),
  /** A reminder that nobody read in so many office hours goes to the next who can be asked; `null`: never. */
  escalation: z
    .strictObject({ unreadHours: z.int().min(1).max(16).default(4), ding: z.boolean().default(false) })
    .nullable()
    .default({ unreadHours: 4, ding: false }),
  /** A to-do in DingTalk (待办) for each obligation, closed when it is met. */
  todo: z.boolean().default(false),
  /** Managers are told where things stand on each of the last working days before the form is due. */
  digest: z
    .strictObject({ at: clockTime.default("08:45"), lastDays: z.int().min(1).max(20).default(5) })
    .nullable()
    .default({ at: "08:45", lastDays: 5 }),
});
export type Reminders = z.infer<typeof remindersSchema>;

const defaultLadders: Record<ObligationName, Ladder> = {
  nomination: { ahead: [5, 3, 1], onTheDay: ["09:00", "15:00"], overdue: 5, morning: "09:00" },
  statistics: { ahead: [10, 5, 3, 1], onTheDay: ["09:00", "15:00"], overdue: 5, morning: "09:00" },
  summary: { ahead: [10, 5, 3, 1], onTheDay: ["09:00", "15:00"], overdue: 5, morning: "09:00" },
};

/** Of a form that is owed again and again: the next period's ladder follows soon enough. */
const shortLadder: Ladder = { ahead: [], onTheDay: ["09:00", "15:00"], overdue: 1, morning: "09:00" };
/** The same where it is due before the day's first step. */
const earlyLadder: Ladder = { ...shortLadder, ahead: [1] };

export function ladderOf(campaign: Pick<Campaign, "obligations">, obligation: ObligationName): Ladder {
  const given = campaign.obligations[obligation].ladder;
  if (given !== undefined) return given;
  if (obligation !== "statistics" || !isRecurring(campaign)) return defaultLadders[obligation];
  return campaign.obligations.statistics.dueTime <= shortLadder.morning ? earlyLadder : shortLadder;
}

/** What a schema alone can't see of how a campaign reminds. */
export function reminderFaults(
  campaign: Pick<Campaign, "obligations" | "reminders" | "form">,
): { path: string; message: string }[] {
  const { windows, nudge, digest, events } = campaign.reminders;
  const isSound = windows.length > 0 && windows.every((it) => it.from < it.until);
  const outside = (path: string, clock: string | undefined) =>
    clock === undefined || !isSound || windows.some((it) => it.from <= clock && clock <= it.until)
      ? []
      : [{ path, message: `${clock} 不在可以提醒的时段 reminders.windows 里` }];
  const rows = new Set(campaign.form.sections.flatMap((it) => it.indicators.map((row) => row.id)));
  return [
    ...windows.flatMap((it, w) => {
      const path = `reminders.windows[${w}]`;
      if (it.until <= it.from) return [{ path, message: `时段是空的：${it.from} 不早于 ${it.until}` }];
      const before = windows[w - 1];
      return before !== undefined && it.from <= before.until ? [{ path, message: "时段应按先后排列，不能重叠" }] : [];
    }),
    ...outside("reminders.nudge.at", nudge?.at),
    ...outside("reminders.digest.at", digest?.at),
    ...events.flatMap((it, e) =>
      events.findIndex((other) => other.id === it.id) < e
        ? [{ path: `reminders.events[${e}].id`, message: `“${it.id}”与前面的重复` }]
        : [],
    ),
    ...events.flatMap((it, e) => [
      ...outside(`reminders.events[${e}].before`, it.before),
      ...outside(`reminders.events[${e}].report`, it.report),
      ...it.indicators.flatMap((row, r) =>
        rows.has(row) ? [] : [{ path: `reminders.events[${e}].indicators[${r}]`, message: `没有“${row}”这一行` }],
      ),
    ]),
    ...(["nomination", "statistics", "summary"] as const).flatMap((name) => {
      const { ladder: given, dueTime } = campaign.obligations[name];
      const ladder = ladderOf(campaign, name);
      const path = `obligations.${name}.ladder`;
      // The steps of a ladder that the file doesn't give are left out where they would be late.
      const late = given === undefined ? -1 : given.onTheDay.findIndex((it) => it >= dueTime);
      return [
        ...(late === -1
          ? []
          : [{ path: `${path}.onTheDay[${late}]`, message: `${ladder.onTheDay[late]} 已过截止时间 ${dueTime}` }]),
        ...(ladder.ahead.length + ladder.onTheDay.length === 0 ? [{ path, message: "截止前没有任何提醒" }] : []),
        ...outside(`${path}.morning`, ladder.morning),
        ...ladder.onTheDay.flatMap((it, n) => outside(`${path}.onTheDay[${n}]`, it)),
      ];
    }),
  ];
}
