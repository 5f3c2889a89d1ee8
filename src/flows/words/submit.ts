import type { StatisticsState } from "../../campaign/progress.ts";
import { type StateText, stateText, unitText } from "./figures.ts";
import { by, count, type Due, type Message, message, plain, rowList } from "./format.ts";
import { type OnePeriod, periodText } from "./period.ts";
import { type QuestionText, questionButtons, questionLines } from "./questions.ts";

export type FindingText = { no: number; name: string; explanation: string | null } & (
  | { kind: "unfilled" /** Which of its figures, where it has some. */; missing: string[] }
  | { kind: "atMost"; other: number; otherName: string; value: number; limit: number; unit: string }
  | { kind: "atLeast"; value: number; limit: number; why: string }
);

export interface FormText {
  unit: string;
  state: StatisticsState;
  submittedAt: string | null;
  sections: { title: string; rows: { no: number; name: string; state: StateText; explanation: string | null }[] }[];
}

export const stateNames: Record<StatisticsState, string> = {
  notStarted: "未开始",
  drafting: "填报中",
  submitted: "已提交",
  reopened: "提交后又有改动，待重新提交",
  returned: "已退回，待重新提交",
  accepted: "已通过",
};

export const submitWords = {
  previewed(data: { form: FormText; findings: FindingText[] }): Message {
    const { form, findings } = data;
    const open = findings.filter((it) => it.kind === "unfilled");
    const isClosed = form.state === "submitted" || form.state === "accepted";
    const buttons = isClosed ? ["表格"] : open.length > 0 ? ["报送", "其余无"] : ["提交", "表格"];
    return message([...formLines(form), ...findingLines(findings)], buttons);
  },

  submitBlocked(data: { findings: FindingText[]; questions: QuestionText[] }): Message {
    const { findings, questions } = data;
    const broken = findings.filter((it) => it.kind !== "unfilled");
    const hasUntouched = findings.some((it) => it.kind === "unfilled" && it.missing.length === 0);
    const buttons = [
      ...questions.flatMap(questionButtons),
      ...(hasUntouched ? ["其余无"] : []),
      ...broken.slice(0, 3).map((it) => `修改 ${it.no}`),
    ];
    const hint = questions.length === 0 ? null : "不用再答的问题，回复“取消”即可。";
    return message(["还不能提交：", ...findingLines(findings), ...questionLines(questions), hint], buttons);
  },

  submitted(data: {
    at: string;
    isOnTime: boolean;
    isAgain: boolean;
    filled: number;
    zero: number;
    notApplicable: number;
    summaryDue: Due | null;
  }): Message {
    const { at, isOnTime, isAgain, filled, zero, notApplicable, summaryDue } = data;
    const total = filled + zero + notApplicable;
    return message(
      [
        `${isAgain ? "已重新提交" : "已提交"} ✓ ${at}（${isOnTime ? "按时" : "逾期"}）`,
        `${total} 行中 ${filled} 行有数、${zero} 行为 0、${notApplicable} 行不适用。`,
        "统计表见附件，请打印盖章后拍照发回。要改直接发，例：修改 12 3场40人。",
        summaryDue === null ? null : `活动总结报告（Word 或 PDF）也请${by(summaryDue)}发来：先回复“总结”，再发文件。`,
      ],
      summaryDue === null ? [] : ["总结"],
    );
  },

  alreadySubmitted(data: { at: string; next?: OnePeriod }): Message {
    const { at, next } = data;
    const change = next === undefined ? "要改直接发，例：修改 12 3场40人。" : "";
    return message(
      [
        `报送表已于 ${at} 提交，之后没有改动，不用再提交。${change}`,
        next === undefined ? null : `${periodText(next)}还没有填。`,
      ],
      ["预览", "表格", ...(next === undefined ? [] : [`报送 第${next.no}期`])],
    );
  },

  explained(data: { row: number; name: string; text: string; left: FindingText[]; isReopened: boolean }): Message {
    const { row, name, text, left, isReopened } = data;
    return message(
      [
        `已记 ✓ ${row} ${plain(name)} 的说明：${plain(text)}`,
        isReopened ? "注意：报送表已提交过，加了说明后请再“提交”一次。" : null,
        ...(left.length === 0 ? ["可以提交了。"] : ["还差：", ...findingLines(left)]),
      ],
      left.length === 0 ? ["提交", "预览"] : ["提交"],
    );
  },

  explanationRefused(data: { row: number; isTooLong: boolean; max: number }): Message {
    const why = data.isTooLong ? `说明请在 ${data.max} 字以内` : "还缺说明的文字";
    return message([`${why}，没有记录。例：说明 ${data.row} 含5月排查、6月整改`]);
  },

  sheetFollows(data: { isDraft: boolean }): Message {
    return message([data.isDraft ? "本单位统计表如下（尚未提交，仅供核对）。" : "本单位统计表如下（已提交的版本）。"]);
  },

  ownProgress(data: {
    unit: string;
    state: StatisticsState;
    openRows: number[];
    submittedAt: string | null;
    returnedReason: string | null;
    hasSummary: boolean;
    hasStamped: boolean;
    statisticsDue: Due;
    summaryDue: Due;
    actOn: string | null;
  }): Message {
    const isClosed = data.state === "submitted" || data.state === "accepted";
    const open =
      data.openRows.length === 0 ? "各行都已填过" : `还差 ${data.openRows.length} 行：${rowList(data.openRows)}`;
    return message(
      [
        `${plain(data.unit)}：统计表${stateNames[data.state]}${data.submittedAt === null ? "" : `（${data.submittedAt}）`}`,
        data.returnedReason === null ? null : `退回原因：${plain(data.returnedReason)}`,
        isClosed
          ? null
          : `${open}；请${by(data.statisticsDue)}提交${data.actOn === null || data.statisticsDue.isPast ? "" : `，建议 ${data.actOn}下班前提交`}。`,
        `盖章件：${data.hasStamped ? "已收到" : "未收到"}　活动总结报告：${data.hasSummary ? "已收到" : `未收到，请${by(data.summaryDue)}发来`}`,
      ],
      [...(isClosed ? ["表格"] : ["继续", "预览"]), ...(data.hasSummary ? [] : ["总结"])],
    );
  },
};

