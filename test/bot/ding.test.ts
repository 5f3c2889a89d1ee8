import { expect, test } from "vitest";
import type { DingRefusal } from "../../src/bot/ding.ts";
import { causeOf } from "../../src/bot/failure.ts";
import { sendDing } from "../../src/bot/send-ding.ts";
import { messageOf } from "../../src/flows/words/words.ts";
import type { LocalDingTalkOptions } from "../../src/playground/local-dingtalk.ts";
import { answeredApi, failureOf, localApi } from "./local-api.ts";

test("a DING reaches those who are there and names the others", async () => {
  const { dingtalk, api } = await localApi();
  expect(await api.ding(["zhang", "nobody"], "请尽快报送")).toEqual({ kind: "sent", failed: ["nobody"] });
  expect(await api.ding(["boss"], "请尽快报送")).toEqual({ kind: "sent", failed: [] });
  expect(dingtalk.ledger.received.map((it) => [it.conversation, it.kind, it.text])).toEqual([
    [{ staffId: "zhang" }, "ding", "请尽快报送"],
    [{ staffId: "boss" }, "ding", "请尽快报送"],
  ]);
});

test("for nobody no call is made", async () => {
  const { dingtalk, api } = await localApi();
  expect(await api.ding([], "请尽快报送")).toEqual({ kind: "sent", failed: [] });
  expect(dingtalk.ledger.calls).toEqual([]);
});

test.each<[DingRefusal, Partial<LocalDingTalkOptions>]>([
  ["notPermitted", { tenant: { ding: "notPermitted" } }],
  ["notInEdition", { tenant: { ding: "notInEdition" } }],
  ["quotaUsedUp", { tenant: { ding: "usedUp" } }],
  ["callsUsedUp", { monthlyQuota: { apiCalls: 0, streamMessages: 0 } }],
])("an organisation that has none says why: %s", async (refusal, options) => {
  const { dingtalk, api } = await localApi(options);
  expect(await api.ding(["zhang"], "请尽快报送")).toEqual({ kind: "refused", refusal });
  const outcome = await sendDing(api, { kind: "person", staffId: "zhang" }, "请尽快报送");
  expect(outcome).toEqual({ kind: "refused", problem: `ding:${refusal}` });
  expect(causeOf(`ding:${refusal}`, "person")).toBe("ding");
  const refused = [
    {
      who: { kind: "person", staffId: "zhang", name: "张三", unit: "定海" } as const,
      cause: "ding" as const,
      code: refusal,
    },
  ];
  expect(messageOf({ tag: "undelivered", data: { refused } }).text).toMatch(
    /DING 没有发出：张三（定海）。.*(DING|接口)/,
  );
  expect(dingtalk.ledger.received).toEqual([]);
});

test("whatever else goes wrong is thrown, with what may have been done", async () => {
  const { dingtalk, api } = await localApi();
  dingtalk.faults.next("timeoutDelivered", "/v1.0/robot/ding/send");
  expect((await failureOf(api.ding(["zhang"], "急"))).failure.kind).toBe("doubtful");
  dingtalk.faults.next("tooFast");
  expect((await failureOf(api.ding(["zhang"], "急"))).failure.kind).toBe("notDone");
  expect((await failureOf(api.ding(["nobody"], "急"))).failure).toEqual({ kind: "refused", cause: "person" });
  expect(dingtalk.ledger.received).toHaveLength(1);
});

test.each([[undefined], [null], [{}], [["zhang"]], [{ reason: "zhang" }]])(
  "a list of failures like %j names nobody, and the DING counts as sent",
  async (failedList) => {
    const api = await answeredApi(() => Response.json({ openDingId: "1", failedList }));
    expect(await api.ding(["zhang"], "急")).toEqual({ kind: "sent", failed: [] });
  },
);
