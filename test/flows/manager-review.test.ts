import { describe, expect, test } from "vitest";
import { instantAt } from "../../src/campaign/calendar.ts";
import type { Nomination } from "../../src/campaign/nomination.ts";
import { emptyRecord, type UnitRecord } from "../../src/campaign/unit-record.ts";
import { newConversation } from "../../src/flows/conversation.ts";
import type { Outcome, Step, Turn } from "../../src/flows/flow.ts";
import { accept, approve, decline, giveBack } from "../../src/flows/review.ts";
import { messageOf } from "../../src/flows/words/words.ts";
import { campaign, sampleRecords } from "../report/sample.ts";

const now = instantAt("2023-06-30", "10:00", campaign);
const boss = { staffId: "boss", nick: "王主任" };

/** A manager says `words` after the keyword, one to one. */
function when(step: Step<"all">, words: string, all: readonly UnitRecord[]) {
  const turn: Turn<"all"> = {
    inbound: { key: "msg-1", at: now, sender: boss, group: null, kind: "text", text: words },
    words,
    state: newConversation(),
    facts: {
      campaign,
      now,
      standing: { isManager: true, liaisonOf: null, contactOf: [] },
      next: { entry: 1, nomination: 20, question: 8, file: 1, publication: 1 },
      all,
    },
  };
  return then(step(turn));
}

/** The outcome as one reads it: who is told what, and what changes. */
function then({ changes, replies }: Outcome) {
  const said = replies.map(({ to, content }) => {
    if (content.kind !== "say") throw new Error("nothing is attached here");
    const { text, buttons } = messageOf(content.say);
    const addressee = to.kind === "person" ? to.staffId : to.kind;
    return { to: addressee, tag: content.say.tag, text, buttons };
  });
  return {
    changes,
    said,
    told: said.map((it) => `${it.to} ${it.tag}`),
    answer: said[0]?.text ?? "",
    buttons: said[0]?.buttons,
  };
}

function proposal(unitId: string, given: Partial<Nomination> = {}): Nomination {
  return {
    no: 12,
    unitId,
    name: "张三",
    post: "科长",
    phone: "13811112222",
    staffId: "zhangsan",
    proposedBy: "zhangsan",
    proposedAt: instantAt("2023-05-22", "10:00", campaign),
    status: "proposed",
    decidedBy: null,
    decidedAt: null,
    ...given,
  };
}

/** Ten units without anything but the given nominations. */
function nominated(...nominations: Nomination[]): UnitRecord[] {
  return campaign.units.map((unit) => ({
    ...emptyRecord(campaign, unit),
    nominations: nominations.filter((it) => it.unitId === unit.id),
  }));
}

