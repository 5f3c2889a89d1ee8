import { expect, test } from "vitest";
import { instantAt } from "../src/campaign/calendar.ts";
import { MovableClock } from "../src/clock.ts";
import { campaign as plain } from "./bot/store.ts";
import { startBeside } from "./support/app.ts";

test("a liaison's to-dos come when reminders begin and go when what they ask for is there", async () => {
  const campaign = { ...plain, reminders: { ...plain.reminders, todo: true } };
  const clock = new MovableClock(instantAt("2023-06-14", "10:00", campaign), { runs: false });
  const people = [
    { staffId: "boss", name: "钱管", mobile: "19900000002" },
    { staffId: "zhang", name: "张甲", mobile: "19900000001" },
  ];
  const { app, dingtalk } = await startBeside({ campaign, clock }, { people });
  const say = async (staffId: string, text: string) => {
    dingtalk.say(staffId, text);
    await dingtalk.quiet();
    await app.quiet();
  };
  const at = async (day: string, clockTime: string) => {
    clock.moveTo(instantAt(day, clockTime, campaign));
    await app.scheduler.tick();
    await app.quiet();
    return dingtalk.todosOf("zhang").map((it) => [it.subject, it.closedAt !== null]);
  };
  await say("zhang", "联络员 东区局 张甲 科长 19900000001");
  await say("boss", "同意 1");
  expect(await at("2023-06-15", "08:59")).toEqual([]);
  const both = [
    ["“测试活动”统计表（7月1日 18:00 前）", false],
    ["“测试活动”活动总结报告（7月1日 18:00 前）", false],
  ];
  expect(await at("2023-06-15", "09:00")).toEqual(expect.arrayContaining(both));
  await say("zhang", "应急演练2场");
  await say("zhang", "提交");
  expect(await at("2023-06-15", "09:10")).toEqual(
    expect.arrayContaining([
      ["“测试活动”统计表（7月1日 18:00 前）", true],
      ["“测试活动”活动总结报告（7月1日 18:00 前）", false],
    ]),
  );
  await say("boss", "退回 东区局 请核对");
  const again = await at("2023-06-15", "09:20");
  expect(again.filter(([subject, isClosed]) => String(subject).includes("统计表") && isClosed === false)).toHaveLength(
    1,
  );
  expect(app.usage().used.calls).toBe(dingtalk.usage().apiCalls);
});
