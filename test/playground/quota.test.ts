import { describe, expect, test } from "vitest";
import { Quota } from "../../src/playground/quota.ts";
import { app, caller, connect, group, local, post, sure, TestClock, tokenOf } from "./robot.ts";

const groupPath = "/v1.0/robot/groupMessages/send";
const toGroup = {
  robotCode: app.clientId,
  openConversationId: group.conversationId,
  msgKey: "sampleText",
  msgParam: '{"content":"您好"}',
};

describe("the rate", () => {
  test("is so many in any second, for each path by itself", () => {
    let ms = 0;
    const quota = new Quota({
      now: new TestClock().now,
      qpsPerApi: 2,
      monthlyQuota: { apiCalls: 100, streamMessages: 100 },
      monotonicMs: () => ms,
    });
    const at = (moment: number, path = "/a") => {
      ms = moment;
      return quota.admitCall(path, "counted");
    };
    expect([at(0), at(600), at(900)]).toEqual(["admitted", "admitted", "tooFast"]);
    expect(at(900, "/b")).toBe("admitted");
    expect([at(1000), at(1500), at(1600)]).toEqual(["admitted", "tooFast", "admitted"]);
    expect(quota.usage()).toEqual({ apiCalls: 5, streamMessages: 0, byPath: { "/a": 4, "/b": 1 } });
  });

  test("exceeded is 403 in the new API, errcode 88 in the old, 130101 at a webhook, and is not counted", async () => {
    const dingtalk = await local({ qpsPerApi: 0 });
    const { baseUrl } = dingtalk;
    expect(await post(`${baseUrl}/v1.0/oauth2/accessToken`, {})).toMatchObject({
      status: 403,
      body: { code: "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi" },
    });
    const old = await (await fetch(`${baseUrl}/gettoken`)).json();
    expect(old).toMatchObject({ errcode: 88, sub_code: "90018" });
    const robot = await connect(dingtalk);
    dingtalk.say("zhang", "你好");
    await dingtalk.quiet();
    const reply = await post(sure(robot.heard[0]).sessionWebhook, { msgtype: "empty" });
    expect(reply).toMatchObject({ status: 200, body: { errcode: 130101 } });
    expect(dingtalk.usage()).toEqual({ apiCalls: 0, streamMessages: 1, byPath: {} });
  });

  test("of twenty is the default", async () => {
    const call = await caller(await local());
    const answers = await Promise.all(Array.from({ length: 100 }, () => call(groupPath, toGroup)));
    const admitted = answers.filter((it) => it.status === 200).length;
    // How many seconds the hundred take is the machine's affair; five or more it would be without a limit of twenty.
    expect(admitted).toBeGreaterThanOrEqual(20);
    expect(admitted).toBeLessThan(100);
  });
});

describe("the month's allowance", () => {
  test("ends calls with 403, but not those that are free, and begins anew", async () => {
    const clock = new TestClock();
    const dingtalk = await local({ now: clock.now, monthlyQuota: { apiCalls: 2, streamMessages: 10 } });
    const call = await caller(dingtalk);
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await call(groupPath, toGroup)).status);
    expect(statuses).toEqual([200, 200, 403]);
    expect((await call(groupPath, toGroup)).body.code).toBe("Forbidden.AccessDenied.ApiCountLimitForOrg");
    const query = `?access_token=${await tokenOf(dingtalk)}`;
    expect((await post(`${dingtalk.baseUrl}/media/upload${query}&type=file`, {})).body).toMatchObject({
      errcode: 88,
      sub_code: "90020",
    });
    expect((await post(`${dingtalk.baseUrl}/topapi/v2/user/get${query}`, { userid: "zhang" })).body.errcode).toBe(0);
    expect(dingtalk.messages({ conversationId: group.conversationId })).toHaveLength(2);

    clock.advance(30 * 24 * 3600);
    expect((await (await caller(dingtalk))(groupPath, toGroup)).status).toBe(200);
    expect(dingtalk.usage().apiCalls).toBe(3);
    expect([dingtalk.usage("2023-06").apiCalls, dingtalk.usage("2023-07").apiCalls]).toEqual([2, 1]);
  });

  test("of stream messages ends with 20001 instead of what was said, and replies fail", async () => {
    const dingtalk = await local({ monthlyQuota: { apiCalls: 10, streamMessages: 2 } });
    const robot = await connect(dingtalk);
    dingtalk.say("zhang", "第一条");
    await dingtalk.quiet();
    const { sessionWebhook } = sure(robot.heard[0]);
    const reply = () => post(sessionWebhook, { msgtype: "text", text: { content: "好的" } });
    expect((await reply()).body.errcode).toBe(0);
    expect((await reply()).body).toMatchObject({ errcode: 88, sub_code: "90020" });
    dingtalk.say("zhang", "第三条");
    dingtalk.sendFile("zhang", { fileName: "a.pdf", bytes: new Uint8Array([1]) });
    await dingtalk.quiet();
    for (const payload of robot.heard.slice(1)) {
      expect(payload).toMatchObject({ errorCode: 20001, errorMessage: expect.any(String), senderStaffId: "zhang" });
      expect(payload).not.toHaveProperty("text");
      expect(payload).not.toHaveProperty("content");
    }
    expect(robot.heard).toHaveLength(3);
    expect(dingtalk.messages({ staffId: "zhang" })).toHaveLength(4);
  });
});
