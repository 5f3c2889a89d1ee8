import { expect, onTestFinished, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { createPresence } from "../../src/scheduler/presence.ts";
import type { Store } from "../../src/store/store.ts";
import { logged } from "../bot/logged.ts";
import { zhoushan } from "../support/campaign.ts";
import { type Chat, openChat } from "../support/chat.ts";

/** Nobody connected: who is told, and how often. */
const at = (clock: string) => new Date(`2023-06-13T${clock}+08:00`);
const log = createLog("silent");
const zhang = { staffId: "zhangsan", nick: "张三" };
const manager = { staffId: "manager", nick: "管理员" };

type Program = ReturnType<typeof createPresence> & { online(now: Date): Promise<void> };

async function opened(): Promise<{ chat: Chat; program(name: string): Program }> {
  const chat = await openChat({ at: "2023-06-13T09:00:00+08:00" });
  onTestFinished(() => chat.close());
  await chat.say(zhang, "联络员 定海 张三 科长 13800000000");
  await chat.say(manager, "同意");
  const programs = new Map<string, Program>();
  return {
    chat,
    program(name) {
      const known = programs.get(name);
      if (known !== undefined) return known;
      const presence = createPresence({ store: chat.store, campaign: zhoushan, log, program: name });
      presence.follow(() => true);
      const online = async (now: Date) => {
        await presence.settle(now);
        await chat.store.tick((it) => presence.look(it, now));
      };
      const program = { ...presence, online };
      programs.set(name, program);
      return program;
    },
  };
}

/** What waits to be said, by tag and addressee. */
async function told(chat: Chat): Promise<string[]> {
  const said: string[] = [];
  for (let it = await chat.store.outbox.claim(new Date(), 60_000); it !== null; ) {
    const to = it.to.kind === "person" ? it.to.staffId : it.to.conversationId;
    said.push(`${it.content.kind === "say" ? it.content.say.tag : "file"} ${to}`);
    await chat.store.outbox.sent(it, new Date(), null);
    it = await chat.store.outbox.claim(new Date(), 60_000);
  }
  return said;
}

test("managers hear once of a time offline, and each liaison sees what is recorded before the next answer", async () => {
  const { chat, program } = await opened();
  const bot = program("bot");
  await bot.online(at("14:01:00"));
  await bot.backOnline({ from: at("14:02:00"), to: at("14:09:00") });
  expect(await told(chat)).toEqual(["offlineNotice manager"]);
  chat.clock.moveTo(at("14:10:00"));
  const [first, second] = await chat.say(zhang, "今天开展2场应急演练，120人参加");
  expect(first?.text).toContain("14:02 至 14:09 我没有连上钉钉");
  expect(first?.text).toContain("还没有报送");
  expect(second?.text).toContain("已记 ✓");
  expect(await chat.say(zhang, "进度")).toHaveLength(1);
  expect(await chat.say(manager, "进度")).toHaveLength(1);
});

test("a connection that had been deaf for a minute counts, though the program ticked on and believed itself connected", async () => {
  const { chat, program } = await opened();
  await program("bot").online(at("14:02:00"));
  await program("bot").backOnline({ from: at("14:01:10"), to: at("14:02:25") });
  expect(await told(chat)).toEqual(["offlineNotice manager"]);
});

test("the time between two runs of the program counts, from the last tick of the first", async () => {
  const { chat, program } = await opened();
  await program("yesterday's").online(at("10:00:00"));
  await program("today's").settle(at("10:30:00"));
  expect(await told(chat)).toEqual(["offlineNotice manager"]);
});

test("a quick restart, a first start and a blink are no news", async () => {
  const { chat, program } = await opened();
  await program("first").settle(at("10:00:00"));
  await program("first").online(at("10:01:00"));
  await program("second").settle(at("10:01:40"));
  await program("second").backOnline({ from: at("10:02:00"), to: at("10:02:05") });
  expect(await told(chat)).toEqual([]);
});

test("nothing is lost while another program is connected", async () => {
  const { chat, program } = await opened();
  await program("east").online(at("10:00:00"));
  await program("west").online(at("10:00:20"));
  await program("west").online(at("10:05:00"));
  await program("east").backOnline({ from: at("10:00:30"), to: at("10:05:30") });
  expect(await told(chat)).toEqual([]);
  await program("east").backOnline({ from: at("10:06:00"), to: at("10:16:00") });
  expect(await told(chat)).toEqual(["offlineNotice manager"]);
});

test("two programs that lost the network at one moment, and found out a minute later, tell of all that time, once", async () => {
  const { chat, program } = await opened();
  const [east, west] = [program("east"), program("west")];
  for (const it of [east, west]) await it.online(at("14:02:00"));
  for (const it of [east, west]) {
    it.follow(() => false);
    await it.online(at("14:03:00"));
    it.follow(() => true);
  }
  for (const it of [east, west]) await it.backOnline({ from: at("14:01:50"), to: at("14:04:20") });
  expect(await told(chat)).toEqual(["offlineNotice manager"]);
});

test("what could not be written when the connection came back is written with the next tick", async () => {
  const { chat, program } = await opened();
  await program("yesterday's").online(at("10:00:00"));
  const noted = logged();
  let isDown = true;
  const store: Pick<Store, "tick"> = {
    tick: (work) => (isDown ? Promise.reject(new Error("busy")) : chat.store.tick(work)),
  };
  const presence = createPresence({ store, campaign: zhoushan, log: noted.log, program: "today's" });
  presence.follow(() => true);
  await presence.settle(at("10:30:00"));
  expect(noted.lines.join()).toContain("busy");
  await chat.store.tick((it) => presence.look(it, at("10:31:00")));
  isDown = false;
  await presence.settle(at("10:31:00"));
  await presence.settle(at("10:32:00"));
  expect(await told(chat)).toEqual(["offlineNotice manager"]);
});
