import { expect, test } from "vitest";
import { instantAt } from "../src/campaign/calendar.ts";
import type { Campaign } from "../src/campaign/campaign.ts";
import { MovableClock } from "../src/clock.ts";
import type { LocalDingTalkOptions } from "../src/playground/local-dingtalk.ts";
import { peopleOf } from "../src/playground/people.ts";
import { startBeside } from "./support/app.ts";
import { zhoushan } from "./support/campaign.ts";

/** Reminders through the whole program: from the tick to who has read them, and on to the next who can be asked. */
const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11), zhoushan);

async function running(campaign: Campaign, more: Partial<LocalDingTalkOptions> = {}) {
  const clock = new MovableClock(at("2023-06-26 16:00"), { runs: false });
  const { app, dingtalk } = await startBeside({ campaign, clock }, { ...peopleOf(campaign, ["boss"]), ...more });
  const quiet = async () => {
    await dingtalk.quiet();
    await app.quiet();
    await dingtalk.quiet();
  };
  const heard = new Set<string>();
  /** What reached a person since the last time this was asked. */
  const news = (staffId: string) => {
    const own = dingtalk.ledger.received.filter(
      (it) => "staffId" in it.conversation && it.conversation.staffId === staffId && !heard.has(it.id),
    );
    for (const it of own) heard.add(it.id);
    return own;
  };
  return {
    dingtalk,
    news,
    say: async (staffId: string, text: string) => {
      dingtalk.say(staffId, text);
      await quiet();
    },
    tick: async (text: string) => {
      clock.moveTo(at(text));
      await app.scheduler.tick();
      await quiet();
    },
  };
}

const [dinghai] = zhoushan.units;
if (dinghai === undefined) throw new Error("a campaign without units");
const liaison = "dinghai-colleague";
const contact = "demo-dinghai-contact";
const alone = (more: object = {}): Campaign => ({
  ...zhoushan,
  units: [{ ...dinghai, contacts: [{ staffId: contact }] }],
  reminders: { ...zhoushan.reminders, nudge: null, digest: null, events: [], ...more },
});

async function withLiaison(campaign: Campaign, more: Partial<LocalDingTalkOptions> = {}) {
  const bot = await running(campaign, more);
  const mobile = bot.dingtalk.world.people.find((it) => it.staffId === liaison)?.mobile ?? "";
  const name = bot.dingtalk.world.people.find((it) => it.staffId === liaison)?.name ?? "";
  await bot.tick("2023-06-26 16:00");
  await bot.say(liaison, `联络员 定海 ${name} 科长 ${mobile}`);
  await bot.say("boss", "同意");
  for (const it of [liaison, contact, "boss"]) bot.news(it);
  return { ...bot, name };
}

test("a reminder that nobody read goes to the contact after four hours of work, then to the managers", async () => {
  const { tick, news, name } = await withLiaison(alone());
  await tick("2023-06-27 09:00");
  expect(news(liaison)).toHaveLength(1);
  await tick("2023-06-27 15:00");
  expect([...news(liaison), ...news(contact)]).toEqual([]);
  // The first minute asks DingTalk who has read it, the next passes it on.
  await tick("2023-06-27 15:30");
  await tick("2023-06-27 15:31");
  const [passedOn, ...others] = news(contact);
  expect(others).toEqual([]);
  expect(passedOn?.text).toContain(name);
  await tick("2023-06-28 10:32");
  await tick("2023-06-28 10:33");
  expect(news("boss").map((it) => it.text)).toEqual([expect.stringContaining("定海")]);
});

test("one that was read is passed on to nobody", async () => {
  const { tick, news, dingtalk } = await withLiaison(alone());
  await tick("2023-06-27 09:00");
  expect(news(liaison)).toHaveLength(1);
  dingtalk.read(liaison);
  for (const clock of ["15:30", "15:31", "16:00"]) await tick(`2023-06-27 ${clock}`);
  expect([...news(contact), ...news("boss")]).toEqual([]);
});

test("put off in chat, it comes at the moment that was chosen, and not before", async () => {
  const { tick, news, say } = await withLiaison(alone());
  await say(liaison, "明天下午4点提醒");
  expect(news(liaison).map((it) => it.text)).toEqual([expect.stringContaining("6月27日（周二）16:00")]);
  await tick("2023-06-27 09:00");
  expect(news(liaison)).toEqual([]);
  await tick("2023-06-27 16:00");
  expect(news(liaison)).toHaveLength(1);
});

test("a DING on the last day where the campaign allows it; where DingTalk does not, managers are told why", async () => {
  const ding = alone({ escalation: { unreadHours: 4, ding: true } });
  const unreadOnLastDay = async (more: Partial<LocalDingTalkOptions>) => {
    const bot = await withLiaison(ding, more);
    await bot.tick("2023-06-30 09:00");
    bot.news(liaison);
    await bot.tick("2023-06-30 15:30");
    await bot.tick("2023-06-30 15:31");
    return { own: bot.news(liaison), managers: bot.news("boss").map((it) => it.text) };
  };
  const allowed = await unreadOnLastDay({});
  expect(allowed.own.filter((it) => it.kind === "ding")).toHaveLength(1);
  const refused = await unreadOnLastDay({ tenant: { ding: "notPermitted" } });
  expect(refused.own.filter((it) => it.kind === "ding")).toEqual([]);
  expect(refused.managers.join()).toMatch(/DING 没有发出.*Premium\.Ding\.Write/);
});
