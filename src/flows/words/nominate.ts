import { maskPhone } from "../../campaign/phone.ts";
import { type Message, message, plain } from "./format.ts";

export interface NominationText {
  no: number;
  unit: string;
  name: string;
  post: string;
  phone: string;
}

type Refusal =
  | { part: "unitId"; said: string; candidates: string[] }
  | { part: "name" | "post"; said: string }
  | { part: "phone"; reason: "noAreaCode" | "wrongLength" | "noPhone"; said: string; digits: number };

export const nominateWords = {
  stranger(data: { title: string; contactOf: string | null; exampleUnit: string }): Message {
    const whose = data.contactOf === null ? "您还没有登记为联络员。" : `${plain(data.contactOf)}还没有推荐联络员。`;
    return message(
      [
        `您好，这里是${plain(data.title)}报送助手。${whose}`,
        "请回复一条：联络员 单位 姓名 职务 电话",
        `例：联络员 ${plain(data.exampleUnit)} 张三 科长 13800000000`,
      ],
      ["报名"],
    );
  },

  nominationAsks(data: {
    part: "unitId" | "name" | "post" | "phone";
    unit: string | null;
    units: string[];
    refusal: Refusal | null;
  }): Message {
    const { part, unit, units, refusal } = data;
    const known = unit === null || part === "unitId" ? null : `单位：${plain(unit)}`;
    const wanted = {
      unitId: "请回复单位名称。",
      name: "请回复联络员姓名，例：张三",
      post: "请回复联络员职务，例：科长",
      phone: "请回复联络员电话（手机，或带区号的座机），例：13800000000",
    }[part];
    const refused = refusal === null ? null : refusalLine(refusal);
    const candidates = refusal?.part === "unitId" ? refusal.candidates : units;
    const names = candidates.length === 0 ? null : `可选：${candidates.map(plain).join("、")}`;
    const asksAgain = refusal !== null && refusal.part === part;
    return message([known, refused, asksAgain ? null : wanted, names, "回复“取消”可以停下。"], candidates.slice(0, 12));
  },

  proposed(data: NominationText & { isSelf: boolean }): Message {
    const { unit, name, post, phone } = data;
    return message([
      `已提交：${plain(unit)}｜${plain(name)}｜${plain(post)}｜${maskPhone(phone)}，等管理员确认。确认后我会通知${data.isSelf ? "您" : "您和本人"}。`,
    ]);
  },

  nominationForManager(
    data: NominationText & { isSelf: boolean; proposedByNick: string; replaces: { name: string; post: string } | null },
  ): Message {
    const { no, unit, name, post, phone, replaces } = data;
    const by = data.isSelf ? "由本人提交" : `由${plain(data.proposedByNick)}提交`;
    return message(
      [
        `联络员推荐（${no} 号）：${plain(unit)} ${plain(name)} ${plain(post)} ${plain(phone)}（${by}）`,
        replaces === null ? null : `该单位现任联络员是${plain(replaces.name)}（${plain(replaces.post)}），同意即更换。`,
      ],
      [`同意 ${no}`, `不同意 ${no}`],
    );
  },

  approvedAtOnce(data: NominationText & { isReachable: boolean }): Message {
    const { unit, name, post, phone } = data;
    const next = data.isReachable
      ? `我会在通讯录里找到${plain(name)}并通知本人。`
      : `请${plain(name)}本人给我发一次：联络员 ${plain(unit)} ${plain(name)} ${plain(post)} 电话`;
    return message([`已登记：${plain(unit)}｜${plain(name)}｜${plain(post)}｜${maskPhone(phone)}。`, next]);
  },

  welcomed(data: { title: string; unit: string; due: string }): Message {
    return message(
      [
        `您已登记为${plain(data.unit)}联络员。`,
        `活动期间办了活动，随时发一句话给我就行，例：今天开展2场应急演练，120人参加。`,
        `也可以回复“报送”逐页填。统计表应于 ${data.due} 前提交。`,
      ],
      ["报送", "帮助"],
    );
  },

  nominatedAlready(data: { unit: string; name: string }): Message {
    return message([`${plain(data.name)}已经是${plain(data.unit)}的联络员，不用再报。`]);
  },

  speaksForAnother(data: { unit: string }): Message {
    return message([`您已是${plain(data.unit)}的联络员，一人只能为一个单位报送，没有登记。如要更换，请联系管理员。`]);
  },

  nominationWaits(data: { unit: string }): Message {
    return message([
      `${plain(data.unit)}的联络员推荐已提交，正等管理员确认，确认后我会通知您。要改请重新发：联络员 单位 姓名 职务 电话`,
    ]);
  },

  nomineeUnknown(data: NominationText): Message {
    const { unit, name, post, phone } = data;
    return message([
      `通讯录里没有找到 ${maskPhone(phone)}，还联系不上${plain(name)}。请本人给我发一次：联络员 ${plain(unit)} ${plain(name)} ${plain(post)} 电话`,
    ]);
  },

  nomineeSpeaksForAnother(data: NominationText & { other: string }): Message {
    return message([
      `联络员推荐（${data.no} 号）：${plain(data.name)}已是${plain(data.other)}的联络员，不能同时为${plain(data.unit)}报送。请该单位另推荐一位。`,
    ]);
  },
};

function refusalLine(refusal: Refusal): string {
  const said = plain(refusal.said.slice(0, 30));
  switch (refusal.part) {
    case "unitId":
      return refusal.candidates.length === 0
        ? `没有找到单位“${said}”，暂未登记。请回复通知里的单位名称。`
        : `“${said}”是下面哪个单位？`;
    case "name":
      return `姓名“${said}”不能用，暂未登记。请只写 2 到 20 个汉字或字母，例：张三`;
    case "post":
      return `职务“${said}”不能用，暂未登记。请只写 30 个字以内的文字，例：科长`;
    case "phone":
      return phoneRefusal(refusal.reason, { said, digits: refusal.digits });
    default:
      return refusal satisfies never;
  }
}

function phoneRefusal(
  reason: "noAreaCode" | "wrongLength" | "noPhone",
  { said, digits }: { said: string; digits: number },
): string {
  switch (reason) {
    case "noAreaCode":
      return `${said} 是本地号码，暂未登记。请只回复区号，例：0580；或换成手机号。`;
    case "wrongLength":
      return `号码“${said}”有 ${digits} 位，手机号应是 11 位，座机要带区号，暂未登记。请只回复电话，例：13800000000`;
    case "noPhone":
      return `“${said}”不是电话号码，暂未登记。请只回复电话，例：13800000000 或 0580-2182286`;
    default:
      return reason satisfies never;
  }
}
