import { addDays, clockOf, dayOf, isWorkday } from "../campaign/calendar.ts";
import type { Campaign } from "../campaign/campaign.ts";
import { rowsFor, shortLabel } from "../campaign/row.ts";
import { formOfRecord, type UnitRecord } from "../campaign/unit-record.ts";
import { type Reply, toManagers, toPerson } from "./flow.ts";
import { momentText } from "./moment.ts";
import { amounts } from "./recording.ts";

/** A time without any connection to DingTalk: what people sent in it is lost, for DingTalk keeps nothing (dingtalk.md §2.5). */
export interface OfflineSpan {
  from: Date;
  to: Date;
}

/** Shorter ones happen with every reconnect, and are no reason to alarm anybody. */
const shortestMs = 30_000;
const worksFrom = "08:00";
const worksUntil = "18:00";
/** A month after the period nobody reports any more. */
const daysAfter = 31;

/** Somebody may have reported in it: it touches working hours of the campaign. */
export function mayHaveLost(campaign: Campaign, { from, to }: OfflineSpan): boolean {
  if (to.getTime() - from.getTime() < shortestMs) return false;
  const [first, last] = [dayOf(from, campaign), dayOf(to, campaign)];
  return daysBetween(campaign, first, last).some((day) => {
    const begins = day === first ? clockOf(from, campaign) : "00:00";
    const ends = day === last ? clockOf(to, campaign) : "24:00";
    return isWorkday(day) && begins < worksUntil && ends >= worksFrom;
  });
}

/** The days of the span on which the campaign is on. */
function daysBetween({ opensOn, period }: Campaign, first: string, last: string): string[] {
  const days: string[] = [];
  const end = addDays(period.end, daysAfter);
  for (let day = opensOn; day <= last && day <= end; day = addDays(day, 1)) if (day >= first) days.push(day);
  return days;
}

/** Managers are told once. */
export function offlineNotice(campaign: Campaign, span: OfflineSpan): Reply {
  return toManagers({ tag: "offlineNotice", data: spanText(campaign, span) });
}

/** Before their next message is answered, a liaison sees what is recorded so far. */
export function recordedSoFar(
  { campaign, own, staffId }: { campaign: Campaign; own: UnitRecord; staffId: string },
  span: OfflineSpan,
): Reply {
  const rows = rowsFor(campaign, own.unit);
  const form = formOfRecord(campaign, own);
  const isFilled = rows.filter((it) => form.rows[it.indicator.id]?.kind !== "open");
  const entry = own.entries.findLast((it) => it.withdrawnAt === null && it.mode !== "fix");
  const row = rows.find((it) => it.indicator.id === entry?.indicatorId);
  const last =
    entry === undefined || row === undefined
      ? null
      : {
          no: row.no,
          name: shortLabel(row),
          date: entry.date,
          dateFrom: entry.dateFrom,
          said: amounts(row, entry.figures),
        };
  const data = { ...spanText(campaign, span), filled: isFilled.length, expected: rows.length, last };
  return toPerson(staffId, { tag: "recordedSoFar", data });
}

function spanText(campaign: Campaign, { from, to }: OfflineSpan): { from: string; to: string } {
  const isSameDay = dayOf(from, campaign) === dayOf(to, campaign);
  return { from: momentText(from, campaign), to: isSameDay ? clockOf(to, campaign) : momentText(to, campaign) };
}
