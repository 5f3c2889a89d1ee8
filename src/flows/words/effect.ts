import { count, listed, type Message, message, plain } from "./format.ts";

/** What a unit did soon after it was reminded. */
export type Led = "nominated" | "submitted" | "summary" | "stamped" | "reported";

export interface EffectLine {
  clock: string;
  units: string[];
  /** `null`: a contact. */
  liaison: string | null;
  /** A manager's 催报, not the bot by itself. */
  isAsked: boolean;
  delivery: "waiting" | "sent" | "refused";
  isRead: boolean | null;
  led: Led[];
  /** Something that it asked for is owed still. */
  isOwed: boolean;
}

export const effectWords = {
  effectShown(data: {
    at: string;
    since: string;
    total: number;
    people: number;
    days: { day: string; sent: number; read: number; unread: number; worked: number; lines: EffectLine[] }[];
    olderDays: number;
    mostReminded: { units: string[]; liaison: string | null; month: number; week: number }[];
    usage: { month: string; calls: number; stream: number };
  }): Message {
    if (data.total === 0) return message([`${data.since}以来还没有发过提醒。`, usageLine(data.usage)], ["催报"]);
    const days = data.days.flatMap(({ day, sent, read, unread, worked, lines }) => {
      const seen = read + unread === 0 ? "" : `，已看 ${read}、未看 ${unread}`;
      return [[`**${day}** ${sent} 条${seen}，有行动 ${worked} 条`, ...lines.map(lineText)].join("  \n")];
    });
    const most = data.mostReminded.map((it) => `${personText(it)} 本月 ${it.month} 条（本周 ${it.week}）`);
    return message(
      [
        `**催报效果**（${data.since}至 ${data.at}）：共 ${data.total} 条，${data.people} 人。“有行动”指提醒后 24 小时内该单位报了数、提交或交了材料。`,
        ...days,
        data.olderDays === 0 ? null : `更早还有 ${data.olderDays} 天，没有列出。`,
        most.length === 0 ? null : `提醒最多：${most.join("；")}`,
        usageLine(data.usage),
      ],
      ["催报", "进度"],
    );
  },
};

const ledText: Record<Led, string> = {
  nominated: "推荐联络员",
  submitted: "提交",
  summary: "交总结",
  stamped: "交盖章件",
  reported: "报数",
};

function lineText({ clock, units, liaison, isAsked, delivery, isRead, led, isOwed }: EffectLine): string {
  const way =
    delivery === "waiting"
      ? "还在发"
      : delivery === "refused"
        ? "没有送到"
        : isRead === null
          ? ""
          : isRead
            ? "已看"
            : "未看";
  const done = led.map((it) => ledText[it]).join("、");
  const then = [way, done, isOwed ? "仍有欠报" : "已报齐"].filter((it) => it !== "").join("，");
  return `${clock} ${personText({ units, liaison })}${isAsked ? "〔催报〕" : ""}：${then}`;
}

function personText({ units, liaison }: Pick<EffectLine, "units" | "liaison">): string {
  const names = units.length === 0 ? "" : listed(units.map(plain), 3);
  return `${names}（${liaison === null ? "联系人" : plain(liaison)}）`;
}

/** One organisation's allowance of a month in DingTalk's standard edition (dingtalk.md §4.1). */
const standard = { calls: 5000, stream: 3000 };

function usageLine({ month, calls, stream }: { month: string; calls: number; stream: number }): string | null {
  if (calls + stream === 0) return null;
  const share = (used: number, allowed: number) =>
    `${count(used)}（标准版额度 ${count(allowed)} 的 ${Math.round((used / allowed) * 100)}%）`;
  const name = `${Number(month.slice(5))} 月`;
  return `${name}本程序已用：接口调用 ${share(calls, standard.calls)}，消息 ${share(stream, standard.stream)}。`;
}
