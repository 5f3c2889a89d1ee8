import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asRepeat, render, renderFile, renderImage } from "../../src/bot/render.ts";

const buttonTexts = ["撤销 37", "确认 8", "同意 12", "不同意 12", "预览", "提交"];

function parsed(message: { msgKey: string; msgParam: string }): Record<string, string> {
  return { msgKey: message.msgKey, ...JSON.parse(message.msgParam) };
}

function said(url: string | undefined): string {
  const prefix = "dtmd://dingtalkclient/sendMessage?content=";
  expect(url?.startsWith(prefix)).toBe(true);
  return decodeURIComponent(url?.slice(prefix.length) ?? "");
}

test("without buttons it is markdown, titled by its first line", () => {
  const [message, ...more] = render(
    { text: "### **进度** \\#1 [看](https://x.cn)\n\n- 已交 7", buttons: [] },
    "person",
  ).map(parsed);
  expect(more).toEqual([]);
  expect(message).toEqual({
    msgKey: "sampleMarkdown",
    title: "进度 #1 看",
    text: "### **进度** \\#1 [看](https://x.cn)\n\n- 已交 7",
  });
});

test("a title has at most 20 characters and is never empty", () => {
  const [long] = render({ text: "😀".repeat(30), buttons: [] }, "person").map(parsed);
  expect(long?.title).toBe("😀".repeat(20));
  const [bare] = render({ text: "---\n\n甲", buttons: [] }, "person").map(parsed);
  expect(bare?.title).toBe("…");
});

test("one button is a card with one", () => {
  const [message] = render({ text: "已记", buttons: ["撤销 37"] }, "person").map(parsed);
  expect(message).toMatchObject({ msgKey: "sampleActionCard", title: "已记", text: "已记", singleTitle: "撤销 37" });
  expect(message?.singleURL).toBe("dtmd://dingtalkclient/sendMessage?content=%E6%92%A4%E9%94%80%2037");
});

test.each([2, 3, 4, 5])("%i buttons are a card of so many", (count) => {
  const buttons = buttonTexts.slice(0, count);
  const [message, ...more] = render({ text: "选一个", buttons }, "person").map(parsed);
  expect(more).toEqual([]);
  expect(message?.msgKey).toBe(`sampleActionCard${count}`);
  expect(buttons.map((_, i) => message?.[`actionTitle${i + 1}`])).toEqual(buttons);
  expect(buttons.map((_, i) => said(message?.[`actionURL${i + 1}`]))).toEqual(buttons);
});

test("more than 5 are links in the text", () => {
  const buttons = [...buttonTexts.slice(0, 5), "单位（甲）(乙)[丙]"];
  const [message] = render({ text: "选一个", buttons }, "person").map(parsed);
  expect(message?.msgKey).toBe("sampleMarkdown");
  const links = [...(message?.text ?? "").matchAll(/\[((?:\\.|[^\]\\])*)\]\(([^)]*)\)/g)];
  expect(links.map(([, label]) => label?.replace(/\\(.)/g, "$1"))).toEqual(buttons);
  expect(links.map(([, , url]) => said(url))).toEqual(buttons);
});

test("in a group they are a hint, for a tap there would not reach the robot", () => {
  const [message] = render({ text: "已绑定", buttons: ["进度", "汇总"] }, "group").map(parsed);
  expect(message).toMatchObject({ msgKey: "sampleMarkdown", text: "已绑定\n\n可 @我 回复：进度、汇总" });
});

describe("a text that is too long", () => {
  const paragraph = "隐患".repeat(400);

  test("is cut between paragraphs, with the buttons on the last part", () => {
    const text = Array.from({ length: 20 }, (_, i) => `${i} ${paragraph}`).join("\n\n");
    const messages = render({ text, buttons: ["提交", "预览"] }, "person");
    expect(messages.length).toBeGreaterThan(2);
    expect(messages.map((it) => it.msgKey)).toEqual([
      ...messages.slice(1).map(() => "sampleMarkdown"),
      "sampleActionCard2",
    ]);
    expect(messages.map((it) => parsed(it).text).join("\n\n")).toBe(text);
    for (const { msgParam } of messages) expect(Buffer.byteLength(msgParam)).toBeLessThanOrEqual(15_000);
  });

  test("is cut between lines, or anywhere, where a paragraph is too long itself", () => {
    const lines = Array.from({ length: 12 }, () => paragraph).join("\n");
    expect(
      render({ text: lines, buttons: [] }, "person")
        .map((it) => parsed(it).text)
        .join("\n"),
    ).toBe(lines);
    const block = "😀".repeat(6000);
    expect(
      render({ text: block, buttons: [] }, "group")
        .map((it) => parsed(it).text)
        .join(""),
    ).toBe(block);
  });

  test("never loses a character nor passes the limit, whatever is in it", () => {
    const piece = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("\n", "\n\n", '"', "\\", "隐患".repeat(900)),
    );
    const text = fc.array(piece, { maxLength: 40 }).map((it) => it.join(""));
    const buttons = fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), { maxLength: 8 });
    fc.assert(
      fc.property(text, buttons, (text, buttons) => {
        const messages = render({ text, buttons }, "person");
        // As a repeat it is a line longer.
        for (const { msgParam } of messages.map(asRepeat))
          expect(Buffer.byteLength(msgParam)).toBeLessThanOrEqual(15_000);
        const whole = messages.map((it) => parsed(it).text).join("");
        if (buttons.length <= 5) expect(whole.replaceAll("\n", "")).toBe(text.replaceAll("\n", ""));
      }),
    );
  });
});

test("a file says its type, an image its media id", () => {
  expect(parsed(renderFile("@lAx", "附件2-甲.XLSX"))).toEqual({
    msgKey: "sampleFile",
    mediaId: "@lAx",
    fileName: "附件2-甲.XLSX",
    fileType: "xlsx",
  });
  expect(parsed(renderImage("@lAy"))).toEqual({ msgKey: "sampleImageMsg", photoURL: "@lAy" });
});

test("a part leaves room for saying that it is a repeat, with the longest of titles", () => {
  const parts = render({ text: "\u0001".repeat(5000), buttons: [] }, "person").map(asRepeat);
  expect(parts.length).toBeGreaterThan(1);
  for (const { msgParam } of parts) expect(Buffer.byteLength(msgParam)).toBeLessThanOrEqual(15_000);
});

test("a repeat says so first, and is the same otherwise", () => {
  const [card, ...more] = render({ text: "已记", buttons: ["撤销 37"] }, "person")
    .map(asRepeat)
    .map(parsed);
  expect(more).toEqual([]);
  expect(card).toMatchObject({ msgKey: "sampleActionCard", title: "已记", singleTitle: "撤销 37" });
  expect(card?.text).toBe("（网络异常，这条可能重复）\n\n已记");
});
