import { dayOf } from "../../campaign/calendar.ts";
import { deadlineFor, movedForAll } from "../../campaign/deadline.ts";
import { pending } from "../../campaign/nomination.ts";
import { periodInView, reportingPeriods } from "../../campaign/period.ts";
import { unitProgress } from "../../campaign/progress.ts";
import type { Call, Digest } from "../../campaign/reminder.ts";
import { inView, liaisonOfRecord, type UnitRecord } from "../../campaign/unit-record.ts";
import { askableOf } from "./askable.ts";
import type { Place } from "./due.ts";
import type { Glance, Moment } from "./moment.ts";
import { digestsOf } from "./occasions.ts";
import { chainOf } from "./pass-on.ts";

/** The digest that is due now and that nobody has claimed. */
export function dueDigest({ campaign, now, claimed, since }: Glance, places: readonly Place[]): Date | null {
  const at = digestsOf(campaign, movedForAll(places)).findLast((it) => it <= now);
  if (at === undefined || dayOf(at, campaign) !== dayOf(now, campaign)) return null;
  if (since !== null && at <= since) return null;
  const last = claimed.of("digest").get("");
  return last === undefined || last < at ? at : null;
}

/** On such a day managers hear everything in one message. */
export function isDigestDay({ campaign, now, records }: Moment): boolean {
  const today = dayOf(now, campaign);
  return digestsOf(campaign, movedForAll(records)).some((it) => dayOf(it, campaign) === today);
}

/** Where things stand; `null` where nothing is owed any more. */
export function digestOf(moment: Moment): Digest | null {
  const { campaign, now, unread } = moment;
  const today = dayOf(now, campaign);
  const records = inView(campaign, moment.records, today);
  const all = records.map((record) => ({ record, progress: unitProgress(campaign, record) }));
  const period = periodInView(reportingPeriods(campaign), today);
  const { due, dueTime } = deadlineFor(campaign, { period, moved: movedForAll(records) }, "statistics");
  const named = (state: string) =>
    all.filter(({ record, progress }) => record.onPaper === null && progress.statistics.state === state);
  const names = (state: string) => named(state).map(({ record }) => record.unit.name);
  const isOwing = (record: UnitRecord) =>
    askableOf(moment, record, "statistics").length + askableOf(moment, record, "summary").length > 0;
  const unreadOf = records.filter(
    (it) => isOwing(it) && unread.some((one) => one.unitIds.includes(it.unit.id) && one.staffId === liaisonIdOf(it)),
  );
  const calls = records.filter((it) => isOwing(it) && chainOf(it).length === 0).map((it) => callOf(it, "nobody"));
  const waiting = records.filter((it) => pending(it.nominations).length > 0).map((it) => it.unit.name);
  const onPaper = records.filter((it) => it.onPaper !== null).map((it) => it.unit.name);
  if (!records.some(isOwing) && waiting.length + onPaper.length === 0) return null;
  const submitted = all.filter(({ progress }) => progress.statistics.submittedAt !== null);
  return {
    day: today,
    due,
    dueTime,
    expected: all.length,
    submitted: submitted.length,
    onTime: submitted.filter(({ progress }) => progress.statistics.timeliness === "onTime").length,
    summaries: all.filter(({ progress }) => progress.summary !== "missing").length,
    liaisons: all.filter(({ progress }) => progress.liaison !== null).length,
    drafting: [...named("drafting"), ...named("reopened")].map(({ record, progress }) => ({
      unit: record.unit.name,
      openRows: progress.statistics.openRows.length,
    })),
    notStarted: names("notStarted"),
    returned: names("returned"),
    unread: unreadOf.map((it) => ({ unit: it.unit.name, name: liaisonOfRecord(it)?.name ?? null })),
    onPaper,
    calls,
    waiting,
  };
}

export function callOf(record: UnitRecord, why: Call["why"]): Call {
  const liaison = liaisonOfRecord(record);
  return { unit: record.unit.name, name: liaison?.name ?? null, phone: liaison?.phone ?? contactPhoneOf(record), why };
}

function liaisonIdOf(record: UnitRecord): string | null {
  return liaisonOfRecord(record)?.staffId ?? null;
}

function contactPhoneOf({ unit }: UnitRecord): string | null {
  return unit.contacts.flatMap((it) => ("mobile" in it ? it.mobile : []))[0] ?? null;
}
