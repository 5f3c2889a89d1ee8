import { expect, onTestFinished, test } from "vitest";
import { createTurns } from "../../src/bot/turn.ts";
import { askBeside } from "../../src/cli/beside.ts";
import { newConversation } from "../../src/flows/conversation.ts";
import type { Inbound } from "../../src/flows/flow.ts";
import { openStore } from "../../src/store/prisma-store.ts";
import type { Store } from "../../src/store/store.ts";
import { emptyDatabase } from "../support/database.ts";
import { logged } from "./logged.ts";
import { campaign, openTestStore, standingClock, takeOut } from "./store.ts";

const clock = standingClock();

function text(key: string, said: string, staffId = "guest"): Inbound {
  return { key, at: clock.now(), sender: { staffId, nick: "" }, group: null, kind: "text", text: said };
}

function turnsOn(store: Store) {
  const { log, lines } = logged();
  return { turns: createTurns({ store, campaign, clock, log }), lines };
}

/** The real store, with something around each transaction, or at the end inside it. */
function wrapped(
  store: Store,
  around: <T>(turn: () => Promise<T>) => Promise<T> = (turn) => turn(),
  atEnd: () => void = () => {},
): Store {
  const turn: Store["turn"] = (work) =>
    around(() =>
      store.turn(async (turn) => {
        const result = await work(turn);
        atEnd();
        return result;
      }),
    );
  return Object.assign(Object.create(store), { turn });
}

async function tags(store: Store): Promise<string[]> {
  return (await takeOut(store)).map(
    ({ key, content }) => `${key} ${content.kind === "attach" ? content.attachment.file : content.say.tag}`,
  );
}

test("a message is answered, once, however often it comes", async () => {
  const store = await openTestStore();
  const { turns, lines } = turnsOn(store);
  const results = await Promise.all([turns.take(text("m1", "你好")), turns.take(text("m1", "你好"))]);
  expect(results).toEqual(["handled", "duplicate"]);
  expect(await tags(store)).toEqual([expect.stringMatching(/^reply:m1:0 \w+$/)]);
  expect(lines.join()).not.toContain("你好");
});

test("turns run one by one, in the order they came", async () => {
  const store = await openTestStore();
  let atOnce = 0;
  let most = 0;
  const { turns } = turnsOn(
    wrapped(store, async (turn) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      return turn().finally(() => {
        atOnce -= 1;
      });
    }),
  );
  const handled: string[] = [];
  turns.onHandled(({ key }) => handled.push(key));
  const keys = Array.from({ length: 10 }, (_, i) => `m${i}`);
  await Promise.all(keys.map((it) => turns.take(text(it, "帮助", `guest${it}`))));
  expect(handled).toEqual(keys);
  expect(most).toBe(1);
});

test("a turn that fails keeps nothing, can come again, and stops no other", async () => {
  const store = await openTestStore();
  let isPowerOn = false;
  const { turns } = turnsOn(
    wrapped(store, undefined, () => {
      if (!isPowerOn) throw new Error("power cut");
    }),
  );
  await expect(turns.take(text("m1", "你好"))).rejects.toThrow("power cut");
  expect(await tags(store)).toEqual([]);
  isPowerOn = true;
  expect(await turns.take(text("m2", "你好"))).toBe("handled");
  expect(await turns.take(text("m1", "你好"))).toBe("handled");
  expect(await tags(store)).toHaveLength(2);
});

test("who waits behind a turn that found the database standing still fails with it; who comes later tries again", async () => {
  const store = await openTestStore();
  const { log } = logged();
  let begun = 0;
  let fail: (error: Error) => void = () => {};
  const standing = wrapped(store, (turn) => {
    begun += 1;
    return begun === 1
      ? new Promise((_, reject) => {
          fail = reject;
        })
      : turn();
  });
  const turns = createTurns({ store: standing, campaign, clock, log, patienceMs: 0 });
  const [first, second] = ["m1", "m2"].map((it) => turns.take(text(it, "你好")).catch((error: Error) => error.message));
  await new Promise((done) => setImmediate(done));
  fail(new Error("no answer"));
  expect([await first, await second]).toEqual(["no answer", "the database stands still"]);
  expect(begun).toBe(1);
  expect(await turns.take(text("m2", "你好"))).toBe("handled");
});

test("whose conversation can't be read any more is told so before anything else", async () => {
  const store = await openTestStore();
  const { turns } = turnsOn(store);
  const old = text("m1", "帮助");
  await store.turn(async (turn) => {
    await turn.claim(old, clock.now());
    const state = { ...newConversation(), version: 99 as never };
    await turn.commit(old, { state, changes: [], replies: [] }, clock.now());
  });
  await turns.take(text("m2", "帮助"));
  await turns.take(text("m3", "帮助"));
  expect(await tags(store)).toEqual(["reply:m2:0 conversationReset", "reply:m2:1 help", "reply:m3:0 help"]);
});

test("a message on which the program itself fails is kept with its fault, answered once, and stops no other", async () => {
  const store = await openTestStore();
  const { turns, lines } = turnsOn(store);
  await turns.take(text("m1", "联络员 东区局 张三 科长 13800000000", "zhang"));
  // A question about a row that this campaign has not: nothing writes such a state, and the step can't say it.
  const question = {
    about: "count",
    text: "",
    indicatorId: "gone",
    measureId: "x",
    entryNo: null,
    date: null,
  } as const;
  const state = { ...newConversation(), unitId: "east", asked: [{ no: 1, question, outcome: null }] };
  await store.turn(async (turn) => {
    const inbound = text("m2", "帮助", "zhang");
    await turn.claim(inbound, clock.now());
    await turn.commit(
      inbound,
      { state, changes: [{ type: "nomineeFound", no: 1, staffId: "zhang" }], replies: [] },
      clock.now(),
    );
  });
  await tags(store);
  expect(await turns.take(text("m3", "提交", "zhang"))).toBe("handled");
  expect(await turns.take(text("m3", "提交", "zhang"))).toBe("duplicate");
  await turns.take(text("m4", "取消", "zhang"));
  await turns.take(text("m5", "提交", "zhang"));
  expect(await tags(store)).toEqual(["reply:m3:0 turnFailed", "reply:m4:0 cancelled", "reply:m5:0 submitBlocked"]);
  expect(lines.some((it) => it.includes("could not be handled") && it.includes("which is not the unit's"))).toBe(true);
});

test("one on whose unit's kept data the program fails is kept with its fault and answered, too", async () => {
  const databaseUrl = await emptyDatabase();
  const store = await openStore({ databaseUrl, campaign, managers: ["boss"] });
  onTestFinished(() => store.close());
  const { turns, lines } = turnsOn(store);
  await turns.take(text("m1", "联络员 东区局 张三 科长 13800000000", "zhang"));
  await turns.take(text("m2", "同意 1", "boss"));
  await tags(store);
  // Nothing writes such a row.
  await askBeside(databaseUrl, `UPDATE "Nomination" SET "status" = 'nonsense'`);
  expect(await turns.take(text("m3", "进度", "boss"))).toBe("handled");
  expect(await tags(store)).toEqual(["reply:m3:0 turnFailed"]);
  expect(lines.some((it) => it.includes("could not be handled") && it.includes("ZodError"))).toBe(true);
});
