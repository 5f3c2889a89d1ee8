import { describe, expect, it, test } from "vitest";
import { undisturbedAcks } from "../src/cli/chaos/acks.ts";
import { type Evidence, judge } from "../src/cli/chaos/oracle.ts";
import { runChaos } from "../src/cli/chaos/run.ts";
import { settle, type Unsettled } from "../src/cli/chaos/settle.ts";
import type { ReceivedMessage, SaidMessage } from "../src/playground/ledger.ts";
import { entry } from "./support/builders.ts";
import { isPostgres, newDatabase } from "./support/database.ts";

/** The short form of `npm run chaos`: a day on which everything breaks, on this database. */
const messages = 100;
/** Processes die and start many times: on a busy machine that takes a while. */
const limitMs = 240_000;

test(
  "whatever breaks and dies, every acknowledged message counts once and is answered",
  async () => {
    const database = isPostgres ? "postgresql" : "sqlite";
    const databaseUrl = await newDatabase();
    const replicas = isPostgres ? 2 : 1;
    const result = await runChaos({ database, databaseUrl, replicas, messages, units: 5, seed: 11 });
    const { verdict, faults, deaths, slowestStopMs, acks } = result;
    expect(verdict.faults).toEqual([]);
    expect(verdict).toMatchObject({ said: messages, acknowledged: messages, recorded: messages, answered: messages });
    expect(faults.filter((it) => it.count > 0).length).toBeGreaterThan(3);
    expect(deaths.length).toBeGreaterThan(1);
    expect(acks.count).toBeGreaterThan(0);
    expect(slowestStopMs).toBeLessThan(10_000);
  },
  limitMs,
);

describe("the end of a chaos run", () => {
  const quiet: Unsettled = {
    quiet: async () => {},
    unacknowledged: () => 0,
    isReminded: () => true,
    waiting: async () => [],
    check: () => {},
  };
  const timing = { limitMs: 60_000, everyMs: 1 };
  const late = { limitMs: 5, everyMs: 1 };

  it("comes when nothing waits any more", async () => {
    let looks = 0;
    const waiting = async () => {
      looks += 1;
      return looks < 3 ? [{ problem: "timeout", count: 1 }] : [];
    };
    await settle({ ...quiet, waiting }, timing);
    expect(looks).toBe(3);
  });

  it("says after a time what it waited for", async () => {
    const waiting = async () => [
      { problem: "timeout", count: 3 },
      { problem: "未发过", count: 1 },
    ];
    await expect(settle({ ...quiet, waiting }, late)).rejects.toThrow(
      "待发消息没有发完：3 条（timeout）、1 条（未发过）",
    );
    const mute = { quiet: () => new Promise<void>(() => {}), unacknowledged: () => 2, isReminded: () => false };
    const told = settle({ ...quiet, ...mute }, late);
    await expect(told).rejects.toThrow("等了 0.005 秒仍没有安静下来：2 条消息没有被确认；提醒的时刻还没有到");
  });

  it("is at once where a bot has ended by itself", async () => {
    const check = () => {
      throw new Error("a bot ended by itself");
    };
    await expect(settle({ ...quiet, check }, timing)).rejects.toThrow("a bot ended by itself");
  });
});

const at = (second: number) => new Date(Date.UTC(2023, 5, 27, 1, 0, second));
const person = { staffId: "zhang" };

function said(msgId: string, isAcked = true): SaidMessage {
  const state = isAcked ? "acked" : "lost";
  return {
    msgId,
    staffId: "zhang",
    conversation: person,
    kind: "text",
    text: "",
    at: at(0),
    state,
    pushes: [],
    isAcked,
  };
}

function received(call: number, text: string, given: Partial<ReceivedMessage> = {}): ReceivedMessage {
  const base = { id: `r${call}`, conversation: person, kind: "markdown" as const, text, at: at(call), call, path: "" };
  return { ...base, answer: "told", ...given };
}

const answer = (people: number) => `已记 ✓ 12 应急救援演练（6月27日）：1 场、${people} 人次`;
const recorded = (no: number, people: number) => entry({ no, turnKey: `m${people}`, figures: { sessions: 1, people } });

