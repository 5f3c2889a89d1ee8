import { instant } from "./days.ts";
import type { Actor, Play } from "./play.ts";

/** Sentences in the course of the month. */

export async function report(play: Play, day: string): Promise<void> {
  await play.stage.moveTo(instant(day, "16:00"));
  for (const actor of play.of("early", "twoFields", "talkative", "neverSubmits", "byContact")) {
    await drill(play, actor);
  }
  for (const actor of play.of("talkative")) await talk(play, actor);
}

export async function drill(play: Play, { unit, liaison }: Actor): Promise<void> {
  const row = play.rowCalled("应急演练");
  const sessions = play.random.between(1, 4);
  const people = play.random.between(20, 300);
  const text = play.random.pick([
    `今天开展${sessions}场应急演练，${people}人参加`,
    `上午组织应急救援演练${sessions}场 ${people}人次`,
    `${people}人参加了${sessions}场消防演习`,
  ]);
  await play.stage.tell(liaison, text, new RegExp(`已记 ✓ ${row.no} `));
  play.ledger.add(unit.id, row.id, { sessions, people });
  if (play.random.chance(0.5)) await play.stage.redeliver(liaison, text);
  if (play.random.chance(0.3)) {
    await play.stage.tell(liaison, `不对，演练是${sessions + 1}场`, /已改 ✓/);
    play.ledger.add(unit.id, row.id, { sessions: 1 });
  }
}

/** Questions, a voice message, and something taken back. */
async function talk(play: Play, { unit, liaison }: Actor): Promise<void> {
  const stage = play.stage;
  const people = play.random.between(50, 400);
  await stage.tell(liaison, "又进社区搞了两场科普宣传，大概一百来人", /已记 ✓ [\s\S]*人次是多少/);
  await stage.tell(liaison, String(people), /已记 ✓/);
  play.ledger.add(unit.id, play.rowCalled("进社区").id, { sessions: 2, people });
  const heard = play.random.between(10, 90);
  stage.local.dingtalk.sendVoice(liaison, `今天看警示片一场${heard}人`);
  await stage.local.quiet();
  play.ledger.add(unit.id, play.rowCalled("警示片").id, { sessions: 1, people: heard });
  const wrong = await stage.tell(liaison, "今天又宣讲3场999人", /已记 ✓/);
  const [, no = ""] = /撤销 (\d+)/.exec(JSON.stringify(wrong.messages)) ?? [];
  await stage.tap(liaison, `撤销 ${no}`);
}
