import { expect, test } from "vitest";
import { app, caller, group, local, post, TestClock, Wire } from "./robot.ts";

const noon = new Date("2023-06-01T12:00:00+08:00");
const toPeople = "/v1.0/robot/oToMessages/batchSend";
const hello = {
  robotCode: "dingtest",
  userIds: ["zhang"],
  msgKey: "sampleText",
  msgParam: JSON.stringify({ content: "好的" }),
};

test("knows what was said, each push of it, and each ack", async () => {
  const clock = new TestClock();
  const dingtalk = await local({ now: clock.now, redeliverAfterMs: 20 });
  const wire = await Wire.open(dingtalk);
  dingtalk.faults.next("lostAck");
  const first = dingtalk.say("zhang", "演练2场120人");
  await dingtalk.quiet();
  clock.advance(60);
  const second = dingtalk.say("boss", "绑定本群", group.conversationId);
  dingtalk.sayUnheard("boss", "大家好", group.conversationId);
  dingtalk.sendFile("zhang", { fileName: "总结.docx", bytes: new Uint8Array([1]) });
  await dingtalk.quiet();

  const [report, bind, unheard, file] = dingtalk.ledger.said;
  expect(report).toEqual({
    msgId: first,
    staffId: "zhang",
    conversation: { staffId: "zhang" },
    kind: "text",
    text: "演练2场120人",
    at: noon,
    state: "acked",
    isAcked: true,
    pushes: [true, false].map((isLost, index) => ({
      messageId: wire.messages[index]?.frameId,
      connectionId: expect.any(String),
      at: noon,
      ack: { code: 200, data: expect.stringContaining(first), at: noon, afterMs: expect.any(Number), isLost },
    })),
  });
  const later = new Date(noon.getTime() + 60_000);
  const conversation = { conversationId: group.conversationId };
  expect(bind).toMatchObject({ msgId: second, staffId: "boss", text: "@安月 绑定本群", at: later, conversation });
  expect(unheard).toMatchObject({ text: "大家好", state: "unmeant", pushes: [], isAcked: false });
  expect(file).toMatchObject({ kind: "file", text: "总结.docx", state: "acked" });
  expect(dingtalk.ledger.said).toHaveLength(4);
});

test("knows that the robot took on a message although the ack was lost for good", async () => {
  const dingtalk = await local({ redeliverAfterMs: 10, maxPushes: 1 });
  await Wire.open(dingtalk);
  dingtalk.faults.next("lostAck");
  dingtalk.say("zhang", "在吗");
  await dingtalk.quiet();
  expect(dingtalk.ledger.said).toMatchObject([{ state: "lost", isAcked: true }]);
});

test("knows that nobody took a message on", async () => {
  const dingtalk = await local({ redeliverAfterMs: 10, maxPushes: 1 });
  dingtalk.say("zhang", "有人吗");
  const wire = await Wire.open(dingtalk, { acks: false });
  dingtalk.say("zhang", "在吗");
  await dingtalk.quiet();
  expect(wire.messages).toHaveLength(1);
  expect(dingtalk.ledger.said).toMatchObject([
    { state: "lost", isAcked: false, pushes: [] },
    { state: "lost", isAcked: false, pushes: [{ messageId: expect.any(String) }] },
  ]);
});

test("knows what people got, by which call, and whether the robot could know", async () => {
  const dingtalk = await local();
  const wire = await Wire.open(dingtalk);
  dingtalk.say("guest", "你好");
  await wire.takes(1);
  const call = await caller(dingtalk);
  await call(toPeople, { ...hello, userIds: ["zhang", "boss", "nobody"] });
  const card = { title: "催报", text: "请报送", singleTitle: "报送", singleURL: "dtmd://x" };
  dingtalk.faults.next("timeoutDelivered");
  await call("/v1.0/robot/groupMessages/send", {
    ...hello,
    openConversationId: group.conversationId,
    msgKey: "sampleActionCard",
    msgParam: JSON.stringify(card),
  });
  const { sessionWebhook } = JSON.parse(JSON.parse(wire.texts[0] ?? "").data);
  await post(sessionWebhook, { msgtype: "markdown", markdown: { title: "t", text: "请联系管理员" } });

  const text = { kind: "text", text: "好的", at: noon, path: toPeople, call: 3, answer: "told" };
  expect(dingtalk.ledger.received).toMatchObject([
    { ...text, conversation: { staffId: "zhang" } },
    { ...text, conversation: { staffId: "boss" } },
    {
      conversation: { conversationId: group.conversationId },
      kind: "actionCard",
      text: "请报送",
      path: "/v1.0/robot/groupMessages/send",
      call: 4,
      answer: "falsified",
    },
    { conversation: { staffId: "guest" }, kind: "markdown", text: "请联系管理员", call: 5, answer: "told" },
  ]);
});

test("knows every call with its outcome", async () => {
  const dingtalk = await local();
  await Wire.open(dingtalk);
  await post(`${dingtalk.baseUrl}/v1.0/oauth2/accessToken`, { appKey: "wrong", appSecret: app.clientSecret });
  const call = await caller(dingtalk);
  dingtalk.faults.next("error500");
  await call(toPeople, hello);
  await call("/v1.0/unheard/of", {});
  await post(`${dingtalk.baseUrl}/topapi/v2/user/get?access_token=old`, { userid: "zhang" });
  await fetch(`${dingtalk.baseUrl}/download/x.file`);
  const told = { at: noon, answer: "told", delivered: [] };
  const paths = ["/v1.0/gateway/connections/open", "/v1.0/oauth2/accessToken", "/v1.0/oauth2/accessToken"];
  expect(dingtalk.ledger.calls).toEqual([
    { ...told, number: 1, method: "POST", path: paths[0], status: 200 },
    { ...told, number: 2, method: "POST", path: paths[1], status: 400, code: "invalidClientIdOrSecret" },
    { ...told, number: 3, method: "POST", path: paths[2], status: 200 },
    { ...told, number: 4, method: "POST", path: toPeople, status: 500, code: "system.error", fault: "error500" },
    { ...told, number: 5, method: "POST", path: "/v1.0/unheard/of", status: 404, code: "InvalidAction.NotFound" },
    { ...told, number: 6, method: "POST", path: "/topapi/v2/user/get", status: 200, code: "40014" },
  ]);
});
