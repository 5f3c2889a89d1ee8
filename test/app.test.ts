import { expect, test } from "vitest";
import { askBeside } from "../src/cli/beside.ts";
import { MovableClock } from "../src/clock.ts";
import type { LocalDingTalkOptions } from "../src/playground/local-dingtalk.ts";
import { peopleOf } from "../src/playground/people.ts";
import { startBeside } from "./support/app.ts";
import { zhoushan } from "./support/campaign.ts";

/** The whole program against the local DingTalk, where only the whole shows something. */
async function running(more: Partial<LocalDingTalkOptions> = {}) {
  const clock = new MovableClock(new Date("2023-06-13T10:00:00+08:00"), { runs: false });
  const people = peopleOf(zhoushan, ["boss"]);
  const { dingtalk, databaseUrl } = await startBeside({ campaign: zhoushan, clock }, { ...people, ...more });
  const said = (staffId: string) =>
    dingtalk.ledger.received.filter((it) => "staffId" in it.conversation && it.conversation.staffId === staffId);
  /** Resolves with the robot's next message to anybody. */
  const answer = () =>
    new Promise<void>((resolve) => {
      const stop = dingtalk.onMessage((it) => {
        if (it.from !== "bot") return;
        stop();
        resolve();
      });
    });
  return { dingtalk, databaseUrl, said, answer };
}

test("a message that can't be stored is not acknowledged, and its sender is told that nothing was recorded", async () => {
  const { dingtalk, databaseUrl, said, answer } = await running();
  await askBeside(databaseUrl, 'ALTER TABLE "Turn" RENAME TO "TurnElsewhere"');
  const first = answer();
  const msgId = dingtalk.say("boss", "进度");
  await first;
  expect(said("boss").map((it) => it.text)).toEqual([expect.stringMatching(/存不了数据，这条消息没有记录/)]);
  expect(dingtalk.deliveryOf(msgId)?.state).toBe("pushed");
  await askBeside(databaseUrl, 'ALTER TABLE "TurnElsewhere" RENAME TO "Turn"');
  const second = answer();
  dingtalk.redeliver(msgId);
  await second;
  expect(said("boss").at(-1)?.text).toContain("统计表：应报 10");
});

test("when the month's calls are used up, who has just written is still answered, through the session", async () => {
  const { dingtalk, said, answer } = await running({ monthlyQuota: { apiCalls: 0, streamMessages: 3000 } });
  const answered = answer();
  dingtalk.say("boss", "进度");
  await answered;
  expect(said("boss").map((it) => [it.path, it.text])).toEqual([
    ["/robot/sendBySession", expect.stringContaining("统计表：应报 10")],
  ]);
});
