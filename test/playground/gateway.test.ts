import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { createConnection } from "node:net";
import { TOPIC_CARD } from "dingtalk-stream";
import { describe, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { app, connect, local, openGateway, Robot, robotSubscription, TestClock, ticketUrl } from "./robot.ts";

const request = { ...app, subscriptions: robotSubscription };

async function rawSocket(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  onTestFinished(() => socket.terminate());
  await once(socket, "open");
  return socket;
}

async function refusedUpgrade(url: string): Promise<number | undefined> {
  const socket = new WebSocket(url);
  socket.on("error", () => {});
  const [, response] = (await once(socket, "unexpected-response")) as [unknown, IncomingMessage];
  socket.terminate();
  return response.statusCode;
}

/** Asks for a connection and breaks off at once, as a program does that is killed. */
async function askAndVanish(baseUrl: string): Promise<void> {
  const { hostname, port } = new URL(baseUrl);
  const socket = createConnection({ host: hostname, port: Number(port) });
  socket.on("error", () => {});
  await once(socket, "connect");
  const head = ["Host: localhost", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"];
  const request = [
    "GET /connect?ticket=invented HTTP/1.1",
    ...head,
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    "",
    "",
  ];
  await new Promise<void>((resolve) => socket.write(request.join("\r\n"), () => resolve()));
  socket.resetAndDestroy();
}

describe("a ticket", () => {
  test("is given for the right id and secret only", async () => {
    const { baseUrl } = await local();
    const wrong = await openGateway(baseUrl, { ...request, clientSecret: "wrong" });
    expect(wrong.status).toBe(401);
    expect(await wrong.json()).toEqual({ code: "authFailed", message: "鉴权失败", requestid: expect.any(String) });
    expect((await openGateway(baseUrl, { ...request, clientId: "other" })).status).toBe(401);

    const right = await openGateway(baseUrl, request);
    expect(right.status).toBe(200);
    const endpoint = `${baseUrl.replace("http", "ws")}/connect`;
    expect(await right.json()).toEqual({ endpoint, ticket: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  test("needs JSON and subscriptions, and comes as XML unless JSON is asked for", async () => {
    const { baseUrl } = await local();
    const form = await openGateway(baseUrl, request, { "content-type": "application/x-www-form-urlencoded" });
    expect([form.status, await form.json()]).toMatchObject([400, { code: "Missingbody" }]);
    expect((await openGateway(baseUrl, app)).status).toBe(400);
    expect((await openGateway(baseUrl, { ...app, subscriptions: [] })).status).toBe(400);
    const oneEvent = [{ type: "EVENT", topic: "chat_update_title" }];
    expect((await openGateway(baseUrl, { ...app, subscriptions: oneEvent })).status).toBe(400);
    const allEvents = [{ type: "EVENT", topic: "*" }];
    expect((await openGateway(baseUrl, { ...app, subscriptions: allEvents })).status).toBe(200);
    expect(await (await openGateway(baseUrl, request, { accept: "*/*" })).text()).toMatch(/^<\?xml.*<ticket>/);
  });

  test("is refused without harm to who was gone before the answer", async () => {
    const { baseUrl } = await local();
    for (let n = 0; n < 40; n += 1) await askAndVanish(baseUrl);
    expect((await openGateway(baseUrl, request)).status).toBe(200);
  });

  test("opens one connection, within 90 seconds", async () => {
    const clock = new TestClock();
    const dingtalk = await local({ now: clock.now });
    const used = await ticketUrl(dingtalk);
    clock.advance(89);
    await rawSocket(used);
    expect(await refusedUpgrade(used)).toBe(401);

    const late = await ticketUrl(dingtalk);
    clock.advance(90);
    expect(await refusedUpgrade(late)).toBe(401);
    expect(await refusedUpgrade(late.replace(/ticket=.*/, "ticket=invented"))).toBe(401);
    expect(await refusedUpgrade((await ticketUrl(dingtalk)).replace("/connect", "/elsewhere"))).toBe(401);
    expect(dingtalk.connections()).toBe(1);
  });

  test("is refused to the SDK with a wrong secret", async () => {
    const dingtalk = await local();
    const robot = new Robot(dingtalk, { clientSecret: "wrong" });
    await robot.connect();
    expect(robot.connected).toBe(false);
    expect(dingtalk.connections()).toBe(0);
  });
});

describe("a push", () => {
  test("is a frame of strings, acknowledged by the SDK", async () => {
    const dingtalk = await local();
    const robot = await connect(dingtalk);
    const msgId = dingtalk.say("zhang", "你好");
    await dingtalk.quiet();

    const [frame] = robot.frames;
    expect(frame).toMatchObject({ specVersion: "1.0", type: "CALLBACK", data: expect.any(String) });
    expect(frame?.headers).toEqual({
      appId: expect.any(String),
      connectionId: expect.any(String),
      contentType: "application/json",
      messageId: expect.stringMatching(/^[0-9a-f]{8}_[0-9a-f]{4}_[0-9a-f]{11}_[0-9a-f]{7}$/),
      time: String(Date.parse("2023-06-01T12:00:00+08:00")),
      topic: "/v1.0/im/bot/messages/get",
    });
    expect(dingtalk.deliveryOf(msgId)).toMatchObject({
      state: "acked",
      frames: [{ ack: { code: 200, data: '{"response":null}' } }],
    });
    expect(dingtalk.lost).toEqual([]);
  });

  test("goes to one connection at random, and only to those that subscribed", async () => {
    const dingtalk = await local();
    const deaf = await connect(dingtalk, [TOPIC_CARD]);
    const robots = [await connect(dingtalk), await connect(dingtalk)];
    for (let i = 0; i < 40; i += 1) dingtalk.say("zhang", `${i}`);
    await dingtalk.quiet();
    const counts = robots.map((it) => it.frames.length);
    expect(counts.reduce((sum, it) => sum + it)).toBe(40);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(deaf.frames).toEqual([]);
  });

  test("is lost when nobody is connected or nobody subscribed", async () => {
    const dingtalk = await local();
    const early = dingtalk.say("zhang", "有人吗");
    await connect(dingtalk, [TOPIC_CARD]);
    const unasked = dingtalk.say("zhang", "有人吗");
    await dingtalk.quiet();
    const robot = await connect(dingtalk);
    dingtalk.say("zhang", "你好");
    await dingtalk.quiet();
    expect(robot.heard.map((it) => it.text.content)).toEqual(["你好"]);
    expect(dingtalk.lost.map((it) => [it.msgId, it.frames.length])).toEqual([
      [early, 0],
      [unasked, 0],
    ]);
    expect(dingtalk.usage().streamMessages).toBe(1);
  });

  test("without an ack is repeated, three times in all, with the same data and a new frame id", async () => {
    const dingtalk = await local({ redeliverAfterMs: 20 });
    const robot = await connect(dingtalk);
    robot.acks = false;
    const msgId = dingtalk.say("zhang", "在吗");
    await dingtalk.quiet();
    expect(robot.frames).toHaveLength(3);
    expect(new Set(robot.frames.map((it) => it.headers.messageId)).size).toBe(3);
    expect(new Set(robot.frames.map((it) => it.data)).size).toBe(1);
    expect(dingtalk.deliveryOf(msgId)?.state).toBe("lost");
    expect(dingtalk.usage().streamMessages).toBe(3);
  });

  test("ends its repeats with an ack, even a late one for an earlier frame", async () => {
    const dingtalk = await local({ redeliverAfterMs: 300 });
    const robot = await connect(dingtalk);
    robot.acks = false;
    const msgId = dingtalk.say("zhang", "在吗");
    await robot.hears(2);
    robot.socketCallBackResponse(robot.frames[0]?.headers.messageId ?? "", null);
    await dingtalk.quiet();
    expect(robot.frames).toHaveLength(2);
    expect(dingtalk.deliveryOf(msgId)?.state).toBe("acked");
  });

  test("is not acknowledged by another connection", async () => {
    const dingtalk = await local({ redeliverAfterMs: 50 });
    const robot = await connect(dingtalk);
    robot.acks = false;
    const msgId = dingtalk.say("zhang", "在吗");
    await robot.hears(1);
    const other = await connect(dingtalk, [TOPIC_CARD]);
    other.socketCallBackResponse(robot.frames[0]?.headers.messageId ?? "", null);
    await dingtalk.quiet();
    expect(dingtalk.deliveryOf(msgId)).toMatchObject({ state: "lost", frames: { length: 3 } });
  });

  test("unacknowledged by a connection that broke goes to the next one", async () => {
    const dingtalk = await local({ redeliverAfterMs: 300 });
    const first = await connect(dingtalk);
    first.acks = false;
    const msgId = dingtalk.say("zhang", "在吗");
    await first.hears(1);
    const second = await connect(dingtalk);
    first.disconnect();
    await dingtalk.quiet();
    expect(second.heard).toEqual(first.heard.slice(0, 1));
    expect(dingtalk.deliveryOf(msgId)?.state).toBe("acked");
  });

  test("can be doubled", async () => {
    const dingtalk = await local();
    const robot = await connect(dingtalk);
    const msgId = dingtalk.say("zhang", "一次");
    dingtalk.redeliver(msgId);
    await dingtalk.quiet();
    dingtalk.redeliver(msgId);
    await dingtalk.quiet();
    expect(robot.heard.map((it) => it.msgId)).toEqual([msgId, msgId, msgId]);
    expect(new Set(robot.frames.map((it) => it.headers.messageId)).size).toBe(3);
    expect(dingtalk.messages({ staffId: "zhang" })).toHaveLength(1);
    expect(() => dingtalk.redeliver("msgUnknown")).toThrow("never pushed");
  });
});

describe("a connection", () => {
  test("echoes pings through the SDK, and is caught when it echoes something else", async () => {
    const dingtalk = await local();
    await connect(dingtalk);
    expect(await dingtalk.ping()).toBe(true);

    const liar = await rawSocket(await ticketUrl(dingtalk));
    liar.on("message", (data) => {
      const { headers } = JSON.parse(String(data));
      liar.send(JSON.stringify({ code: 200, headers, message: "OK", data: '{"opaque":"invented"}' }));
    });
    expect(await dingtalk.ping()).toBe(false);
  });

  test("that never echoes is closed", async () => {
    const dingtalk = await local({ pingEveryMs: 20 });
    const mute = await rawSocket(await ticketUrl(dingtalk));
    await once(mute, "close");
    expect(dingtalk.connections()).toBe(0);
  });

  test("told to disconnect gets nothing more, and loses TCP after the grace", async () => {
    const dingtalk = await local({ disconnectGraceMs: 50 });
    const socket = await rawSocket(await ticketUrl(dingtalk));
    dingtalk.disconnect();
    const lost = dingtalk.say("zhang", "有人吗");
    const [data] = await once(socket, "message");
    expect(JSON.parse(String(data))).toMatchObject({
      type: "SYSTEM",
      headers: { topic: "disconnect" },
      data: '{"reason":"connection is expired"}',
    });
    expect(dingtalk.deliveryOf(lost)?.state).toBe("lost");
    await once(socket, "close");
  });

  test("of the SDK counts as gone with the disconnect frame, and its last ack still counts", async () => {
    const dingtalk = await local();
    const robot = await connect(dingtalk);
    const msgId = dingtalk.say("zhang", "最后一条");
    dingtalk.disconnect("persistent connection is timeout");
    expect(dingtalk.connections()).toBe(0);
    await dingtalk.quiet();
    expect(robot.frames).toHaveLength(1);
    expect(dingtalk.deliveryOf(msgId)?.state).toBe("acked");
    const next = await connect(dingtalk);
    dingtalk.say("zhang", "新的一条");
    await dingtalk.quiet();
    expect([robot.frames.length, next.frames.length]).toEqual([1, 1]);
  });

  test("ignores frames that are none", async () => {
    const dingtalk = await local();
    const socket = await rawSocket(await ticketUrl(dingtalk));
    for (const text of ["", "[]", "not json", '{"code":200}', '{"code":200,"headers":{"messageId":"x"}}'])
      socket.send(text);
    dingtalk.say("zhang", "你好");
    const [data] = await once(socket, "message");
    socket.send(JSON.stringify({ code: 500, headers: JSON.parse(String(data)).headers, message: "no" }));
    await dingtalk.quiet();
    expect(dingtalk.lost).toEqual([]);
  });
});

test("stopping ends what waits", async () => {
  const dingtalk = await local();
  const robot = await connect(dingtalk);
  robot.acks = false;
  dingtalk.say("zhang", "在吗");
  const quiet = dingtalk.quiet();
  await robot.hears(1);
  await dingtalk.stop();
  await quiet;
  await expect(fetch(dingtalk.baseUrl)).rejects.toThrow();
});
