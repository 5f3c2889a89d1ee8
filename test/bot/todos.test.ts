import { expect, onTestFinished, test, vi } from "vitest";
import type { Chore } from "../../src/bot/chore.ts";
import { startTodos } from "../../src/bot/todos.ts";
import type { WantedTodo } from "../../src/campaign/todo.ts";
import { messageOf } from "../../src/flows/words/words.ts";
import type { LocalDingTalkOptions } from "../../src/playground/local-dingtalk.ts";
import type { Store } from "../../src/store/store.ts";
import { openReplicas } from "../store/opened.ts";
import { zhoushan } from "../support/campaign.ts";
import { localApi } from "./local-api.ts";
import { logged } from "./logged.ts";
import { takeOut } from "./store.ts";

const tasks = "/v1.0/todo/users/{unionId}/tasks";

function todo(given: Partial<WantedTodo> = {}): WantedTodo {
  const { staffId = "zhang", obligation = "statistics", due = "2023-07-01" } = given;
  return {
    ...{ source: `dinghai ${obligation} ${staffId} ${due}`, staffId, unit: null, obligation, period: null, due },
    ...{ dueTime: "18:00", dueAt: new Date(`${due}T18:00:00+08:00`), ...given },
  };
}
const statistics = todo();
const summary = todo({ obligation: "summary" });

/** The same as the store is asked for it. */
const wish = { source: statistics.source, staffId: "zhang", subject: "统计表", dueAt: statistics.dueAt };

/** Real time, which rests are measured in, moved by hand. */
function realTime(): { pass: (minutes: number) => void } {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  return { pass: (minutes) => void vi.setSystemTime(Date.now() + minutes * 60_000) };
}

async function running(options: Partial<LocalDingTalkOptions> & { mostAtOnce?: number; replicas?: number } = {}) {
  const { mostAtOnce, replicas = 1, ...ofDingTalk } = options;
  const rig = await localApi(ofDingTalk);
  const stores = await openReplicas(replicas);
  const [store] = stores;
  if (store === undefined) throw new Error("no store");
  const { log, lines } = logged();
  let wanted: readonly WantedTodo[] = [];
  const start = (on: Store): Chore => {
    const { api } = rig;
    const parts = { todos: on.todos, wanted: async () => wanted, api, campaign: zhoushan, clock: rig.clock, log };
    const chore = startTodos({ ...parts, ...(mostAtOnce !== undefined && { mostAtOnce }) });
    onTestFinished(() => chore.stop());
    return chore;
  };
  const chores = stores.map((it) => start(it));
  const wakeAll = async (all: readonly Chore[]) => {
    for (const it of all) it.wake();
    await Promise.all(all.map((it) => it.idle()));
  };
  /** Every program looks at what is wanted now. */
  const want = async (...now: readonly WantedTodo[]) => {
    wanted = now;
    await wakeAll(chores);
  };
  const calls = () => rig.dingtalk.ledger.calls.filter((it) => it.path.startsWith("/v1.0/todo/")).length;
  const open = (staffId: string) => rig.dingtalk.todosOf(staffId).filter((it) => it.closedAt === null);
  return { ...rig, store, start, wakeAll, want, calls, open, lines };
}

test("what is wanted is opened once and closed once", async () => {
  const { want, open, calls, dingtalk } = await running();
  await want(statistics, summary);
  await want(statistics, summary);
  expect(open("zhang").map((it) => [it.subject, it.dueAt])).toEqual(
    expect.arrayContaining([
      ["6月“安全生产月”统计表（7月1日 18:00 前）", statistics.dueAt],
      ["6月“安全生产月”活动总结报告（7月1日 18:00 前）", summary.dueAt],
    ]),
  );
  await want(summary);
  await want(summary);
  expect(open("zhang").map((it) => it.subject)).toEqual(["6月“安全生产月”活动总结报告（7月1日 18:00 前）"]);
  expect(dingtalk.todosOf("zhang")).toHaveLength(2);
  expect(calls()).toBe(3);
});

test("another liaison gets their own, and the one before is rid of theirs", async () => {
  const { want, open } = await running();
  await want(statistics);
  await want(todo({ staffId: "boss" }));
  expect([open("zhang"), open("boss").length]).toEqual([[], 1]);
});

test("what is owed again gets a new to-do, for DingTalk opens a closed one no more", async () => {
  const { want, open, dingtalk } = await running();
  await want(statistics);
  await want();
  await want(statistics);
  await want();
  await want(statistics);
  expect([open("zhang").length, dingtalk.todosOf("zhang").length]).toEqual([1, 3]);
  expect(new Set(dingtalk.todosOf("zhang").map((it) => it.sourceId)).size).toBe(3);
});

test("no more than so many are dealt with at once, the rest at the next wakes", async () => {
  const { want, open } = await running({ mostAtOnce: 1 });
  await want(statistics, summary);
  expect(open("zhang")).toHaveLength(1);
  await want(statistics, summary);
  expect(open("zhang")).toHaveLength(2);
});

