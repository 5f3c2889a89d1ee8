import { listed, type Message, message, plain } from "./format.ts";

/** One person who would be, or was, reminded on a manager's word. */
export interface UrgedText {
  units: string[];
  /** `null`: a contact. */
  liaison: string | null;
  /** 统计表（差 3 行）、活动总结报告 */
  owed: string[];
}

/** Those who are not reminded, each with the reason. */
export interface LeftOutText {
  unreachable: { unit: string; liaison: string | null }[];
  waiting: string[];
  onPaper: string[];
  /** Reminded in the last hour. */
  justReminded: string[];
}

/** `催报 [单位]` and what comes of it. `unit`: where it was asked for one unit only. */
export const urgingWords = {
  urgingPreview(
    data: { no: number; unit: string | null; people: (UrgedText & { today: string | null })[] } & LeftOutText,
  ): Message {
    const { no, people } = data;
    const lines = people.slice(0, shownPeople).map((it) => {
      const today = it.today === null ? "" : `（今天 ${it.today} 提醒过）`;
      return `${personText(it)}：${it.owed.map(plain).join("、")}${today}`;
    });
    const more = people.length > shownPeople ? [`……等 ${people.length} 人`] : [];
    return message(
      [
        `将提醒 ${people.length} 人，每人一条，还没有发：`,
        [...lines, ...more].join("  \n"),
        ...leftOutLines(data),
        `确认发送吗？回复“确认 ${no}”。`,
      ],
      [`确认 ${no}`, ...leftOutButtons(data)],
    );
  },

  /** To the manager, once the reminders are on their way, or where there is nobody to remind. */
  remindedNow(data: { unit: string | null; reminded: Omit<UrgedText, "owed">[] } & LeftOutText): Message {
    const { unit, reminded } = data;
    const leftOut = leftOutLines(data);
    if (reminded.length === 0 && leftOut.length === 0) {
      return message(
        [unit === null ? "现在没有单位欠报，没有发提醒。" : `${plain(unit)}现在没有欠报，没有发提醒。`],
        ["进度"],
      );
    }
    return message(
      [
        reminded.length === 0
          ? "没有发提醒。"
          : `已提醒 ${reminded.length} 人：${listed(reminded.map(personText), 20)}。`,
        ...leftOut,
      ],
      [...leftOutButtons(data), ...(reminded.length === 0 ? [] : ["催报效果"])],
    );
  },
};

const shownPeople = 20;
const shownButtons = 3;

function personText({ units, liaison }: Pick<UrgedText, "units" | "liaison">): string {
  return `${units.map(plain).join("、")}（${liaison === null ? "联系人" : plain(liaison)}）`;
}

function leftOutLines({ unreachable, waiting, onPaper, justReminded }: LeftOutText): string[] {
  const lost = unreachable.map((it) => {
    return `${plain(it.unit)}（${it.liaison === null ? "没有联络员和联系人" : `联络员${plain(it.liaison)}没有在钉钉里找到`}）`;
  });
  const names = (units: readonly string[]) => listed(units.map(plain), 20);
  return [
    ...(lost.length === 0 ? [] : [`联系不上，请电话催：${lost.join("、")}。`]),
    ...(waiting.length === 0 ? [] : [`已推荐联络员、等您审核，没有催：${names(waiting)}。`]),
    ...(onPaper.length === 0 ? [] : [`说已线下报送，没有催：${names(onPaper)}。要催请点名，例：催报 ${onPaper[0]}`]),
    ...(justReminded.length === 0
      ? []
      : [`一小时内提醒过，不再重复：${names(justReminded)}。要再催请点名，例：催报 ${justReminded[0]}`]),
  ];
}

function leftOutButtons({ waiting, onPaper }: LeftOutText): string[] {
  return [
    ...(waiting.length === 0 ? [] : ["审核"]),
    ...(onPaper.length > shownButtons ? [] : onPaper.map((it) => `催报 ${it}`)),
  ];
}
