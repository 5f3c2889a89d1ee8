import { instant, workdaysUntil } from "./days.ts";
import type { Character, Play } from "./play.ts";
import { drill } from "./reporting.ts";

/** People who are at it when a reminder falls due, and people whom it has to leave out. */

/** Shortly before the first reminder of the form: it comes when their hour is over. */
export async function lookBeforeFirstReminder(play: Play): Promise<void> {
  const [day = ""] = workdaysUntil(play.stage.campaign.obligations.summary.due, 11).slice(-1);
  await play.stage.moveTo(instant(day, "08:40"));
  await look(play, "neverSubmits");
}

/** On the day of an event some report it before they are asked to, and some only look. */
export async function reportEvent(play: Play): Promise<void> {
  for (const { on, indicators } of play.stage.campaign.reminders.events) {
    await play.stage.moveTo(instant(on, "16:10"));
    const row = play.ledger.row(indicators[0] ?? "");
    for (const { unit, liaison } of play.of("early")) {
      const people = play.random.between(50, 500);
      const text = `今天${row.label}1场${people}人`;
      await play.stage.tell(liaison, text, new RegExp(`已记 ✓ ${row.no} `));
      play.ledger.add(unit.id, row.id, { sessions: 1, people });
    }
    await look(play, "talkative");
  }
}

/** Before a quiet week is asked about: who reports now is not asked, who only looks is asked later. */
export async function reportBeforeNudge(play: Play, friday: string): Promise<void> {
  const [day = friday] = workdaysUntil(friday, 1);
  await play.stage.moveTo(instant(day, "14:30"));
  for (const actor of play.of("byContact")) await drill(play, actor);
  await look(play, "twoFields");
}

/** The last reminder before the deadline waits as well, as long as it still comes on that day. */
export async function lookBeforeLastReminder(play: Play): Promise<void> {
  await play.stage.moveTo(instant(play.stage.campaign.period.end, "14:40"));
  await look(play, "neverSubmits");
}

async function look(play: Play, character: Character): Promise<void> {
  for (const { liaison } of play.of(character)) await play.stage.tell(liaison, "进度", /统计表/);
}