test("two programs at once make one to-do of each, with one call", async () => {
  const { want, dingtalk, calls } = await running({ replicas: 2 });
  const all = Array.from({ length: 6 }, (_, n) => todo({ source: `unit-${n}`, dueTime: `1${n}:00` }));
  await want(...all);
  await want(...all);
  expect([dingtalk.todosOf("zhang").length, calls()]).toEqual([6, 6]);
  await want();
  expect([dingtalk.todosOf("zhang").filter((it) => it.closedAt === null).length, calls()]).toEqual([0, 12]);
});

test("where DingTalk did not say whether it was opened, it is the same one the next time", async () => {
  const real = realTime();
  const { want, dingtalk, open, clock } = await running();
  dingtalk.faults.next("timeoutDelivered", tasks);
  await want(statistics);
  await want(statistics);
  expect(open("zhang")).toHaveLength(1);
  real.pass(1);
  clock.advance(600);
  await want(statistics);
  expect(dingtalk.todosOf("zhang")).toHaveLength(1);
  await want();
  expect(open("zhang")).toEqual([]);
});

test("a program that died before it noted what it opened leaves no to-do behind, and none twice", async () => {
  const { want, store, api, open, dingtalk, clock } = await running();
  const [task] = await store.todos.reconcile([wish], clock.now());
  if (task === undefined) throw new Error("nothing to do");
  expect([await store.todos.claim(task, clock.now()), await store.todos.claim(task, clock.now())]).toEqual([
    true,
    false,
  ]);
  const unionId = (await api.unionIdOf("zhang")) ?? "";
  await api.openTodo({ unionId, ...wish, sourceId: task.sourceId });
  clock.advance(600);
  await want(statistics);
  expect([open("zhang").length, dingtalk.todosOf("zhang").length]).toEqual([1, 1]);
  const [other] = await store.todos.reconcile([wish, { ...wish, source: "other" }], clock.now());
  if (other === undefined) throw new Error("nothing to do");
  await store.todos.claim(other, clock.now());
  await api.openTodo({ unionId, ...wish, sourceId: other.sourceId });
  clock.advance(600);
  await want();
  expect([open("zhang"), dingtalk.todosOf("zhang").length]).toEqual([[], 2]);
});

test("what was never asked for is not asked for when it is no longer wanted", async () => {
  const { want, store, calls, clock } = await running();
  await store.todos.reconcile([wish], clock.now());
  await want();
  expect(calls()).toBe(0);
});

test("a fault leaves the rest for later, and is said without a name", async () => {
  const real = realTime();
  const { want, dingtalk, open, calls, lines, clock } = await running();
  dingtalk.faults.next("error500", tasks);
  await want(statistics, summary);
  await want(statistics, summary);
  expect([open("zhang"), calls()]).toEqual([[], 1]);
  expect(lines.join()).toMatch(/system\.error/);
  expect(lines.join()).not.toMatch(/zhang/);
  real.pass(1);
  clock.advance(600);
  await want(statistics, summary);
  expect(open("zhang")).toHaveLength(2);
});

test("a missing permission is said once in the log and once to managers, also after a restart", async () => {
  const real = realTime();
  const { want, calls, lines, store, start, wakeAll, clock } = await running({ tenant: { todo: "notPermitted" } });
  await want(statistics, summary);
  await want(statistics, summary);
  expect(calls()).toBe(1);
  real.pass(6 * 60 + 1);
  clock.advance(6 * 3600);
  await want(statistics, summary);
  expect(calls()).toBe(2);
  expect(lines.filter((it) => it.includes("may not write to-dos"))).toHaveLength(1);
  await wakeAll([start(store)]);
  const told = (await takeOut(store)).map(({ to, content }) => {
    if (to.kind !== "person" || content.kind !== "say") throw new Error("no words to a person");
    return [to.staffId, messageOf(content.say).text.split("\n\n")[0]];
  });
  const text = "**待办没有写进钉钉：应用没有这项权限**";
  expect(told).toEqual([
    ["manager", text],
    ["deputy", text],
  ]);
});

test("who is not of the organisation keeps nobody else from theirs, and is tried again a day later", async () => {
  const { want, open, clock, dingtalk } = await running();
  const asked = () => dingtalk.usage().byPath["/topapi/v2/user/get"];
  const gone = todo({ staffId: "guest" });
  await want(gone, statistics);
  expect(open("zhang")).toHaveLength(1);
  clock.advance(3600);
  await want(gone, statistics);
  expect(asked()).toBe(2);
  clock.advance(24 * 3600);
  await want(gone, statistics);
  expect(asked()).toBe(3);
  await want(statistics);
  expect(asked()).toBe(3);
});

test("who looked before another program opened it does not open it again", async () => {
  const { store, clock } = await running();
  const [task] = await store.todos.reconcile([wish], clock.now());
  if (task === undefined) throw new Error("nothing to do");
  expect(await store.todos.claim(task, clock.now())).toBe(true);
  await store.todos.opened(task.sourceId, { unionId: "u", taskId: "t" });
  expect(await store.todos.claim(task, clock.now())).toBe(false);
});
