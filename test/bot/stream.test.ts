import { once } from "node:events";
import { Hono } from "hono";
import { expect, onTestFinished, test } from "vitest";
import { type LocalDingTalk, startLocalDingTalk } from "../../src/playground/local-dingtalk.ts";
import { bareGateway, fast, streamTo } from "./bare-gateway.ts";
import { gate } from "./logged.ts";
import { serveOnLoopback } from "./loopback.ts";

const dingTalkOptions = {
  clientId: "dingtest",
  clientSecret: "s3cret",
  people: [{ staffId: "zhang", name: "张甲" }],
  groups: [],
  now: () => new Date("2023-06-01T12:00:00+08:00"),
};

async function local(more: object = {}): Promise<LocalDingTalk> {
  const dingtalk = await startLocalDingTalk({ ...dingTalkOptions, ...more });
  onTestFinished(() => dingtalk.stop());
  return dingtalk;
}

test("a message is acknowledged when it has been taken, and not before", async () => {
  const dingtalk = await local();
  const heard = gate<string>();
  const committed = gate();
  const onMessage = (data: string) => {
    heard.open(data);
    return committed.opened;
  };
  const { stream } = await streamTo(dingtalk.baseUrl, { onMessage });
  expect(stream.isConnected()).toBe(true);
  const msgId = dingtalk.say("zhang", "你好");
  expect(JSON.parse(await heard.opened)).toMatchObject({ msgId, text: { content: "你好" } });
  expect(await dingtalk.ping()).toBe(true);
  expect(dingtalk.deliveryOf(msgId)?.state).toBe("pushed");
  committed.open();
  await dingtalk.quiet();
  expect(dingtalk.deliveryOf(msgId)).toMatchObject({
    state: "acked",
    frames: [{ ack: { code: 200, data: '{"response":null}' } }],
  });
});

test("what could not be handled is not acknowledged, and comes again", async () => {
  const dingtalk = await local({ redeliverAfterMs: 20 });
  const heard: string[] = [];
  const onMessage = async (data: string) => {
    heard.push(data);
    if (heard.length === 1) throw new Error("no database");
  };
  await streamTo(dingtalk.baseUrl, { onMessage });
  const msgId = dingtalk.say("zhang", "你好");
  await dingtalk.quiet();
  expect(dingtalk.deliveryOf(msgId)?.frames.map((it) => it.ack?.code)).toEqual([undefined, 200]);
  expect(heard[1]).toBe(heard[0]);
});

test("told to leave, it opens another connection and still acknowledges on the old one", async () => {
  const dingtalk = await local();
  const heard = gate();
  const committed = gate();
  const onMessage = () => {
    heard.open();
    return committed.opened;
  };
  const { stream } = await streamTo(dingtalk.baseUrl, { onMessage });
  const msgId = dingtalk.say("zhang", "1 2场80人");
  await heard.opened;
  dingtalk.disconnect();
  expect(dingtalk.connections()).toBe(0);
  await dingtalk.connected(1);
  // Its echo shows that the new connection is in use, and so the old one on its way out.
  expect(await dingtalk.ping()).toBe(true);
  committed.open();
  await dingtalk.quiet();
  expect(dingtalk.deliveryOf(msgId)).toMatchObject({ state: "acked", frames: [{ ack: { code: 200 } }] });
  const next = dingtalk.say("zhang", "进度");
  await dingtalk.quiet();
  expect(dingtalk.deliveryOf(next)?.state).toBe("acked");
  expect(stream.isConnected()).toBe(true);
});

test("it comes back when DingTalk was away", async () => {
  const first = await local();
  const { stream } = await streamTo(first.baseUrl);
  await first.stop();
  const second = await local({ port: Number(new URL(first.baseUrl).port) });
  await second.connected(1);
  const msgId = second.say("zhang", "你好");
  await second.quiet();
  expect(second.deliveryOf(msgId)?.state).toBe("acked");
  await stream.stop();
  await second.connected(0);
  expect(stream.isConnected()).toBe(false);
});

test.each([
  [401, "authFailed", /401.*DINGTALK_CLIENT_ID/],
  [400, "invalid", /400 invalid.*发布.*Stream 模式.*白名单/],
  [503, "busy", /暂时不可用（503/],
])("a gateway that answers %i is explained once, and asked until it opens", async (status, code, words) => {
  const dingtalk = await local();
  let refusals = 3;
  const app = new Hono();
  app.post("/v1.0/gateway/connections/open", async ({ req }) => {
    refusals -= 1;
    if (refusals >= 0) return Response.json({ code, message: "no", requestid: "1" }, { status });
    const headers = { "content-type": "application/json", accept: "application/json" };
    return fetch(`${dingtalk.baseUrl}${req.path}`, { method: "POST", headers, body: await req.text() });
  });
  const { url } = await serveOnLoopback(app);
  const { lines } = await streamTo(url);
  await dingtalk.connected(1);
  expect(refusals).toBeLessThan(0);
  expect(lines.filter((it) => words.test(it))).toHaveLength(1);
  expect(lines.join()).not.toContain("s3cret");
});

test("a host that does not answer is explained", async () => {
  const dingtalk = await local();
  await dingtalk.stop();
  const { stream, lines } = await streamTo(dingtalk.baseUrl);
  expect(stream.isConnected()).toBe(false);
  expect(lines.join()).toMatch(/连不上钉钉（127\.0\.0\.1/);
});

test("a frame that is no JSON does no harm", async () => {
  const { url, sockets } = await bareGateway();
  const heard = gate<string>();
  const connection = once(sockets, "connection");
  await streamTo(url, { onMessage: async (data) => heard.open(data) });
  const [socket, request] = await connection;
  expect(request.url).toBe("/connect?ticket=a%2Bb");
  const acked = once(socket, "message");
  socket.send("{");
  socket.send("null");
  socket.send(JSON.stringify({ type: "CALLBACK" }));
  const headers = { topic: "/v1.0/im/bot/messages/get", messageId: "m1" };
  socket.send(JSON.stringify({ specVersion: "1.0", type: "CALLBACK", headers, data: "{}" }));
  expect(await heard.opened).toBe("{}");
  const [ack] = await acked;
  expect(JSON.parse(String(ack))).toMatchObject({ code: 200, headers: { messageId: "m1" } });
});

test("a connection that answers no ping is given up for another", async () => {
  const { url, sockets } = await bareGateway({ autoPong: false });
  const first = once(sockets, "connection");
  await streamTo(url, { timing: { ...fast, heartbeatMs: 5 } });
  const [deaf] = await first;
  const ended = once(deaf, "close");
  await once(sockets, "connection");
  await ended;
});

test("stopping in the middle of an attempt ends it", async () => {
  const askedAgain = gate();
  let asked = 0;
  const app = new Hono();
  app.post("/v1.0/gateway/connections/open", () => {
    asked += 1;
    if (asked === 1) return Response.json({ code: "busy" }, { status: 503 });
    askedAgain.open();
    return new Promise<Response>(() => {});
  });
  const { url } = await serveOnLoopback(app);
  const { stream } = await streamTo(url, { timing: { ...fast, gatewayLimitMs: 600_000 } });
  await askedAgain.opened;
  await stream.stop();
  expect(asked).toBe(2);
});
