import { addDays, dayOf, instantAt } from "../../campaign/calendar.ts";
import type { Campaign } from "../../campaign/campaign.ts";
import { Claims } from "../../campaign/claims.ts";
import type { PersonHistory } from "../../campaign/reminder.ts";
import type { UnitRecord } from "../../campaign/unit-record.ts";
import { agendaOf } from "../../scheduler/plan/agenda.ts";
import { isWindow } from "../../scheduler/plan/due.ts";
import type { Moment } from "../../scheduler/plan/moment.ts";
import { isAnythingDue, plan } from "../../scheduler/plan/plan.ts";
import { untouched } from "../plan/untouched.ts";

export interface PlanLine {
  bench: "plan";
  /** `jumping`: from one due moment to the next. `everyMinute`: each minute of office hours. */
  walk: "jumping" | "everyMinute";
  units: number;
  from: string;
  to: string;
  moments: number;
  reminders: number;
  seconds: number;
  msPerMoment: number;
}

const minuteMs = 60_000;

/** A year from the day a campaign opens, of units that do nothing, each with a contact: the most that there is to say. */
export function benchPlan(campaign: Campaign): PlanLine[] {
  return [measure(campaign, "jumping", jumps), measure(campaign, "everyMinute", officeMinutes)];
}

function measure(
  campaign: Campaign,
  walk: PlanLine["walk"],
  momentsOf: (campaign: Campaign, to: string) => Iterable<Date>,
): PlanLine {
  const from = campaign.opensOn;
  const to = addDays(from, 364);
  const records = campaign.units.map((it) => ({ ...untouched(campaign, it), contactIds: [`contact-${it.id}`] }));
  const begun = process.cpuUsage();
  const { moments, reminders } = walkThrough(campaign, records, momentsOf(campaign, to));
  const { user, system } = process.cpuUsage(begun);
  const seconds = (user + system) / 1e6;
  const msPerMoment = Number(((seconds * 1000) / Math.max(1, moments)).toFixed(4));
  const { length: units } = records;
  return { bench: "plan", walk, units, from, to, moments, reminders, seconds: Number(seconds.toFixed(2)), msPerMoment };
}

function walkThrough(
  campaign: Campaign,
  records: readonly UnitRecord[],
  instants: Iterable<Date>,
): { moments: number; reminders: number } {
  const claimed = new Claims();
  const people = new Map<string, PersonHistory>();
  const known = { campaign, records, claimed, people, since: null, putOffs: new Map<string, Date>(), unread: [] };
  let [moments, reminders] = [0, 0];
  for (const now of instants) {
    const moment: Moment = { ...known, now };
    moments += 1;
    if (!isAnythingDue(moment, records)) continue;
    const { messages, slots } = plan(moment);
    for (const it of slots) claimed.add(it);
    for (const { to } of messages) {
      if (to.kind !== "person") continue;
      reminders += 1;
      const remindedAt = people.get(to.staffId)?.remindedAt ?? [];
      people.set(to.staffId, { remindedAt: [...remindedAt, now], activeAt: null });
    }
  }
  return { moments, reminders };
}

function jumps(campaign: Campaign, to: string): Date[] {
  return agendaOf(campaign, []).filter((it) => dayOf(it, campaign) <= to);
}

function* officeMinutes(campaign: Campaign, to: string): Generator<Date> {
  const end = instantAt(addDays(to, 1), "00:00", campaign).getTime();
  for (let at = instantAt(campaign.opensOn, "00:00", campaign).getTime(); at < end; at += minuteMs) {
    const now = new Date(at);
    if (isWindow({ campaign, now })) yield now;
  }
}
