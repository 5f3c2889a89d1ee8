import type { StatisticsState } from "../../campaign/progress.ts";
import { listed, type Message, message, plain } from "./format.ts";
import { stateNames } from "./submit.ts";

/** How many units have a liaison, and which have none yet. */
export interface AnnexOneText {
  nominated: number;
  expected: number;
  missing: string[];
}

export const reviewWords = {
  /** To the manager who decided. */
  nominationApproved(data: {
    no: number;
    unit: string;
    name: string;
    replaced: string | null;
    isReachable: boolean;
    annexOne: AnnexOneText;
  }): Message {
    const { no, unit, name, replaced, annexOne } = data;
    return message(
      [
        `已确认（${no} 号）：${plain(name)}是${plain(unit)}联络员${replaced === null ? "" : `，接替${plain(replaced)}`}。`,
        data.isReachable ? null : "登记的电话不是手机号，我在通讯录里找不到本人：请本人给我发一条消息重新登记。",
        annexOneLine(annexOne),
      ],
      annexOne.missing.length === 0 ? [] : ["催报"],
    );
  },

  nominationDeclined(data: {
    no: number;
    unit: string;
    name: string;
    remains: string | null;
    annexOne: AnnexOneText;
  }): Message {
    const { no, unit, name, remains, annexOne } = data;
    const kept = remains === null ? "，已通知推荐人重新推荐" : `，联络员仍是${plain(remains)}，已通知推荐人`;
    return message([`没有同意（${no} 号）：${plain(unit)} ${plain(name)}${kept}。`, annexOneLine(annexOne)]);
  },

  /** The first answer counts; a later one hears what became of it. */
  nominationDecidedBefore(data: {
    no: number;
    unit: string;
    name: string;
    status: "approved" | "declined" | "replaced";
    by: string | null;
    at: string | null;
  }): Message {
    const { no, unit, name, status, by, at } = data;
    const what = { approved: "已确认", declined: "未同意", replaced: "已被同单位另一条推荐代替" }[status];
    const who = by === null ? "" : `由${plain(by)}`;
    return message([
      `${no} 号推荐（${plain(unit)} ${plain(name)}）${at === null ? "" : `${at} `}${who}${what}，没有再改动。`,
    ]);
  },

  noSuchNomination(data: { no: number }): Message {
    return message([`没有 ${data.no} 号联络员推荐，什么都没有改动。`], ["审核"]);
  },

  nomineeTaken(data: { no: number; unit: string; name: string; other: string }): Message {
    const { no, unit, name, other } = data;
    return message(
      [
        `${no} 号不能同意：${plain(name)}已是${plain(other)}的联络员，一人只能为一个单位报送，什么都没有改动。`,
        `请${plain(unit)}另推荐一位，或先让${plain(other)}换人。`,
      ],
      [`不同意 ${no}`],
    );
  },

  /** To whoever proposed somebody else. */
  proposalApproved(data: { unit: string; name: string; isFound: boolean; isReachable: boolean }): Message {
    const { unit, name } = data;
    const next = data.isFound
      ? "我已经通知本人。"
      : data.isReachable
        ? "我在通讯录里找到本人后会通知。"
        : `登记的电话不是手机号，我找不到本人，请转告${plain(name)}给我发一条消息重新登记。`;
    return message([`管理员已确认：${plain(name)}是${plain(unit)}联络员。${next}`]);
  },

  proposalDeclined(data: { unit: string; called: string; name: string; remains: string | null }): Message {
    const { unit, called, name, remains } = data;
    const again = `如需重新推荐，请回复：联络员 ${plain(called)} 姓名 职务 电话`;
    const kept = remains === null ? again : `联络员仍是${plain(remains)}。${again}`;
    return message([`管理员没有同意${plain(name)}担任${plain(unit)}联络员。`, kept]);
  },

  /** Two proposals of one unit waited; the later one was approved. */
  proposalOvertaken(data: { unit: string; name: string; chosen: string }): Message {
    const { unit, name, chosen } = data;
    return message([`${plain(unit)}的联络员已确认为${plain(chosen)}，您推荐${plain(name)}的那条不再处理。`]);
  },

  liaisonReplaced(data: { unit: string; successor: string }): Message {
    const { unit, successor } = data;
    return message([
      `${plain(unit)}联络员已更换为${plain(successor)}，您不再为该单位报送。报过的数字都已保留，谢谢您！`,
    ]);
  },

  formAcceptedNoted(data: { unit: string; isTold: boolean; left: number }): Message {
    const { unit, isTold, left } = data;
    const rest = left === 0 ? "没有其他待审核的报送表了。" : `还有 ${left} 张报送表待审核。`;
    return message(
      [`已通过${plain(unit)}的报送表${isTold ? "，已通知联络员" : ""}。${rest}`],
      left === 0 ? [] : ["审核"],
    );
  },

  formAccepted(data: { unit: string }): Message {
    return message([`${plain(data.unit)}的统计表已由管理员审核通过 ✓，谢谢！之后如要改动，改完需再“提交”。`], ["表格"]);
  },

  formReturnedNoted(data: { unit: string; reason: string; told: string[]; isTold: boolean }): Message {
    const { unit, reason, told, isTold } = data;
    const whom = told.length === 0 ? "联系人" : `联络员${told.map(plain).join("、")}`;
    const note = isTold ? `已通知${whom}。` : "但我在钉钉里找不到该单位的联络员或联系人，请电话告知。";
    return message([`已退回${plain(unit)}的报送表：${plain(reason)}`, `${note}重新提交之前，汇总仍按上次提交的版本。`]);
  },

  formReturned(data: { unit: string; reason: string }): Message {
    return message(
      [
        `${plain(data.unit)}的统计表被管理员退回：${plain(data.reason)}`,
        "已填的数字都在。请修改后再“提交”，例：修改 12 3场40人",
      ],
      ["继续", "预览"],
    );
  },

  returnNeedsReason(data: { unit: string; called: string }): Message {
    return message([
      `退回${plain(data.unit)}要写明原因，联络员才知道改什么。什么都没有改动。`,
      `例：退回 ${plain(data.called)} 第 12 行人次比场次少，请核对`,
    ]);
  },

  /** 通过 or 退回 of a form that isn't there to be decided. */
  formNotReviewable(data: { unit: string; called: string; state: StatisticsState; reason: string | null }): Message {
    const { unit, called, state } = data;
    const reason = data.reason === null || state !== "returned" ? "" : `（原因：${plain(data.reason)}）`;
    return message(
      [`${plain(unit)}的报送表现在是“${stateNames[state]}”${reason}，不能审核，什么都没有改动。`],
      [`查看 ${called}`, ...(state === "accepted" ? [] : [`催报 ${called}`])],
    );
  },
};

function annexOneLine({ nominated, expected, missing }: AnnexOneText): string {
  const rest = missing.length === 0 ? "全部报齐。" : `还差：${listed(missing.map(plain))}。`;
  return `附件1 已有 ${nominated}/${expected} 个单位，${rest}`;
}
