import { describe, expect, test } from "vitest";
import type { MediaType } from "../../src/playground/files.ts";
import { app, caller, connect, dumbGroup, group, local, post, sure, TestClock, tokenOf } from "./robot.ts";

const tokenPath = "/v1.0/oauth2/accessToken";
const peoplePath = "/v1.0/robot/oToMessages/batchSend";
const groupPath = "/v1.0/robot/groupMessages/send";
const filePath = "/v1.0/robot/messageFiles/download";

const robotCode = app.clientId;
const hello = { msgKey: "sampleText", msgParam: JSON.stringify({ content: "您好" }) };
const toZhang = { robotCode, userIds: ["zhang"], ...hello };
const toGroup = { robotCode, openConversationId: group.conversationId, ...hello };
const bad = (code: string) => ({
  status: 400,
  body: { code, message: expect.any(String), requestid: expect.any(String) },
});

describe("the access token", () => {
  test("needs the right pair", async () => {
    const { baseUrl } = await local();
    const refused = bad("invalidClientIdOrSecret");
    expect(await post(baseUrl + tokenPath, { appKey: app.clientId, appSecret: "wrong" })).toEqual(refused);
    expect(await post(baseUrl + tokenPath, {})).toEqual(refused);
    expect(await post(baseUrl + tokenPath, "")).toEqual(bad("Missingbody"));
    const right = await post(baseUrl + tokenPath, { appKey: app.clientId, appSecret: app.clientSecret });
    expect(right).toEqual({ status: 200, body: { accessToken: expect.any(String), expireIn: 7200 } });
  });

  test("stays the same in its window and is renewed by asking", async () => {
    const clock = new TestClock();
    const dingtalk = await local({ now: clock.now });
    const first = await tokenOf(dingtalk);
    const use = () => post(dingtalk.baseUrl + peoplePath, toZhang, { "x-acs-dingtalk-access-token": first });
    clock.advance(7000);
    expect(await tokenOf(dingtalk)).toBe(first);
    clock.advance(7199);
    expect((await use()).status).toBe(200);
    clock.advance(1);
    expect(await use()).toEqual(bad("InvalidAuthentication"));
    expect(await tokenOf(dingtalk)).not.toBe(first);
  });

  test("is required, with 400 and not 401", async () => {
    const { baseUrl, world } = await local();
    for (const path of [peoplePath, groupPath, filePath]) {
      expect(await post(baseUrl + path, toZhang)).toEqual(bad("InvalidAuthentication"));
      const headers = { "x-acs-dingtalk-access-token": "invented" };
      expect(await post(baseUrl + path, toZhang, headers)).toEqual(bad("InvalidAuthentication"));
    }
    expect(world.allMessages).toEqual([]);
  });
});

test("unknown paths and methods are 404 InvalidAction.NotFound, an absent body is Missingbody", async () => {
  const dingtalk = await local();
  const call = await caller(dingtalk);
  expect(await call("/v1.0/robot/none", {})).toMatchObject({ status: 404, body: { code: "InvalidAction.NotFound" } });
  expect((await fetch(dingtalk.baseUrl + peoplePath)).status).toBe(404);
  for (const path of [peoplePath, groupPath, filePath]) {
    for (const body of ["", "not json", "[]"]) expect(await call(path, body)).toEqual(bad("Missingbody"));
  }
});

describe("a message to people", () => {
  test("reaches those who exist and names those who do not", async () => {
    const dingtalk = await local();
    const call = await caller(dingtalk);
    const answer = await call(peoplePath, { ...toZhang, userIds: ["zhang", "nobody", "boss", "guest", "zhang"] });
    expect(answer).toEqual({
      status: 200,
      body: {
        processQueryKey: expect.any(String),
        invalidStaffIdList: ["nobody", "guest"],
        flowControlledStaffIdList: [],
      },
    });
    expect(dingtalk.world.allMessages.map((it) => [it.conversation, it.from, it.body])).toEqual([
      [{ staffId: "zhang" }, "bot", { kind: "text", text: "您好" }],
      [{ staffId: "boss" }, "bot", { kind: "text", text: "您好" }],
    ]);
  });

  test("is refused whole when anything about it is wrong", async () => {
    const dingtalk = await local();
    const call = await caller(dingtalk);
    const refusals: [string, object][] = [
      ["MissingrobotCode", { robotCode: undefined }],
      ["MissinguserIds", { userIds: undefined }],
      ["MissingmsgKey", { msgKey: undefined }],
      ["MissingmsgParam", { msgParam: undefined }],
      ["invalidParameter.robotCode.empty", { robotCode: "" }],
      ["invalidParameter.robotCode.notExsit", { robotCode: "other" }],
      ["invalidParameter.userIds.empty", { userIds: [] }],
      ["invalidParameter.userIds.empty", { userIds: "zhang" }],
      ["invalidParameter.userIds.overMax", { userIds: Array.from({ length: 21 }, () => "zhang") }],
      ["invalidParameter.msgKey.empty", { msgKey: "" }],
      ["invalidParameter.msgKey.invalid", { msgKey: "sampleFeedCard" }],
      ["invalidParameter.msgKey.invalid", { msgKey: "constructor" }],
      ["invalidParameter.msgParam.invalid", { msgParam: "not json" }],
      ["invalidParameter.msgParam.invalid", { msgParam: "[]" }],
      ["invalidParameter.msgParam.invalid", { msgParam: { content: "an object, not a string" } }],
      ["invalidParameter.msgParam.tooLong", { msgParam: JSON.stringify({ content: "字".repeat(5000) }) }],
    ];
    for (const [code, wrong] of refusals) expect(await call(peoplePath, { ...toZhang, ...wrong })).toEqual(bad(code));
    expect(dingtalk.world.allMessages).toEqual([]);
    const twenty = await call(peoplePath, { ...toZhang, userIds: Array.from({ length: 20 }, () => "zhang") });
    expect(twenty.status).toBe(200);
  });
});

