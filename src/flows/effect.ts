import { addDays, clockOf, dayOf, weekdayOf } from "../campaign/calendar.ts";
import { calledOf } from "../campaign/campaign.ts";
import { type RemindedOf, remindersSince, type SentReminder } from "../campaign/sent-reminder.ts";
import { allPeriodsOf, liaisonOfRecord, type UnitRecord } from "../campaign/unit-record.ts";
import { answer, type Facts, outcome, type Step } from "./flow.ts";
import { dayText, momentText } from "./moment.ts";
import { allOwed } from "./owing.ts";
import type { EffectLine, Led } from "./words/effect.ts";

/** What follows a reminder within so long is put down to it. */
const effectMs = 24 * 60 * 60_000;
/** Reminders that are shown one by one, the newest; of days before them only the sums. */
const shownLines = 20;
const shownDays = 7;
const shownPeople = 5;

type Needs = "all" | "reminders";

/** `催报效果`: what was sent to whom in the last 30 days, whether it was read, and what it led to. */
export const showEffect: Step<Needs> = (turn) => {
  const { campaign, now, reminders } = turn.facts;
  const sent = reminders.sent.toReversed();
  const lines = linesOf(turn.facts, sent);
  const days = [...new Set(lines.map((it) => it.day))];
  const detailed = daysInFull(days, lines);
  const data = {
    at: momentText(now, campaign),
    since: dayText(remindersSince(campaign, now)),
    total: sent.length,
    people: new Set(sent.map((it) => it.staffId)).size,
    days: days.slice(0, shownDays).map((day) => {
      const own = lines.filter((it) => it.day === day).map((it) => it.line);
      return {
        day: dayText(day),
        sent: own.length,
        read: own.filter((it) => it.isRead === true).length,
        unread: own.filter((it) => it.isRead === false).length,
        worked: own.filter((it) => it.led.length > 0).length,
        lines: detailed.has(day) ? own : [],
      };
    }),
    olderDays: Math.max(0, days.length - shownDays),
    mostReminded: mostReminded(turn.facts, sent),
    usage: reminders.usage,
  };
  return outcome(turn.state, [answer(turn.inbound, { tag: "effectShown", data })]);
};

/** As many of the newest days as fit, the first in any case. */
function daysInFull(days: readonly string[], lines: readonly { day: string }[]): Set<string> {
  let left = shownLines;
  const inFull = days.filter((day, n) => {
    left -= lines.filter((it) => it.day === day).length;
    return left >= 0 || n === 0;
  });
  return new Set(inFull);
}

function linesOf(facts: Facts<Needs>, sent: readonly SentReminder[]): { day: string; line: EffectLine }[] {
  const { campaign, all } = facts;
  const records = new Map(all.map((it) => [it.unit.id, it]));
  const owed = new Set(all.flatMap((it) => allOwed(facts, it)).map((it) => keyOf({ ...it, period: it.period?.key })));
  return sent.map((it) => {
    const units = unitsOf(it, records);
    const line: EffectLine = {
      clock: clockOf(it.at, campaign),
      units: units.map((record) => calledOf(record.unit)),
      liaison: liaisonNamed(units, it.staffId),
      isAsked: it.cause === "manager",
      delivery: it.delivery,
      isRead: it.isRead,
      led: [...new Set(units.flatMap((record) => ledTo(record, it)))],
      isOwed: it.duties.some((duty) => owed.has(keyOf(duty))),
    };
    return { day: dayOf(it.at, campaign), line };
  });
}

function keyOf({ obligation, unitId, period }: Omit<RemindedOf, "period"> & { period?: string | undefined }): string {
  return [obligation, unitId, period ?? ""].join(" ");
}

function unitsOf({ duties }: SentReminder, records: ReadonlyMap<string, UnitRecord>): UnitRecord[] {
  return [...new Set(duties.map((it) => it.unitId))].flatMap((it) => records.get(it) ?? []);
}

/** `null`: a contact. */
function liaisonNamed(units: readonly UnitRecord[], staffId: string): string | null {
  return units.map(liaisonOfRecord).find((it) => it?.staffId === staffId)?.name ?? null;
}

/** What the unit did within a day. */
function ledTo(record: UnitRecord, { at, duties }: SentReminder): Led[] {
  const isSoon = (then: Date | null | undefined) => {
    const ms = then === null || then === undefined ? -1 : then.getTime() - at.getTime();
    return ms > 0 && ms < effectMs;
  };
  const periods = allPeriodsOf(record);
  const asksToNominate = duties.some((it) => it.obligation === "nomination" && it.unitId === record.unit.id);
  const led: [Led, boolean][] = [
    ["nominated", asksToNominate && record.nominations.some((it) => isSoon(it.proposedAt))],
    [
      "submitted",
      periods.some(({ submission }) => isSoon(submission.firstSubmittedAt) || isSoon(submission.last?.submittedAt)),
    ],
    ["summary", record.documents.some((it) => it.kind === "summary" && isSoon(it.receivedAt))],
    ["stamped", record.documents.some((it) => it.kind === "stamped" && isSoon(it.receivedAt))],
    ["reported", periods.some(({ entries }) => entries.some((it) => isSoon(it.recordedAt)))],
  ];
  return led.flatMap(([what, isSo]) => (isSo ? [what] : []));
}

/** Who was reminded most this month, with this week's count. */
function mostReminded({ campaign, now, all }: Facts<Needs>, sent: readonly SentReminder[]) {
  const records = new Map(all.map((it) => [it.unit.id, it]));
  const today = dayOf(now, campaign);
  const monday = addDays(today, -((weekdayOf(today) + 6) % 7));
  const thisMonth = sent.filter((it) => dayOf(it.at, campaign).startsWith(today.slice(0, 7)));
  const people = [...new Set(thisMonth.map((it) => it.staffId))].map((staffId) => {
    const own = thisMonth.filter((it) => it.staffId === staffId);
    const units = [...new Map(own.flatMap((it) => unitsOf(it, records)).map((it) => [it.unit.id, it])).values()];
    return {
      units: units.map((it) => calledOf(it.unit)),
      liaison: liaisonNamed(units, staffId),
      month: own.length,
      week: sent.filter((it) => it.staffId === staffId && dayOf(it.at, campaign) >= monday).length,
    };
  });
  return people.toSorted((a, b) => b.month - a.month).slice(0, shownPeople);
}
