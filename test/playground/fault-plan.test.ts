import { expect, test } from "vitest";
import { seeded } from "../../src/cli/random.ts";
import { type FaultPlan, Faults } from "../../src/playground/faults.ts";
import { caller, local, Wire } from "./robot.ts";

const plan: FaultPlan = {
  stream: { duplicatePush: 0.2, delayedPush: 0.1, frameNotJson: 0.1 },
  calls: { "*": { error500: 0.3 } },
};
const strikes = (faults: Faults, count: number, path = "/any") =>
  Array.from({ length: count }, () => faults.draw(["error500", "tooFast"], path));

test("the same seed asked in the same order plays the same faults, another one others", async () => {
  const play = async (seed: number) => {
    const dingtalk = await local({
      random: seeded(seed),
      faultPlan: plan,
      delayedPushMs: 5,
      qpsPerApi: 100,
    });
    const wire = await Wire.open(dingtalk);
    const call = await caller(dingtalk);
    const outcomes: unknown[] = [];
    for (let i = 0; i < 40; i += 1) {
      dingtalk.say("zhang", `${i}`);
      await dingtalk.quiet();
      outcomes.push((await call("/v1.0/robot/messageFiles/download", {})).status);
    }
    return { texts: wire.texts.length, outcomes, faults: dingtalk.ledger.faults.filter((it) => it.count > 0) };
  };
  const first = await play(7);
  expect(first.faults.length).toBeGreaterThan(3);
  expect(await play(7)).toEqual(first);
  expect(await play(8)).not.toEqual(first);
});

test("strikes as often as the shares say, and counts it", () => {
  const faults = new Faults({ random: seeded(1), plan: { calls: { "*": { error500: 0.25 } } } });
  strikes(faults, 2000);
  const count = faults.counts.find((it) => it.fault === "error500")?.count ?? 0;
  expect(count / 2000).toBeCloseTo(0.25, 1);
  expect(faults.counts.filter((it) => it.count > 0)).toHaveLength(1);
});

test("a path with shares of its own has no others, and a new plan replaces the old one", () => {
  const faults = new Faults({ random: seeded(1), plan: { calls: { "*": { error500: 1 }, "/quiet": {} } } });
  expect(strikes(faults, 2)).toEqual(["error500", "error500"]);
  expect(strikes(faults, 2, "/quiet")).toEqual([undefined, undefined]);
  faults.follow({ calls: { "/quiet": { tooFast: 1 } } });
  expect([...strikes(faults, 1), ...strikes(faults, 1, "/quiet")]).toEqual([undefined, "tooFast"]);
});

test("nothing strikes that nobody asked for", async () => {
  const dingtalk = await local({ qpsPerApi: 100 });
  const wire = await Wire.open(dingtalk);
  for (let i = 0; i < 50; i += 1) dingtalk.say("zhang", `${i}`);
  await dingtalk.quiet();
  expect(wire.messages.map((it) => it.text)).toEqual(Array.from({ length: 50 }, (_, i) => `${i}`));
  expect(dingtalk.ledger.faults.every((it) => it.count === 0)).toBe(true);
  expect(dingtalk.ledger.faults).toHaveLength(25);
});
