import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { LocalDingTalk } from "../../src/playground/local-dingtalk.ts";
import { app, local, openGateway, robotSubscription, ticketUrl, Wire } from "./robot.ts";

const request = { ...app, subscriptions: robotSubscription };

const struck = (dingtalk: LocalDingTalk) =>
  Object.fromEntries(dingtalk.ledger.faults.filter((it) => it.count > 0).map((it) => [it.fault, it.count]));

describe("a push that goes wrong", () => {
  test("comes twice at once: the same message in two frames", async () => {
    const dingtalk = await local();
    const wire = await Wire.open(dingtalk);
    dingtalk.faults.next("duplicatePush");
    const msgId = dingtalk.say("zhang", "一次");
    dingtalk.say("zhang", "下一条");
    await dingtalk.quiet();
    expect(wire.messages.map((it) => it.text)).toEqual(["一次", "一次", "下一条"]);
    expect(wire.messages.map((it) => it.msgId).slice(0, 2)).toEqual([msgId, msgId]);
    expect(new Set(wire.messages.map((it) => it.frameId)).size).toBe(3);
    expect(struck(dingtalk)).toEqual({ duplicatePush: 1 });
  });

  test("is overtaken by the next", async () => {
    const dingtalk = await local({ delayedPushMs: 60_000 });
    const wire = await Wire.open(dingtalk);
    dingtalk.faults.next("reorderedPush");
    for (const text of ["一", "二", "三"]) dingtalk.say("zhang", text);
    await dingtalk.quiet();
    expect(wire.messages.map((it) => it.text)).toEqual(["二", "一", "三"]);
    expect(struck(dingtalk)).toEqual({ reorderedPush: 1 });
  });

  test("held back with no other to overtake it comes late", async () => {
    const dingtalk = await local({ delayedPushMs: 20 });
    const wire = await Wire.open(dingtalk);
    dingtalk.faults.next("reorderedPush");
    const msgId = dingtalk.say("zhang", "一");
    expect(dingtalk.deliveryOf(msgId)?.state).toBe("waiting");
    await dingtalk.quiet();
    expect(wire.messages.map((it) => it.text)).toEqual(["一"]);
  });

  test("is delayed while others pass", async () => {
    const dingtalk = await local({ delayedPushMs: 50 });
    const wire = await Wire.open(dingtalk);
    dingtalk.faults.next("delayedPush");
    for (const text of ["一", "二", "三"]) dingtalk.say("zhang", text);
    await dingtalk.quiet();
    expect(wire.messages.map((it) => it.text)).toEqual(["二", "三", "一"]);
  });

  test("loses its ack, and comes again", async () => {
    const dingtalk = await local({ redeliverAfterMs: 20 });
    const wire = await Wire.open(dingtalk);
    dingtalk.faults.next("lostAck");
    const msgId = dingtalk.say("zhang", "在吗");
    await dingtalk.quiet();
    expect(wire.messages).toHaveLength(2);
    expect(dingtalk.deliveryOf(msgId)).toMatchObject({
      state: "acked",
      frames: [{ ack: { code: 200, isLost: true } }, { ack: { code: 200, isLost: false } }],
    });
  });
});

