import ical from "ical-generator";
import { instantAt } from "../../campaign/calendar.ts";
import type { Campaign } from "../../campaign/campaign.ts";
import type { CalendarLine } from "./calendar.ts";

const shownMs = 15 * 60_000;

/**
 * An iCalendar file of the lines: the same lines of the same days give the same file, byte by byte. Instants are in UTC, which
 * every program understands; the zone to show them in is named.
 */
export function icsOf(campaign: Campaign, lines: readonly CalendarLine[], { from }: { from: string }): string {
  const calendar = ical({
    name: `${campaign.title}提醒`,
    prodId: { company: "anyue", product: "anyue", language: "ZH" },
    x: [{ key: "X-WR-TIMEZONE", value: campaign.timezone }],
  });
  const stamp = instantAt(from, "00:00", campaign);
  const seen = new Map<string, number>();
  for (const { at, what, to, counted } of lines) {
    const moment = at.toISOString().replace(/[-:]|\.000/g, "");
    const no = (seen.get(moment) ?? 0) + 1;
    seen.set(moment, no);
    calendar.createEvent({
      id: `${campaign.id}-${moment}-${no}@anyue`,
      start: at,
      end: new Date(at.getTime() + shownMs),
      stamp,
      summary: `${what} → ${to}`,
      ...(counted !== "" && { description: counted }),
    });
  }
  return `${calendar.toString()}\r\n`;
}
