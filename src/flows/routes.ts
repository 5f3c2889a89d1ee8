import type { Campaign } from "../campaign/campaign.ts";
import { isRecurring } from "../campaign/period.ts";
import { readPhone } from "../campaign/phone.ts";
import { matchUnit } from "../reader/match.ts";
import { read } from "../reader/reading.ts";
import { asksForReminder } from "../reader/remind-at.ts";
import { answerQuestion, bareAnswers, figuresForRow, numberedAnswer, whichQuestion } from "./answers.ts";
import { confirm } from "./confirm.ts";
import { type Conversation, openQuestions } from "./conversation.ts";
import { cancel, changeRow, declareNotApplicable, declareRestZero, declareZero, undo } from "./correct.ts";
import { awaitSummary, fileArrived, receiveFile } from "./documents.ts";
import { showEffect } from "./effect.ts";
import type { Inbound, Need, Outcome, Standing, Step, Turn } from "./flow.ts";
import { bindGroup, inGroup } from "./group.ts";
import { filesAreForLiaisons, help, managersOnly, notACommand, unsupported } from "./help.ts";
import { exportSheets, showLiaisons, showProgress, showReviewList, showTotals, showUnit } from "./manage.ts";
import { isOneNamed, isPeriodNamed } from "./named-period.ts";
import {
  continueNomination,
  greetStranger,
  nominateInOneLine,
  personFound,
  previousPart,
  startNomination,
} from "./nominate.ts";
import { fileOnPaper, saysOnPaper } from "./on-paper.ts";
import { ofPeriod, onWhatIsOwed, sayingPeriod } from "./period.ts";
import { ownProgress } from "./progress.ts";
import { previewPublication } from "./publication.ts";
import { putOff } from "./put-off.ts";
import { previewReminders } from "./remind-now.ts";
import { report } from "./report.ts";
import { accept, approve, decline, giveBack } from "./review.ts";
import { shortNumber } from "./short-number.ts";
import { explain, ownSheet, preview, submit } from "./submit.ts";
import { previousPage, skipPage, startWalk } from "./walk.ts";

/** Where a message goes: the step that takes it, the facts that the step needs, and the words it is given. */
export interface Route {
  needs: readonly Need[];
  words: string;
  run(turn: Turn<Need>): Outcome;
}

interface Destination {
  needs: readonly Need[];
  run(turn: Turn<Need>): Outcome;
}

function to<N extends Need = never>(needs: readonly N[], step: Step<N>): Destination {
  return { needs, run: step };
}

/** What a liaison says about the own unit's form: the answer names the period, where there are several. */
function toOwn(step: Step<"own">): Destination {
  const run: Step<"own"> = (turn) => sayingPeriod(turn, step(turn));
  return to(["own"], run);
}

/** The same, where the words may name another period than the one at hand. */
function toOwnPeriod(command: string, step: Step<"own">): Destination {
  return to(
    ["own"],
    ofPeriod(command, (turn) => sayingPeriod(turn, step(turn))),
  );
}

/** `报送` and `继续` without a period go on with what is owed. */
const toWalk: Destination = to(["own"], (turn) => {
  const walk = ofPeriod("报送", (it) => sayingPeriod(it, startWalk(it)));
  return walk(turn.words === "" ? onWhatIsOwed(turn) : turn);
});

type Role = "everyone" | "liaison" | "manager";
type Arguments = (words: string, campaign: Campaign) => boolean;

interface Keyword {
  role: Role;
  words: readonly string[];
  /** Said in too many ways to list: the whole text is its words. */
  isMeant?: Arguments;
  fits: Arguments;
  destination: Destination;
}

/** What may follow a keyword; anything else makes the message a report (`联络员会议1场20人` is one). */
const nothing: Arguments = (words) => words === "";
const optional =
  (fits: Arguments): Arguments =>
  (words, campaign) =>
    words === "" || fits(words, campaign);
const aNumber: Arguments = (words) => shortNumber(words) !== null;
const rowNumbers: Arguments = (words) => /^第?\d[\d\s、，,和第行]*$/.test(words);
const rowThenWords: Arguments = (words) => /^第?\s*\d{1,3}(\D|$)/.test(words);
const aUnit: Arguments = (words, campaign) => matchUnit(words, campaign).candidates.length > 0 || !/\d/.test(words);
const aUnitAndPeriod: Arguments = (words, campaign) => {
  const [, unit, period] = /^(.+) (\S+)$/.exec(words) ?? [];
  const isNamed = unit !== undefined && period !== undefined && isRecurring(campaign) && isOneNamed(period);
  return aUnit(isNamed ? unit : words, campaign);
};
const aUnitThenWords: Arguments = (words, campaign) => aUnit(words.split(/\s+/)[0] ?? "", campaign);

