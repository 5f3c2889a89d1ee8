import { expect, onTestFinished, test } from "vitest";
import { startApp } from "../../src/app.ts";
import { ApiError } from "../../src/bot/api-call.ts";
import { RobotCode } from "../../src/bot/robot-code.ts";
import { healthRoutes } from "../../src/http.ts";
import { startLocalDingTalk } from "../../src/playground/local-dingtalk.ts";
import { temporaryFolder } from "../support/database.ts";
import { logged } from "./logged.ts";
import { credentialsFor } from "./loopback.ts";
import { campaign, queue, standingClock } from "./store.ts";

const code = "invalidParameter.robotCode.invalid";
const refused = () => Promise.reject(new ApiError(code));

function watched() {
  const { log, lines } = logged();
  return { robotCode: new RobotCode({ clock: standingClock(), log }), lines };
}

async function failureIn(calling: Promise<unknown>) {
  const error = await calling.catch((it: unknown) => it);
  return error instanceof ApiError ? error.failure : error;
}

test("a code that DingTalk never took is a faulty setting, said once; it is not asked about with every message", async () => {
  const { robotCode, lines } = watched();
  let calls = 0;
  const call = () => {
    calls += 1;
    return refused();
  };
  for (let n = 0; n < 3; n += 1) {
    expect(await failureIn(robotCode.calling("person", call))).toMatchObject({ kind: "notDone" });
  }
  expect(calls).toBe(1);
  expect(lines.filter((it) => it.includes("DINGTALK_ROBOT_CODE"))).toHaveLength(1);
  const complaint = expect.stringContaining(code);
  expect(robotCode.failing).toEqual({ since: new Date("2023-06-13T10:00:00+08:00"), complaint });
});

test("a group that does not know a robot which others know has removed it", async () => {
  const { robotCode } = watched();
  expect(await failureIn(robotCode.calling("group", refused))).toMatchObject({ kind: "notDone" });
  // What a group says holds up nobody else.
  expect(await robotCode.calling("person", async () => "sent")).toBe("sent");
  expect(robotCode.failing).toBeNull();
  expect(await failureIn(robotCode.calling("group", refused))).toEqual({ kind: "refused", cause: "group" });
  expect(robotCode.failing).toBeNull();
});

test("with a wrong robot code nothing is given up: who wrote is answered through the session, the rest waits for a mended setting", async () => {
  const clock = standingClock();
  const dingtalk = await startLocalDingTalk({
    ...{ clientId: "dingtest", clientSecret: "s3cret", robotCode: "dingtest-robot" },
    people: [
      { staffId: "zhang", name: "张甲" },
      { staffId: "boss", name: "钱管" },
    ],
    groups: [{ conversationId: "cid==", title: "测试群", memberIds: ["boss"] }],
    now: () => clock.now(),
  });
  onTestFinished(() => dingtalk.stop());
  const dataDir = await temporaryFolder();
  const { log, lines } = logged();
  const starting = { campaign, managers: ["boss"], databaseUrl: `file:${dataDir}/bot.db`, dataDir, clock, log };
  const mistyped = credentialsFor(dingtalk.baseUrl);
  const app = await startApp({ ...starting, credentials: mistyped, hasCron: false });
  onTestFinished(() => app.stop());
  const say = { kind: "say", say: { tag: "managersOnly", data: {} } } as const;
  await queue(app.store, "p", { kind: "person", staffId: "boss" }, say);
  await queue(app.store, "g", { kind: "group", conversationId: "cid==" }, say);
  dingtalk.say("zhang", "帮助");
  await dingtalk.quiet();
  await app.quiet();
  const heard = dingtalk.messages({ staffId: "zhang" }).filter((it) => it.from === "bot");
  expect(heard).toHaveLength(1);
  expect([await app.store.outbox.waiting(), await app.store.outbox.untold()]).toEqual([2, []]);
  expect(lines.filter((it) => it.includes("DINGTALK_ROBOT_CODE"))).toHaveLength(1);
  const routes = healthRoutes(app);
  expect(await (await routes.request("/readyz")).json()).toMatchObject({
    sending: { failing: { complaint: expect.stringContaining("DINGTALK_ROBOT_CODE") } },
  });
  expect(await (await routes.request("/metrics")).text()).toMatch(/^anyue_sending_failing 1$/m);
});
