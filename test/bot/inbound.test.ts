import { describe, expect, test } from "vitest";
import { decode } from "../../src/bot/inbound.ts";

const at = 1_686_621_600_000;
const alone = {
  senderPlatform: "Win",
  conversationId: "cidAlone==",
  chatbotUserId: "$:LWCP_v1:$bot",
  msgId: "msg1==",
  senderNick: "张甲",
  isAdmin: false,
  senderStaffId: "zhang",
  createAt: at,
  conversationType: "1",
  sessionWebhook: "https://oapi.dingtalk.com/robot/sendBySession?session=0",
  sessionWebhookExpiredTime: at + 5_400_000,
  robotCode: "dingtest",
};
const inGroup = {
  ...alone,
  conversationId: "cidGroup==",
  conversationType: "2",
  conversationTitle: "测试群",
  isInAtList: true,
};

function contentOf(body: object, envelope: object = alone) {
  const decoded = decode(JSON.stringify({ ...envelope, ...body }));
  if (!decoded.ok) throw new Error(decoded.problem);
  const { key, at, sender, group, ...content } = decoded.inbound;
  return content;
}

const sessionOfAlone = {
  msgId: "msg1==",
  conversationId: "cidAlone==",
  sessionWebhook: "https://oapi.dingtalk.com/robot/sendBySession?session=0",
};

test("a text in a one-to-one chat", () => {
  expect(decode(JSON.stringify({ ...alone, msgtype: "text", text: { content: " 报送\n" } }))).toEqual({
    ok: true,
    session: sessionOfAlone,
    inbound: {
      key: "msg1==",
      at: new Date(at),
      sender: { staffId: "zhang", nick: "张甲" },
      group: null,
      kind: "text",
      text: "报送",
    },
  });
});

test("a text in a group, where the mention was taken out", () => {
  const decoded = decode(JSON.stringify({ ...inGroup, msgtype: "text", text: { content: " 绑定本群" } }));
  const group = { conversationId: "cidGroup==", title: "测试群" };
  expect(decoded).toMatchObject({ ok: true, inbound: { group, kind: "text", text: "绑定本群" } });
});

test("numbers may come as strings, content as JSON text", () => {
  const content = JSON.stringify({ fileName: "总结.docx", downloadCode: "code" });
  const decoded = decode(
    JSON.stringify({ ...alone, createAt: String(at), conversationType: 1, msgtype: "file", content }),
  );
  expect(decoded).toMatchObject({
    ok: true,
    inbound: { at: new Date(at), group: null, kind: "file", fileName: "总结.docx", downloadCode: "code" },
  });
});

const item = (text: string) => ({ text });
const picture = { type: "picture", pictureDownloadCode: "small", downloadCode: "whole" };

