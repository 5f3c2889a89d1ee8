import { describe, expect, test } from "vitest";
import type { LocalDingTalk } from "../../src/playground/local-dingtalk.ts";
import { type Answer, app, caller, group, local, post, sure, tokenOf, Wire } from "./robot.ts";

const toPeople = "/v1.0/robot/oToMessages/batchSend";
const toGroup = "/v1.0/robot/groupMessages/send";
const hello = {
  robotCode: "dingtest",
  userIds: ["zhang"],
  msgKey: "sampleText",
  msgParam: JSON.stringify({ content: "好的" }),
};

const received = (dingtalk: LocalDingTalk) => dingtalk.ledger.received.map((it) => [it.text, it.answer]);
const lastCall = (dingtalk: LocalDingTalk) => dingtalk.ledger.calls.at(-1);

async function webhookOf(dingtalk: LocalDingTalk): Promise<string> {
  const wire = await Wire.open(dingtalk);
  dingtalk.say("guest", "你好");
  await wire.takes(1);
  return JSON.parse(sure(wire.last).data).sessionWebhook;
}

describe("a call of the new API", () => {
  test("fails with 500 before anything is done", async () => {
    const dingtalk = await local();
    const call = await caller(dingtalk);
    dingtalk.faults.next("error500");
    expect(await call(toPeople, hello)).toMatchObject({ status: 500, body: { code: "system.error" } });
    expect(received(dingtalk)).toEqual([]);
    expect(dingtalk.usage().apiCalls).toBe(0);
    expect((await call(toPeople, hello)).status).toBe(200);
  });

  test("ends in 504, with the message delivered or without", async () => {
    const dingtalk = await local();
    const call = await caller(dingtalk);
    dingtalk.faults.next("timeoutDelivered");
    expect((await call(toPeople, hello)).status).toBe(504);
    expect(received(dingtalk)).toEqual([["好的", "falsified"]]);
    dingtalk.faults.next("timeoutUndelivered");
    expect((await call(toPeople, hello)).status).toBe(504);
    expect(received(dingtalk)).toHaveLength(1);
    expect(lastCall(dingtalk)).toMatchObject({ status: 504, answer: "falsified", delivered: [] });
  });

  test("loses its connection after the message was delivered", async () => {
    const dingtalk = await local();
    const call = await caller(dingtalk);
    dingtalk.faults.next("cutDelivered");
    await expect(call(toPeople, hello)).rejects.toThrow("fetch failed");
    expect(received(dingtalk)).toEqual([["好的", "unheard"]]);
    expect(lastCall(dingtalk)).not.toHaveProperty("status");
    expect((await call(toPeople, hello)).status).toBe(200);
  });

  test("is one too many", async () => {
    const dingtalk = await local();
    const call = await caller(dingtalk);
    dingtalk.faults.next("tooFast");
    const code = "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi";
    expect(await call(toPeople, hello)).toMatchObject({ status: 403, body: { code } });
    expect(lastCall(dingtalk)).toMatchObject({ status: 403, code, fault: "tooFast", answer: "told", delivered: [] });
  });

  test("is answered late: in time for the patient, too late for others", async () => {
    const dingtalk = await local({ slowAnswerMs: 100 });
    const token = await tokenOf(dingtalk);
    const send = (limitMs: number) =>
      fetch(dingtalk.baseUrl + toPeople, {
        method: "POST",
        headers: { "content-type": "application/json", "x-acs-dingtalk-access-token": token },
        body: JSON.stringify(hello),
        signal: AbortSignal.timeout(limitMs),
      });
    dingtalk.faults.next("slowAnswer");
    expect((await send(10_000)).status).toBe(200);
    dingtalk.faults.next("slowAnswer");
    await expect(send(20)).rejects.toThrow("timeout");
    await expect
      .poll(() => received(dingtalk))
      .toEqual([
        ["好的", "told"],
        ["好的", "unheard"],
      ]);
  });

  test("finds its token too old, like every call until a new one is fetched", async () => {
    const dingtalk = await local();
    const call = await caller(dingtalk);
    dingtalk.faults.next("expiredToken");
    const refused = { status: 400, body: { code: "InvalidAuthentication" } };
    expect(await call(toPeople, hello)).toMatchObject(refused);
    expect(await call(toGroup, hello)).toMatchObject(refused);
    expect((await (await caller(dingtalk))(toPeople, hello)).status).toBe(200);
    expect(received(dingtalk)).toHaveLength(1);
  });
});

describe("a call of the old API", () => {
  const failures: [Parameters<LocalDingTalk["faults"]["next"]>[0], object][] = [
    ["error500", { errcode: -1 }],
    ["timeoutUndelivered", { errcode: 15, sub_code: "isp.top-remote-connection-timeout" }],
    ["tooFast", { errcode: 88, sub_code: "90018" }],
    ["expiredToken", { errcode: 42001 }],
  ];
  test.each(failures)("%s: HTTP 200, and the failure within", async (fault, body) => {
    const dingtalk = await local();
    const url = `${dingtalk.baseUrl}/topapi/v2/user/getbymobile?access_token=${await tokenOf(dingtalk)}`;
    dingtalk.faults.next(fault);
    expect(await post(url, { mobile: "19900000001" })).toMatchObject({ status: 200, body });
    expect((await post(url, { mobile: "19900000001" })).body.errcode).toBe(fault === "expiredToken" ? 42001 : 0);
  });
});

describe("a session webhook", () => {
  test("fails in its own way, and has no token to expire", async () => {
    const dingtalk = await local();
    const url = await webhookOf(dingtalk);
    const answer = { msgtype: "text", text: { content: "请联系管理员" } };
    const outcomes: Answer[] = [];
    for (const fault of ["error500", "tooFast", "timeoutDelivered"] as const) {
      dingtalk.faults.next(fault, "/robot/sendBySession");
      outcomes.push(await post(url, answer));
    }
    dingtalk.faults.next("expiredToken");
    outcomes.push(await post(url, answer));
    expect(outcomes.map((it) => [it.status, it.body.errcode])).toEqual([
      [200, -1],
      [200, 130101],
      [200, 15],
      [200, 0],
    ]);
    expect(received(dingtalk)).toEqual([
      ["请联系管理员", "falsified"],
      ["请联系管理员", "told"],
    ]);
    expect(lastCall(dingtalk)).not.toHaveProperty("fault");
  });
});

test("an order for one path leaves the others alone, and orders are kept in turn", async () => {
  const dingtalk = await local();
  const call = await caller(dingtalk);
  dingtalk.faults.next("error500", toGroup);
  dingtalk.faults.next("tooFast", toPeople);
  dingtalk.faults.next("error500", toPeople);
  const toAll = { ...hello, openConversationId: group.conversationId };
  const statuses: number[] = [];
  for (const [path, body] of [
    [toPeople, hello],
    [toPeople, hello],
    [toPeople, hello],
    [toGroup, toAll],
    [toGroup, toAll],
  ] as const)
    statuses.push((await call(path, body)).status);
  expect(statuses).toEqual([403, 500, 200, 500, 200]);
});

test("a token may be refused too", async () => {
  const dingtalk = await local();
  dingtalk.faults.next("error500", "/v1.0/oauth2/accessToken");
  const { clientId: appKey, clientSecret: appSecret } = app;
  expect((await post(`${dingtalk.baseUrl}/v1.0/oauth2/accessToken`, { appKey, appSecret })).status).toBe(500);
});
