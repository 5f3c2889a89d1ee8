import type { QuestionOutcome } from "../conversation.ts";
import { count, listed, type Message, message, plain, shortDay } from "./format.ts";

/** One figure with its unit of counting; `label` where a row counts several things of one unit. */
export interface Amount {
  value: number;
  unit: string;
  label: string | null;
}

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
}

export type QuestionText = { no: number } & (
  | { about: "row"; text: string; options: string[] }
  | { about: "count"; row: string; unit: string; text: string; isVague: boolean }
  | { about: "date"; text: string }
  | { about: "figures"; row: number; name: string; units: string[] }
  | { about: "addOrSet"; rows: { no: number; name: string; before: Amount[]; said: Amount[] }[] }
  | { about: "again"; rows: { no: number; name: string; date: string | null; said: Amount[] }[] }
  | { about: "nothingToFix"; rows: { no: number; name: string; said: Amount[] }[] }
  | { about: "restZero"; rows: { no: number; name: string }[] }
  | { about: "publish" }
  | { about: "document"; fileName: string }
);

export interface RejectionText {
  reason: "negative" | "fraction" | "tooLarge" | "outsidePeriod" | "future";
  text: string;
  periodStart: string;
  periodEnd: string;
  max: number | null;
}

/** A page of the walk: one section's rows that apply to the unit. */
export interface PageText {
  index: number;
  total: number;
  title: string;
  rows: { no: number; name: string; units: string[]; state: StateText }[];
}

export type StateText = { kind: "filled" | "zero" | "notApplicable" | "open"; amounts: Amount[] };

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
  effect: "reopened" | "restored" | null;
  /** The walk's page shown with the answer. */
  page: PageText | null;
  /** Rows still open after the walk's last page; `null` while walking or outside the walk. */
  leftOpen: number[] | null;
}

