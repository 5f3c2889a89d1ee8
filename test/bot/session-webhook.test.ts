import { Hono } from "hono";
import { expect, onTestFinished, test } from "vitest";
import { postToSession } from "../../src/bot/session-webhook.ts";
import { startLocalDingTalk } from "../../src/playground/local-dingtalk.ts";
import { serveOnLoopback } from "./loopback.ts";

const path = "/robot/sendBySession";
const message = { text: "这条消息没有记录", buttons: [] };

/** A webhook that answers as it is told, and what it was told. */
async function webhookAnswering(answer: () => Response | Promise<Response>) {
  const app = new Hono();
  const heard: unknown[] = [];
  app.post(path, async ({ req }) => {
    heard.push(await req.json());
    return answer();
  });
  const { url } = await serveOnLoopback(app);
  const post = (more: object = {}) => {
    const options = { place: "person" as const, apiBases: [url], limitMs: 5000, ...more };
    return postToSession(`${url}${path}?session=0`, message, options);
  };
  return { url, heard, post };
}

test("a message arrives as markdown; one-to-one its buttons are links, in a group a hint", async () => {
  const { url, heard } = await webhookAnswering(() => Response.json({ errcode: 0, errmsg: "ok" }));
  const options = { apiBases: ["https://api.dingtalk.com", url], limitMs: 5000 };
  const withButtons = { text: "已记 ✓", buttons: ["进度", "撤销 37"] };
  const target = `${url}${path}?session=0`;
  expect(await postToSession(target, message, { ...options, place: "person" })).toEqual({ kind: "sent" });
  expect(await postToSession(target, withButtons, { ...options, place: "person" })).toEqual({ kind: "sent" });
  expect(await postToSession(target, withButtons, { ...options, place: "group" })).toEqual({ kind: "sent" });
  const links = [
    "[进度](dtmd://dingtalkclient/sendMessage?content=%E8%BF%9B%E5%BA%A6)",
    "[撤销 37](dtmd://dingtalkclient/sendMessage?content=%E6%92%A4%E9%94%80%2037)",
  ];
  expect(heard).toEqual([
    { msgtype: "markdown", markdown: { title: message.text, text: message.text } },
    { msgtype: "markdown", markdown: { title: "已记 ✓", text: `已记 ✓\n\n${links.join("　")}` } },
    { msgtype: "markdown", markdown: { title: "已记 ✓", text: "已记 ✓\n\n可 @我 回复：进度、撤销 37" } },
  ]);
});

test.each([
  [300001, { kind: "expired" }],
  [130101, { kind: "retry", afterMs: 60_000, problem: "130101", isDoubtful: false }],
  ["410100", { kind: "retry", afterMs: 60_000, problem: "410100", isDoubtful: false }],
  [-1, { kind: "retry", afterMs: 2000, problem: "-1", isDoubtful: true }],
  [430104, { kind: "refused", problem: "430104" }],
])("error %s comes as HTTP 200", async (errcode, outcome) => {
  const { post } = await webhookAnswering(() => Response.json({ errcode, errmsg: "…" }));
  expect(await post()).toEqual(outcome);
});

test("a broken server, and one that never answers, may be tried again", async () => {
  const broken = await webhookAnswering(() => new Response("{}", { status: 502 }));
  expect(await broken.post()).toMatchObject({ kind: "retry", problem: "http502" });
  const mute = await webhookAnswering(() => new Promise<Response>(() => {}));
  expect(await mute.post({ limitMs: 20 })).toMatchObject({ kind: "retry", problem: "timeout" });
});

test("where a redirect leads is not followed", async () => {
  const inner = await webhookAnswering(() => Response.json({ errcode: 0 }));
  const outer = await webhookAnswering(() => Response.redirect(`${inner.url}${path}`, 307));
  expect(await outer.post()).toMatchObject({ kind: "retry" });
  expect(inner.heard).toEqual([]);
});

test("only DingTalk's hosts and the configured ones are posted to", async () => {
  const { url, heard } = await webhookAnswering(() => Response.json({ errcode: 0 }));
  const { port } = new URL(url);
  const foreign = [
    `${url}${path}`,
    "http://oapi.dingtalk.com/robot/sendBySession",
    "https://oapi.dingtalk.com:8443/robot/sendBySession",
    "https://oapi.dingtalk.com.example.com/robot/sendBySession",
    "https://notdingtalk.com/robot/sendBySession",
    "https://user:pass@oapi.dingtalk.com/robot/sendBySession",
    "https://oapi.dingtalk.com@127.0.0.1/robot/sendBySession",
    `http://oapi.dingtalk.com@127.0.0.1:${port}${path}`,
    "https://169.254.169.254/latest/meta-data",
    "file:///etc/passwd",
    "no address",
  ];
  const apiBases = ["https://api.dingtalk.com", "https://oapi.dingtalk.com"];
  for (const it of foreign) {
    const outcome = await postToSession(it, message, { place: "person", apiBases, limitMs: 5000 });
    expect([it, outcome]).toEqual([it, { kind: "refused", problem: "foreignUrl" }]);
  }
  expect(heard).toEqual([]);
});

test("the session of the local DingTalk takes it, and expires", async () => {
  let now = new Date("2023-06-01T12:00:00+08:00");
  const dingtalk = await startLocalDingTalk({
    clientId: "dingtest",
    clientSecret: "s3cret",
    people: [{ staffId: "zhang", name: "张甲" }],
    groups: [],
    now: () => now,
  });
  onTestFinished(() => dingtalk.stop());
  dingtalk.say("zhang", "你好");
  const msgId = dingtalk.lost[0]?.msgId ?? "";
  const { sessionWebhook } = JSON.parse(dingtalk.deliveryOf(msgId)?.data ?? "{}");
  const options = { place: "person" as const, apiBases: [dingtalk.baseUrl], limitMs: 5000 };
  expect(await postToSession(sessionWebhook, message, options)).toEqual({ kind: "sent" });
  expect(dingtalk.messages({ staffId: "zhang" }).at(-1)?.body).toMatchObject({ kind: "markdown", text: message.text });
  now = new Date("2023-06-01T15:00:00+08:00");
  expect(await postToSession(sessionWebhook, message, options)).toEqual({ kind: "expired" });
});
