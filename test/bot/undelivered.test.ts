import { expect, test } from "vitest";
import { tellUndelivered } from "../../src/bot/undelivered.ts";
import { newConversation } from "../../src/flows/conversation.ts";
import type { Addressee } from "../../src/flows/flow.ts";
import { messageOf } from "../../src/flows/words/words.ts";
import type { Store } from "../../src/store/store.ts";
import { openTestStore, queue, standingClock, takeOut } from "./store.ts";

const clock = standingClock();
let refusals = 0;

async function refuse(store: Store, to: Addressee, problem: string): Promise<void> {
  await queue(store, `m${refusals}`, to, {
    kind: "say",
    say: { tag: "managersOnly", data: {} },
  });
  const message = await store.outbox.claim(new Date(), 60_000);
  if (message === null) throw new Error("nothing waits");
  refusals += 1;
  await store.outbox.refused(message, problem, new Date(clock.now().getTime() + refusals));
}

async function told(store: Store): Promise<string[]> {
  await tellUndelivered({ store, clock });
  return (await takeOut(store)).map(({ content }) => {
    if (content.kind !== "say") throw new Error("no words");
    return messageOf(content.say).text;
  });
}

test("managers hear in one message whom messages do not reach, why, and what to do; and once", async () => {
  const store = await openTestStore();
  await refuse(store, { kind: "person", staffId: "zhang" }, "invalidStaffId");
  await refuse(store, { kind: "person", staffId: "li" }, "invalidStaffId");
  await refuse(store, { kind: "person", staffId: "wang" }, "robot.oto.notExist");
  await refuse(store, { kind: "group", conversationId: "cid" }, "group.disbanded");
  await refuse(store, { kind: "person", staffId: "zhao" }, "invalidParameter.robotCode.notExsit");
  const [text = "", ...more] = await told(store);
  expect(more).toEqual([]);
  expect(text.split("\n\n")).toEqual([
    "**有 5 处消息没有送达**",
    "收不到我的消息：东区局的联系人（userId zhang）、userId li。可能已离开组织，或不在应用的可使用范围内。还在岗的，请系统管理员在钉钉开发者后台把本人加入可使用范围；已离开的，请单位重新推荐联络员。",
    "还没有和我的单聊：userId wang。请本人在钉钉里搜索机器人，先给我发一句“帮助”。",
    "群里发不了：一个群。我可能已被移出该群，或该群已解散。请把我加回群里，再在群里 @我 说“绑定本群”。",
    "没有发出：userId zhao（invalidParameter.robotCode.notExsit）。",
  ]);
  await refuse(store, { kind: "person", staffId: "zhang" }, "invalidStaffId");
  expect(await told(store)).toEqual([]);
});

test("a manager whom this does not reach is no reason to say it again", async () => {
  const store = await openTestStore();
  await refuse(store, { kind: "person", staffId: "li" }, "invalidStaffId");
  await tellUndelivered({ store, clock });
  const message = await store.outbox.claim(new Date(), 60_000);
  if (message === null) throw new Error("nothing waits");
  await store.outbox.refused(message, "invalidStaffId", new Date());
  expect(await told(store)).toEqual([]);
});

test("liaisons are called by their name and unit, the group by its title", async () => {
  const store = await openTestStore();
  const now = clock.now();
  const inbound = {
    key: "m",
    at: now,
    sender: { staffId: "li", nick: "" },
    group: null,
    kind: "text",
    text: "",
  } as const;
  const nomination = {
    ...{ no: 1, unitId: "east", name: "李乙", post: "科长", phone: "19900000002", staffId: "li" },
    ...({ proposedBy: "li", proposedAt: now, status: "proposed", decidedBy: null, decidedAt: null } as const),
  };
  await store.turn(async (turn) => {
    await turn.claim(inbound, now);
    const changes = [
      { type: "nominationProposed", nomination } as const,
      { type: "nominationDecided", no: 1, status: "approved", by: "boss", at: now } as const,
      { type: "groupBound", group: { conversationId: "cid", title: "工作群" } } as const,
    ];
    await turn.commit(inbound, { state: newConversation(), changes, replies: [] }, now);
  });
  await refuse(store, { kind: "person", staffId: "li" }, "invalidStaffId");
  await refuse(store, { kind: "group", conversationId: "cid" }, "group.disbanded");
  const [text] = await told(store);
  expect(text).toContain("群里发不了：“工作群”。");
  expect(text).toContain("收不到我的消息：李乙（东区局）。");
});