export const reportWords = {
  reported(data: Reported): Message {
    const { heard, echoes, undo, questions, rejections, isRestPostponed, effect, page, leftOpen } = data;
    const lines = [
      heard === null ? null : `听到：“${plain(heard)}”`,
      ...echoLines(echoes),
      ...rejections.map(rejectionLine),
      ...questionLines(questions),
      isRestPostponed ? "“其余无”还没有记，等上面的弄清楚了请再说一次。" : null,
      effect === null ? null : effectLine(effect),
      ...(page === null ? [] : pageLines(page)),
      leftOpen === null ? null : leftOpenLine(leftOpen),
    ];
    const buttons = [
      ...questions.flatMap(questionButtons),
      ...(undo === null ? [] : [`撤销 ${undo}`]),
      ...(effect === "reopened" ? ["提交"] : []),
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

  notUnderstood(data: { text: string; isTooLong: boolean; examples: { name: string; units: string[] }[] }): Message {
    const said = data.isTooLong
      ? "这条消息太长了，没有记录。请分几条发，每条说一两项活动。"
      : data.text === ""
        ? "收到一条空消息，没有可以记录的内容。"
        : `没有从“${plain(data.text.slice(0, 40))}”里读出可以记录的数字，什么都没有改动。`;
    return message(
      [
        said,
        `请说明做了什么、几场（个）、多少人，例：${data.examples.map((it) => it.name + exampleFigures(it.units)).join("；")}`,
        "也可以逐页填报。",
      ],
      ["报送", "帮助"],
    );
  },

  withdrawn(data: {
    rows: { no: number; name: string; before: Amount[]; after: Amount[] }[];
    effect: "reopened" | "restored" | null;
  }): Message {
    const lines = data.rows.map((it) => `${rowName(it)}：${amountsText(it.before)} → ${amountsText(it.after)}`);
    return message(["已撤销 ✓", ...lines, data.effect === null ? null : effectLine(data.effect)]);
  },

  withdrawnBefore(data: { no: number; at: string }): Message {
    return message([`${data.no} 号已经在 ${data.at} 撤销过了，没有再改动。`]);
  },

  noSuchEntry(data: { no: number }): Message {
    return message([`本单位没有 ${data.no} 号报送，什么都没有改动。回复“撤销”可以查看最近几条。`], ["撤销"]);
  },

  nothingToWithdraw(_: Record<string, never>): Message {
    return message(["本单位还没有可以撤销的报送。"], ["报送"]);
  },

  whichToWithdraw(data: { recent: { no: number; rows: { no: number; name: string; said: Amount[] }[] }[] }): Message {
    const lines = data.recent.map((it) => `${it.no} 号：${withdrawable(it.rows)}`);
    return message(
      ["撤销哪一条？", ...lines],
      data.recent.map((it) => `撤销 ${it.no}`),
    );
  },

  questionClosed(data: { no: number | null; outcome: QuestionOutcome | null }): Message {
    if (data.no === null) return message(["现在没有等您确认的事，什么都没有改动。"]);
    const became = data.outcome === null ? "已经不在了（太久以前，或不是问您的）" : outcomeText[data.outcome];
    return message([`${data.no} 号问题${became}，没有再改动。`]);
  },

  questionLeft(data: { row: string }): Message {
    return message([`好的，“${plain(data.row)}”先空着，提交前再补。`]);
  },

  againDropped(_: Record<string, never>): Message {
    return message(["好的，按重复处理，没有再记。"]);
  },

  whichQuestion(data: { questions: QuestionText[] }): Message {
    return message(
      ["有几个问题等您回答，请点对应的一个：", ...questionLines(data.questions)],
      data.questions.flatMap(questionButtons),
    );
  },

  needsCount(data: {
    text: string;
    row: string;
    problem: "vague" | "negative" | "fraction" | "none" | "tooLarge";
  }): Message {
    const why = {
      vague: "不是一个确定的数",
      negative: "不能是负数",
      fraction: "应是整数",
      none: "里没有数字",
      tooLarge: "超出了这项指标的上限",
    }[data.problem];
    return message([`“${plain(data.text)}”${why}，还没有记录。请回复“${plain(data.row)}”的一个数，例：108`]);
  },

  noOpenQuestion(data: { word: string; open: { no: number; name: string }[] }): Message {
    const rows = data.open.map((it) => `${it.no} ${it.name}`);
    const list = rows.length === 0 ? "本单位的各行都填过了。" : `还没填的行：${listed(rows, 12)}`;
    const first = data.open[0]?.no ?? 7;
    return message([
      `现在没有要用“${data.word}”回答的问题，什么都没有改动。`,
      list,
      `请带上行号，例：${data.word} ${first}`,
    ]);
  },

  cancelled(data: { wasAnything: boolean; isLiaison: boolean }): Message {
    const kept = data.isLiaison ? "记过的数字都在，随时可以继续。" : "";
    return message(
      [data.wasAnything ? `好的，已停下。${kept}` : "现在没有进行中的事，什么都没有改动。"],
      data.isLiaison ? ["报送", "帮助"] : ["帮助"],
    );
  },

  unknownRow(data: { rows: string; max: number }): Message {
    return message(
      [
        `没有第 ${plain(data.rows)} 行，或这一行不归本单位填，什么都没有改动。行号是 1 到 ${data.max}，回复“预览”可以查看。`,
      ],
      ["预览"],
    );
  },

  nothingOpen(_: Record<string, never>): Message {
    return message(["各行都已填过，没有空着的行。"], ["预览", "提交"]);
  },

  walkPage(data: { page: PageText; resumed: boolean }): Message {
    return message([data.resumed ? "接着上次的地方：" : null, ...pageLines(data.page)], pageButtons(data.page));
  },

  walkDone(data: { leftOpen: number[] }): Message {
    const buttons = data.leftOpen.length === 0 ? ["提交", "预览"] : ["其余无", "预览"];
    return message([leftOpenLine(data.leftOpen)], buttons);
  },

  conversationReset(_: Record<string, never>): Message {
    return message(["系统升级后需要从头开始这次填报，已记录的数字都在。"], ["报送", "预览"]);
  },
};

const outcomeText: Record<QuestionOutcome, string> = {
  answered: "已经回答过了",
  left: "已经说先空着",
  cancelled: "已经取消",
  replaced: "已被后来的报送代替",
};

export function unitText(unit: string): string {
  return unit === "场次" ? "场" : unit;
}

export function amountsText(list: readonly Amount[]): string {
  if (list.length === 0) return "—";
  return list
    .map((it) => `${it.label === null ? "" : `${it.label} `}${count(it.value)} ${unitText(it.unit)}`)
    .join("、");
}

function rowName({ no, name }: { no: number; name: string }): string {
  return `${no} ${plain(name)}`;
}

function withdrawable(rows: readonly { no: number; name: string; said: Amount[] }[]): string {
  const shown = rows.slice(0, 3).map((row) => `${rowName(row)} ${amountsText(row.said)}`);
  return rows.length > shown.length ? `${shown.join("；")} 等 ${rows.length} 行` : shown.join("；");
}

function dateText({ date, dateFrom }: { date: string | null; dateFrom: string | null }): string {
  if (date === null) return "";
  return dateFrom === null ? `（${shortDay(date)}）` : `（${shortDay(dateFrom)}至${shortDay(date)}）`;
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
  const wasSaid = (it: Amount) => echo.corrected.find((old) => old.unit === it.unit && old.label === it.label);
  // A figure that was still owed is no correction.
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

export function questionLines(questions: readonly QuestionText[]): string[] {
  return questions.length === 0 ? [] : ["还需确认：", ...questions.map((it) => `· ${questionLine(it)}`)];
}

function questionLine(question: QuestionText): string {
  switch (question.about) {
    case "row": {
      const said = `“${plain(question.text)}”记在哪一行？`;
      return question.options.length === 0
        ? `${said}请带上活动名称或行号再说一次，例：应急演练2场120人`
        : `${said}请点选`;
    }
    case "count": {
      const asked = `${plain(question.row)}的${question.unit.endsWith("次") ? question.unit : `数量（${question.unit}）`}是多少？`;
      return question.isVague ? `${asked}您说“${plain(question.text)}”，请回复一个确定的数` : `${asked}请回复一个数`;
    }
    case "date":
      return `“${plain(question.text)}”是哪一天？例：6月13日`;
    case "figures":
      return `${rowName({ no: question.row, name: question.name })} 应是多少？例：${exampleFigures(question.units)}`;
    case "addOrSet":
      return `${question.rows.map((it) => `${rowName(it)} 已有 ${amountsText(it.before)}，这次 ${amountsText(it.said)}`).join("；")}：累加，还是改为这个数？`;
    case "again":
      return `${question.rows.map((it) => `${rowName(it)}${dateText({ ...it, dateFrom: null })} ${amountsText(it.said)}`).join("；")} 刚才已经报过：又办了一场，还是重复了？`;
    case "nothingToFix":
      return `${question.rows.map(rowName).join("、")} 还没有可更正的记录，要把 ${question.rows.map((it) => amountsText(it.said)).join("；")} 记上吗？`;
    case "restZero":
      return `下面 ${question.rows.length} 行将记为没有开展（0），请确认；有数的行请先报数：${question.rows.map(rowName).join("、")}`;
    case "publish":
      return "把上面的内容发布到本单位群？";
    case "document":
      return `“${plain(question.fileName)}”是盖章件，还是活动总结报告？`;
    default:
      return question satisfies never;
  }
}

export function questionButtons(question: QuestionText): string[] {
  const { no } = question;
  switch (question.about) {
    case "row":
      return question.options.map((it) => `${no} ${it}`);
    case "count":
      return [`${no} 暂不清楚`];
    case "date":
    case "figures":
      return [];
    case "addOrSet":
      return [`${no} 累加`, `${no} 改为`];
    case "again":
      return [`${no} 又一场`, `${no} 重复`];
    case "nothingToFix":
      return [`${no} 累加`];
    case "restZero":
    case "publish":
      return [`确认 ${no}`];
    case "document":
      return [`${no} 盖章件`, `${no} 总结`];
    default:
      return question satisfies never;
  }
}

function effectLine(effect: "reopened" | "restored"): string {
  return effect === "reopened"
    ? "注意：报送表已提交过，这次改动使它重新打开。汇总仍按上次提交的版本，改完请再“提交”。"
    : "报送表已回到提交时的样子，仍按已提交计。";
}

export function exampleFigures(units: readonly string[]): string {
  return units.map((unit, n) => `${[2, 80, 1, 1][n] ?? 1}${unit === "人次" ? "人" : unitText(unit)}`).join("");
}

export function stateText({ kind, amounts }: StateText): string {
  switch (kind) {
    case "filled":
      return amountsText(amounts);
    case "zero":
      return "0";
    case "notApplicable":
      return "不适用";
    case "open":
      return amounts.length === 0 ? "—" : `${amountsText(amounts)}（未填完）`;
    default:
      return kind satisfies never;
  }
}

function pageLines({ index, total, title, rows }: PageText): string[] {
  const open = rows.filter((it) => it.state.kind === "open");
  const heading = `**第 ${index + 1}/${total} 页 ${plain(title)}**（已填 ${rows.length - open.length}/${rows.length}）`;
  const list = rows.map((it) => `${rowName(it)}${unitHint(it)}　${stateText(it.state)}`).join("  \n");
  const [first, second] = open;
  if (first === undefined) return [heading, list, "本页都填过了；要改请用“修改 行号 数字”。"];
  const example = [first, second].flatMap((it) => (it === undefined ? [] : `${it.no} ${exampleFigures(it.units)}`));
  return [heading, list, `一条消息报完本页即可，例：${example.join("，")}，其余无`];
}

function unitHint({ units }: { units: string[] }): string {
  return units.length === 1 ? `（${units.join()}）` : "";
}

function pageButtons({ index, rows }: PageText): string[] {
  const isOpen = rows.some((it) => it.state.kind === "open");
  return [...(isOpen ? ["其余无"] : []), "跳过", ...(index > 0 ? ["返回"] : []), "预览"];
}

function leftOpenLine(open: readonly number[]): string {
  return open.length === 0
    ? "各行都已填过，可以提交了。"
    : `还差 ${open.length} 行：${listed(open.map(String), 20)}。没有开展的可以一次报“其余无”。`;
}
