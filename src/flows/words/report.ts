import {
  type Amount,
  amountsText,
  dateText,
  type EffectText,
  effectButtons,
  effectLine,
  exampleFigures,
  type MeasureText,
  rowName,
} from "./figures.ts";
import { count, type Message, message, plain, shortDay } from "./format.ts";
import { type OnePeriod, periodText } from "./period.ts";
import { type QuestionText, questionButtons, questionLines } from "./questions.ts";
import { leftOpenLine, type PageText, pageButtons, pageLines } from "./walk.ts";

/** What one entry did to its row. */
export interface RowEcho {
  no: number;
  name: string;
  kind: "add" | "set" | "fix" | "zero" | "notApplicable";
  date: string | null;
  dateFrom: string | null;
  said: Amount[];
  /** What a `fix` corrected, as it was. */
  corrected: Amount[];
  before: Amount[];
  after: Amount[];
  /** Where the message reported for several periods. */
  period?: OnePeriod;
  /** The period that a correction of its day took the entry from. */
  movedFrom?: OnePeriod;
}

export interface RejectionText {
  reason: "negative" | "fraction" | "tooLarge" | "outsidePeriod" | "future";
  text: string;
  periodStart: string;
  periodEnd: string;
  max: number | null;
}

export interface Reported {
  /** What a voice message was understood as. */
  heard: string | null;
  echoes: RowEcho[];
  /** Number for `撤销`, or `null` where nothing was recorded. */
  undo: number | null;
  questions: QuestionText[];
  rejections: RejectionText[];
  /** `其余无` was said beside something unclear, and not applied. */
  isRestPostponed: boolean;
  /** Periods of which it may have been said, where that is why. */
  restOf?: OnePeriod[];
  effects: EffectText[];
  /** The walk's page shown with the answer. */
  page: PageText | null;
  /** Rows still open after the walk's last page; `null` while walking or outside the walk. */
  leftOpen: number[] | null;
}

export const reportWords = {
  reported(data: Reported): Message {
    const { heard, echoes, undo, questions, rejections, isRestPostponed, effects, page, leftOpen, restOf = [] } = data;
    const lines: (string | null)[] = [
      heard === null ? null : `听到：“${plain(heard)}”`,
      ...periodsOf(echoes).flatMap(([heading, own]) => [heading, ...echoLines(own)]),
      ...rejections.map(rejectionLine),
      ...questionLines(questions),
      isRestPostponed ? postponedLine(restOf) : null,
      ...effects.map(effectLine),
      ...(page === null ? [] : pageLines(page)),
      leftOpen === null ? null : leftOpenLine(leftOpen),
    ];
    const buttons = [
      ...questions.flatMap(questionButtons),
      ...(undo === null ? [] : [`撤销 ${undo}`]),
      ...effectButtons(effects),
      ...restOf.map((it) => `报送 第${it.no}期`),
      ...(page === null || questions.length > 0 ? [] : pageButtons(page)),
      ...(leftOpen === null ? [] : leftOpen.length === 0 ? ["提交", "预览"] : ["其余无", "预览"]),
    ];
    return message(lines, [...new Set(buttons)]);
  },

  otherUnit(data: { unit: string; own: string }): Message {
    return message(
      [`只能查看和填报本单位（${plain(data.own)}）的数字，${plain(data.unit)}的请联系管理员。`],
      ["进度", "预览"],
    );
  },

  notUnderstood(data: {
    text: string;
    isTooLong: boolean;
    examples: { name: string; measures: MeasureText[] }[];
  }): Message {
    const said = data.isTooLong
      ? "这条消息太长了，没有记录。请分几条发，每条说一两项活动。"
      : data.text === ""
        ? "收到一条空消息，没有可以记录的内容。"
        : `没有从“${plain(data.text.slice(0, 40))}”里读出可以记录的数字，什么都没有改动。`;
    return message(
      [
        said,
        `请说明做了什么、几场（个）、多少人，例：${data.examples.map((it) => it.name + exampleFigures(it.measures)).join("；")}`,
        "也可以逐页填报。",
      ],
      ["报送", "帮助"],
    );
  },
};

function postponedLine(restOf: readonly OnePeriod[]): string {
  if (restOf.length === 0) return "“其余无”还没有记：有的行还没弄清楚，弄清楚后请再说一次。";
  const names = restOf.map((it) => `第${it.no}期`);
  return `“其余无”还没有记：不清楚说的是${names.join("还是")}。请先回复“报送 ${names[0]}”这样的一句，再说“其余无”。`;
}

