import { type Amount, amountsText } from "./figures.ts";
import { listed, type Message, message, plain } from "./format.ts";
import type { NominationText } from "./nominate.ts";
import { type OnePeriod, periodNames, periodText } from "./period.ts";
import { type FormText, formLines } from "./submit.ts";

/** How far all units are; unit names only, so that it can be said in a group. */
export interface ProgressText {
  at: string;
  expected: number;
  statistics: {
    onTime: number;
    late: string[];
    drafting: { unit: string; openRows: number }[];
    notStarted: string[];
    /** Handed in once (and counted with that version), now open again. */
    reopened: string[];
    returned: string[];
  };
  summary: { met: number; late: string[] };
  nomination: { met: number; late: string[]; missing: string[]; waiting: string[] };
  /** Said that they handed in on paper, and lack something here. */
  onPaper: string[];
  /** Earlier periods for which some units still owe their form. */
  earlier?: { period: OnePeriod; owing: string[] }[];
}

/** Of all periods that have begun. */
export interface WholeProgressText extends Pick<ProgressText, "at" | "expected" | "summary" | "nomination"> {
  periods: { period: OnePeriod; onTime: number; late: string[]; missing: string[] }[];
  isInGroup: boolean;
}

export interface TotalsText {
  at: string;
  expected: number;
  /** Units with figures, by 口径. */
  submitted: number;
  withDrafts: number;
  sections: { title: string; rows: { no: number; name: string; submitted: Amount[]; withDrafts: Amount[] }[] }[];
}

export interface LiaisonText {
  unit: string;
  name: string;
  post: string;
  phone: string;
  isFound: boolean;
}

export type UnitCommand = "show" | "remind" | "accept" | "giveBack";

const keywords: Record<UnitCommand, string> = { show: "查看", remind: "催报", accept: "通过", giveBack: "退回" };

