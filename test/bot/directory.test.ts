import { Hono } from "hono";
import { expect, onTestFinished, test } from "vitest";
import { startDirectory } from "../../src/bot/directory.ts";
import { OpenApi } from "../../src/bot/openapi.ts";
import { createTurns } from "../../src/bot/turn.ts";
import type { Inbound } from "../../src/flows/flow.ts";
import { logged } from "./logged.ts";
import { credentialsFor, serveOnLoopback } from "./loopback.ts";
import { campaign, openTestStore, standingClock, takeOut } from "./store.ts";

const dayMs = 24 * 3600_000;

/** The real pipe on a real store, and an organisation's directory that a test may fill. */
async function running() {
  const known = new Map<string, string>();
  const asked: string[] = [];
  const app = new Hono();
  const { url } = await serveOnLoopback(app);
  app.post("/v1.0/oauth2/accessToken", () => Response.json({ accessToken: "t", expireIn: 7200 }));
  app.post("/topapi/v2/user/getbymobile", async ({ req }) => {
    const { mobile } = (await req.json()) as { mobile: string };
    asked.push(mobile);
    const userid = known.get(mobile);
    if (userid === "forbidden") return Response.json({ errcode: 88, sub_code: "60011" });
    return Response.json(userid === undefined ? { errcode: 60121 } : { errcode: 0, result: { userid } });
  });
  const store = await openTestStore();
  const clock = standingClock();
  const { log, lines } = logged();
  const turns = createTurns({ store, campaign, clock, log });
  const api = new OpenApi({ credentials: credentialsFor(url), clock });
  const directory = startDirectory({ store, api, turns, clock, log });
  onTestFinished(() => directory.stop());
  let said = 0;
  const say = async (staffId: string, text: string): Promise<void> => {
    said += 1;
    const key = `m${said}`;
    const inbound: Inbound = { key, at: clock.now(), sender: { staffId, nick: "" }, group: null, kind: "text", text };
    await turns.take(inbound);
    await directory.idle();
  };
  const nominated = async () => (await store.records()).flatMap((it) => it.nominations);
  const told = async () => (await takeOut(store)).map((it) => it.content.kind === "say" && it.content.say.tag);
  return { known, asked, store, clock, directory, lines, say, nominated, told };
}

const nomination = "联络员 东区局 李四 科长 13800000000";

test("whom a contact nominates is looked up and known by staff id", async () => {
  const { known, asked, say, nominated, lines } = await running();
  known.set("13800000000", "li");
  await say("zhang", nomination);
  expect(asked).toEqual(["13800000000"]);
  expect(await nominated()).toMatchObject([{ no: 1, phone: "13800000000", staffId: "li" }]);
  await say("zhang", "帮助");
  expect(asked).toHaveLength(1);
  expect(lines.join()).not.toContain("1380000");
});

test("who is not in the directory is looked for again the next day only", async () => {
  const { known, asked, say, clock, directory, nominated } = await running();
  await say("zhang", nomination);
  await say("zhang", "帮助");
  expect(asked).toHaveLength(1);
  expect(await nominated()).toMatchObject([{ staffId: null }]);
  known.set("13800000000", "li");
  clock.moveTo(new Date(clock.now().getTime() + dayMs + 1000));
  directory.wake();
  await directory.idle();
  expect(asked).toHaveLength(2);
  expect(await nominated()).toMatchObject([{ staffId: "li" }]);
});

test("that nobody has the nominee's number is said once, however often it is looked up", async () => {
  const { asked, say, clock, directory, told } = await running();
  await say("zhang", nomination);
  expect(await told()).toContain("nomineeUnknown");
  for (let day = 0; day < 3; day += 1) {
    clock.moveTo(new Date(clock.now().getTime() + dayMs + 1000));
    directory.wake();
    await directory.idle();
  }
  expect(asked).toHaveLength(4);
  expect(await told()).toEqual([]);
});

test("a missing permission is said once and does not lead to a call for every message", async () => {
  const { known, asked, say, lines } = await running();
  known.set("13800000000", "forbidden");
  await say("zhang", nomination);
  await say("zhang", "帮助");
  expect(asked).toHaveLength(1);
  expect(lines.filter((it) => it.includes("88/60011"))).toHaveLength(1);
});