/** `联络员 单位 姓名 职务 电话`, also with a part missing or mistyped; not `联络员 会议1场20人`. */
const aNomination: Arguments = (words, campaign) => {
  const parts = words.split(/[\s,，、|｜]+/).filter((it) => it !== "");
  const last = parts.at(-1) ?? "";
  const phone = readPhone(last);
  const hasPhone = phone.ok || (phone.reason !== "noPhone" && last.replace(/\D/g, "").length >= 5);
  return (
    parts.length > 0 && (hasPhone || parts.length >= 4 || matchUnit(parts[0] ?? "", campaign).candidates.length > 0)
  );
};

function keyword(role: Role, words: string | readonly string[], fits: Arguments, destination: Destination): Keyword {
  return { role, words: typeof words === "string" ? [words] : words, fits, destination };
}

/** The words of design §5.3. Where a manager and a liaison share one, the manager's meaning stands first. */
const keywords: readonly Keyword[] = [
  keyword("everyone", ["帮助", "?", "help"], nothing, to([], help)),
  keyword("everyone", "取消", nothing, to([], cancel)),
  keyword("everyone", "确认", optional(aNumber), to(["all", "group", "remindedToday"], confirm)),
  keyword("everyone", "报名", nothing, to(["all"], startNomination)),
  keyword("everyone", "联络员", aNomination, to(["all"], nominateInOneLine)),

  { role: "everyone", words: [], isMeant: asksForReminder, fits: nothing, destination: to(["all"], putOff) },
  { role: "everyone", words: [], isMeant: saysOnPaper, fits: nothing, destination: to(["all"], fileOnPaper) },

  keyword("manager", "进度", optional(isPeriodNamed), to(["all"], showProgress)),
  keyword("manager", "汇总", optional(isPeriodNamed), to(["all"], showTotals)),
  keyword("manager", "查看", aUnitAndPeriod, to(["all"], showUnit)),
  keyword("manager", "审核", nothing, to(["all"], showReviewList)),
  keyword("manager", "联络员", nothing, to(["all"], showLiaisons)),
  keyword("manager", "导出", optional(isPeriodNamed), to(["all"], exportSheets)),
  keyword("manager", "同意", optional(aNumber), to(["all"], approve)),
  keyword("manager", "不同意", optional(aNumber), to(["all"], decline)),
  keyword("manager", "通过", optional(aUnitAndPeriod), to(["all"], accept)),
  keyword("manager", "退回", optional(aUnitThenWords), to(["all"], giveBack)),
  keyword("manager", "催报", optional(aUnit), to(["all", "remindedToday"], previewReminders)),
  keyword("manager", "催报效果", nothing, to(["all", "reminders"], showEffect)),
  keyword("manager", "发布", optional(isPeriodNamed), to(["all", "group"], previewPublication)),
  keyword("manager", "绑定本群", nothing, to(["all", "group"], bindGroup)),

  keyword("liaison", ["报送", "继续"], optional(isPeriodNamed), toWalk),
  keyword("liaison", ["进度", "我的进度"], optional(isPeriodNamed), toOwnPeriod("进度", ownProgress)),
  keyword("liaison", "预览", optional(isPeriodNamed), toOwnPeriod("预览", preview)),
  keyword("liaison", "提交", optional(isPeriodNamed), toOwnPeriod("提交", submit)),
  keyword("liaison", "说明", rowThenWords, toOwn(explain)),
  keyword("liaison", "修改", rowThenWords, toOwn(changeRow)),
  keyword("liaison", ["撤销", "撤回"], optional(aNumber), toOwn(undo)),
  keyword(
    "liaison",
    ["撤销刚才的", "撤销刚才那条", "撤销上一条", "刚才的撤销", "刚才那个撤销", "刚才那条撤销", "上一条撤销"],
    nothing,
    toOwn(undo),
  ),
  keyword("liaison", "跳过", nothing, toOwn(skipPage)),
  keyword("liaison", "返回", nothing, toOwn(previousPage)),
  keyword("liaison", "无", optional(rowNumbers), toOwn(declareZero)),
  keyword("liaison", "不适用", optional(rowNumbers), toOwn(declareNotApplicable)),
  keyword(
    "liaison",
    ["其余无", "其余都无", "其它无", "其他无", "都没有", "全部没有", "全都没有", "都无", "本页无", "本页都没有"],
    nothing,
    toOwn(declareRestZero),
  ),
  keyword("liaison", "表格", optional(isPeriodNamed), toOwnPeriod("表格", ownSheet)),
  keyword("liaison", "总结", nothing, to(["own"], awaitSummary)),
  keyword("liaison", "换人", nothing, to(["all"], startNomination)),
];

export interface Arrival {
  inbound: Inbound;
  state: Conversation;
  standing: Standing;
  campaign: Campaign;
}