describe("a message to a group", () => {
  test("arrives, up to 15,000 bytes of msgParam", async () => {
    const dingtalk = await local();
    const call = await caller(dingtalk);
    const frame = Buffer.byteLength(JSON.stringify({ content: "" }));
    const text = "a".repeat(15_000 - frame);
    const fits = await call(groupPath, { ...toGroup, msgParam: JSON.stringify({ content: text }) });
    expect(fits).toEqual({ status: 200, body: { processQueryKey: expect.any(String) } });
    const tooLong = await call(groupPath, { ...toGroup, msgParam: JSON.stringify({ content: `${text}a` }) });
    expect(tooLong).toEqual(bad("invalidParameter.msgParam.tooLong"));
    const messages = dingtalk.messages({ conversationId: group.conversationId });
    expect(messages.map((it) => it.body)).toEqual([{ kind: "text", text }]);
  });

  test("needs the group, and the robot in it", async () => {
    const dingtalk = await local();
    const call = await caller(dingtalk);
    const refusals: [string, object][] = [
      ["MissingrobotCode", { robotCode: undefined }],
      ["invalidParameter.robotCode.empty", { robotCode: "" }],
      ["invalidParameter.robotCode.auth", { robotCode: "other" }],
      ["miss.openConversationId", { openConversationId: undefined }],
      ["miss.openConversationId", { openConversationId: "" }],
      ["invalid.openConversationId", { openConversationId: "cidNowhere" }],
      ["invalidParameter.robotCode.invalid", { openConversationId: dumbGroup.conversationId }],
      ["invalidParameter.msgKey.invalid", { msgKey: "text" }],
    ];
    for (const [code, wrong] of refusals) expect(await call(groupPath, { ...toGroup, ...wrong })).toEqual(bad(code));
    expect(dingtalk.world.allMessages).toEqual([]);
  });

  test("cannot be sent to the id of a one-to-one conversation", async () => {
    const dingtalk = await local();
    const call = await caller(dingtalk);
    const robot = await connect(dingtalk);
    dingtalk.say("zhang", "你好");
    await dingtalk.quiet();
    const openConversationId = sure(robot.heard[0]).conversationId;
    expect(await call(groupPath, { ...toGroup, openConversationId })).toEqual(bad("invalid.openConversationId"));
  });
});

