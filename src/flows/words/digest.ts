import { addDays, weekdayOf } from "../../campaign/calendar.ts";
import type { Call, Digest } from "../../campaign/reminder.ts";
import { listed, type Message, message, namedDay, plain } from "./format.ts";

/** What managers are told unasked while the deadline comes near; one to one, for people and phones are named. */
export const digestWords = {
  digest(data: Digest): Message {
    const { day, due, dueTime, expected, submitted, onTime } = data;
    const owes = submitted < expected || data.summaries < expected || data.liaisons < expected;
    const late = submitted - onTime;
    return message(
      [
        `**${namedDay(day, weekdayOf(day))}进展**：统计表${deadlineText({ day, due, dueTime })}。`,
        `统计表已交 ${submitted}/${expected}（按时 ${onTime}${late === 0 ? "" : `，逾期 ${late}`}），总结报告 ${data.summaries}/${expected}，联络员 ${data.liaisons}/${expected}。`,
        namesLine("被退回待改", data.returned),
        namesLine(
          "填报中",
          data.drafting.map((it) => `${it.unit}（${it.openRows === 0 ? "已填完，未提交" : `差 ${it.openRows} 行`}）`),
        ),
        namesLine("未开始", data.notStarted),
        namesLine(
          "最近的提醒还没有看",
          data.unread.map((it) => `${it.unit}${it.name === null ? "" : `（${it.name}）`}`),
        ),
        namesLine("说已线下报送，数字还没有报来", data.onPaper),
        namesLine("联络员等您审核", data.waiting),
        ...callLines(data.calls),
      ],
      [...(data.waiting.length > 0 ? ["审核"] : []), ...(owes ? ["催报"] : []), "进度"],
    );
  },

  callList(data: { day: string; calls: Call[] }): Message {
    if (data.calls.length === 0) return message(["现在没有需要打电话的单位。"], ["进度"]);
    return message(callLines(data.calls), ["进度"]);
  },
};

function deadlineText({ day, due, dueTime }: Pick<Digest, "day" | "due" | "dueTime">): string {
  if (day === due) return `今天 ${dueTime} 截止`;
  const when = `${namedDay(due, weekdayOf(due))}${dueTime} `;
  return addDays(day, 1) === due ? `明天 ${when}截止` : `${when}截止`;
}

function callLines(calls: readonly Call[]): string[] {
  if (calls.length === 0) return [];
  const lines = calls.map(({ unit, name, phone, why }) => {
    const who = [name, phone].flatMap((it) => (it === null ? [] : [plain(it)])).join(" ");
    const reason = why === "unread" ? "提醒没有人看" : "钉钉里找不到可以提醒的人";
    return `${plain(unit)}：${who === "" ? "没有留下电话" : who}（${reason}）`;
  });
  return ["**请打电话**（内有姓名和电话，请勿转发到群里）", lines.join("  \n")];
}

function namesLine(label: string, names: readonly string[]): string | null {
  return names.length === 0 ? null : `${label}：${listed(names.map(plain), 20)}`;
}
