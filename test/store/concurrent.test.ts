import { describe, expect, it } from "vitest";
import { createTurns, type Turns } from "../../src/bot/turn.ts";
import { MovableClock } from "../../src/clock.ts";
import type { Inbound } from "../../src/flows/flow.ts";
import { createLog } from "../../src/log.ts";
import { createScheduler } from "../../src/scheduler/tick.ts";
import type { Store } from "../../src/store/store.ts";
import { zhoushan } from "../support/campaign.ts";
import { given, now, openReplicas, recordOf } from "./opened.ts";

/**
 * Several programs on one database, as replicas are: whatever comes at the same moment happens once, and all of it counts.
 * SQLite serves one process only; there the same holds for several callers of one store.
 */
const replicas = 3;

function turnsOf(stores: readonly Store[]): Turns[] {
  const clock = new MovableClock(now, { runs: false });
  return stores.map((store) => createTurns({ store, campaign: zhoushan, clock, log: createLog("silent") }));
}

function text(key: string, said: string, staffId = "zhangsan"): Inbound {
  return { key, at: now, sender: { staffId, nick: "" }, group: null, kind: "text", text: said };
}

async function nominate(store: Store, ...staffIds: string[]): Promise<void> {
  const base = { name: "张三", post: "科长", phone: "13800000000", proposedBy: "x", proposedAt: now };
  const decided = { status: "approved" as const, decidedBy: "x", decidedAt: now };
  await given(
    store,
    staffIds.map((staffId, n) => ({
      type: "nominationProposed" as const,
      nomination: { ...base, ...decided, no: n + 1, unitId: "dinghai", staffId },
    })),
  );
}

async function takeAll(stores: readonly Store[]): Promise<string[]> {
  const takers = stores.map(async (store) => {
    const keys: string[] = [];
    for (let it = await store.outbox.claim(new Date(), 60_000); it !== null; ) {
      keys.push(it.key);
      await store.outbox.sent(it, new Date(), null);
      it = await store.outbox.claim(new Date(), 60_000);
    }
    return keys;
  });
  return (await Promise.all(takers)).flat();
}

const pick = <T>(all: readonly T[], n: number): T => all[n % all.length] as T;

describe(`${replicas} replicas`, () => {
  it("handle a message that reaches all of them once, and answer it once", async () => {
    const stores = await openReplicas(replicas);
    const results = await Promise.all(turnsOf(stores).map((it) => it.take(text("m1", "你好"))));
    expect(results.toSorted()).toEqual(["duplicate", "duplicate", "handled"]);
    expect(await takeAll(stores)).toEqual(["reply:m1:0"]);
  });

  it("count every report of two liaisons of one unit at the same moment, each under a number of its own", async () => {
    const stores = await openReplicas(replicas);
    const turns = turnsOf(stores);
    const [first] = stores as [Store];
    await nominate(first, "zhangsan", "lisi");
    const reports = Array.from({ length: 24 }, (_, n) => {
      const said = `应急演练1场${n + 10}人`;
      return pick(turns, n).take(text(`m${n}`, said, n % 2 === 0 ? "zhangsan" : "lisi"));
    });
    await Promise.all(reports);
    const { entries } = await recordOf(first);
    expect(entries.map((it) => it.no)).toEqual(Array.from({ length: 24 }, (_, n) => n + 1));
    expect(new Set(entries.map((it) => it.figures.people)).size).toBe(24);
    const keys = await takeAll(stores);
    expect(keys.toSorted()).toEqual(Array.from({ length: 24 }, (_, n) => `reply:m${n}:0`).toSorted());
  });

  it("refuse nobody when all units report in the same instant", async () => {
    const stores = await openReplicas(replicas);
    const turns = turnsOf(stores);
    const [first] = stores as [Store];
    const people = Array.from({ length: 60 }, (_, n) => `liaison-${n}`);
    await nominate(first, ...people);
    const results = await Promise.all(
      people.map((it, n) => pick(turns, n).take(text(`m${n}`, `应急演练1场${n + 20}人`, it))),
    );
    expect(results).toEqual(people.map(() => "handled"));
    const { entries } = await recordOf(first);
    expect(entries.map((it) => it.no)).toEqual(people.map((_, n) => n + 1));
  });

  it("lose nothing of one person's conversation when two of its messages are handled at once", async () => {
    const stores = await openReplicas(replicas);
    const turns = turnsOf(stores);
    const [first] = stores as [Store];
    await nominate(first, "zhangsan");
    // Each asks which row is meant and records nothing; a lost update would forget some of the questions.
    const said = Array.from({ length: 6 }, (_, n) => `培训了一次，${n + 20}人`);
    await Promise.all(said.map((it, n) => pick(turns, n).take(text(`m${n}`, it))));
    const stored = await first.turn((turn) => turn.conversation("zhangsan"));
    const asked = (JSON.parse(stored ?? "{}") as { asked: { no: number }[] }).asked;
    expect(asked.map((it) => it.no).toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("tick at the same minute and remind of each slot once", async () => {
    const stores = await openReplicas(replicas);
    const at = new Date("2023-06-27T09:00:00+08:00");
    const [first] = stores as [Store];
    await nominate(first, "zhangsan");
    await first.tick((it) => it.looked(new Date(at.getTime() - 60_000)));
    await Promise.all(
      stores.map((store, n) => {
        const clock = new MovableClock(new Date(at.getTime() + n), { runs: false });
        return createScheduler({ store, campaign: zhoushan, clock, log: createLog("silent") }).tick();
      }),
    );
    const keys = await takeAll(stores);
    expect(keys.filter((it) => it.includes("zhangsan"))).toHaveLength(1);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("keep the order of one person's answers, whoever sends them", async () => {
    const stores = await openReplicas(replicas);
    const [turns] = turnsOf(stores) as [Turns];
    for (let n = 0; n < 9; n += 1) await turns.take(text(`m${n}`, "帮助"));
    const sent: string[] = [];
    let isSending = false;
    const senders = stores.map(async (store) => {
      for (let idle = 0; idle < 20; ) {
        const message = await store.outbox.claim(new Date(), 60_000);
        if (message === null) {
          idle += 1;
          continue;
        }
        expect(isSending).toBe(false);
        isSending = true;
        sent.push(message.key);
        await new Promise((done) => setImmediate(done));
        isSending = false;
        await store.outbox.sent(message, new Date(), null);
      }
    });
    await Promise.all(senders);
    expect(sent).toEqual(Array.from({ length: 9 }, (_, n) => `reply:m${n}:0`));
  });
});
