import { calledOf } from "../../campaign/campaign.ts";
import { instant } from "./days.ts";
import { submit } from "./filling.ts";
import type { LedgerRow } from "./ledger.ts";
import type { Actor, Play } from "./play.ts";

/** What the managers do, and what they make units do. */

export async function bindGroup(play: Play): Promise<void> {
  await play.stage.sayInGroup(play.manager, "绑定本群");
  await play.stage.tell(play.manager, "进度", /联络员/);
}

export async function correctAfterSubmission(play: Play): Promise<void> {
  for (const actor of play.of("twoFields")) {
    const people = play.random.between(10, 90);
    await play.stage.tell(actor.liaison, `又开展1场应急演练，${people}人参加`, /重新打开/);
    play.ledger.add(actor.unit.id, play.rowCalled("应急演练").id, { sessions: 1, people });
    play.stage.standing(actor.unit).owesStatistics = true;
    await play.stage.tell(play.manager, "汇总", /含填报中/);
  }
}

export async function submitAgain(play: Play): Promise<void> {
  for (const actor of play.of("twoFields")) await submit(play, actor);
}

export async function returnForm(play: Play): Promise<void> {
  const row = play.rowCalled("专题学习");
  for (const { unit } of play.of("declined")) {
    const reason = `第${row.no}行人次偏少，请核对`;
    await play.stage.tell(play.manager, `退回 ${calledOf(unit)} ${reason}`, /已退回/);
    play.stage.standing(unit).owesStatistics = true;
  }
}

export async function answerReturn(play: Play): Promise<void> {
  await play.stage.moveTo(instant(play.stage.campaign.period.end, "16:00"));
  for (const actor of play.of("declined")) await change(play, actor, play.rowCalled("专题学习"));
}

/** Handed in on time, changed later: it stays on time. */
export async function correctAfterDeadline(play: Play): Promise<void> {
  for (const actor of play.of("byContact")) await change(play, actor, play.rowCalled("应急演练"));
}

async function change(play: Play, actor: Actor, row: LedgerRow): Promise<void> {
  const people = play.random.between(501, 600);
  await play.stage.tell(actor.liaison, `修改 ${row.no} 2场${people}人`, new RegExp(`已记 ✓ ${row.no} `));
  play.ledger.set(actor.unit.id, row.id, { sessions: 2, people });
  await submit(play, actor);
}

export async function askAsManager(play: Play): Promise<void> {
  const unit = play.actors[0]?.unit;
  // Nobody was reminded in the hour before.
  await play.stage.moveTo(instant(play.stage.campaign.period.end, "17:00"));
  await play.stage.tell(play.manager, "进度", /统计表：应报/);
  await play.stage.tell(play.manager, "汇总", /已提交口径/);
  await play.stage.tell(play.manager, `查看 ${unit === undefined ? "" : calledOf(unit)}`, /已提交/);
  await play.stage.tell(play.manager, "审核", /待审核/);
  await play.stage.tell(play.manager, `通过 ${unit === undefined ? "" : calledOf(unit)}`, /已通过/);
  await play.stage.remindNow(play.manager, "催报");
  await play.stage.tell(play.manager, "联络员", /附件1/);
  const exported = await play.stage.say(play.manager, "导出");
  play.stage.check(
    exported.messages.some((it) => it.body.kind === "file"),
    "导出 brought no file",
  );
  const liaison = play.actors[0]?.liaison ?? "";
  await play.stage.tell(liaison, "汇总", /管理员的命令/);
}

export async function publish(play: Play): Promise<void> {
  await play.stage.tell(play.manager, "发布", /将发布到群/);
  await play.stage.tap(play.manager, play.newestButton("确认"));
  play.stage.publications.push(play.stage.local.clock.now());
}
