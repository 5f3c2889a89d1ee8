import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { unionIdOf } from "../../src/playground/ids.ts";
import { launchBrowser } from "../browser.ts";
import { buildPage, type PageRig, png, startEcho, startPage, workbook } from "./page-rig.ts";
import { app, caller } from "./robot.ts";

const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
const liaison = "demo-dinghai-contact";

let browser: Browser;
beforeAll(async () => {
  await buildPage();
  browser = await launchBrowser();
}, 120_000);
afterAll(() => browser.close());

interface Opening {
  viewport?: typeof desktop;
  path?: string;
  /** What the console may say: browsers report every refused request there. */
  expected?: RegExp;
}

/** A page that fails the test if it complains on its console, or asks for anything that this server does not have. */
async function open(rig: PageRig, given: Opening = {}): Promise<Page> {
  const { viewport = desktop } = given;
  const context = await browser.newContext({ viewport, timezoneId: "America/New_York", reducedMotion: "reduce" });
  const complaints: string[] = [];
  const page = await context.newPage();
  page.on("console", (it) => ["error", "warning"].includes(it.type()) && complaints.push(it.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on(
    "request",
    (it) => !/^(data|blob):/.test(it.url()) && !it.url().startsWith(rig.url) && complaints.push(it.url()),
  );
  onTestFinished(async () => {
    await context.close();
    expect(complaints.filter((it) => !given.expected?.test(it))).toEqual([]);
  });
  await page.goto(`${rig.url}/${given.path ?? ""}`);
  return page;
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByPlaceholder("按回车发送").fill(text);
  await page.keyboard.press("Enter");
}

const bubbles = (page: Page) => page.locator(".messages .bubble");
const row = (page: Page, key: string) => page.locator(`[data-key="${key}"]`);

test("serves what was built, and nothing beside it", async () => {
  const rig = await startPage();
  const html = await (await fetch(rig.url)).text();
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? "";
  const asset = await fetch(rig.url + script);
  expect([asset.status, asset.headers.get("content-type")]).toEqual([200, expect.stringContaining("javascript")]);
  for (const path of ["/assets/none.js", "/assets/..%2findex.html", "/assets/%2e%2e%2findex.html", "/package.json"]) {
    expect((await fetch(rig.url + path)).status).toBe(404);
  }
});

test("choose a person, type, read the answer, tap", async () => {
  const rig = await startPage();
  await startEcho(rig.dingtalk, await workbook());
  const page = await open(rig);
  await page.getByRole("heading", { name: "安全生产月" }).waitFor();
  await page.getByPlaceholder("搜姓名或单位").fill("定海 联系人");
  await page.getByRole("button", { name: "联系人" }).click();
  await say(page, "今天开展2场应急演练");

  const answer = bubbles(page).nth(1);
  await answer.locator("strong", { hasText: "今天开展2场应急演练" }).waitFor();
  expect(await answer.locator("li").allTextContents()).toEqual(["第一条", "第二条"]);
  expect(await answer.textContent()).toContain("<img src=x onerror=alert(1)>");
  await answer.getByRole("button", { name: "去填报" }).click();
  await bubbles(page).nth(3).locator("strong", { hasText: "报送" }).waitFor();

  await say(page, "卡片");
  await page.getByRole("button", { name: "不同意" }).click();
  await bubbles(page).nth(7).locator("strong", { hasText: "不同意 12" }).waitFor();
  const said = rig.dingtalk.messages({ staffId: liaison }).filter((it) => it.from !== "bot");
  expect(said.map(({ body }) => body.kind === "text" && body.text)).toEqual([
    "今天开展2场应急演练",
    "报送",
    "卡片",
    "不同意 12",
  ]);
});

test("DingTalk's markdown is shown, anything else as it was written, and nothing is fetched from outside", async () => {
  const rig = await startPage();
  const mediaId = rig.dingtalk.world.files.store({ bytes: png, fileName: "p.png", type: "image" });
  const text = [
    "## 进度",
    "> 截至*今天*  \n应报 3 个",
    "3. 定海\n4. 普陀",
    "~~作废~~ a&nbsp;b &lt;i&gt; \\*星\\* 一行\n两行",
    "[坏](javascript:alert(1)) [官网](https://example.com/a) ![外图](https://example.com/a.png)",
    `![](${mediaId})`,
  ].join("\n\n");
  rig.dingtalk.world.record({
    conversation: { staffId: liaison },
    from: "bot",
    body: { kind: "markdown", title: "进度", text },
  });
  const page = await open(rig, { path: `#${encodeURIComponent(`person/${liaison}`)}` });
  const shown = page.locator(".markdown");
  await shown.waitFor();
  expect(await shown.locator(".heading-2").textContent()).toBe("进度");
  expect(await shown.locator("blockquote").innerHTML()).toMatch(/截至<em>今天<\/em><br>应报 3 个/);
  expect(await shown.locator("ol").getAttribute("start")).toBe("3");
  expect(await shown.locator(".paragraph").allTextContents()).toContain("~~作废~~ a\u00a0b <i> *星* 一行\n两行");
  expect(
    await shown.locator("a").evaluateAll((all) => all.map((it) => [it.textContent, it.getAttribute("href")])),
  ).toEqual([
    ["官网", "https://example.com/a"],
    ["[图片] 外图", "https://example.com/a.png"],
  ]);
  expect(await shown.locator("img").evaluate((it: HTMLImageElement) => it.decode().then(() => it.naturalWidth))).toBe(
    1,
  );
});

test("a DING is marked, to-dos stand above the chat, and what is shown is read", async () => {
  const rig = await startPage();
  const call = await caller(rig.dingtalk);
  const ding = { robotCode: app.clientId, remindType: 1, receiverUserIdList: [liaison], content: "请尽快报送" };
  await call("/v1.0/robot/ding/send", ding);
  const [message] = rig.dingtalk.messages({ staffId: liaison });
  const hasRead = () => rig.dingtalk.world.hasRead(liaison, message?.id ?? "");
  const page = await open(rig);
  await row(page, `person/${liaison}`).getByTitle("1 条未读").waitFor();
  expect(hasRead()).toBe(false);
  const told = page.waitForResponse((it) => it.url().endsWith("/api/read") && it.ok());
  await row(page, `person/${liaison}`).click();
  await told;
  expect(await bubbles(page).first().locator(".as-written").textContent()).toBe("DING请尽快报送");
  expect(hasRead()).toBe(true);

  const unionId = unionIdOf(liaison);
  const detailUrl = { appUrl: "https://www.dingtalk.com", pcUrl: "https://www.dingtalk.com" };
  const dueTime = Date.parse("2023-07-01T18:00:00+08:00");
  const todo = { sourceId: "1", subject: "报送统计表", executorIds: [unionId], dueTime, detailUrl };
  await call(`/v1.0/todo/users/${unionId}/tasks`, todo);
  const todos = page.getByRole("list", { name: "待办" });
  await todos.waitFor();
  expect(await todos.textContent()).toContain("待办：报送统计表（7月1日 周六 18:00 截止）");
});

test("a picture is shown and enlarged, a file is saved byte for byte under its name", async () => {
  const rig = await startPage();
  const table = await workbook();
  await startEcho(rig.dingtalk, table);
  const page = await open(rig, { path: `#${encodeURIComponent(`person/${liaison}`)}` });
  await say(page, "图片");
  const picture = page.locator("img.picture, .picture img").first();
  await picture.waitFor();
  expect(await picture.evaluate((it: HTMLImageElement) => it.decode().then(() => it.naturalWidth))).toBe(1);
  await page.locator(".picture").first().click();
  await page.locator(".ant-image-preview-img").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".ant-image-preview-img").waitFor({ state: "hidden" });

  await say(page, "表格");
  const file = page.getByRole("link", { name: "汇总表 (6月).xlsx" });
  await file.waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), file.click()]);
  expect(download.suggestedFilename()).toBe("汇总表 (6月).xlsx");
  expect(await readFile(await download.path())).toEqual(table);
});

