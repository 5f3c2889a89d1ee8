import type { QuestionOutcome } from "../conversation.ts";
import { choicesOf } from "./choices.ts";
import { type Amount, amountsText, dateText, exampleFigures, type MeasureText, rowName } from "./figures.ts";
import { listed, type Message, message, plain, shortDay } from "./format.ts";
import { type OnePeriod, periodText } from "./period.ts";

/** `period`: where the answer is not about that one alone. */
export type QuestionText = { no: number; period?: OnePeriod } & (
  | { about: "row"; text: string; options: string[] }
  | { about: "count"; row: string; unit: string; text: string; isVague: boolean }
  | { about: "date"; text: string }
  | { about: "figures"; row: number; name: string; measures: MeasureText[] }
  | { about: "addOrSet"; rows: { no: number; name: string; before: Amount[]; said: Amount[] }[] }
  | { about: "again"; rows: { no: number; name: string; date: string | null; said: Amount[] }[] }
  | { about: "own"; unit: string; rows: { no: number; name: string; said: Amount[] }[] }
  | { about: "nothingToFix"; rows: { no: number; name: string; said: Amount[] }[] }
  | { about: "restZero"; rows: { no: number; name: string }[] }
  | { about: "publish" }
  | { about: "remind"; unit: string | null }
  | { about: "document"; fileName: string }
);

export const questionWords = {
  questionClosed(data: { no: number | null; outcome: QuestionOutcome | null }): Message {
    if (data.no === null) return message(["现在没有等您确认的事，什么都没有改动。"]);
    const became = data.outcome === null ? "已经不在了（太久以前，或不是问您的）" : outcomeText[data.outcome];
    return message([`${data.no} 号问题${became}，没有再改动。`]);
  },

  questionLeft(data: { row: string }): Message {
    return message([`好的，“${plain(data.row)}”先空着，提交前再补。`]);
  },

  notOwn(_: Record<string, never>): Message {
    return message(["好的，没有记录。别的单位的活动由他们的联络员报送。"]);
  },

  againDropped(_: Record<string, never>): Message {
    return message(["好的，按重复处理，没有再记。"]);
  },

  whichQuestion(data: { questions: QuestionText[] }): Message {
    const [only, ...others] = data.questions;
    if (only !== undefined && others.length === 0) return message([questionLine(only)], questionButtons(only));
    const lines = ["有几个问题等您回答，请点对应的一个：", ...data.questions.map((it) => `· ${questionLine(it)}`)];
    return message(lines, data.questions.flatMap(questionButtons));
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

  needsDay(data: {
    text: string;
    problem: "outsidePeriod" | "future" | "vague";
    periodStart: string;
    periodEnd: string;
    undo: number;
  }): Message {
    const why = {
      outsidePeriod: `不在活动期间（${shortDay(data.periodStart)}至${shortDay(data.periodEnd)}）内`,
      future: "还没到",
      vague: "看不出是哪一天",
    }[data.problem];
    return message(
      [`“${plain(data.text)}”${why}，日期没有记上。请回复一个日期，例：6月13日；不该记的请撤销。`],
      [`撤销 ${data.undo}`],
    );
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
};

const outcomeText: Record<QuestionOutcome, string> = {
  answered: "已经回答过了",
  left: "已经说先空着",
  cancelled: "已经取消",
  replaced: "已被后来的报送代替",
};

export function questionLines(questions: readonly QuestionText[]): string[] {
  return questions.length === 0 ? [] : ["还需确认：", ...questions.map((it) => `· ${questionLine(it)}`)];
}

function questionLine(question: QuestionText): string {
  return `${question.period === undefined ? "" : periodText(question.period)}${askingText(question)}`;
}

function askingText(question: QuestionText): string {
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
      return `${rowName({ no: question.row, name: question.name })} 合计应是多少？例：${exampleFigures(question.measures)}`;
    case "addOrSet":
      return `${question.rows.map((it) => `${rowName(it)} 已有 ${amountsText(it.before)}，这次 ${amountsText(it.said)}`).join("；")}：累加，还是改为这个数？`;
    case "again":
      return `${question.rows.map((it) => `${rowName(it)}${dateText({ ...it, dateFrom: null })} ${amountsText(it.said)}`).join("；")} 刚才已经报过：又办了一场，还是重复了？`;
    case "own":
      return `您提到了${plain(question.unit)}，${question.rows.map((it) => `${rowName(it)} ${amountsText(it.said)}`).join("；")} 是本单位的活动吗？`;
    case "nothingToFix":
      return `${question.rows.map(rowName).join("、")} 还没有可更正的记录，要把 ${question.rows.map((it) => amountsText(it.said)).join("；")} 记上吗？`;
    case "restZero":
      return `下面 ${question.rows.length} 行将记为没有开展（0），请确认；有数的行请先报数：${question.rows.map(rowName).join("、")}`;
    case "publish":
      return "把上面的内容发布到本单位群？";
    case "remind":
      return question.unit === null ? "给欠报的单位发提醒？" : `给${plain(question.unit)}发提醒？`;
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
    case "restZero":
    case "publish":
    case "remind":
      return [`确认 ${no}`];
    default:
      return choicesOf(question.about).map((it) => `${no} ${it}`);
  }
}
