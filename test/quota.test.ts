import { expect, test } from "vitest";
import { campaign, queue, standingClock } from "./bot/store.ts";
import { startBeside } from "./support/app.ts";
import { personalReminder } from "./support/builders.ts";

test("with the month's calls used up, whoever writes gets what waited for them and their answer at once, in order", async () => {
  const { app, dingtalk } = await startBeside(
    { campaign, clock: standingClock() },
    { people: [{ staffId: "zhang", name: "张甲" }], monthlyQuota: { apiCalls: 0, streamMessages: 3000 } },
  );
  const data = personalReminder({ name: "张甲" });
  await queue(app.store, "r", { kind: "person", staffId: "zhang" }, { kind: "say", say: { tag: "reminder", data } });
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