test("people send files, pictures, voices and stickers", async () => {
  const rig = await startPage();
  await startEcho(rig.dingtalk, await workbook());
  const page = await open(rig, { path: `#${encodeURIComponent(`person/${liaison}`)}` });
  const [report, photo] = await attachments(page);
  await report?.setInputFiles({ name: "总结.docx", mimeType: "application/msword", buffer: Buffer.from("总结") });
  await page.locator("strong", { hasText: "总结.docx" }).waitFor();
  await photo?.setInputFiles({ name: "盖章.png", mimeType: "image/png", buffer: png });
  await page.locator("strong", { hasText: "picture" }).waitFor();
  await page.getByPlaceholder("按回车发送").fill("两场八十人");
  await page.getByRole("button", { name: "语音" }).click();
  await page.locator("strong", { hasText: "audio" }).waitFor();
  await page.getByRole("button", { name: "表情" }).click();
  await page.locator("strong", { hasText: "unknownMsgType" }).waitFor();

  const sent = rig.dingtalk.messages({ staffId: liaison }).filter((it) => it.from !== "bot");
  expect(sent.map(({ body }) => body)).toMatchObject([
    { kind: "file", fileName: "总结.docx", fileType: "docx" },
    { kind: "picture", fileName: "盖章.png" },
    { kind: "voice", recognition: "两场八十人" },
    { kind: "sticker" },
  ]);
  const [first] = sent;
  const stored = first?.body.kind === "file" ? rig.dingtalk.world.files.find(first.body.mediaId)?.bytes : undefined;
  expect(Buffer.from(stored ?? []).toString()).toBe("总结");
});

async function attachments(page: Page) {
  await page.locator("input[type=file]").nth(1).waitFor({ state: "attached" });
  return page.locator("input[type=file]").all();
}