export function formLines({ unit, state, submittedAt, sections }: FormText): string[] {
  const heading = `**${plain(unit)}** ${stateNames[state]}${submittedAt === null ? "" : `（上次提交 ${submittedAt}）`}`;
  const rows = sections.map(({ title, rows }) => {
    const list = rows.map((it) => {
      const note = it.explanation === null ? "" : `　说明：${plain(it.explanation)}`;
      return `${it.no} ${plain(it.name)}　${stateText(it.state)}${note}`;
    });
    return [`**${plain(title)}**`, ...list].join("  \n");
  });
  return [heading, ...rows];
}

function findingLines(findings: readonly FindingText[]): string[] {
  const untouched = findings.filter((it) => it.kind === "unfilled" && it.missing.length === 0);
  const others = findings.filter((it) => !untouched.includes(it)).map((it) => `· ${findingLine(it)}`);
  if (untouched.length === 0) return others;
  return [...others, `· ${untouched.length} 行未填：${rowList(untouched.map((it) => it.no))}`];
}

function findingLine(finding: FindingText): string {
  const row = `第 ${finding.no} 行${plain(finding.name)}`;
  const wanted =
    finding.explanation === null
      ? `请修改，或回复说明，例：说明 ${finding.no} 含5月排查、6月整改`
      : `说明：${plain(finding.explanation)}`;
  switch (finding.kind) {
    case "unfilled":
      return `${row}还缺 ${finding.missing.map(plain).join("、")}，例：修改 ${finding.no}`;
    case "atMost": {
      const { value, limit, unit, other, otherName } = finding;
      return `${row}（${count(value)} ${unitText(unit)}）多于第 ${other} 行${plain(otherName)}（${count(limit)} ${unitText(unit)}）：${wanted}`;
    }
    case "atLeast":
      return `${row}（${count(finding.value)}）：${plain(finding.why)}。${finding.explanation === null ? `请补报，或回复说明，例：说明 ${finding.no} 安排在7月` : wanted}`;
    default:
      return finding satisfies never;
  }
}