describe("redelivery", () => {
  test("goes on as often as it is told to", async () => {
    const dingtalk = await local({ redeliverAfterMs: 10, maxPushes: 5 });
    const wire = await Wire.open(dingtalk, { acks: false });
    const msgId = dingtalk.say("zhang", "在吗");
    await dingtalk.quiet();
    expect(wire.messages).toHaveLength(5);
    expect(dingtalk.deliveryOf(msgId)?.state).toBe("lost");
  });

  test("reaches whoever connects next, when messages are kept", async () => {
    const dingtalk = await local({ redeliverAfterMs: 20, keepsUndelivered: true });
    const early = dingtalk.say("zhang", "有人吗");
    expect(dingtalk.deliveryOf(early)?.state).toBe("waiting");
    const first = await Wire.open(dingtalk, { acks: false });
    await first.takes(1);
    first.socket.terminate();
    await dingtalk.connected(0);
    const second = await Wire.open(dingtalk);
    await dingtalk.quiet();
    expect([...first.messages, ...second.messages].every((it) => it.msgId === early)).toBe(true);
    expect(second.messages.length).toBeGreaterThan(0);
    expect(dingtalk.deliveryOf(early)?.state).toBe("acked");
    expect(dingtalk.lost).toEqual([]);
  });

  test("finds nobody and gives up, when they are not", async () => {
    const dingtalk = await local({ redeliverAfterMs: 20 });
    const wire = await Wire.open(dingtalk, { acks: false });
    const msgId = dingtalk.say("zhang", "在吗");
    await wire.takes(1);
    wire.socket.terminate();
    await dingtalk.quiet();
    expect(dingtalk.lost.map((it) => it.msgId)).toEqual([msgId]);
  });
});

describe("a connection that breaks", () => {
  test("by a reset: no closing frame, and what it owed goes to the next", async () => {
    const dingtalk = await local({ redeliverAfterMs: 100 });
    const first = await Wire.open(dingtalk);
    dingtalk.faults.next("reset");
    const msgId = dingtalk.say("zhang", "在吗");
    const [code] = (await once(first.socket, "close")) as [number];
    expect(code).toBe(1006);
    expect(dingtalk.connections()).toBe(0);
    const second = await Wire.open(dingtalk);
    await dingtalk.quiet();
    expect(second.messages.map((it) => it.msgId)).toEqual([msgId]);
    expect(struck(dingtalk)).toEqual({ reset: 1 });
  });

  test("half: nothing is sent, read or answered, and pushes go to it in vain until it owes an echo", async () => {
    const dingtalk = await local({ redeliverAfterMs: 30, pingEveryMs: 100, maxPushes: 100 });
    const deaf = await Wire.open(dingtalk);
    dingtalk.faults.breakOne("halfOpen");
    let isAnswered = false;
    deaf.socket.on("pong", () => {
      isAnswered = true;
    });
    deaf.socket.ping();
    const msgId = dingtalk.say("zhang", "在吗");
    expect(dingtalk.connections()).toBe(1);
    await dingtalk.connected(0);
    expect(dingtalk.deliveryOf(msgId)?.frames.length).toBeGreaterThan(1);
    expect([deaf.texts, isAnswered, deaf.socket.readyState]).toEqual([[], false, WebSocket.OPEN]);
    deaf.socket.close();
    const next = await Wire.open(dingtalk);
    dingtalk.say("zhang", "还在吗");
    await dingtalk.quiet();
    expect(next.messages.map((it) => it.text)).toContain("还在吗");
    expect(deaf.socket.readyState).toBe(WebSocket.CLOSING);
  });

  test("half, and left by the robot: its share is lost to the dead end until DingTalk notices", async () => {
    const dingtalk = await local({ redeliverAfterMs: 10_000, pingEveryMs: 10_000 });
    const deaf = await Wire.open(dingtalk);
    dingtalk.faults.breakOne("halfOpen");
    deaf.socket.terminate();
    await deaf.closed;
    const next = await Wire.open(dingtalk);
    expect(dingtalk.connections()).toBe(2);
    for (let i = 0; i < 20; i += 1) dingtalk.say("zhang", `${i}`);
    await next.takes(1);
    expect(next.messages.length).toBeLessThan(20);
  });

  test("by leave: a disconnect frame first, TCP after the grace", async () => {
    const dingtalk = await local({ disconnectGraceMs: 30 });
    const wire = await Wire.open(dingtalk);
    dingtalk.faults.next("disconnect");
    const last = dingtalk.say("zhang", "最后一条");
    expect(dingtalk.connections()).toBe(0);
    await wire.closed;
    expect(wire.last).toMatchObject({ type: "SYSTEM", headers: { topic: "disconnect" } });
    expect(dingtalk.deliveryOf(last)?.state).toBe("acked");
  });

  test("cannot when there is none", async () => {
    const dingtalk = await local();
    expect(() => dingtalk.faults.breakOne("reset")).toThrow("no connection is live");
    dingtalk.faults.next("reset");
    dingtalk.say("zhang", "有人吗");
    expect(struck(dingtalk)).toEqual({});
  });
});

