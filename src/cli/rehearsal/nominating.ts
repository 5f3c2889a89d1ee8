import { calledOf } from "../../campaign/campaign.ts";
import { instant, shift } from "./days.ts";
import type { Actor, Play } from "./play.ts";

/** Annex 1, in all the ways people go about it. */

export async function nominateEarly(play: Play): Promise<void> {
  const stage = play.stage;
  await stage.moveTo(instant(shift(stage.campaign.opensOn, 1), "10:00"));
  await stage.tell("outsider", "你好", /没有记录.*外部人员.*不能报送/s);
  for (const actor of play.of("early", "talkative", "brief", "neverSubmits")) {
    await nominateInOneLine(play, actor);
    await approve(play, actor);
  }
  await answerLate(play);
  for (const actor of play.of("twoFields")) await nominateStepByStep(play, actor);
  for (const actor of play.of("declined")) await nominateTwice(play, actor);
  for (const actor of play.of("byContact")) await nominateByContact(play, actor);
  for (const actor of play.of("overdue")) await nominateSelfAsContact(play, actor);
}

async function nominateInOneLine(play: Play, { unit, liaison }: Actor): Promise<void> {
  const line = `联络员 ${calledOf(unit)} ${play.stage.nameOf(liaison)} 科长 ${mobileOf(play, liaison)}`;
  await play.stage.tell(liaison, line, /等管理员确认/);
  play.stage.standing(unit).isPending = true;
}

/** Taps the manager's newest 同意. */
async function approve(play: Play, { unit, liaison }: Actor): Promise<void> {
  const answer = await play.stage.tap(play.manager, play.newestButton("同意"));
  play.stage.check(answer.text.includes("已确认"), `the manager's 同意 was answered “${answer.text}”`);
  Object.assign(play.stage.standing(unit), { isPending: false, liaison });
}

function mobileOf(play: Play, staffId: string): string {
  return play.stage.local.dingtalk.world.people.find((it) => it.staffId === staffId)?.mobile ?? "13800000000";
}

/** Another manager taps the same button later: the first answer counted. */
async function answerLate(play: Play): Promise<void> {
  const other = play.stage.managers[1];
  if (other === undefined || play.of("early").length === 0) return;
  const answer = await play.stage.tap(other, "不同意 1");
  play.stage.check(answer.text.includes("没有再改动"), `a late 不同意 was answered “${answer.text}”`);
}

/** Managers hear that nobody can be asked; then somebody comes forward, and waits for them over a slot. */
export async function nominateWhereNobodyIsKnown(play: Play): Promise<void> {
  const { due } = play.stage.campaign.obligations.nomination;
  const actors = play.of("noFields");
  await play.stage.moveTo(instant(shift(due, -1), "16:00"));
  for (const actor of actors) await nominateInOneLine(play, actor);
  await play.stage.moveTo(instant(due, "10:00"));
  for (const actor of actors) {
    const { text } = await play.stage.say(play.manager, "审核");
    const [, no = ""] = new RegExp(`(\\d+) 号：${actor.unit.name} `).exec(text) ?? [];
    await play.stage.tell(play.manager, `同意 ${no}`, /已确认/);
    Object.assign(play.stage.standing(actor.unit), { isPending: false, liaison: actor.liaison });
  }
}

async function nominateStepByStep(play: Play, actor: Actor): Promise<void> {
  const { unit, liaison } = actor;
  await play.stage.tell(liaison, "报名", /请回复单位名称/);
  await play.stage.tell(liaison, calledOf(unit), /姓名/);
  await play.stage.tell(liaison, play.stage.nameOf(liaison), /职务/);
  await play.stage.tell(liaison, "安全科科员", /电话/);
  await play.stage.tell(liaison, "2182286", /区号/);
  await play.stage.tell(liaison, "0580", /等管理员确认/);
  play.stage.standing(unit).isPending = true;
  await approve(play, actor);
}

async function nominateTwice(play: Play, actor: Actor): Promise<void> {
  await nominateInOneLine(play, actor);
  await play.stage.tap(play.manager, play.newestButton("不同意"));
  play.stage.standing(actor.unit).isPending = false;
  await play.stage.moveTo(instant(shift(play.stage.campaign.opensOn, 3), "08:30"));
  await nominateInOneLine(play, actor);
  await approve(play, actor);
}

/** The contact names a colleague: approved at once, and the directory tells whose the phone is. */
async function nominateByContact(play: Play, { unit, liaison }: Actor): Promise<void> {
  const [contact = ""] = play.stage.standing(unit).contacts;
  const line = `联络员 ${unit.name} ${play.stage.nameOf(liaison)} 副主任 ${mobileOf(play, liaison)}`;
  await play.stage.tell(contact, line, /已登记/);
  const welcome = play.stage.local.dingtalk.messages({ staffId: liaison }).at(-1);
  play.stage.check(welcome?.from === "bot", `${liaison} was not told of being the liaison`);
  play.stage.standing(unit).liaison = liaison;
}

async function nominateSelfAsContact(play: Play, actor: Actor): Promise<void> {
  const [contact = ""] = play.stage.standing(actor.unit).contacts;
  actor.liaison = contact;
  const line = `联络员 ${actor.unit.name} ${play.stage.nameOf(contact)} 经理 ${mobileOf(play, contact)}`;
  await play.stage.tell(contact, line, /您已登记为/);
  play.stage.standing(actor.unit).liaison = contact;
}

export async function nominateLate(play: Play): Promise<void> {
  for (const actor of play.of("late")) {
    await play.stage.tell(actor.liaison, "你好", /联络员 单位 姓名 职务 电话/);
    await nominateInOneLine(play, actor);
    await approve(play, actor);
  }
  await play.stage.tell(play.manager, "联络员", /附件1/);
}
