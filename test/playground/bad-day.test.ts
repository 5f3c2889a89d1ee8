import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { seeded } from "../../src/cli/random.ts";
import type { LocalDingTalk } from "../../src/playground/local-dingtalk.ts";
import { local, post, tokenOf, Wire } from "./robot.ts";

const toPeople = "/v1.0/robot/oToMessages/batchSend";

/** Connects again whenever a connection is gone, or is told to leave; pings find out about half-open ones. */
async function stubbornRobot(dingtalk: LocalDingTalk): Promise<void> {
  let isOver = false;
  onTestFinished(() => {
    isOver = true;
  });
  while (!isOver) {
    const wire = await Wire.open(dingtalk).catch(() => undefined);
    if (wire === undefined) continue;
    let isAnswered = true;
    const heartbeat = setInterval(() => {
      if (!isAnswered) wire.socket.terminate();
      isAnswered = false;
      wire.socket.ping();
    }, 30);
    wire.socket.on("pong", () => {
      isAnswered = true;
    });
    wire.socket.on("message", (data) => {
      if (String(data).includes('"topic":"disconnect"')) wire.socket.close();
    });
    await once(wire.socket, "close");
    clearInterval(heartbeat);
  }
}

test("everything at once: what is kept reaches a stubborn robot, and the ledger adds up", async () => {
  const share = 0.04;
  const dingtalk = await local({
    random: seeded(20230601),
    faultPlan: {
      stream: {
        duplicatePush: share,
        reorderedPush: share,
        delayedPush: share,
        lostAck: share,
        reset: share,
        halfOpen: share,
        disconnect: share,
        frameNotJson: share,
        frameOfEvent: share,
      },
      gateway: { refused500: 0.1, usedTicket: 0.1 },
      calls: { [toPeople]: { error500: 0.1, timeoutDelivered: 0.1, cutDelivered: 0.1, tooFast: 0.1, slowAnswer: 0.1 } },
    },
    keepsUndelivered: true,
    maxPushes: 1000,
    redeliverAfterMs: 40,
    pingEveryMs: 40,
    disconnectGraceMs: 10,
    delayedPushMs: 10,
    slowAnswerMs: 5,
    qpsPerApi: 10_000,
    monthlyQuota: { apiCalls: 1e6, streamMessages: 1e6 },
  });
  void stubbornRobot(dingtalk);
  const headers = { "x-acs-dingtalk-access-token": await tokenOf(dingtalk) };
  const hello = { robotCode: "dingtest", userIds: ["zhang"], msgKey: "sampleText", msgParam: '{"content":"好的"}' };
  let told = 0;
  for (let i = 0; i < 150; i += 1) {
    dingtalk.say("zhang", `${i}`);
    const answer = await post(dingtalk.baseUrl + toPeople, hello, headers).catch(() => undefined);
    if (answer?.status === 200) told += 1;
  }
  await dingtalk.quiet();

  const { said, received, calls, faults } = dingtalk.ledger;
  expect(said).toHaveLength(150);
  expect(said.filter((it) => it.state !== "acked" || !it.isAcked)).toEqual([]);
  expect(received.filter((it) => it.answer === "told")).toHaveLength(told);
  const sends = calls.filter((it) => it.path === toPeople);
  expect(sends).toHaveLength(150);
  for (const { fault, delivered } of sends)
    expect(delivered).toHaveLength(fault === "error500" || fault === "tooFast" ? 0 : 1);
  expect(faults.filter((it) => it.count > 0).length).toBeGreaterThan(12);
});
