import { describe, expect, test } from "vitest";
import type { LocalDingTalk } from "../../src/playground/local-dingtalk.ts";
import type { ChatMessage } from "../../src/playground/world.ts";
import { app, caller, connect, dumbGroup, group, local, type Payload, post, sure, TestClock } from "./robot.ts";

const bytes = new Uint8Array([1, 2, 3, 250]);
const hello = { msgtype: "text", text: { content: "好的" } };

const bodies = (messages: ChatMessage[]) => messages.map((it) => it.body);

async function heardBy(dingtalk: LocalDingTalk, act: () => void): Promise<[Payload, ...Payload[]]> {
  const robot = await connect(dingtalk);
  act();
  await dingtalk.quiet();
  const [first, ...others] = robot.heard;
  return [sure(first), ...others];
}

describe("what the robot hears", () => {
  test("one-to-one: no mention, no group", async () => {
    const dingtalk = await local();
    const [payload] = await heardBy(dingtalk, () => dingtalk.say("zhang", "进度"));
    const createAt = Date.parse("2023-06-01T12:00:00+08:00");
    expect(payload).toEqual({
      senderPlatform: "Win",
      conversationId: expect.stringMatching(/^cid/),
      openThreadId: payload.conversationId,
      chatbotCorpId: expect.stringMatching(/^ding/),
      chatbotUserId: expect.stringMatching(/^\$:LWCP_v1:\$/),
      msgId: dingtalk.messages({ staffId: "zhang" })[0]?.id,
      senderNick: "张甲",
      isAdmin: false,
      senderStaffId: "zhang",
      senderUnionId: expect.any(String),
      senderCorpId: payload.chatbotCorpId,
      senderId: expect.stringMatching(/^\$:LWCP_v1:\$/),
      createAt,
      sessionWebhookExpiredTime: expect.any(Number),
      sessionWebhook: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/robot\/sendBySession\?session=[0-9a-f]{32}$/),
      conversationType: "1",
      robotCode: "dingtest",
      msgtype: "text",
      text: { content: "进度" },
    });
    expect(Math.floor((payload.sessionWebhookExpiredTime - createAt) / 1000)).toBe(5400);
  });

  test("in a group: the mention is seen by people and stripped for the robot", async () => {
    const dingtalk = await local({ robotName: "小安", robotCode: "dingrobot" });
    const [payload] = await heardBy(dingtalk, () => {
      dingtalk.sayUnheard("boss", "大家好", group.conversationId);
      dingtalk.say("boss", "绑定本群", group.conversationId);
    });
    expect(payload).toMatchObject({
      conversationType: "2",
      conversationId: group.conversationId,
      conversationTitle: "测试群",
      isInAtList: true,
      atUsers: [{ dingtalkId: payload.chatbotUserId }],
      robotCode: "dingrobot",
      text: { content: " 绑定本群" },
    });
    expect(bodies(dingtalk.messages({ conversationId: group.conversationId }))).toEqual([
      { kind: "text", text: "大家好" },
      { kind: "text", text: "@小安 绑定本群" },
    ]);
    expect(dingtalk.usage().streamMessages).toBe(1);
  });

  test("from outside the organisation: no staff id", async () => {
    const dingtalk = await local();
    const [payload] = await heardBy(dingtalk, () => dingtalk.say("guest", "你好", group.conversationId));
    expect(payload.senderNick).toBe("钱丙");
    for (const key of ["senderStaffId", "senderUnionId", "senderCorpId"]) expect(payload).not.toHaveProperty(key);
  });

  test("files, pictures, voices and stickers", async () => {
    const dingtalk = await local();
    const heard = await heardBy(dingtalk, () => {
      dingtalk.sendFile("zhang", { fileName: "总结.docx", bytes });
      dingtalk.sendPicture("zhang", { bytes });
      dingtalk.sendPicture("zhang", { bytes, fileName: "章.jpg" }, group.conversationId);
      dingtalk.sendVoice("zhang", "今天开展两场演练");
      dingtalk.sendSticker("zhang");
    });
    const code = expect.any(String);
    expect(heard.map(({ msgtype, content }) => [msgtype, content])).toEqual([
      ["file", { spaceId: code, fileName: "总结.docx", downloadCode: code, fileId: code }],
      ["picture", { pictureDownloadCode: code, downloadCode: code }],
      ["picture", { pictureDownloadCode: code, downloadCode: code }],
      ["audio", { duration: 4000, downloadCode: code, recognition: "今天开展两场演练" }],
      ["unknownMsgType", { unknownMsgType: "用户发送了一条消息，机器人暂不支持接收。" }],
    ]);
    expect(sure(heard[2]).isInAtList).toBe(true);
    const [file] = bodies(dingtalk.messages({ staffId: "zhang" }));
    expect(file).toMatchObject({ kind: "file", fileName: "总结.docx", fileType: "docx" });
    if (file?.kind === "file") expect(dingtalk.world.files.find(file.mediaId)?.bytes).toEqual(bytes);
  });

  test("rich texts and videos; in a group the mention stays in the rich text", async () => {
    const dingtalk = await local();
    const heard = await heardBy(dingtalk, () => {
      dingtalk.sendRichText("zhang", [{ text: "演练照片：" }, { bytes }, { text: "共2场" }]);
      dingtalk.sendRichText("zhang", [{ bytes }], group.conversationId);
      dingtalk.sendVideo("zhang", { bytes, seconds: 5 });
    });
    const code = expect.any(String);
    const picture = { type: "picture", pictureDownloadCode: code, downloadCode: code };
    expect(heard.map(({ msgtype, content }) => [msgtype, content])).toEqual([
      ["richText", { richText: [{ text: "演练照片：" }, picture, { text: "共2场" }] }],
      ["richText", { richText: [{ text: "@安月 " }, picture] }],
      ["video", { duration: "5", videoType: "mp4", downloadCode: code }],
    ]);
    const [rich, video] = bodies(dingtalk.messages({ staffId: "zhang" }));
    expect(rich).toEqual({ kind: "markdown", title: "", text: expect.stringMatching(/^演练照片：!\[\]\(@.*\)共2场$/) });
    expect(video).toMatchObject({ kind: "video", durationSeconds: 5 });
  });

  test("what is passed on, in the shapes seen in the field, and kinds that nobody knows", async () => {
    const dingtalk = await local();
    const heard = await heardBy(dingtalk, () => {
      dingtalk.forward("zhang", { kind: "markdown", text: "**3** 场" });
      dingtalk.forward("zhang", { kind: "actionCard", title: "通知", text: "请看" });
      dingtalk.forward("zhang", { kind: "chatRecord", title: "聊天记录", lines: ["张甲: 2场", "赵乙: 好"] });
      dingtalk.forward("zhang", { kind: "interactiveCard", title: "统计表" });
      dingtalk.forward("zhang", { kind: "unheardOf" });
    });
    expect(heard.map(({ msgtype, text, content }) => [msgtype, text ?? content])).toEqual([
      ["markdown", { content: "**3** 场" }],
      ["actionCard", { title: "通知", text: "请看", actionUrlItemList: [{ actionUrl: "https://example.com/" }] }],
      [
        "chatRecord",
        {
          summary: "张甲: 2场\n赵乙: 好",
          title: "聊天记录",
          chatRecord: expect.stringContaining('"content":"张甲: 2场"'),
        },
      ],
      [
        "interactiveCard",
        { biz_custom_action_url: expect.stringMatching(/route=previewDentry&type=file&spaceId=\d+/) },
      ],
      ["hologram", { hologramId: expect.any(String) }],
    ]);
    const seen = bodies(dingtalk.messages({ staffId: "zhang" })).map((it) => (it.kind === "text" ? it.text : it.kind));
    expect(seen).toEqual(["**3** 场", "通知", "聊天记录", "统计表", "转发的消息"]);
  });

  test("taps: the button's text as the tapper's own; in a group only with a mention", async () => {
    const dingtalk = await local();
    const link = (text: string) => `dtmd://dingtalkclient/sendMessage?content=${encodeURIComponent(text)}`;
    const heard = await heardBy(dingtalk, () => {
      dingtalk.tap("zhang", link("同意 12"));
      dingtalk.tap("zhang", link("确认 8"), group.conversationId);
      dingtalk.tap("zhang", link("@安月 确认 8"), group.conversationId);
    });
    expect(heard.map((it) => [it.conversationType, it.senderStaffId, it.text.content])).toEqual([
      ["1", "zhang", "同意 12"],
      ["2", "zhang", " 确认 8"],
    ]);
    expect(dingtalk.messages({ conversationId: group.conversationId })).toHaveLength(2);
    expect(() => dingtalk.tap("zhang", link("x").replace("dingtalkclient", "dingtalkClient"))).toThrow();
    expect(() => dingtalk.tap("zhang", "https://example.com/")).toThrow();
  });

  test("impossible acts are refused and leave no trace", async () => {
    const dingtalk = await local();
    expect(() => dingtalk.say("nobody", "你好")).toThrow("nobody");
    expect(() => dingtalk.say("zhang", "你好", "cidNowhere")).toThrow("cidNowhere");
    expect(() => dingtalk.say("zhang", "你好", dumbGroup.conversationId)).toThrow("robot");
    expect(() => dingtalk.sendPicture("zhang", { bytes }, dumbGroup.conversationId)).toThrow("robot");
    expect(() => dingtalk.sayUnheard("boss", "你好", dumbGroup.conversationId)).toThrow("not in the group");
    expect(dingtalk.world.allMessages).toEqual([]);
  });
});