describe("同意", () => {
  test("makes the nominee the unit's liaison, greets them and says how far annex 1 is", () => {
    const { changes, told, answer, buttons } = when(approve, "12", nominated(proposal("dinghai")));
    expect(changes).toEqual([
      { type: "nominationDecided", no: 12, status: "approved", by: "王主任", at: now },
      { type: "reminderWithdrawn", unitId: "dinghai", obligation: "nomination" },
    ]);
    expect(told).toEqual(["boss nominationApproved", "zhangsan welcomed"]);
    expect(answer).toContain("已确认（12 号）：张三是定海区城市管理局联络员。");
    expect(answer).toContain("附件1 已有 1/10 个单位，还差：普陀区城市管理局、岱山县城市管理局");
    expect(answer).not.toContain("还差：定海");
    expect(buttons).toEqual(["催报"]);
  });

  test("without a number takes the only one that waits, and lists several", () => {
    const one = nominated(proposal("dinghai"));
    const two = nominated(proposal("dinghai"), proposal("putuo", { no: 13, staffId: "lisi", proposedBy: "lisi" }));
    expect(when(approve, "", one).changes).toHaveLength(2);
    const several = when(approve, "", two);
    expect(several.changes).toEqual([]);
    expect(several.buttons).toEqual(["同意 12", "不同意 12", "同意 13", "不同意 13"]);
    expect(when(approve, "", nominated()).told).toEqual(["boss reviewListed"]);
  });

  test("a number that was decided says by whom and what, and changes nothing", () => {
    const decidedAt = instantAt("2023-05-23", "09:30", campaign);
    const records = nominated(proposal("dinghai", { status: "declined", decidedBy: "李副局长", decidedAt }));
    const { changes, answer, told } = when(approve, "12号", records);
    expect(changes).toEqual([]);
    expect(told).toHaveLength(1);
    expect(answer).toBe("12 号推荐（定海区城市管理局 张三）5月23日 09:30 由李副局长未同意，没有再改动。");
    expect(when(approve, "99", records).answer).toContain("没有 99 号联络员推荐");
  });

  test("a replacement ends the former liaison's part and tells them", () => {
    const former = proposal("dinghai", {
      no: 3,
      name: "李四",
      staffId: "lisi",
      proposedBy: "lisi",
      status: "approved",
    });
    const { changes, told, answer } = when(approve, "12", nominated(former, proposal("dinghai")));
    expect(changes.slice(0, 2)).toMatchObject([
      { no: 3, status: "replaced" },
      { no: 12, status: "approved" },
    ]);
    expect(told).toEqual(["boss nominationApproved", "zhangsan welcomed", "lisi liaisonReplaced"]);
    expect(answer).toContain("接替李四");
  });

  test("of two that wait the older is overtaken, a newer one stays", () => {
    const [older, newer] = [11, 13].map((no) =>
      proposal("dinghai", { no, name: "赵六", staffId: null, proposedBy: `by-${no}` }),
    );
    if (older === undefined || newer === undefined) throw new Error("two nominations");
    const { changes, told } = when(approve, "12", nominated(older, proposal("dinghai"), newer));
    expect(changes.filter((it) => it.type === "nominationDecided").map((it) => `${it.no} ${it.status}`)).toEqual([
      "11 replaced",
      "12 approved",
    ]);
    expect(told).toEqual(["boss nominationApproved", "zhangsan welcomed", "by-11 proposalOvertaken"]);
  });

  test("who is not found in DingTalk yet is greeted later, and the proposer knows", () => {
    const waiting = proposal("dinghai", { staffId: null, proposedBy: "secretary" });
    const { told, said } = when(approve, "12", nominated(waiting));
    expect(told).toEqual(["boss nominationApproved", "secretary proposalApproved"]);
    expect(said[1]?.text).toContain("我在通讯录里找到本人后会通知");
    const landline = when(approve, "12", nominated({ ...waiting, phone: "0580-2182286" }));
    expect(landline.answer).toContain("不是手机号");
  });

  test("one person speaks for one unit, also known by the mobile alone", () => {
    const elsewhere = proposal("putuo", { no: 2, status: "approved" });
    for (const staffId of ["zhangsan", null]) {
      const { changes, answer, told } = when(approve, "12", nominated(elsewhere, proposal("dinghai", { staffId })));
      expect(changes).toEqual([]);
      expect(told).toEqual(["boss nomineeTaken"]);
      expect(answer).toContain("张三已是普陀区城市管理局的联络员");
    }
    const moved = nominated({ ...elsewhere, status: "replaced" }, proposal("dinghai"));
    expect(when(approve, "12", moved).told).toContain("zhangsan welcomed");
  });
});

describe("不同意", () => {
  test("tells whoever proposed how to nominate again", () => {
    const { changes, told, said, answer } = when(
      decline,
      "12",
      nominated(proposal("dinghai", { proposedBy: "secretary" })),
    );
    expect(changes).toEqual([{ type: "nominationDecided", no: 12, status: "declined", by: "王主任", at: now }]);
    expect(told).toEqual(["boss nominationDeclined", "secretary proposalDeclined"]);
    expect(said[1]?.text).toContain("联络员 定海 姓名 职务 电话");
    expect(answer).toContain("附件1 已有 0/10 个单位");
  });

  test("leaves the present liaison in place and says so", () => {
    const present = proposal("dinghai", { no: 3, name: "李四", staffId: "lisi", status: "approved" });
    const { said } = when(decline, "12", nominated(present, proposal("dinghai")));
    expect(said.map((it) => it.text).join()).toContain("联络员仍是李四");
  });
});

