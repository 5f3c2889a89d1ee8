import type { Unit } from "../../campaign/campaign.ts";
import { formDue, instant } from "./days.ts";
import type { LedgerRow } from "./ledger.ts";
import { docx, jpeg, pdf } from "./papers.ts";
import type { Actor, Character, Play } from "./play.ts";

/** The walk through the form, its submission, and the papers that go with it. */

export async function fill(play: Play, wanted: Character[]): Promise<void> {
  for (const actor of play.of(...wanted)) await fillForm(play, actor);
}

/** The walk from the first page to the submission. */
async function fillForm(play: Play, actor: Actor): Promise<void> {
  const { unit, liaison } = actor;
  const before = play.stage.spoken.get(liaison) ?? 0;
  const wasUntouched = play.ledger.rowsOf(unit.fields).every((it) => play.ledger.isUntouched(unit.id, it));
  let answer = await play.stage.tell(liaison, "报送", /第 1\/\d 页/);
  for (const page of pages(play, unit)) {
    const open = page.filter((it) => play.ledger.isUntouched(unit.id, it));
    answer = await play.stage.tell(liaison, pageMessage(play, actor, open), /已记 ✓/);
    play.ledger.zeroRest(unit.id, page);
  }
  play.stage.check(/可以提交/.test(answer.text), `after the last page: “${answer.text}”`);
  if (actor.character === "brief") await declareNotApplicable(play, actor);
  await submit(play, actor);
  const needed = (play.stage.spoken.get(liaison) ?? 0) - before;
  if (wasUntouched && unit.fields.length <= 1) {
    play.stage.check(needed <= 8, `${unit.name} needed ${needed} messages for its annex 2`);
  }
  await handInPapers(play, actor);
}

/** The last row of the form, which no check looks at. */
async function declareNotApplicable(play: Play, { unit, liaison }: Actor): Promise<void> {
  const rows = play.ledger.rowsOf(unit.fields).slice(-1);
  await play.stage.tell(liaison, `不适用 ${rows.map((it) => it.no).join()}`, /不适用/);
  play.ledger.notApplicable(unit.id, rows);
}

function pages(play: Play, unit: Unit): LedgerRow[][] {
  const own = new Map(play.ledger.rowsOf(unit.fields).map((it) => [it.id, it]));
  return play.stage.campaign.form.sections
    .map((section) => section.indicators.flatMap((it) => own.get(it.id) ?? []))
    .filter((it) => it.length > 0);
}

function pageMessage(play: Play, { unit, character }: Actor, open: readonly LedgerRow[]): string {
  const said = open.filter((row) => mustHave(play, row) || play.random.chance(0.5));
  const parts = said.map((row) => {
    const figures = figuresFor(play, unit, row, character);
    play.ledger.set(unit.id, row.id, figures);
    return `${row.no} ${spoken(row, figures)}`;
  });
  return [...parts, "其余无"].join(play.random.pick(["，", " ", "；"]));
}

/** The notice's minimums, so that only the units meant to need a 说明 need one. */
function mustHave(play: Play, row: LedgerRow): boolean {
  const { checks } = play.stage.campaign.form;
  return (
    checks.some((it) => it.kind === "atLeast" && it.measure.startsWith(`${row.id}.`)) || /found|fixed/.test(row.id)
  );
}

function figuresFor(play: Play, unit: Unit, row: LedgerRow, character: Character): Record<string, number> {
  const figures = Object.fromEntries(
    row.measures.map((it) => [it.id, it.unit === "人次" ? play.random.between(10, 500) : play.random.between(1, 30)]),
  );
  const limit = play.stage.campaign.form.checks.find((it) => it.kind === "atMost" && it.left.startsWith(`${row.id}.`));
  if (limit?.kind !== "atMost") return figures;
  const [field = "", measure = ""] = limit.right.split(/\.(?=[^.]+$)/);
  const said = play.ledger.figure(unit.id, field, measure);
  const found = typeof said === "number" ? said : 0;
  return { [row.measures[0]?.id ?? ""]: character === "early" ? found + 3 : Math.max(0, found - 1) };
}

function spoken(row: LedgerRow, figures: Readonly<Record<string, number>>): string {
  const isLabelled = row.measures.length > 1 && new Set(row.measures.map((it) => it.unit)).size === 1;
  const unit = (text: string) => (text === "场次" ? "场" : text === "人次" ? "人" : text);
  return row.measures
    .map((it) => `${isLabelled ? it.label : ""}${figures[it.id] ?? 0}${unit(it.unit)}`)
    .join(isLabelled ? " " : "");
}

/** Says 提交, and explains whatever the checks want explained. */
export async function submit(play: Play, { unit, liaison }: Actor): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    const answer = await play.stage.say(liaison, "提交");
    if (answer.text.includes("提交 ✓")) break;
    const [, row] = /说明 (\d+) /.exec(answer.text) ?? [];
    play.stage.check(row !== undefined, `${unit.name} can't submit: “${answer.text}”`);
    if (row === undefined) return;
    await play.stage.tell(liaison, `说明 ${row} 含5月排查、6月整改`, /已记 ✓/);
  }
  const { due, dueTime } = formDue(play.stage.campaign);
  play.ledger.submit(unit.id, play.stage.local.clock.now() <= instant(due, dueTime));
  play.stage.standing(unit).owesStatistics = false;
}

async function handInPapers(play: Play, { unit, liaison, character }: Actor): Promise<void> {
  if (character === "talkative") {
    await play.stage.tell(liaison, "总结", /Word 或 PDF/);
    const answer = await play.stage.sendFile(liaison, "活动总结报告.pdf", pdf("活动总结"));
    play.stage.check(/已收到 ✓.*总结报告/.test(answer.text), `the PDF was answered “${answer.text}”`);
  } else {
    const answer = await play.stage.sendFile(liaison, "活动总结报告.docx", docx("活动总结"));
    play.stage.check(/已收到 ✓.*总结报告/.test(answer.text), `the docx was answered “${answer.text}”`);
  }
  play.stage.standing(unit).owesSummary = false;
  if (character === "brief" || character === "early") {
    const answer = await play.stage.sendPicture(liaison, jpeg());
    play.stage.check(/已收到 ✓.*盖章件/.test(answer.text), `the photo was answered “${answer.text}”`);
  }
}