describe("a session webhook", () => {
  test("answers into its conversation, the same one until ninety minutes after the last message", async () => {
    const clock = new TestClock();
    const dingtalk = await local({ now: clock.now });
    const robot = await connect(dingtalk);
    const seen: ChatMessage[] = [];
    const stopListening = dingtalk.onMessage((it) => seen.push(it));
    dingtalk.say("zhang", "你好");
    clock.advance(5000);
    dingtalk.say("zhang", "在吗");
    dingtalk.say("boss", "你好", group.conversationId);
    await dingtalk.quiet();
    const [first, second, inGroup] = [0, 1, 2].map((n) => sure(robot.heard[n]).sessionWebhook) as [
      string,
      string,
      string,
    ];
    expect(second).toBe(first);
    expect(inGroup).not.toBe(first);

    clock.advance(5400);
    const answer = await post(second, hello);
    expect(answer).toMatchObject({ status: 200, body: { errcode: 0, errmsg: "ok" } });
    await post(inGroup, { msgtype: "markdown", markdown: { title: "进度", text: "**3** 个" } });
    expect(seen.map((it) => [it.from, it.conversation]).slice(3)).toEqual([
      ["bot", { staffId: "zhang" }],
      ["bot", { conversationId: group.conversationId }],
    ]);
    expect(dingtalk.messages({ staffId: "zhang" }).at(-1)?.body).toEqual({ kind: "text", text: "好的" });
    expect(dingtalk.usage()).toMatchObject({ apiCalls: 0, streamMessages: 5 });

    clock.advance(1);
    stopListening();
    const late = await post(second, hello);
    expect(late).toMatchObject({ status: 200, body: { errcode: 300001, errmsg: "session 不存在" } });
    expect(seen).toHaveLength(5);
  });

  test("is the only way to answer somebody from outside, and for ninety minutes", async () => {
    const clock = new TestClock();
    const dingtalk = await local({ now: clock.now });
    const [payload] = await heardBy(dingtalk, () => dingtalk.say("guest", "你好"));
    expect(payload).toMatchObject({ conversationType: "1", senderNick: "钱丙" });
    expect(payload).not.toHaveProperty("senderStaffId");
    const call = await caller(dingtalk);
    const direct = { robotCode: "dingtest", userIds: ["guest"], msgKey: "sampleText", msgParam: '{"content":"好"}' };
    const { body } = await call("/v1.0/robot/oToMessages/batchSend", direct);
    expect(body.invalidStaffIdList).toEqual(["guest"]);
    clock.advance(5400);
    expect((await post(payload.sessionWebhook, hello)).body.errcode).toBe(0);
    clock.advance(1);
    expect((await post(payload.sessionWebhook, hello)).body.errcode).toBe(300001);
    expect(dingtalk.ledger.received.map((it) => it.path)).toEqual(["/robot/sendBySession"]);
  });

  test("takes every documented kind", async () => {
    const dingtalk = await local();
    const [{ sessionWebhook }] = await heardBy(dingtalk, () => dingtalk.say("zhang", "你好"));
    const card = { title: "t", text: "x" };
    const buttons = [
      { title: "甲", actionURL: "dtmd://a" },
      { title: "乙", actionURL: "dtmd://b" },
    ];
    for (const message of [
      { msgtype: "actionCard", actionCard: { ...card, btnOrientation: "0", btns: buttons } },
      { msgtype: "actionCard", actionCard: { ...card, singleTitle: "看", singleURL: "https://example.com" } },
      { msgtype: "link", link: { ...card, messageUrl: "https://example.com", picUrl: "p" } },
      { msgtype: "feedCard", feedCard: { links: [{ title: "t", messageURL: "m", picURL: "p" }] } },
      { msgtype: "empty" },
    ]) {
      expect((await post(sessionWebhook, message)).body.errcode).toBe(0);
    }
    expect(bodies(dingtalk.messages({ staffId: "zhang" })).slice(1)).toEqual([
      {
        kind: "actionCard",
        ...card,
        buttons: [
          { title: "甲", url: "dtmd://a" },
          { title: "乙", url: "dtmd://b" },
        ],
      },
      { kind: "actionCard", ...card, buttons: [{ title: "看", url: "https://example.com" }] },
      { kind: "link", ...card, url: "https://example.com", pictureUrl: "p" },
      { kind: "feedCard", links: [{ title: "t", url: "m", pictureUrl: "p" }] },
    ]);
  });

  test("refuses with HTTP 200", async () => {
    const dingtalk = await local();
    const [{ sessionWebhook }] = await heardBy(dingtalk, () => dingtalk.say("zhang", "你好"));
    const refusals: [number, unknown, Record<string, string>?][] = [
      [43004, hello, { "content-type": "text/plain" }],
      [40035, "not json"],
      [400105, { msgtype: "image", image: {} }],
      [400402, { msgtype: "markdown", markdown: { text: "x" } }],
      [400403, { msgtype: "markdown", markdown: { title: "x" } }],
      [400402, { msgtype: "actionCard", actionCard: { text: "x" } }],
      [400403, { msgtype: "text" }],
      [460101, { msgtype: "text", text: { content: "字".repeat(6700) } }],
    ];
    for (const [errcode, body, headers] of refusals) {
      expect(await post(sessionWebhook, body, headers)).toMatchObject({ status: 200, body: { errcode } });
    }
    const unknown = sessionWebhook.replace(/session=.*/, "session=0");
    expect((await post(unknown, hello)).body.errcode).toBe(300001);
    expect(dingtalk.messages({ staffId: "zhang" })).toHaveLength(1);

    // 20,000 bytes exactly is not too long.
    const frame = Buffer.byteLength(JSON.stringify({ msgtype: "text", text: { content: "" } }));
    const longest = { msgtype: "text", text: { content: "a".repeat(20_000 - frame) } };
    expect((await post(sessionWebhook, longest)).body.errcode).toBe(0);
  });
});

test("the robot code defaults to the client id", async () => {
  const dingtalk = await local();
  const [payload] = await heardBy(dingtalk, () => dingtalk.say("zhang", "你好"));
  expect(payload.robotCode).toBe(app.clientId);
});