export const manageWords = {
  allProgress(data: ProgressText & { isInGroup: boolean }): Message {
    const { statistics, summary, nomination, expected } = data;
    const { earlier = [] } = data;
    const older = earlier.slice(0, -shownEarlier);
    const owing =
      statistics.drafting.length +
      statistics.notStarted.length +
      statistics.reopened.length +
      statistics.returned.length;
    const buttons = [
      ...(nomination.waiting.length > 0 ? ["审核"] : []),
      ...(owing > 0 || nomination.missing.length > 0 || summary.met < expected ? ["催报"] : []),
      "汇总",
    ];
    return message(
      [
        `**进度**（截至 ${data.at}）`,
        statisticsLine(data),
        `总结报告：${summary.met}/${expected}${lateText(summary.late)}。联络员：${nomination.met}/${expected}${lateText(nomination.late)}。`,
        namesLine("被退回待改", statistics.returned),
        namesLine("提交后有改动，待重新提交", statistics.reopened),
        namesLine(
          "填报中",
          statistics.drafting.map((it) => `${it.unit}（${it.openRows === 0 ? "已填完" : `差 ${it.openRows} 行`}）`),
        ),
        namesLine("未开始", statistics.notStarted),
        namesLine("说已线下报送，这里还没有数", data.onPaper),
        namesLine("还没有联络员", nomination.missing),
        namesLine("联络员等待审核", nomination.waiting),
        ...earlier.slice(-shownEarlier).map((it) => namesLine(`${periodText(it.period)}还欠`, it.owing)),
        older.length === 0
          ? null
          : `更早的${periodNames(older.map((it) => it.period.no))}也有欠报，回复“进度 全部”查看。`,
      ],
      data.isInGroup ? [] : [...buttons, ...(older.length === 0 ? [] : ["进度 全部"])],
    );
  },

  wholeProgress(data: WholeProgressText): Message {
    const { expected, summary, nomination } = data;
    const lines = data.periods.map(({ period, onTime, late, missing }) => {
      const lateOnes = late.length === 0 ? "" : `（逾期 ${late.length}：${listed(late.map(plain))}）`;
      const rest = missing.length === 0 ? "" : `，未报：${listed(missing.map(plain))}`;
      return `${periodText(period)}：已交 ${onTime + late.length}/${expected}${lateOnes}${rest}`;
    });
    const isOwed = data.periods.some((it) => it.missing.length > 0);
    return message(
      [
        `**进度**（截至 ${data.at}）`,
        lines.join("  \n"),
        `总结报告：${summary.met}/${expected}${lateText(summary.late)}。联络员：${nomination.met}/${expected}${lateText(nomination.late)}。`,
      ],
      data.isInGroup ? [] : [...(isOwed ? ["催报"] : []), "汇总"],
    );
  },

  allTotals(data: TotalsText & { isInGroup: boolean }): Message {
    const { expected, submitted, withDrafts, sections } = data;
    const empty = sections
      .flatMap((it) => it.rows)
      .filter((it) => it.submitted.length === 0 && it.withDrafts.length === 0);
    return message(
      [
        `**汇总**（截至 ${data.at}）`,
        `已提交口径：${submitted}/${expected} 个单位最后一次提交的数；含填报中口径：${withDrafts}/${expected} 个单位。每行先写已提交，括号里是含填报中；两者相同只写一个。`,
        ...sections.flatMap(({ title, rows }) => {
          const lines = rows.filter((it) => !empty.includes(it)).map(totalLine);
          return lines.length === 0 ? [] : [[`**${plain(title)}**`, ...lines].join("  \n")];
        }),
        empty.length === 0 ? null : `还没有数的行：${empty.map((it) => it.no).join("、")}`,
      ],
      data.isInGroup ? [] : ["导出", "发布"],
    );
  },

  unitShown(data: {
    form: FormText;
    called: string;
    liaison: LiaisonText | null;
    waiting: NominationText | null;
    returnedReason: string | null;
    timeliness: "onTime" | "late" | "missing";
    hasSummary: boolean;
    hasStamped: boolean;
  }): Message {
    const { form, called, liaison, waiting } = data;
    const [heading = "", ...rows] = formLines(form);
    const timeliness = { onTime: "，按时", late: "，逾期", missing: "" }[data.timeliness];
    return message(
      [
        `${heading}${timeliness}`,
        data.returnedReason === null ? null : `退回原因：${plain(data.returnedReason)}`,
        liaison === null ? "还没有联络员。" : `联络员：${liaisonText(liaison)}`,
        waiting === null
          ? null
          : `等待审核：${waiting.no} 号 ${plain(waiting.name)} ${plain(waiting.post)} ${plain(waiting.phone)}`,
        `盖章件：${data.hasStamped ? "已收到" : "未收到"}　活动总结报告：${data.hasSummary ? "已收到" : "未收到"}`,
        form.state === "reopened" ? "以下是当前的数；汇总仍按上次提交的版本。" : null,
        ...rows,
        form.state === "submitted" || form.state === "accepted"
          ? `要退回请写明原因，例：退回 ${plain(called)} 第 12 行人次请核对`
          : null,
      ],
      unitButtons(data),
    );
  },

  /** No unit, or none for sure, was named with a command. */
  whichUnit(data: { command: UnitCommand; said: string; candidates: string[] }): Message {
    const { said, candidates } = data;
    const command = keywords[data.command];
    const isReasonNeeded = data.command === "giveBack";
    const example = `例：${command} ${plain(candidates[0] ?? "单位名称")}${isReasonNeeded ? " 第 12 行人次请核对" : ""}`;
    const shown = plain(said.slice(0, 30));
    const problem =
      said === ""
        ? `请说明是哪个单位，${example}`
        : candidates.length === 0
          ? `没有找到单位“${shown}”，什么都没有改动。请用通知里的单位名称。`
          : `“${shown}”是下面哪个单位？什么都没有改动。${isReasonNeeded ? example : ""}`;
    const names = isReasonNeeded && candidates.length > 0 ? candidates.map(plain).join("、") : null;
    return message([problem, names], isReasonNeeded ? [] : candidates.map((it) => `${command} ${it}`));
  },

  exportFollows(data: { at: string }): Message {
    return message([
      `全部表格如下（截至 ${data.at}）：汇总、分单位、进度、联络员、填报记录。内有姓名和电话，请勿转发到群里。`,
    ]);
  },

  liaisonsListed(data: { liaisons: LiaisonText[]; expected: number; missing: string[] }): Message {
    const { liaisons, expected, missing } = data;
    return message(
      [
        `**附件1 联络员**：${liaisons.length}/${expected} 个单位。`,
        liaisons.length === 0 ? null : liaisons.map((it) => `${plain(it.unit)}｜${liaisonText(it)}`).join("  \n"),
        namesLine("还没有", missing),
      ],
      missing.length === 0 ? [] : ["催报"],
    );
  },

  reviewListed(data: {
    nominations: (NominationText & { replaces: string | null })[];
    forms: { unit: string; called: string; at: string; isOnTime: boolean; period?: OnePeriod }[];
  }): Message {
    const { nominations, forms } = data;
    if (nominations.length === 0 && forms.length === 0)
      return message(["现在没有等您审核的联络员推荐或报送表。"], ["进度"]);
    const waiting = nominations.map((it) => {
      const replaces = it.replaces === null ? "" : `（同意即更换${plain(it.replaces)}）`;
      return `${it.no} 号：${plain(it.unit)} ${plain(it.name)} ${plain(it.post)} ${plain(it.phone)}${replaces}`;
    });
    const submitted = forms.map((it) => {
      const period = it.period === undefined ? "" : `第${it.period.no}期，`;
      return `${plain(it.unit)}（${period}${it.at}，${it.isOnTime ? "按时" : "逾期"}）`;
    });
    return message(
      [
        ...(waiting.length === 0 ? [] : [`**待确认的联络员推荐**（${waiting.length}）`, waiting.join("  \n")]),
        ...(submitted.length === 0 ? [] : [`**待审核的报送表**（${submitted.length}）`, submitted.join("  \n")]),
        submitted.length === 0 ? null : `退回请写明原因，例：退回 ${plain(forms[0]?.called ?? "")} 第 12 行人次请核对`,
      ],
      [
        ...nominations.flatMap((it) => [`同意 ${it.no}`, `不同意 ${it.no}`]),
        ...forms.flatMap(({ called, period }) => {
          const which = period === undefined ? called : `${called} 第${period.no}期`;
          return [`通过 ${which}`, `查看 ${which}`];
        }),
      ],
    );
  },
};