describe("a frame that is none", () => {
  test.each([
    ["frameNotJson", /^\{"specVersion.*[^}]$/],
    ["frameWithoutHeaders", /^(?!.*headers)/],
    ["frameOfUnknownType", /"type":"GREETING"/],
    ["frameOfUnknownTopic", /"type":"CALLBACK".*"topic":"\/v1.0\/im\/bot\/messages\/unheard-of"/],
    ["frameOfEvent", /"type":"EVENT".*"topic":"\*".*"eventType":"chat_update_title","eventId":"/],
    ["frameDataNotJson", /"topic":"\/v1.0\/im\/bot\/messages\/get".*"data":"\{\\"msgId\\":\\"msg"\}$/],
  ] as const)("%s", async (fault, shape) => {
    const dingtalk = await local();
    const wire = await Wire.open(dingtalk);
    dingtalk.faults.breakOne(fault);
    await wire.takes(1);
    expect(wire.texts[0]).toMatch(shape);
    dingtalk.faults.next(fault);
    dingtalk.say("zhang", "你好");
    await wire.takes(3);
    await dingtalk.quiet();
    expect(wire.messages.map((it) => it.text)).toEqual(["你好"]);
    expect(struck(dingtalk)).toEqual({ [fault]: 2 });
    expect(dingtalk.ledger.oddFrames.map((it) => it.fault)).toEqual([fault, fault]);
  });

  test("is remembered with what the robot answered", async () => {
    const dingtalk = await local();
    const wire = await Wire.open(dingtalk);
    dingtalk.faults.breakOne("frameOfUnknownTopic");
    await wire.takes(1);
    await dingtalk.ping();
    expect(dingtalk.ledger.oddFrames).toEqual([
      {
        fault: "frameOfUnknownTopic",
        connectionId: expect.any(String),
        messageId: expect.any(String),
        at: new Date("2023-06-01T12:00:00+08:00"),
        ack: { code: 200, data: "{}" },
      },
    ]);
  });
});

describe("a gateway that refuses", () => {
  test.each([
    ["refused401", 401, "authFailed"],
    ["refused400", 400, "invalidRequest"],
    ["refused500", 500, "system.error"],
  ] as const)("%s, once", async (fault, status, code) => {
    const dingtalk = await local();
    dingtalk.faults.next(fault);
    const answer = await openGateway(dingtalk.baseUrl, request);
    expect([answer.status, await answer.json()]).toMatchObject([status, { code }]);
    await Wire.open(dingtalk);
    expect(struck(dingtalk)).toEqual({ [fault]: 1 });
  });

  test("to answer at all", async () => {
    const dingtalk = await local();
    dingtalk.faults.next("noAnswer");
    const impatient = fetch(`${dingtalk.baseUrl}/v1.0/gateway/connections/open`, {
      method: "POST",
      signal: AbortSignal.timeout(50),
    });
    await expect(impatient).rejects.toThrow("timeout");
    await Wire.open(dingtalk);
  });

  test("even while it stops", async () => {
    const dingtalk = await local();
    dingtalk.faults.next("noAnswer");
    const patient = openGateway(dingtalk.baseUrl, request);
    await expect.poll(() => dingtalk.ledger.calls.length).toBe(1);
    await Promise.all([dingtalk.stop(), expect(patient).rejects.toThrow()]);
  });

  test("the ticket that it gave", async () => {
    const dingtalk = await local();
    dingtalk.faults.next("usedTicket");
    const socket = new WebSocket(await ticketUrl(dingtalk));
    socket.on("error", () => {});
    const [, response] = (await once(socket, "unexpected-response")) as [unknown, IncomingMessage];
    socket.terminate();
    expect(response.statusCode).toBe(401);
    await Wire.open(dingtalk);
  });
});
