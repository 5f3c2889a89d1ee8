import type { Unit } from "../../campaign/campaign.ts";
import type { Ledger, LedgerRow } from "./ledger.ts";
import { docx, jpeg, pdf } from "./papers.ts";
import type { Random } from "./random.ts";
import { instant, shift } from "./reminders.ts";
import type { Stage } from "./stage.ts";

/** What each unit's people are like; the tenth unit begins anew. */
type Character =
  | "early"
  | "twoFields"
  | "declined"
  | "late"
  | "byContact"
  | "neverSubmits"
  | "talkative"
  | "overdue"
  | "brief"
  | "noFields";
const characters: readonly Character[] = [
  "early",
  "twoFields",
  "declined",
  "late",
  "byContact",
  "neverSubmits",
  "talkative",
  "overdue",
  "brief",
  "noFields",
];

interface Actor {
  unit: Unit;
  character: Character;
  liaison: string;
}

/** One whole campaign, told in scenes; `scene` is called after each. */
export class Script {
  readonly #stage: Stage;
  readonly #ledger: Ledger;
  readonly #random: Random;
  readonly #actors: Actor[];
  readonly #manager: string;

  constructor(stage: Stage, ledger: Ledger, random: Random) {
    this.#stage = stage;
    this.#ledger = ledger;
    this.#random = random;
    this.#manager = stage.managers[0] ?? "";
    this.#actors = stage.campaign.units.map((unit, n) => {
      const character = characters[n % characters.length] ?? "early";
      return { unit, character, liaison: `${unit.id}-colleague` };
    });
    for (const { unit } of this.#actors) {
      stage.standings.set(unit.id, {
        unitId: unit.id,
        unitName: unit.name,
        called: unit.aliases[0] ?? unit.name,
        contacts: unit.contacts.map((it, n) => ("staffId" in it ? it.staffId : `${unit.id}-contact-${n + 1}`)),
        isPending: false,
        liaison: null,
        owesStatistics: true,
        owesSummary: true,
      });
    }
  }

  scenes(): [string, () => Promise<void>][] {
    const { nomination, statistics } = this.#stage.campaign.obligations;
    const { start, end } = this.#stage.campaign.period;
    const at = (day: string, clock: string) => () => this.#stage.moveTo(instant(day, clock));
    const days = Array.from({ length: 4 }, (_, n) => shift(start, 4 + n * 6));
    return [
      ["推荐联络员", () => this.#nominateEarly()],
      ["群", () => this.#bindGroup()],
      ["截止前的提醒", at(nomination.due, "16:00")],
      ["截止后的提醒", at(shift(nomination.due, 4), "10:00")],
      ["迟到的推荐", () => this.#nominateLate()],
      ...days.map((day): [string, () => Promise<void>] => [`${day} 随时报送`, () => this.#report(day)]),
      ["提前提醒", at(shift(end, -3), "10:00")],
      ["逐页填报", () => this.#fill(["early", "twoFields", "byContact", "talkative", "brief", "noFields"])],
      ["更正与退回", () => this.#correctAndReturn()],
      ["最后一个工作日", at(end, "10:00")],
      ["被提醒后才报", () => this.#fill(["declined", "late"])],
      ["退回", () => this.#returnForm()],
      ["管理员查看", () => this.#askAsManager()],
      ["截止", at(statistics.due, "18:00")],
      ["逾期提醒", at(shift(statistics.due, 2), "10:00")],
      ["逾期补报", () => this.#fill(["overdue"])],
      ["再次发布", () => this.#publishAgain()],
      ["收尾", at(shift(statistics.due, 2), "18:00")],
    ];
  }

  #of(...wanted: Character[]): Actor[] {
    return this.#actors.filter((it) => wanted.includes(it.character));
  }

  // --- nominations

  async #nominateEarly(): Promise<void> {
    const stage = this.#stage;
    await stage.moveTo(instant(shift(stage.campaign.opensOn, 1), "10:00"));
    await stage.tell("outsider", "你好", /^$/);
    for (const actor of this.#of("early", "talkative", "brief", "neverSubmits", "noFields")) {
      await this.#nominateInOneLine(actor);
      await this.#approve(actor);
    }
    for (const actor of this.#of("twoFields")) await this.#nominateStepByStep(actor);
    for (const actor of this.#of("declined")) await this.#nominateTwice(actor);
    for (const actor of this.#of("byContact")) await this.#nominateByContact(actor);
    for (const actor of this.#of("overdue")) await this.#nominateSelfAsContact(actor);
  }

  async #nominateInOneLine({ unit, liaison }: Actor): Promise<void> {
    const line = `联络员 ${unit.aliases[0] ?? unit.name} ${this.#stage.nameOf(liaison)} 科长 13800000000`;
    await this.#stage.tell(liaison, line, /等管理员确认/);
    this.#stage.standing(unit).isPending = true;
  }

  /** Taps the manager's newest 同意. */
  async #approve({ unit, liaison }: Actor): Promise<void> {
    const answer = await this.#stage.tap(this.#manager, await this.#newest("同意"));
    this.#stage.check(answer.text.includes("已确认"), `the manager's 同意 was answered “${answer.text}”`);
    Object.assign(this.#stage.standing(unit), { isPending: false, liaison });
  }

  async #newest(word: string): Promise<string> {
    const messages = this.#stage.local.dingtalk.messages({ staffId: this.#manager });
    const labels = messages.flatMap((it) => (it.body.kind === "actionCard" ? it.body.buttons.map((b) => b.title) : []));
    return labels.findLast((it) => it.startsWith(`${word} `)) ?? word;
  }

  async #nominateStepByStep(actor: Actor): Promise<void> {
    const { unit, liaison } = actor;
    await this.#stage.tell(liaison, "报名", /请回复单位名称/);
    await this.#stage.tell(liaison, unit.aliases[0] ?? unit.name, /姓名/);
    await this.#stage.tell(liaison, this.#stage.nameOf(liaison), /职务/);
    await this.#stage.tell(liaison, "安全科科员", /电话/);
    await this.#stage.tell(liaison, "2182286", /区号/);
    await this.#stage.tell(liaison, "0580", /等管理员确认/);
    this.#stage.standing(unit).isPending = true;
    await this.#approve(actor);
  }

  async #nominateTwice(actor: Actor): Promise<void> {
    await this.#nominateInOneLine(actor);
    await this.#stage.tap(this.#manager, await this.#newest("不同意"));
    this.#stage.standing(actor.unit).isPending = false;
    await this.#stage.moveTo(instant(shift(this.#stage.campaign.opensOn, 3), "08:30"));
    await this.#nominateInOneLine(actor);
    await this.#approve(actor);
  }

  /** The contact names a colleague: approved at once, and the directory tells whose the phone is. */
  async #nominateByContact({ unit, liaison }: Actor): Promise<void> {
    const [contact = ""] = this.#stage.standing(unit).contacts;
    const colleague = this.#stage.local.dingtalk.world.people.find((it) => it.staffId === liaison);
    const line = `联络员 ${unit.name} ${this.#stage.nameOf(liaison)} 副主任 ${colleague?.mobile ?? ""}`;
    await this.#stage.tell(contact, line, /已登记/);
    const welcome = this.#stage.local.dingtalk.messages({ staffId: liaison }).at(-1);
    this.#stage.check(welcome?.from === "bot", `${liaison} was not told of being the liaison`);
    this.#stage.standing(unit).liaison = liaison;
  }

  async #nominateSelfAsContact(actor: Actor): Promise<void> {
    const [contact = ""] = this.#stage.standing(actor.unit).contacts;
    actor.liaison = contact;
    const line = `联络员 ${actor.unit.name} ${this.#stage.nameOf(contact)} 经理 13900000000`;
    await this.#stage.tell(contact, line, /您已登记为/);
    this.#stage.standing(actor.unit).liaison = contact;
  }

  async #nominateLate(): Promise<void> {
    for (const actor of this.#of("late")) {
      await this.#stage.tell(actor.liaison, "你好", /联络员 单位 姓名 职务 电话/);
      await this.#nominateInOneLine(actor);
      await this.#approve(actor);
    }
    await this.#stage.tell(this.#manager, "联络员", /附件1/);
  }

  async #bindGroup(): Promise<void> {
    await this.#stage.sayInGroup(this.#manager, "绑定本群");
    await this.#stage.tell(this.#manager, "进度", /联络员/);
  }

  // --- figures

  async #report(day: string): Promise<void> {
    await this.#stage.moveTo(instant(day, "16:00"));
    for (const actor of this.#of("early", "twoFields", "talkative", "neverSubmits", "byContact")) {
      await this.#drill(actor);
    }
    for (const actor of this.#of("talkative")) await this.#talk(actor);
  }

  /** The row that people call so, by the campaign file's own words. */
  #rowCalled(alias: string): LedgerRow {
    const indicators = this.#stage.campaign.form.sections.flatMap((it) => it.indicators);
    const found = indicators.find((it) => it.short === alias || it.aliases.includes(alias));
    if (found === undefined) throw new Error(`no row of the form is called ${alias}; the script can't be played on it`);
    return this.#ledger.row(found.id);
  }

  async #drill({ unit, liaison }: Actor): Promise<void> {
    const row = this.#rowCalled("应急演练");
    const sessions = this.#random.between(1, 4);
    const people = this.#random.between(20, 300);
    const text = this.#random.pick([
      `今天开展${sessions}场应急演练，${people}人参加`,
      `上午组织应急救援演练${sessions}场 ${people}人次`,
      `${people}人参加了${sessions}场消防演习`,
    ]);
    await this.#stage.tell(liaison, text, new RegExp(`已记 ✓ ${row.no} `));
    this.#ledger.add(unit.id, row.id, { sessions, people });
    if (this.#random.chance(0.5)) await this.#stage.redeliver(liaison, text);
    if (this.#random.chance(0.3)) {
      await this.#stage.tell(liaison, `不对，演练是${sessions + 1}场`, /已改 ✓/);
      this.#ledger.add(unit.id, row.id, { sessions: 1 });
    }
  }

  /** Questions, a voice message, and something taken back. */
  async #talk({ unit, liaison }: Actor): Promise<void> {
    const stage = this.#stage;
    const people = this.#random.between(50, 400);
    await stage.tell(liaison, "又进社区搞了两场科普宣传，大概一百来人", /已记 ✓ [\s\S]*人次是多少/);
    await stage.tell(liaison, String(people), /已记 ✓/);
    this.#ledger.add(unit.id, this.#rowCalled("进社区").id, { sessions: 2, people });
    const heard = this.#random.between(10, 90);
    stage.local.dingtalk.sendVoice(liaison, `今天看警示片一场${heard}人`);
    await stage.local.quiet();
    this.#ledger.add(unit.id, this.#rowCalled("警示片").id, { sessions: 1, people: heard });
    const wrong = await stage.tell(liaison, "今天又宣讲3场999人", /已记 ✓/);
    const [, no = ""] = /撤销 (\d+)/.exec(JSON.stringify(wrong.messages)) ?? [];
    await stage.tap(liaison, `撤销 ${no}`);
  }

  async #fill(wanted: Character[]): Promise<void> {
    for (const actor of this.#of(...wanted)) await this.#fillForm(actor);
  }

  /** The walk from the first page to the submission. */
  async #fillForm(actor: Actor): Promise<void> {
    const { unit, liaison } = actor;
    const before = this.#stage.spoken.get(liaison) ?? 0;
    const wasUntouched = this.#ledger.rowsOf(unit.fields).every((it) => this.#ledger.isUntouched(unit.id, it));
    let answer = await this.#stage.tell(liaison, "报送", /第 1\/\d 页/);
    for (const page of this.#pages(unit)) {
      const open = page.filter((it) => this.#ledger.isUntouched(unit.id, it));
      answer = await this.#stage.tell(liaison, this.#pageMessage(actor, open), /已记 ✓/);
      this.#ledger.zeroRest(unit.id, page);
    }
    this.#stage.check(/可以提交/.test(answer.text), `after the last page: “${answer.text}”`);
    await this.#submit(actor);
    const needed = (this.#stage.spoken.get(liaison) ?? 0) - before;
    if (wasUntouched && unit.fields.length <= 1) {
      this.#stage.check(needed <= 8, `${unit.name} needed ${needed} messages for its annex 2`);
    }
    await this.#handInPapers(actor);
  }

  #pages(unit: Unit): LedgerRow[][] {
    const own = new Map(this.#ledger.rowsOf(unit.fields).map((it) => [it.id, it]));
    return this.#stage.campaign.form.sections
      .map((section) => section.indicators.flatMap((it) => own.get(it.id) ?? []))
      .filter((it) => it.length > 0);
  }

  #pageMessage({ unit, character }: Actor, open: readonly LedgerRow[]): string {
    const said = open.filter((row) => this.#mustHave(row) || this.#random.chance(0.5));
    const parts = said.map((row) => {
      const figures = this.#figuresFor(unit, row, character);
      this.#ledger.set(unit.id, row.id, figures);
      return `${row.no} ${this.#spoken(row, figures)}`;
    });
    return [...parts, "其余无"].join(this.#random.pick(["，", " ", "；"]));
  }

  /** The notice's minimums, so that only the units meant to need a 说明 need one. */
  #mustHave(row: LedgerRow): boolean {
    const { checks } = this.#stage.campaign.form;
    return (
      checks.some((it) => it.kind === "atLeast" && it.measure.startsWith(`${row.id}.`)) || /found|fixed/.test(row.id)
    );
  }

  #figuresFor(unit: Unit, row: LedgerRow, character: Character): Record<string, number> {
    const figures = Object.fromEntries(
      row.measures.map((it) => [
        it.id,
        it.unit === "人次" ? this.#random.between(10, 500) : this.#random.between(1, 30),
      ]),
    );
    const limit = this.#stage.campaign.form.checks.find(
      (it) => it.kind === "atMost" && it.left.startsWith(`${row.id}.`),
    );
    if (limit?.kind !== "atMost") return figures;
    const [field = "", measure = ""] = limit.right.split(/\.(?=[^.]+$)/);
    const found = this.#ledger.figure(unit.id, field, measure) ?? 0;
    return { [row.measures[0]?.id ?? ""]: character === "early" ? found + 3 : Math.max(0, found - 1) };
  }

  #spoken(row: LedgerRow, figures: Readonly<Record<string, number>>): string {
    const isLabelled = row.measures.length > 1 && new Set(row.measures.map((it) => it.unit)).size === 1;
    const unit = (text: string) => (text === "场次" ? "场" : text === "人次" ? "人" : text);
    return row.measures
      .map((it) => `${isLabelled ? it.label : ""}${figures[it.id] ?? 0}${unit(it.unit)}`)
      .join(isLabelled ? " " : "");
  }

  /** Says 提交, and explains whatever the checks want explained. */
  async #submit({ unit, liaison }: Actor): Promise<void> {
    for (let tries = 0; tries < 5; tries += 1) {
      const answer = await this.#stage.say(liaison, "提交");
      if (answer.text.includes("提交 ✓")) break;
      const [, row] = /说明 (\d+) /.exec(answer.text) ?? [];
      this.#stage.check(row !== undefined, `${unit.name} can't submit: “${answer.text}”`);
      if (row === undefined) return;
      await this.#stage.tell(liaison, `说明 ${row} 含5月排查、6月整改`, /已记 ✓/);
    }
    this.#ledger.submit(unit.id);
    this.#stage.standing(unit).owesStatistics = false;
  }

  async #handInPapers({ unit, liaison, character }: Actor): Promise<void> {
    if (character === "talkative") {
      await this.#stage.tell(liaison, "总结", /Word 或 PDF/);
      const answer = await this.#stage.sendFile(liaison, "活动总结报告.pdf", pdf("活动总结"));
      this.#stage.check(/已收到 ✓.*总结报告/.test(answer.text), `the PDF was answered “${answer.text}”`);
    } else {
      const answer = await this.#stage.sendFile(liaison, "活动总结报告.docx", docx("活动总结"));
      this.#stage.check(/已收到 ✓.*总结报告/.test(answer.text), `the docx was answered “${answer.text}”`);
    }
    this.#stage.standing(unit).owesSummary = false;
    if (character === "brief" || character === "early") {
      const answer = await this.#stage.sendPicture(liaison, jpeg());
      this.#stage.check(/已收到 ✓.*盖章件/.test(answer.text), `the photo was answered “${answer.text}”`);
    }
  }

  // --- after submission

  async #correctAndReturn(): Promise<void> {
    for (const actor of this.#of("twoFields")) {
      const people = this.#random.between(10, 90);
      await this.#stage.tell(actor.liaison, `又开展1场应急演练，${people}人参加`, /重新打开/);
      this.#ledger.add(actor.unit.id, this.#rowCalled("应急演练").id, { sessions: 1, people });
      this.#stage.standing(actor.unit).owesStatistics = true;
      await this.#stage.tell(this.#manager, "汇总", /含填报中/);
      await this.#submit(actor);
    }
  }

  async #returnForm(): Promise<void> {
    const row = this.#rowCalled("应急演练");
    for (const { unit, liaison, ...rest } of this.#of("declined")) {
      const reason = `第${row.no}行人次偏少，请核对`;
      await this.#stage.tell(this.#manager, `退回 ${unit.aliases[0] ?? unit.name} ${reason}`, /已退回/);
      this.#stage.standing(unit).owesStatistics = true;
      await this.#stage.moveTo(instant(this.#stage.campaign.period.end, "16:00"));
      const people = this.#random.between(100, 200);
      await this.#stage.tell(liaison, `修改 ${row.no} 2场${people}人`, new RegExp(`已记 ✓ ${row.no} `));
      this.#ledger.set(unit.id, row.id, { sessions: 2, people });
      await this.#submit({ unit, liaison, ...rest });
    }
  }

  async #askAsManager(): Promise<void> {
    const unit = this.#actors[0]?.unit;
    await this.#stage.tell(this.#manager, "进度", /统计表：应报/);
    await this.#stage.tell(this.#manager, "汇总", /已提交口径/);
    await this.#stage.tell(this.#manager, `查看 ${unit?.aliases[0] ?? unit?.name ?? ""}`, /已提交/);
    await this.#stage.tell(this.#manager, "审核", /待审核/);
    await this.#stage.tell(this.#manager, `通过 ${unit?.aliases[0] ?? unit?.name ?? ""}`, /已通过/);
    await this.#stage.tell(this.#manager, "催报", /已提醒|没有单位欠报/);
    await this.#stage.tell(this.#manager, "联络员", /附件1/);
    const exported = await this.#stage.say(this.#manager, "导出");
    this.#stage.check(
      exported.messages.some((it) => it.body.kind === "file"),
      "导出 brought no file",
    );
    const liaison = this.#actors[0]?.liaison ?? "";
    await this.#stage.tell(liaison, "汇总", /管理员的命令/);
  }

  async #publishAgain(): Promise<void> {
    await this.#stage.tell(this.#manager, "发布", /将发布到群/);
    await this.#stage.tap(this.#manager, await this.#newest("确认"));
  }
}
