import { Hono } from "hono";
import { expect, test } from "vitest";
import { createSessionFallback } from "../../src/bot/session-fallback.ts";
import { credentialsFor, serveOnLoopback } from "./loopback.ts";

const zhang = { kind: "person", staffId: "zhang" } as const;
const group = { kind: "group", conversationId: "cid==" } as const;
const short = { text: "已记", buttons: [] };
const ok = { errcode: 0, errmsg: "ok" };
const expired = { errcode: 300001, errmsg: "session 不存在" };

/** The fallback, with sessions of Zhang and of a group whose webhook answers the n-th post as the test says. */
async function fallbackAnswering(answer: (post: number) => object) {
  const app = new Hono();
  let posts = 0;
  let sent = 0;
  app.post("/robot/sendBySession", () => {
    posts += 1;
    return Response.json(answer(posts));
  });
  const { url } = await serveOnLoopback(app);
  const onSent = () => {
    sent += 1;
  };
  const fallback = createSessionFallback({ credentials: credentialsFor(url), onSent });
  const writes = (inGroup: boolean) => {
    const sender = { staffId: "zhang", nick: "" };
    const place = inGroup ? { conversationId: "cid==", title: "测试群" } : null;
    const inbound = { key: "m", at: new Date(), sender, group: place, kind: "text", text: "在" } as const;
    const sessionWebhook = `${url}/robot/sendBySession?session=1`;
    fallback.keep(inbound, { msgId: "m", conversationId: "c", sessionWebhook });
  };
  writes(false);
  writes(true);
  return { fallback, writes, sent: () => sent };
}

test("each part counts against the month", async () => {
  const { fallback, sent } = await fallbackAnswering(() => ok);
  const long = { text: ["甲", "乙"].map((it) => it.repeat(4500)).join("\n\n"), buttons: [] };
  expect(await fallback.send(zhang, long)).toEqual({ kind: "sent", receipt: null });
  expect(sent()).toBe(2);
});

test("a part of which nobody knows whether it arrived counts as well, one that was turned away does not", async () => {
  const long = { text: ["甲", "乙", "丙"].map((it) => it.repeat(4500)).join("\n\n"), buttons: [] };
  const busy = await fallbackAnswering((post) => (post === 1 ? ok : { errcode: -1, errmsg: "系统繁忙" }));
  expect(await busy.fallback.send(zhang, long)).toMatchObject({ kind: "retry", isDoubtful: true });
  expect(busy.sent()).toBe(2);
  const tooFast = await fallbackAnswering((post) => (post === 1 ? ok : { errcode: 130101, errmsg: "send too fast" }));
  await tooFast.fallback.send(zhang, long);
  expect(tooFast.sent()).toBe(1);
});

test("too fast is no doubt; half of a long text is one", async () => {
  const tooFast = { errcode: 130101, errmsg: "send too fast, exceed 20 times per minute" };
  const { fallback } = await fallbackAnswering((post) => (post === 2 ? ok : tooFast));
  expect(await fallback.send(zhang, short)).toMatchObject({ kind: "retry", afterMs: 60_000, isDoubtful: false });
  const long = { text: ["甲", "乙"].map((it) => it.repeat(4500)).join("\n\n"), buttons: [] };
  expect(await fallback.send(zhang, long)).toMatchObject({ kind: "retry", problem: "130101", isDoubtful: true });
});

test("a session that ends in the middle of a long text leaves a doubt", async () => {
  const { fallback } = await fallbackAnswering((post) => (post === 1 ? ok : expired));
  const long = { text: ["甲", "乙"].map((it) => it.repeat(4500)).join("\n\n"), buttons: [] };
  expect(await fallback.send(zhang, long)).toMatchObject({ kind: "retry", isDoubtful: true });
  expect(await fallback.send(zhang, short)).toBeNull();
});

test("what is refused for its words or its group is refused, as by the OpenAPI", async () => {
  const unsafe = await fallbackAnswering(() => ({ errcode: 430102, errmsg: "unsafe text" }));
  expect(await unsafe.fallback.send(zhang, short)).toEqual({ kind: "refused", problem: "430102" });
  const gone = await fallbackAnswering(() => ({ errcode: 400106, errmsg: "robot not in group" }));
  expect(await gone.fallback.send(group, short)).toEqual({ kind: "refused", problem: "400106" });
});

test("any other refusal closes this way only, until they write again", async () => {
  for (const refusal of [expired, { errcode: 400102, errmsg: "stopped" }, { errcode: 40035, errmsg: "no json" }]) {
    const { fallback, writes } = await fallbackAnswering(() => refusal);
    expect([fallback.has(zhang), await fallback.send(zhang, short), fallback.has(zhang)]).toEqual([true, null, false]);
    writes(false);
    expect(fallback.has(zhang)).toBe(true);
  }
});