/** Earlier periods that `进度` shows one by one. */
const shownEarlier = 4;

function statisticsLine({ expected, statistics }: ProgressText): string {
  const { onTime, late, drafting, notStarted } = statistics;
  const timeliness = [
    `按时 ${onTime}`,
    ...(late.length === 0 ? [] : [`逾期 ${late.length}：${listed(late.map(plain))}`]),
  ];
  const parts = [
    `应报 ${expected}`,
    `已交 ${onTime + late.length}（${timeliness.join("，")}）`,
    ...(drafting.length === 0 ? [] : [`填报中 ${drafting.length}`]),
    ...(notStarted.length === 0 ? [] : [`未开始 ${notStarted.length}`]),
  ];
  return `统计表：${parts.join("，")}。`;
}

function lateText(late: readonly string[]): string {
  return late.length === 0 ? "" : `（逾期 ${late.length}：${listed(late.map(plain))}）`;
}

function namesLine(label: string, names: readonly string[]): string | null {
  return names.length === 0 ? null : `${label}：${listed(names.map(plain), 20)}`;
}

function totalLine({ no, name, submitted, withDrafts }: TotalsText["sections"][number]["rows"][number]): string {
  const [counted, drafted] = [amountsText(submitted), amountsText(withDrafts)];
  return `${no} ${plain(name)}　${counted}${counted === drafted ? "" : `（含填报中 ${drafted}）`}`;
}

function liaisonText({ name, post, phone, isFound }: LiaisonText): string {
  return `${plain(name)}｜${plain(post)}｜${plain(phone)}${isFound ? "" : "（钉钉里还没有找到）"}`;
}

function unitButtons({
  form,
  called,
  waiting,
}: {
  form: FormText;
  called: string;
  waiting: NominationText | null;
}): string[] {
  const review = waiting === null ? [] : [`同意 ${waiting.no}`, `不同意 ${waiting.no}`];
  if (form.state === "submitted") return [...review, `通过 ${called}`];
  return form.state === "accepted" ? review : [...review, `催报 ${called}`];
}