describe("message templates", () => {
  const button = (n: number) => ({ [`actionTitle${n}`]: `按钮${n}`, [`actionURL${n}`]: `dtmd://${n}` });
  const buttons = (count: number) =>
    Object.assign({}, ...Array.from({ length: count }, (_, i) => button(i + 1))) as Record<string, string>;
  const card = { title: "t", text: "x" };

  async function sent(msgKey: string, params: object, type: MediaType = "file") {
    const dingtalk = await local();
    const mediaId = dingtalk.world.files.store({ bytes: new Uint8Array([1]), fileName: "a", type });
    const msgParam = JSON.stringify(params).replaceAll("MEDIA", mediaId);
    const { status, body } = await (await caller(dingtalk))(groupPath, { ...toGroup, msgKey, msgParam });
    const said = dingtalk.messages({ conversationId: group.conversationId })[0]?.body;
    return status === 200 ? JSON.parse(JSON.stringify(said).replaceAll(mediaId, "MEDIA")) : body.code;
  }

  test.each([
    ["sampleMarkdown", card, { kind: "markdown", ...card }],
    ["sampleImageMsg", { photoURL: "MEDIA" }, { kind: "image", mediaId: "MEDIA" }],
    [
      "sampleImageMsg",
      { photoURL: "https://example.com/a.png" },
      { kind: "image", mediaId: "https://example.com/a.png" },
    ],
    ["sampleLink", { ...card, picUrl: "p", messageUrl: "m" }, { kind: "link", ...card, url: "m", pictureUrl: "p" }],
    [
      "sampleActionCard",
      { ...card, singleTitle: "看", singleURL: "u" },
      { kind: "actionCard", ...card, buttons: [{ title: "看", url: "u" }] },
    ],
    [
      "sampleActionCard6",
      { ...card, buttonTitle1: "甲", buttonUrl1: "a", buttonTitle2: "乙", buttonUrl2: "b" },
      {
        kind: "actionCard",
        ...card,
        buttons: [
          { title: "甲", url: "a" },
          { title: "乙", url: "b" },
        ],
      },
    ],
    ["sampleAudio", { mediaId: "MEDIA", duration: "4000" }, { kind: "audio", mediaId: "MEDIA", durationMs: 4000 }],
    [
      "sampleFile",
      { mediaId: "MEDIA", fileName: "汇总表.xlsx", fileType: "xlsx" },
      { kind: "file", mediaId: "MEDIA", fileName: "汇总表.xlsx", fileType: "xlsx" },
    ],
    [
      "sampleVideo",
      { duration: "5", videoMediaId: "MEDIA", videoType: "mp4", picMediaId: "MEDIA" },
      { kind: "video", mediaId: "MEDIA", durationSeconds: 5 },
    ],
  ])("%s shows %j", async (msgKey, params, body) => {
    expect(await sent(msgKey, params)).toEqual(body);
  });

  test.each([2, 3, 4, 5])("sampleActionCard%i has that many buttons", async (count) => {
    const body = await sent(`sampleActionCard${count}`, { ...card, ...buttons(count) });
    expect(body.buttons).toEqual(
      Array.from({ length: count }, (_, i) => ({ title: `按钮${i + 1}`, url: `dtmd://${i + 1}` })),
    );
    const short = await sent(`sampleActionCard${count}`, { ...card, ...buttons(count - 1) });
    expect(short).toBe("miss.param.actionCardTobtn");
  });

  test.each([
    ["sampleText", {}, "miss.param.contentOfText"],
    ["sampleText", { content: "" }, "miss.param.contentOfText"],
    ["sampleText", { content: 12 }, "miss.param.contentOfText"],
    ["sampleMarkdown", { text: "x" }, "miss.param.markdownTotitle"],
    ["sampleMarkdown", { title: "t" }, "miss.param.markdownTotext"],
    ["sampleLink", { text: "x", picUrl: "p", messageUrl: "m" }, "miss.param.titleOfLink"],
    ["sampleActionCard", { ...card, singleTitle: "看" }, "miss.param.actionCardTosingleUrl"],
    ["sampleActionCard", { text: "x" }, "miss.param.actionCardTotitle"],
    ["sampleFile", { mediaId: "MEDIA", fileName: "a.xlsx" }, "invalidParameter.param.invalid"],
    ["sampleFile", { mediaId: "MEDIA", fileName: "a.csv", fileType: "csv" }, "invalidParameter.param.invalid"],
    ["sampleFile", { mediaId: "@invented", fileName: "a.xlsx", fileType: "xlsx" }, "resource.not.found"],
    ["sampleImageMsg", { photoURL: "@invented" }, "resource.not.found"],
  ])("%s with %j is refused", async (msgKey, params, code) => {
    expect(await sent(msgKey, params)).toBe(code);
  });
});

describe("a file that somebody sent", () => {
  const bytes = new Uint8Array([0, 255, 10, 13]);

  test("is fetched over plain http by a link that ages", async () => {
    const clock = new TestClock();
    const dingtalk = await local({ now: clock.now });
    const robot = await connect(dingtalk);
    dingtalk.sendFile("zhang", { fileName: "总结.pdf", bytes });
    await dingtalk.quiet();
    const { downloadCode } = sure(robot.heard[0]).content;
    const { body } = await (await caller(dingtalk))(filePath, { downloadCode, robotCode });
    const { downloadUrl } = body;
    expect(downloadUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/download\/[0-9a-f]+\.file\?Expires=\d+&Signature=.+/);

    const answer = await fetch(downloadUrl);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
    expect((await fetch(`${downloadUrl}x`)).status).toBe(403);
    clock.advance(30 * 60);
    expect((await fetch(downloadUrl)).status).toBe(403);
  });

  test("is not given for another code or robot", async () => {
    const dingtalk = await local();
    const call = await caller(dingtalk);
    const refusals: [string, object][] = [
      ["MissingdownloadCode", { robotCode }],
      ["MissingrobotCode", { downloadCode: "x" }],
      ["invalidParameter.robotCode.empty", { robotCode: "", downloadCode: "x" }],
      ["invalidParameter.robotCode.auth", { robotCode: "other", downloadCode: "x" }],
      ["invalidParameter.robotCode.downloadCode", { robotCode, downloadCode: "x" }],
    ];
    for (const [code, body] of refusals) expect(await call(filePath, body)).toEqual(bad(code));
  });
});