describe("通过", () => {
  test("accepts a submitted form and tells its liaison", () => {
    const { changes, told, answer } = when(accept, "普陀", sampleRecords());
    expect(changes).toEqual([{ type: "submissionMoved", unitId: "putuo", event: { type: "accepted", at: now } }]);
    expect(told).toEqual(["boss formAcceptedNoted", "staff-putuo formAccepted"]);
    expect(answer).toContain("还有 6 张报送表待审核");
  });

  test("without a unit lists what waits", () => {
    const { told, buttons } = when(accept, "", sampleRecords());
    expect(told).toEqual(["boss reviewListed"]);
    expect(buttons?.slice(0, 2)).toEqual(["通过 普陀", "查看 普陀"]);
  });

  test.each([
    ["定海", "已通过"],
    ["华权", "填报中"],
    ["燃气协会", "未开始"],
  ])("%s cannot be accepted: %s", (unit, state) => {
    const { changes, answer } = when(accept, unit, sampleRecords());
    expect(changes).toEqual([]);
    expect(answer).toContain(`现在是“${state}”`);
  });

  test("an unknown unit changes nothing and asks which one", () => {
    const { changes, told, answer } = when(accept, "杭州市城管局", sampleRecords());
    expect(changes).toEqual([]);
    expect(told).toEqual(["boss whichUnit"]);
    expect(answer).toContain("杭州市城管局");
  });
});

describe("退回", () => {
  const reason = "12、31 12行人次比场次少，31行请附照片";

  test("gives the form back with its reason, row numbers and all", () => {
    const { changes, told, said, answer } = when(giveBack, `岱山 ${reason}`, sampleRecords());
    expect(changes).toEqual([
      { type: "submissionMoved", unitId: "daishan", event: { type: "returned", reason, at: now } },
    ]);
    expect(told).toEqual(["boss formReturnedNoted", "staff-daishan formReturned"]);
    expect(answer).toContain("已通知联络员甄三");
    expect(said[1]).toMatchObject({ buttons: ["继续", "预览"] });
    expect(said[1]?.text).toContain(reason);
  });

  test("also an accepted one", () => {
    expect(when(giveBack, "定海 请核对", sampleRecords()).changes).toHaveLength(1);
  });

  test("needs a reason", () => {
    const { changes, told, answer } = when(giveBack, "岱山", sampleRecords());
    expect(changes).toEqual([]);
    expect(told).toEqual(["boss returnNeedsReason"]);
    expect(answer).toContain("退回 岱山 ");
  });

  test("a form that was never submitted stays as it is", () => {
    const { changes, answer } = when(giveBack, "华权 数不对", sampleRecords());
    expect(changes).toEqual([]);
    expect(answer).toContain("不能审核");
  });

  test("says so where nobody can be told", () => {
    const records = sampleRecords().map((it) => ({
      ...it,
      nominations: it.nominations.map((nomination) => ({ ...nomination, staffId: null })),
    }));
    expect(when(giveBack, `岱山 ${reason}`, records)).toMatchObject({ told: ["boss formReturnedNoted"] });
    expect(when(giveBack, `岱山 ${reason}`, records).answer).toContain("请电话告知");
    const reached = records.map((it) => ({ ...it, contactIds: ["contact"] }));
    expect(when(giveBack, `岱山 ${reason}`, reached).told).toContain("contact formReturned");
  });

  test("markdown in a reason stays text", () => {
    const { said } = when(giveBack, "岱山 **重填** [点我](http://x)", sampleRecords());
    expect(said[1]?.text).toContain("\\*\\*重填\\*\\* \\[点我\\](http://x)");
  });
});