/** Decides by content, place and standing. Keywords win over a running question, whatever it is. */
export function route(arrival: Arrival): Route {
  const { inbound, standing } = arrival;
  const go = (destination: Destination, words = ""): Route => ({ ...destination, words });
  switch (inbound.kind) {
    case "fileArrived":
      return go(to(["all", "files"], fileArrived));
    case "personFound":
      return go(to(["all"], personFound));
    case "unsupported":
      return go(to([], unsupported));
    case "file":
    case "picture":
      if (inbound.group !== null) return go(to(["all", "group"], inGroup));
      if (standing.liaisonOf !== null) return go(to(["own"], receiveFile));
      return go(standing.isManager ? to([], filesAreForLiaisons) : to(["all"], greetStranger));
    case "text":
    case "voice":
      return routeText(arrival, inbound.text);
    default:
      return inbound satisfies never;
  }
}

function routeText(arrival: Arrival, said: string): Route {
  const { inbound, state, standing, campaign } = arrival;
  const text = normalise(said);
  const found = findKeyword(text, campaign);
  if (inbound.group !== null) {
    const isBinding = found?.some(({ keyword }) => keyword.words.includes("绑定本群")) ?? false;
    if (isBinding && standing.isManager) return { ...to(["all", "group"], bindGroup), words: "" };
    return { ...to(["all", "group"], inGroup), words: text };
  }
  const question = questionRoute(arrival, text);
  if (question?.isNumbered) return question;
  if (state.nominating !== null && text === "返回") return { ...to(["all"], previousPart), words: "" };
  const own = found?.find(({ keyword }) => mayUse(keyword.role, standing));
  if (own !== undefined && !(question !== null && own.keyword.words.includes("总结"))) {
    return { ...own.keyword.destination, words: own.words };
  }
  if (found?.some(({ keyword }) => keyword.role === "manager") && standing.liaisonOf !== null) {
    return { ...to([], managersOnly), words: text };
  }
  if (state.nominating !== null && !isFigures(arrival, said)) {
    return { ...to(["all"], continueNomination), words: said.trim() };
  }
  if (standing.liaisonOf === null) {
    return standing.isManager
      ? { ...to([], notACommand), words: text }
      : { ...to(["all"], greetStranger), words: text };
  }
  if (question !== null) return question;
  const waitsForFigures = openQuestions(state).some((it) => it.question.about === "figures");
  return { ...toOwn(waitsForFigures ? figuresForRow : report), words: said.trim() };
}

/** Answers to something that a liaison was asked. */
function questionRoute(arrival: Arrival, text: string): (Route & { isNumbered: boolean }) | null {
  const { inbound, state, standing, campaign } = arrival;
  if (standing.liaisonOf === null) return null;
  if (numberedAnswer(text, state, campaign) !== null) {
    return { ...toOwn(answerQuestion), words: text, isNumbered: true };
  }
  const bare = bareAnswers(text, state, { campaign, now: inbound.at });
  if (bare.length === 0) return null;
  return { ...toOwn(bare.length === 1 ? answerQuestion : whichQuestion), words: text, isNumbered: false };
}

/** A liaison who left `换人` half done and reports an event: that is no answer to what was asked of the nominee. */
function isFigures({ inbound, standing, campaign }: Arrival, said: string): boolean {
  const own = campaign.units.find((it) => it.id === standing.liaisonOf);
  return own !== undefined && read(said, { campaign, fields: own.fields, now: inbound.at }).entries.length > 0;
}

function mayUse(role: Role, standing: Standing): boolean {
  if (role === "everyone") return true;
  return role === "manager" ? standing.isManager : standing.liaisonOf !== null;
}

/** Every keyword the message is, with what follows it. */
function findKeyword(text: string, campaign: Campaign): { keyword: Keyword; words: string }[] | undefined {
  const found = keywords.flatMap((it) => {
    if (it.isMeant?.(text, campaign)) return [{ keyword: it, words: text }];
    return it.words.flatMap((word) => {
      const words = text === word ? "" : text.startsWith(`${word} `) ? text.slice(word.length + 1).trim() : null;
      return words !== null && it.fits(words, campaign) ? [{ keyword: it, words }] : [];
    });
  });
  return found.length === 0 ? undefined : found;
}

/** Full- and half-width are one; a leading `/` and a final mark don't count. */
function normalise(text: string): string {
  return text
    .replace(/[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A／？　]/g, (it) => it.normalize("NFKC"))
    .trim()
    .replace(/^\/\s*/, "")
    .replace(/\s+/g, " ")
    .replace(/[。.!~～]+$/, "");
}

/** For `npm run parse`: would this text be a command rather than a report? */
export function isCommand(text: string, campaign: Campaign): boolean {
  return findKeyword(normalise(text), campaign) !== undefined;
}