/** The echoes of each period under its heading; without one where there is nothing to tell apart. */
function periodsOf(echoes: readonly RowEcho[]): [heading: string | null, own: RowEcho[]][] {
  const headings = echoes.map(({ period }) => (period === undefined ? null : `**${periodText(period)}**`));
  return [...new Set(headings)].map((heading) => [heading, echoes.filter((_, n) => headings[n] === heading)]);
}

function echoLines(echoes: readonly RowEcho[]): string[] {
  const grouped = (kind: RowEcho["kind"]) => echoes.filter((it) => it.kind === kind);
  const numbers = (list: readonly RowEcho[]) =>
    list.length === 1 ? list.map(rowName).join() : list.map((it) => it.no).join("、");
  const zero = grouped("zero");
  const notApplicable = grouped("notApplicable");
  return [
    ...echoes.filter((it) => it.kind === "add" || it.kind === "set").flatMap(addLines),
    ...grouped("fix").map(fixLine),
    ...(zero.length === 0 ? [] : [`已记 ✓ ${numbers(zero)}：没有开展（0）${changedFrom(zero)}`]),
    ...(notApplicable.length === 0 ? [] : [`已记 ✓ ${numbers(notApplicable)}：不适用${changedFrom(notApplicable)}`]),
  ];
}

function changedFrom(echoes: readonly RowEcho[]): string {
  const changed = echoes.filter((it) => it.before.some((amount) => amount.value !== 0));
  return changed.length === 0 ? "" : `，原 ${changed.map((it) => `${it.no}：${amountsText(it.before)}`).join("；")}`;
}

function addLines(echo: RowEcho): string[] {
  const said = `已记 ✓ ${rowName(echo)}${dateText(echo)}：${amountsText(echo.said)}`;
  if (echo.before.length === 0) return [said];
  const how = echo.kind === "set" ? "改为" : "累加";
  return [`${said}  \n本单位：原 ${amountsText(echo.before)} → 现 ${amountsText(echo.after)}（${how}）`];
}

function fixLine(echo: RowEcho): string {
  const { movedFrom, said, after } = echo;
  if (movedFrom === undefined) return fixText(echo);
  return `${fixText(echo)}（原记在${periodText(movedFrom)}）${said.length === 0 ? `；累计 ${amountsText(after)}` : ""}`;
}

function fixText(echo: RowEcho): string {
  const wasSaid = (it: Amount) => echo.corrected.find((old) => old.unit === it.unit && old.label === it.label);
  // A figure that was still owed is no correction.
  if (echo.said.length === 0) return `已记 ✓ ${rowName(echo)}${dateText(echo)}：${amountsText(echo.corrected)}`;
  if (!echo.said.some(wasSaid)) {
    return `已记 ✓ ${rowName(echo)}${dateText(echo)}：${amountsText(echo.said)}；累计 ${amountsText(echo.after)}`;
  }
  const changes = echo.said.map((it) => {
    const was = wasSaid(it);
    return `${was === undefined ? "" : `${amountsText([was])} → `}${amountsText([it])}`;
  });
  const kept = echo.corrected.filter((old) => !echo.said.some((it) => it.unit === old.unit && it.label === old.label));
  const unchanged = kept.length === 0 ? "" : `，${amountsText(kept)} 不变`;
  return `已改 ✓ ${rowName(echo)}${dateText(echo)}：${changes.join("、")}${unchanged}；累计 ${amountsText(echo.after)}`;
}

function rejectionLine({ reason, text, periodStart, periodEnd, max }: RejectionText): string {
  const said = `没有记录“${plain(text)}”：`;
  switch (reason) {
    case "negative":
      return `${said}不能是负数。要减少请用“修改”，例：修改 12 3场40人`;
    case "fraction":
      return `${said}应是整数，例：2场30人`;
    case "tooLarge":
      return `${said}数字太大${max === null ? "" : `（上限 ${count(max)}）`}，请核对后再发`;
    case "outsidePeriod":
      return `${said}日期不在活动期间（${shortDay(periodStart)}至${shortDay(periodEnd)}）内，例：6月13日演练1场30人`;
    case "future":
      return `${said}日期还没到，等办完再报就行`;
    default:
      return reason satisfies never;
  }
}
