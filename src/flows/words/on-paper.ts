import { type Message, message, plain } from "./format.ts";

export type OnPaperText =
  | { kind: "owesNothing" }
  | { kind: "whichUnit"; units: string[] }
  | { kind: "nominate"; called: string }
  | ({ kind: "noted" } & Noted)
  | ({ kind: "already"; since: string } & Noted);

interface Noted {
  unit: string;
  called: string;
  /** What the bot still lacks. */
  missing: string[];
  isLiaison: boolean;
  /** `null`: the unit has none. */
  liaison: string | null;
}

export const onPaperWords = {
  /** To who said 已线下报送. */
  onPaper(data: OnPaperText): Message {
    switch (data.kind) {
      case "owesNothing":
        return message(["您现在没有要报送的，我不会提醒您，什么都没有改动。"], ["进度"]);
      case "whichUnit":
        return message(
          [`是哪个单位已线下报送？什么都没有改动。`],
          data.units.map((it) => `已线下报送 ${it}`),
        );
      case "nominate":
        return message(
          [
            "已告诉管理员。不过联络员要在这里登记一次，以后才有人能报数，所以提醒照旧。",
            `请回复：联络员 ${plain(data.called)} 姓名 职务 电话`,
          ],
          ["报名"],
        );
      case "noted":
        return message(
          [
            `好的，已告诉管理员：${plain(data.unit)}已线下报送。统计表和总结报告我不再提醒，除非管理员再催。`,
            stillNeeded(data),
          ],
          buttons(data),
        );
      case "already":
        return message([`${data.since} 已经说过了，统计表和总结报告我没有再提醒。`, stillNeeded(data)], buttons(data));
      default:
        return data satisfies never;
    }
  },

  /** To the managers. */
  unitFiledOnPaper(data: {
    unit: string;
    called: string;
    name: string;
    isLiaison: boolean;
    missing: string[];
    isStilled: boolean;
  }): Message {
    const { unit, called, name, isLiaison, missing, isStilled } = data;
    const now = isStilled
      ? "，汇总里没有这些数。不再自动提醒报表，要再催请点："
      : "。联络员要在这里登记，以后才有人能报数，提醒照旧。";
    return message(
      [
        `${plain(unit)}说已线下报送（${isLiaison ? "联络员" : "联系人"}${plain(name)}）。`,
        `这里还缺：${missing.map(plain).join("、")}${now}`,
      ],
      [`催报 ${called}`],
    );
  },
};

function stillNeeded({ missing, isLiaison, liaison, called }: Noted): string {
  const how = isLiaison
    ? "随时可以回复“报送”补报。"
    : liaison === null
      ? `联络员仍要登记，请回复：联络员 ${plain(called)} 姓名 职务 电话`
      : `请转告联络员${plain(liaison)}，随时可以补报。`;
  return `汇总要用的数这里还没有：${missing.map(plain).join("、")}。${how}`;
}

function buttons({ isLiaison }: Noted): string[] {
  return isLiaison ? ["报送"] : [];
}
