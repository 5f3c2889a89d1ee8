import { expect, onTestFinished, test } from "vitest";
import { OpenApi } from "../../src/bot/openapi.ts";
import { startUsage, type UsageMeter } from "../../src/bot/usage.ts";
import type { MovableClock } from "../../src/clock.ts";
import { messageOf } from "../../src/flows/words/words.ts";
import { startLocalDingTalk } from "../../src/playground/local-dingtalk.ts";
import type { Store, UsageStore } from "../../src/store/store.ts";
import { gate, logged } from "./logged.ts";
import { credentialsFor } from "./loopback.ts";
import { campaign, openTestStore, standingClock, takeOut } from "./store.ts";

const allowed = { calls: 100, stream: 50 };

/** It keeps what is counted when the test stops it, not before. */
async function meterOf(usage: UsageStore, clock: MovableClock, keepAfterMs = 3600_000) {
  const { log, lines } = logged();
  const meter = await startUsage({ store: usage, clock, zone: campaign, log, allowed, keepAfterMs });
  onTestFinished(() => meter.stop());
  return { meter, lines };
}

function count(meter: UsageMeter, kind: "calls" | "stream", times: number): void {
  for (let n = 0; n < times; n += 1) meter.count(kind);
}

async function told(store: Store): Promise<string[]> {
  return (await takeOut(store)).map(({ content }) => {
    if (content.kind !== "say") throw new Error("no words");
    return messageOf(content.say).text.split("\n\n")[0] ?? "";
  });
}

test("what was used outlives a restart, and is one sum for two processes", async () => {
  const store = await openTestStore();
  const clock = standingClock();
  const { meter } = await meterOf(store.usage, clock);
  count(meter, "calls", 3);
  count(meter, "stream", 2);
  expect(meter.usage()).toEqual({ month: "2023-06", used: { calls: 3, stream: 2 }, allowed });
  await meter.stop();
  const { meter: other } = await meterOf(store.usage, clock);
  count(other, "calls", 1);
  await other.stop();
  count(meter, "stream", 1);
  await meter.stop();
  expect(meter.usage().used).toEqual({ calls: 4, stream: 3 });
});

test("it is kept without anybody asking", async () => {
  const store = await openTestStore();
  const kept = gate();
  const usage: UsageStore = {
    add: async (month, counted) => {
      const used = await store.usage.add(month, counted);
      if (used.calls === 3) kept.open();
      return used;
    },
    tell: (...news) => store.usage.tell(...news),
  };
  const { meter } = await meterOf(usage, standingClock(), 1);
  count(meter, "calls", 3);
  await kept.opened;
});

test("each month begins at nothing, in Chinese time", async () => {
  const store = await openTestStore();
  const clock = standingClock();
  clock.moveTo(new Date("2023-06-30T15:59:00Z"));
  const { meter } = await meterOf(store.usage, clock);
  count(meter, "calls", 96);
  expect(meter.isNear()).toBe(true);
  clock.moveTo(new Date("2023-06-30T16:00:00Z"));
  expect([meter.usage(), meter.isNear()]).toEqual([
    { month: "2023-07", used: { calls: 0, stream: 0 }, allowed },
    false,
  ]);
  count(meter, "calls", 1);
  await meter.stop();
  expect(await store.usage.add("2023-06", { calls: 0, stream: 0 })).toEqual({ calls: 96, stream: 0 });
  expect(await store.usage.add("2023-07", { calls: 0, stream: 0 })).toEqual({ calls: 1, stream: 0 });
});

test("managers are told at 80 and at 95 percent, once each, also after a restart", async () => {
  const store = await openTestStore();
  const clock = standingClock();
  const { meter } = await meterOf(store.usage, clock);
  count(meter, "calls", 79);
  await meter.stop();
  expect(await told(store)).toEqual([]);
  count(meter, "calls", 1);
  await meter.stop();
  expect(await told(store)).toEqual(["**本月我的钉钉接口调用已用 80/100 次（已达 80%）**"]);
  count(meter, "calls", 5);
  await meter.stop();
  const { meter: restarted } = await meterOf(store.usage, clock);
  expect(await told(store)).toEqual([]);
  count(restarted, "calls", 10);
  count(restarted, "stream", 48);
  await restarted.stop();
  expect(await told(store)).toEqual([
    "**本月我的钉钉接口调用已用 95/100 次（已达 95%）**",
    "**本月发给我的消息已有 48/50 条（已达 95%）**",
  ]);
});

test("what can't be kept now is kept later, and nothing twice", async () => {
  const store = await openTestStore();
  let isFull = false;
  const usage: UsageStore = {
    add: (month, counted) => (isFull ? Promise.reject(new Error("disk full")) : store.usage.add(month, counted)),
    tell: (...news) => store.usage.tell(...news),
  };
  const { meter, lines } = await meterOf(usage, standingClock());
  isFull = true;
  count(meter, "calls", 2);
  await meter.stop();
  expect(lines).toHaveLength(1);
  isFull = false;
  count(meter, "calls", 1);
  await meter.stop();
  expect(meter.usage().used.calls).toBe(3);
  expect(await store.usage.add("2023-06", { calls: 0, stream: 0 })).toEqual({ calls: 3, stream: 0 });
});

test("calls are counted as DingTalk counts them", async () => {
  const clock = standingClock();
  const dingtalk = await startLocalDingTalk({
    clientId: "dingtest",
    clientSecret: "s3cret",
    people: [{ staffId: "zhang", name: "张甲", mobile: "19900000001" }],
    groups: [],
    qpsPerApi: 3,
    now: () => clock.now(),
  });
  onTestFinished(() => dingtalk.stop());
  let counted = 0;
  const onCounted = () => {
    counted += 1;
  };
  const credentials = credentialsFor(dingtalk.baseUrl);
  const api = new OpenApi({ credentials, clock, onCounted, callsPerSecond: 100 });
  const message = { msgKey: "sampleMarkdown", msgParam: JSON.stringify({ title: "t", text: "已记" }) };
  await Promise.allSettled([1, 2, 3, 4, 5].map(() => api.sendToPeople(["zhang"], message)));
  await api.uploadMedia({ bytes: Buffer.from("PK"), fileName: "a.xlsx", kind: "file" });
  await api.staffIdByMobile("19900000001");
  await api.sendToGroup("cid", message).catch(() => undefined);
  expect(counted).toBe(5);
  expect(dingtalk.usage("2023-06").apiCalls).toBe(5);
});
