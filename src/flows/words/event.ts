import { addDays, weekdayOf } from "../../campaign/calendar.ts";
import type { EventNote, PersonalReminder } from "../../campaign/reminder.ts";
import { listed, namedDay, plain, shortDay } from "./format.ts";

/** A day of the campaign: before it what to write down, on it one line to report it in. */
export function eventLines(event: EventNote | null, { day }: Pick<PersonalReminder, "day">): string[] {
  if (event === null) return [];
  const name = `“${plain(event.name)}”`;
  const on = namedDay(event.on, weekdayOf(event.on));
  const example = `${plain(event.rows[0]?.label ?? "")}1场120人参加`;
  if (event.stage === "report") {
    // On the working day after, what is told without a day would be of that one
    if (event.on === day) return [`今天是${name}，请用一句话报来，例：${example}`];
    return [`${on}是${name}，请用一句话报来，例：${shortDay(event.on)}${example}`];
  }
  const when = addDays(day, 1) === event.on ? `明天 ${on}` : on;
  const rows = event.rows.map((it) => `第 ${it.no} 行${plain(it.label)}`).join("、");
  return [`${when}是${name}。当天请记下办了几场、多少人参加（${rows}），办完发一句话给我，例：${example}`];
}

/** Units that reported nothing this week. That nothing happened need not be said, so it isn't asked for. */
export function quietLines({ quiet, liaisonOf }: Pick<PersonalReminder, "quiet" | "liaisonOf">): string[] {
  if (quiet.length === 0) return [];
  const isOwn = quiet.every((it) => it.unitId === liaisonOf);
  const units = isOwn ? "" : `${listed(quiet.map((it) => plain(it.unit)))}的`;
  return [`本周还没有收到${units}活动情况。办过的发一句话就行，例：今天开展2场应急演练，120人参加；没有办不用回复。`];
}
