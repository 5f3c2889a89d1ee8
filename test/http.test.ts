import { setImmediate as turn } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { healthRoutes } from "../src/http.ts";
import { startLocal } from "../src/local.ts";
import { logged } from "./bot/logged.ts";
import { campaign } from "./bot/store.ts";
import { temporaryFolder } from "./support/database.ts";

/** The whole program against the local DingTalk, and its health routes. */
async function program() {
  const folder = await temporaryFolder();
  const local = await startLocal({
    campaign,
    managers: ["boss"],
    databaseFile: `${folder}/bot.db`,
    dataDir: folder,
    log: logged().log,
    startAt: new Date("2023-06-13T10:00:00+08:00"),
    clockRuns: false,
  });
  onTestFinished(() => local.stop());
  const routes = healthRoutes(local.app);
  return { local, get: (path: string) => routes.request(path) };
}

test("who runs the bot sees its connection, without any secret", async () => {
  const { local, get } = await program();
  local.dingtalk.disconnect();
  await local.dingtalk.connected(1);
  await local.dingtalk.ping();
  const ready = await get("/readyz");
  const body = await ready.text();
  expect([ready.status, JSON.parse(body)]).toEqual([
    200,
    {
      connected: true,
      database: true,
      waiting: 0,
      sending: { failing: null },
      usage: { month: "2023-06", used: { calls: 0, stream: 0 }, allowed: { calls: 5000, stream: 3000 } },
      stream: {
        connectedSince: "2023-06-13T02:00:00.000Z",
        reconnects: 1,
        lastFrameAt: "2023-06-13T02:00:00.000Z",
        failing: null,
        offlineSince: null,
        offline: [],
        offlineSeconds: 0,
      },
    },
  ]);
  expect(body).not.toContain("local-secret");
});

test("Prometheus reads the same as numbers", async () => {
  const { local, get } = await program();
  await local.dingtalk.ping();
  const metrics = await get("/metrics");
  expect(metrics.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await metrics.text()).split("\n");
  expect(lines.filter((it) => it !== "" && !it.startsWith("#"))).toEqual([
    "anyue_connected 1",
    "anyue_reconnects_total 0",
    `anyue_last_frame_timestamp_seconds ${Date.parse("2023-06-13T10:00:00+08:00") / 1000}`,
    "anyue_offline_seconds_total 0",
    "anyue_outbox_waiting 0",
    "anyue_sending_failing 0",
  ]);
  expect(lines).toContain("# TYPE anyue_reconnects_total counter");
});

test("without a connection it is not ready, and says since when and why", async () => {
  const { local, get } = await program();
  await local.dingtalk.stop();
  while (local.app.streamState().failing === null) await turn();
  const ready = await get("/readyz");
  const failing = { since: "2023-06-13T02:00:00.000Z", complaint: expect.stringContaining("连不上钉钉") };
  const stream = { connectedSince: null, offlineSince: "2023-06-13T02:00:00.000Z", failing };
  expect([ready.status, await ready.json()]).toMatchObject([503, { connected: false, database: true, stream }]);
  expect(await (await get("/metrics")).text()).toMatch(/^anyue_connected 0$/m);
});

test("somebody from outside is answered through the session, once, and nothing of theirs is kept", async () => {
  const { local } = await program();
  local.dingtalk.say("outsider", "应急演练2场120人");
  await local.quiet();
  local.dingtalk.say("outsider", "应急演练3场");
  await local.quiet();
  const said = local.dingtalk.messages({ staffId: "outsider" }).filter((it) => it.from === "bot");
  expect(said.map((it) => it.body)).toEqual([
    expect.objectContaining({ kind: "markdown", text: expect.stringContaining("外部人员") }),
  ]);
  expect(local.dingtalk.usage().apiCalls).toBe(0);
  expect(local.app.usage().used.stream).toBe(local.dingtalk.usage().streamMessages);
});