test("in the group: a member speaks, with and without a mention", async () => {
  const rig = await startPage();
  await startEcho(rig.dingtalk, await workbook());
  const page = await open(rig);
  const [group] = rig.dingtalk.world.groups;
  const conversationId = group?.conversationId ?? "";
  await row(page, `group/${conversationId}`).click();
  await say(page, "绑定本群");
  await page.locator("strong", { hasText: "绑定本群" }).waitFor();
  await page.getByRole("checkbox", { name: "@安月" }).uncheck();
  await page.getByRole("combobox", { name: "发言人" }).click();
  await page.getByTitle("定海区城市管理局 联系人").click();
  await say(page, "大家好");
  await bubbles(page).nth(2).waitFor();
  expect(
    rig.dingtalk.messages({ conversationId }).map(({ from, body }) => [from, body.kind === "text" && body.text]),
  ).toEqual([
    [{ staffId: "boss" }, "@安月 绑定本群"],
    ["bot", false],
    [{ staffId: liaison }, "大家好"],
  ]);
});

test("what others are told is counted until it is read, and a reload keeps the place", async () => {
  const rig = await startPage();
  await startEcho(rig.dingtalk, await workbook());
  const page = await open(rig);
  await row(page, `person/${liaison}`).click();
  await say(page, "你好");
  await bubbles(page).nth(1).waitFor();
  rig.dingtalk.say("boss", "进度");
  rig.dingtalk.say("boss", "汇总");
  await row(page, "person/boss").getByTitle("2 条未读").waitFor();
  await row(page, "person/boss").click();
  await bubbles(page).nth(3).waitFor();
  await row(page, "person/boss").getByTitle("0 条未读").waitFor({ state: "hidden" });
  await page.reload();
  await bubbles(page).nth(3).waitFor();
  expect(await page.locator(".chat-title").textContent()).toContain("管理员");
  expect(await page.locator(".contacts .ant-badge-count").count()).toBe(0);
});

test("when the program is started anew, the page says so and shows the new world", async () => {
  const first = await startPage();
  const page = await open(first, {
    path: `#${encodeURIComponent(`person/${liaison}`)}`,
    expected: /ERR_(CONNECTION_REFUSED|INCOMPLETE_CHUNKED_ENCODING|CONNECTION_RESET)/,
  });
  first.dingtalk.say(liaison, "旧消息");
  await page.getByText("旧消息").waitFor();
  await first.stop();
  await page.getByText("连接断了").waitFor();
  const second = await startPage({ port: Number(new URL(first.url).port) });
  second.dingtalk.say(liaison, "新消息");
  await page.getByText("新消息").waitFor();
  await page.getByText("连接断了").waitFor({ state: "hidden" });
  expect(await page.getByText("旧消息").count()).toBe(0);
});

test("the clock moves: to the next morning, to the next reminder, to a chosen time; busy meanwhile", async () => {
  const rig = await startPage();
  const page = await open(rig, { expected: /409 \(Conflict\)/ });
  const shown = page.locator("time").first();
  await shown.filter({ hasText: "2023年6月1日 周四 12:00" }).waitFor();
  await page.locator(".clock").getByText("机器人离线").waitFor();

  let release = () => {};
  rig.clock.hold = new Promise((resolve) => {
    release = resolve;
  });
  const tomorrow = page.getByRole("button", { name: "到明天 09:00" });
  await tomorrow.click();
  await page.locator(".clock[aria-busy=true]").waitFor();
  expect(await tomorrow.isDisabled()).toBe(true);
  release();
  await shown.filter({ hasText: "2023年6月2日 周五 09:00" }).waitFor();
  await page.locator(".clock[aria-busy=false]").waitFor();

  await page.getByRole("button", { name: "下一个提醒" }).click();
  await shown.filter({ hasText: "2023年6月5日 周一 09:00" }).waitFor();
  await page.locator(".clock[aria-busy=false]").waitFor();

  await page.getByLabel("调到指定时间").fill("2023-07-01 18:00");
  await page.getByRole("button", { name: "确定" }).click();
  await shown.filter({ hasText: "2023年7月1日 周六 18:00" }).waitFor();
  expect(rig.clock.moves).toEqual(["2023-06-02T01:00:00.000Z", "2023-06-05T01:00:00.000Z", "2023-07-01T10:00:00.000Z"]);

  rig.clock.following = null;
  await page.locator(".clock[aria-busy=false]").waitFor();
  await page.getByRole("button", { name: "下一个提醒" }).click();
  await page.getByText("后面没有要发的提醒了").waitFor();
});

test("on a phone the list is a drawer, and nothing is wider than the screen", async () => {
  const rig = await startPage();
  await startEcho(rig.dingtalk, await workbook());
  const page = await open(rig, { viewport: phone });
  await page.getByRole("button", { name: "打开联系人" }).click();
  await row(page, `person/${liaison}`).click();
  await page.locator(".ant-drawer-content-wrapper").waitFor({ state: "hidden" });
  await say(page, "卡片");
  await page.getByRole("button", { name: "不同意" }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
  for (const part of [page.locator("header"), page.locator(".chat-foot"), bubbles(page).nth(1)]) {
    const box = await part.boundingBox();
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= phone.width).toBe(true);
  }
});
