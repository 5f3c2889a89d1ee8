import { unitText } from "./figures.ts";
import { count, type Message, message, plain } from "./format.ts";

/** What the group reads above the picture and the sheet: counts and sums, nobody's name. */
export interface PublicationText {
  title: string;
  /** Moment of the snapshot. */
  asOf: string;
  expected: number;
  onTime: number;
  late: number;
  missing: number;
  /** Counts and sums of all periods: a unit that misses one is `missing`. */
  isWhole?: boolean;
  totals: { label: string; values: { unit: string; value: number }[] }[];
}

export const publicationWords = {
  publication(data: PublicationText): Message {
    return message(publicationLines(data));
  },

  publicationPreview(data: { no: number; group: string; publication: PublicationText; reopened: string[] }): Message {
    const { no, group, publication, reopened } = data;
    const open = `${reopened.map(plain).join("、")}的报送表正在修改或被退回，仍按上次提交的版本计。`;
    return message(
      [
        `将发布到群“${plain(group)}”，文字如下，另附汇总表图片和 xlsx：`,
        ...publicationLines(publication),
        reopened.length === 0 ? null : open,
        `确认发布吗？回复“确认 ${no}”。`,
      ],
      [`确认 ${no}`],
    );
  },

  publicationDone(data: { group: string; submitted: number; expected: number }): Message {
    const { group, submitted, expected } = data;
    return message([`已发布到群“${plain(group)}”：汇总表含 ${submitted}/${expected} 个单位。`]);
  },

  /** `发布`, and no group is known. */
  publicationNeedsGroup(_: Record<string, never>): Message {
    return message(["还不知道发到哪个群，没有发布。", ...howToBind, "绑定后再回复“发布”。"]);
  },

  /** To the managers, once, when the deadline comes and no group is known. */
  deadlineNeedsGroup(data: { due: string; onTime: number; expected: number }): Message {
    const { due, onTime, expected } = data;
    return message(
      [
        `${due} 的截止时间到了，${onTime}/${expected} 个单位按时报送。汇总表本应发到工作群，但还没有绑定群。`,
        ...howToBind,
        "三天内绑定，我会随即自动发布；之后请用“发布”。",
      ],
      ["进度", "导出"],
    );
  },

  groupBound(data: { group: string; due: string; previous: string | null }): Message {
    const { group, due, previous } = data;
    const moved = previous === null ? "" : `，不再发到“${plain(previous)}”`;
    return message([
      `已绑定本群“${plain(group)}”${moved}。汇总表将在 ${due} 截止时自动发到这里，管理员也可以随时在单聊里回复“发布”。`,
    ]);
  },

  groupBoundAlready(data: { group: string; due: string }): Message {
    return message([`本群“${plain(data.group)}”已经绑定，不用再绑。汇总表将在 ${data.due} 截止时自动发到这里。`]);
  },

  /** `绑定本群` said in a one-to-one chat. */
  bindInGroup(data: { current: string | null }): Message {
    const current = data.current === null ? "目前还没有绑定群。" : `目前绑定的是“${plain(data.current)}”。`;
    return message([`${current}${howToBind.join("")}`]);
  },

  oneToOneOnly(data: { nick: string; isManager: boolean }): Message {
    const { nick, isManager } = data;
    const here = isManager ? "群里只能查“进度”“汇总”，其他命令" : "报送和查询";
    return message([`${plain(nick)}，您好！${here}请点我的头像，在单聊里发给我。`]);
  },
};

const howToBind = ["请先把我加进工作群，再在群里 @我 发送：绑定本群"];

function publicationLines(data: PublicationText): string[] {
  const { title, asOf, expected, totals } = data;
  const sums = totals.map(({ label, values }) => {
    return `${plain(label)} ${values.map((it) => `${count(it.value)} ${unitText(it.unit)}`).join("、")}`;
  });
  return [
    `**${plain(title)}活动开展情况**（截至 ${asOf}）`,
    data.isWhole === true ? wholeText(data) : `应报 ${expected} 个单位，${timelinessText(data)}。`,
    sums.length === 0 ? "还没有单位提交数字。" : `${sums.join("；")}。`,
    "口径：各单位最后一次提交的版本；不同计量单位不相加。",
  ];
}

function wholeText({ expected, onTime, late, missing }: PublicationText): string {
  const lateOnes = late === 0 ? "" : `（其中有逾期的 ${late} 个）`;
  return `${expected} 个单位中，已截止的各期都报了的 ${onTime + late} 个${lateOnes}，有缺报的 ${missing} 个。`;
}

function timelinessText({ onTime, late, missing }: PublicationText): string {
  const submitted = onTime + late;
  const timeliness = submitted === 0 ? "" : late === 0 ? "（均按时）" : `（按时 ${onTime} 个，逾期 ${late} 个）`;
  return `已报 ${submitted} 个${timeliness}，未报 ${missing} 个`;
}