test.each([
  [
    "voice",
    { msgtype: "audio", content: { duration: 4000, downloadCode: "c", recognition: " 两场八十人 " } },
    { kind: "voice", text: "两场八十人" },
  ],
  [
    "voice that was not recognised",
    { msgtype: "audio", content: { duration: "4000", downloadCode: "c" } },
    { kind: "unsupported", messageType: "audio" },
  ],
  [
    "rich text",
    { msgtype: "richText", content: { richText: [item("1 2场"), picture, { text: "80人", attrs: { bold: true } }] } },
    { kind: "text", text: "1 2场80人" },
  ],
  [
    "rich text that is a picture only",
    { msgtype: "richText", content: { richText: [item("\n"), picture, { ...picture, downloadCode: "second" }] } },
    { kind: "picture", downloadCode: "whole" },
  ],
  [
    "rich text of nothing known",
    { msgtype: "richText", content: { richText: [{ type: "skill", skillData: {} }, 7] } },
    { kind: "unsupported", messageType: "richText" },
  ],
  [
    "a picture",
    { msgtype: "picture", content: { pictureDownloadCode: "small", downloadCode: "whole" } },
    { kind: "picture", downloadCode: "whole" },
  ],
  [
    "a picture of old",
    { msgtype: "picture", content: { pictureDownloadCode: "small" } },
    { kind: "picture", downloadCode: "small" },
  ],
  [
    "a file",
    { msgtype: "file", content: { spaceId: "1", fileName: "a.pdf", downloadCode: "c", fileId: "2" } },
    { kind: "file", fileName: "a.pdf", downloadCode: "c" },
  ],
  [
    "a file without its code",
    { msgtype: "file", content: { fileName: "a.pdf" } },
    { kind: "unsupported", messageType: "file" },
  ],
  [
    "a video",
    { msgtype: "video", content: { duration: "5", videoType: "mp4", downloadCode: "c" } },
    { kind: "unsupported", messageType: "video" },
  ],
  [
    "a sticker",
    { msgtype: "unknownMsgType", content: { unknownMsgType: "…" } },
    { kind: "unsupported", messageType: "unknownMsgType" },
  ],
  [
    "a forwarded chat",
    { msgtype: "chatRecord", content: { summary: "…", chatRecord: "[]" } },
    { kind: "unsupported", messageType: "chatRecord" },
  ],
  ["no type at all", {}, { kind: "unsupported", messageType: "none" }],
  [
    "over quota",
    { msgtype: "text", errorCode: 20001, errorMessage: "…" },
    { kind: "unsupported", messageType: "overQuota" },
  ],
  ["a text without content", { msgtype: "text" }, { kind: "unsupported", messageType: "text" }],
  [
    "a quotation",
    {
      msgtype: "text",
      text: { content: "是3场", isReplyMsg: true, repliedMsg: { msgType: "text", content: { text: "2场" } } },
    },
    { kind: "text", text: "是3场" },
  ],
])("%s", (_name, body, content) => {
  expect(contentOf(body)).toEqual(content);
});

test("in a group's rich text the mention is left in, and is taken out here", () => {
  const body = { msgtype: "richText", content: { richText: [item("@安月 "), item("进度")] } };
  expect(contentOf(body, inGroup)).toEqual({ kind: "text", text: "进度" });
  expect(contentOf(body)).toEqual({ kind: "text", text: "@安月 进度" });
});

test("what no database takes is taken out wherever it stands: NUL, half a character", () => {
  const given = { ...alone, senderNick: "张\u0000甲\ud83d", msgtype: "file" };
  const content = { fileName: "总\u0000结\udc00.docx", downloadCode: "code" };
  const decoded = decode(JSON.stringify({ ...given, content }));
  expect(decoded).toMatchObject({ inbound: { sender: { nick: "张甲\ufffd" }, fileName: "总结\ufffd.docx" } });
});

test("a text is cut at 4,000 characters, never within one", () => {
  const long = contentOf({ msgtype: "text", text: { content: `${"一".repeat(3999)}😀二` } });
  expect(long).toEqual({ kind: "text", text: "一".repeat(3999) });
  const fits = contentOf({ msgtype: "text", text: { content: ` ${"一".repeat(4000)} ` } });
  expect(fits).toEqual({ kind: "text", text: "一".repeat(4000) });
});

describe("what cannot be taken", () => {
  test.each([undefined, null, ""])("a sender whose staff id is %j", (senderStaffId) => {
    const decoded = decode(JSON.stringify({ ...alone, senderStaffId, msgtype: "text", text: { content: "你好" } }));
    expect(decoded).toEqual({ ok: false, problem: "noStaffId", session: sessionOfAlone });
  });

  test.each([
    ["{", "notJson", null],
    ["", "notJson", null],
    ["null", "malformed", null],
    ["[]", "malformed", null],
    [JSON.stringify({ ...alone, createAt: "yesterday" }), "malformed", "msg1=="],
    [JSON.stringify({ ...alone, msgId: 7 }), "malformed", null],
  ])("%s", (data, problem, msgId) => {
    expect(decode(data)).toMatchObject({ ok: false, problem, session: { msgId } });
  });

  test("where to answer is found in what is left of it", () => {
    const { conversationId, sessionWebhook } = sessionOfAlone;
    const decoded = decode(JSON.stringify({ sessionWebhook, conversationId, createAt: "yesterday" }));
    expect(decoded).toEqual({ ok: false, problem: "malformed", session: { ...sessionOfAlone, msgId: null } });
    const without = { msgId: null, conversationId: null, sessionWebhook: null };
    expect(decode('{"sessionWebhook":"no address","conversationId":7}')).toMatchObject({ session: without });
  });
});
