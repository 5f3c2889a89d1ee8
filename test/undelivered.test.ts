import { expect, test } from "vitest";
import { instantAt } from "../src/campaign/calendar.ts";
import { MovableClock } from "../src/clock.ts";
import { campaign } from "./bot/store.ts";
import { startBeside } from "./support/app.ts";

test("a reminder to a contact who has left is reported to the managers, in their chat, once", async () => {
  const clock = new MovableClock(instantAt("2023-06-30", "08:59", campaign), { runs: false });
  const { app, dingtalk } = await startBeside({ campaign, clock }, { people: [{ staffId: "boss", name: "钱管" }] });
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
