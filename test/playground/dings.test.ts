import { expect, test } from "vitest";
import type { Tenant } from "../../src/playground/tenant.ts";
import { app, caller, local } from "./robot.ts";

const path = "/v1.0/robot/ding/send";
const ding = { robotCode: app.clientId, remindType: 1, receiverUserIdList: ["zhang"], content: "请尽快报送" };

test("a DING is seen by those who exist, and the others are named", async () => {
  const dingtalk = await local();
  const call = await caller(dingtalk);
  const answer = await call(path, { ...ding, receiverUserIdList: ["zhang", "nobody", "boss", "zhang", "guest"] });
  expect(answer).toEqual({
    status: 200,
    body: { openDingId: expect.any(String), failedList: { 无效的接收者: ["nobody", "guest"] } },
  });
  const seen = { kind: "ding", text: "请尽快报送" };
  expect(dingtalk.messages({ staffId: "zhang" }).map((it) => it.body)).toEqual([seen]);
  expect(dingtalk.ledger.received).toMatchObject([
    { ...seen, path, conversation: { staffId: "zhang" }, answer: "told" },
    { ...seen, path, conversation: { staffId: "boss" } },
  ]);
  expect(dingtalk.usage().apiCalls).toBe(1);
});

test.each<[string, object]>([
  ["Missingcontent", { content: undefined }],
  ["invalid.chatbotId", { robotCode: "other" }],
  ["ding.serverquota.insufficient", { remindType: 3 }],
  ["invalidParameter.param.invalid", { content: "" }],
  ["miss.staffId", { receiverUserIdList: ["nobody"] }],
  ["ding.receivercount.limit", { receiverUserIdList: Array.from({ length: 200 }, (_, n) => `person${n}`) }],
])("is refused with %s", async (code, change) => {
  const dingtalk = await local();
  const call = await caller(dingtalk);
  expect(await call(path, { ...ding, ...change })).toMatchObject({ status: 400, body: { code } });
  expect(dingtalk.world.allMessages).toEqual([]);
});

test.each<[NonNullable<Tenant["ding"]>, number, object]>([
  ["usedUp", 400, { code: "ding.serverquota.insufficient" }],
  ["notInEdition", 403, { code: "orgAuthLevelNotEnough" }],
  [
    "notPermitted",
    403,
    {
      code: "Forbidden.AccessDenied.AccessTokenPermissionDenied",
      accessdenieddetail: { requiredScopes: ["Premium.Ding.Write"] },
    },
  ],
])("an organisation whose DING is %s refuses with %i", async (state, status, body) => {
  const call = await caller(await local({ tenant: { ding: state } }));
  expect(await call(path, ding)).toMatchObject({ status, body });
});

test("its calls fail like all others", async () => {
  const dingtalk = await local();
  const call = await caller(dingtalk);
  dingtalk.faults.follow({ calls: { [path]: { timeoutDelivered: 1 } } });
  expect((await call(path, ding)).status).toBe(504);
  expect(dingtalk.ledger.received).toMatchObject([{ kind: "ding", answer: "falsified" }]);
});
