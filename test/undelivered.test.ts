import { expect, onTestFinished, test } from "vitest";
import { startApp } from "../src/app.ts";
import { instantAt } from "../src/campaign/calendar.ts";
import { MovableClock } from "../src/clock.ts";
import { startLocalDingTalk } from "../src/playground/local-dingtalk.ts";
import { logged } from "./bot/logged.ts";
import { credentialsFor } from "./bot/loopback.ts";
import { campaign } from "./bot/store.ts";
import { temporaryFolder } from "./support/database.ts";

test("a reminder to a contact who has left is reported to the managers, in their chat, once", async () => {
  const clock = new MovableClock(instantAt("2023-06-30", "08:59", campaign), { runs: false });
  const dingtalk = await startLocalDingTalk({
    ...{ clientId: "dingtest", clientSecret: "s3cret" },
    people: [{ staffId: "boss", name: "钱管" }],
    groups: [],
    now: () => clock.now(),
  });
  onTestFinished(() => dingtalk.stop());
  const dataDir = await temporaryFolder();
  const app = await startApp({
    ...{ campaign, managers: ["boss"], databaseUrl: `file:${dataDir}/bot.db`, dataDir },
    ...{ credentials: credentialsFor(dingtalk.baseUrl), clock, log: logged().log, hasCron: false },
  });
  onTestFinished(() => app.stop());
  await app.scheduler.tick();
  for (const clockTime of ["09:00", "15:00"]) {
    clock.moveTo(instantAt("2023-06-30", clockTime, campaign));
    await app.scheduler.tick();
    await app.quiet();
  }
  const texts = dingtalk.messages({ staffId: "boss" }).map(({ body }) => (body.kind === "markdown" ? body.text : ""));
  expect(texts.filter((it) => it.includes("没有送达"))).toEqual([
    expect.stringContaining("收不到我的消息：东区局的联系人（userId zhang）"),
  ]);
  expect(app.usage().used.calls).toBe(dingtalk.usage().apiCalls);
  expect(app.usage().used.calls).toBeGreaterThan(2);
});
