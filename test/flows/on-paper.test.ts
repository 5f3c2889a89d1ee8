import { expect, test } from "vitest";
import { emptyRecord } from "../../src/campaign/unit-record.ts";
import { newConversation } from "../../src/flows/conversation.ts";
import { fileOnPaper } from "../../src/flows/on-paper.ts";
import { messageOf } from "../../src/flows/words/words.ts";
import { nomination } from "../support/builders.ts";
import { unitOf, zhoushan } from "../support/campaign.ts";

const now = new Date("2023-06-28T10:00:00+08:00");

/** What 张三, the liaison of 普陀 and contact of 定海, brings about by saying so. */
function say(text: string) {
  const { replies, changes } = fileOnPaper({
    inbound: { key: "m", at: now, sender: { staffId: "zhangsan", nick: "张三" }, group: null, kind: "text", text },
    words: text,
    state: newConversation(),
    facts: {
      campaign: zhoushan,
      now,
      standing: { isManager: false, liaisonOf: "putuo", contactOf: ["dinghai"] },
      next: { entry: 1, nomination: 1, question: 1, file: 1, publication: 1 },
      all: [
        { ...emptyRecord(zhoushan, unitOf("dinghai")), contactIds: ["zhangsan"] },
        { ...emptyRecord(zhoushan, unitOf("putuo")), nominations: [nomination({ unitId: "putuo" })] },
        emptyRecord(zhoushan, unitOf("daishan")),
      ],
    },
  });
  const content = replies[0]?.content;
  const filed = changes.flatMap((it) => (it.type === "filedOnPaper" ? it.unitId : []));
  return { filed, text: content?.kind === "say" ? messageOf(content.say).text : "" };
}

test("the unit that is named is meant, also by the liaison of another; without a name their own", () => {
  const named = say("已线下报送 定海");
  expect(named.filed).toEqual(["dinghai"]);
  expect(named.text).toContain("已告诉管理员：定海区城市管理局已线下报送");
  expect(say("已线下报送 普陀").filed).toEqual(["putuo"]);
  expect(say("已线下报送").filed).toEqual(["putuo"]);
});

test("a unit that somebody has no part in stays as it is, named or not", () => {
  expect(say("已线下报送 岱山")).toMatchObject({ filed: [], text: expect.stringContaining("什么都没有改动") });
});