/** Two reports, each recorded and answered; and what is different this time. */
function evidence(given: Partial<Omit<Evidence, "ledger">> & Partial<Evidence["ledger"]> = {}): Evidence {
  const report = (people: number) => ({
    msgId: `m${people}`,
    staffId: "zhang",
    indicatorId: "publicity.drill",
    people,
  });
  return {
    reports: [report(11), report(12)],
    entries: given.entries ?? [recorded(1, 11), recorded(2, 12)],
    deaths: given.deaths ?? [],
    reminded: given.reminded ?? [],
    ledger: {
      said: given.said ?? [said("m11"), said("m12")],
      received: given.received ?? [received(1, answer(11)), received(2, answer(12))],
    },
  };
}

test("acks are timed where no program was dead or starting, and where they arrived", () => {
  const push = (from: number, to: number, isLost = false) => ({
    messageId: `f${from}`,
    connectionId: "c",
    at: at(from),
    ack: { code: 200, data: undefined, at: at(to), afterMs: (to - from) * 1000, isLost },
  });
  const { ack: _, ...unanswered } = push(1, 2);
  const pushes = [push(1, 2), push(3, 6), push(8, 10), push(11, 12), push(20, 29, true), push(40, 49), unanswered];
  const outages = [
    { from: at(5), to: at(8) },
    { from: at(45), to: null },
  ];
  expect(undisturbedAcks([{ pushes }], outages)).toEqual({ count: 2, medianMs: 1000, p99Ms: 1000, slowestMs: 1000 });
  expect(undisturbedAcks([{ pushes }], [])).toMatchObject({ count: 5, medianMs: 2000, slowestMs: 9000 });
  expect(undisturbedAcks([], [])).toEqual({ count: 0, medianMs: 0, p99Ms: 0, slowestMs: 0 });
});

describe("the judge of a chaos run", () => {
  const repeat = `（网络异常，这条可能重复）\n\n${answer(11)}`;

  it("has nothing to say where all is well", () => {
    expect(judge(evidence()).faults).toEqual([]);
  });

  it("allows a repeat that was in doubt and says so", () => {
    const doubtful = received(1, answer(11), { answer: "falsified" });
    expect(judge(evidence({ received: [doubtful, received(2, repeat), received(3, answer(12))] })).faults).toEqual([]);
    const killed = { deaths: [{ at: "messageSent" as const, calendar: at(2) }] };
    const twice = [received(1, answer(11)), received(3, repeat), received(4, answer(12))];
    expect(judge(evidence({ ...killed, received: twice })).faults).toEqual([]);
  });

  it.each<[string, Parameters<typeof evidence>[0], RegExp]>([
    ["a message that was acknowledged and lost", { entries: [recorded(1, 11)] }, /acknowledged and lost/],
    ["a message that nobody took", { said: [said("m11"), said("m12", false)] }, /never acknowledged/],
    [
      "a repeat after a program that had only been asked to stop",
      {
        deaths: [{ at: "asked", calendar: at(2) }],
        received: [received(1, answer(11)), received(3, repeat), received(4, answer(12))],
      },
      /without doubt/,
    ],
    ["one counted twice", { entries: [recorded(1, 11), recorded(2, 11), recorded(3, 12)] }, /counted 2 times/],
    [
      "another figure",
      { entries: [entry({ ...recorded(1, 11), figures: { sessions: 1, people: 9 } }), recorded(2, 12)] },
      /recorded wrongly/,
    ],
    [
      "an answer to what is not recorded",
      { said: [said("m11", false), said("m12")], entries: [recorded(2, 12)] },
      /answered and not recorded/,
    ],
    ["a missing answer", { received: [received(1, answer(11))] }, /recorded and not answered/],
    ["an entry that nobody reported", { entries: [recorded(1, 11), recorded(2, 12), recorded(3, 99)] }, /from nowhere/],
    ["answers out of order", { received: [received(1, answer(12)), received(2, answer(11))] }, /out of order/],
    [
      "a repeat without a reason",
      { received: [received(1, answer(11)), received(2, repeat), received(3, answer(12))] },
      /without doubt/,
    ],
    [
      "a repeat that does not say so",
      {
        received: [received(1, answer(11), { answer: "falsified" }), received(2, answer(11)), received(3, answer(12))],
      },
      /without saying so/,
    ],
    ["somebody who was not reminded", { reminded: ["zhang"] }, /not reminded/],
  ])("sees %s", (_, given, fault) => {
    expect(judge(evidence(given)).faults.join("\n")).toMatch(fault);
  });
});
