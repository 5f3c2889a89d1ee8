import { expect, onTestFinished, test } from "vitest";
import { startApp } from "../src/app.ts";
import { startLocalDingTalk } from "../src/playground/local-dingtalk.ts";
import { logged } from "./bot/logged.ts";
import { credentialsFor } from "./bot/loopback.ts";
import { campaign, queue, standingClock } from "./bot/store.ts";
import { temporaryFolder } from "./support/database.ts";

test("with the month's calls used up, whoever writes gets what waited for them and their answer at once, in order", async () => {
  const clock = standingClock();
  const dingtalk = await startLocalDingTalk({
    ...{ clientId: "dingtest", clientSecret: "s3cret" },
    people: [{ staffId: "zhang", name: "张甲" }],
    groups: [],
    monthlyQuota: { apiCalls: 0, streamMessages: 3000 },
    now: () => clock.now(),
  });
  onTestFinished(() => dingtalk.stop());
  const dataDir = await temporaryFolder();
  const app = await startApp({
    ...{ campaign, managers: ["boss"], databaseUrl: `file:${dataDir}/bot.db`, dataDir },
    ...{ credentials: credentialsFor(dingtalk.baseUrl), clock, log: logged().log, hasCron: false },
  });
  onTestFinished(() => app.stop());
  const duties = { day: "2023-06-13", duties: [], name: "张甲", liaisonOf: null };
  await queue(
    app.store,
    "r",
    { kind: "person", staffId: "zhang" },
    { kind: "say", say: { tag: "reminder", data: duties } },
  );
  await app.quiet();
  expect([dingtalk.messages({ staffId: "zhang" }), await app.store.outbox.waiting()]).toEqual([[], 1]);
  dingtalk.say("zhang", "帮助");
  await dingtalk.quiet();
  await app.quiet();
  const heard = dingtalk.messages({ staffId: "zhang" }).filter((it) => it.from === "bot");
  expect(heard.map((it) => (it.body.kind === "markdown" ? it.body.text : it.body.kind))).toEqual([
    expect.stringContaining("张甲，您好"),
    expect.not.stringContaining("张甲，您好"),
  ]);
  expect(await app.store.outbox.waiting()).toBe(0);
  expect(app.usage().used.stream).toBe(dingtalk.usage().streamMessages);
});
