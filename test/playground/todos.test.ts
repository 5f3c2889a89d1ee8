import { expect, test } from "vitest";
import { unionIdOf } from "../../src/playground/ids.ts";
import { asker, local, TestClock } from "./robot.ts";

const unionId = unionIdOf("zhang");
const tasks = `/v1.0/todo/users/${unionId}/tasks`;
const dueTime = Date.parse("2023-07-01T18:00:00+08:00");
const detailUrl = { appUrl: "https://www.dingtalk.com", pcUrl: "https://www.dingtalk.com" };
const todo = { sourceId: "x:1/statistics", subject: "报送统计表", executorIds: [unionId], dueTime, detailUrl };
const bySource = `GET ${tasks}/sources/${encodeURIComponent(todo.sourceId)}`;

test("a to-do is opened, found by its source and closed", async () => {
  const clock = new TestClock();
  const dingtalk = await local({ now: clock.now });
  const ask = await asker(dingtalk);
  const opened = await ask(`POST ${tasks}`, { ...todo, description: "还差 3 行" });
  const { id } = opened.body;
  const told = { id, sourceId: todo.sourceId, subject: "报送统计表", dueTime, done: false, executorIds: [unionId] };
  expect(opened).toMatchObject({ status: 200, body: told });
  expect(await ask(bySource)).toMatchObject({ status: 200, body: told });
  clock.advance(60);
  expect(await ask(`PUT ${tasks}/${id}`, { done: true })).toEqual({ status: 200, body: { result: true } });
  clock.advance(60);
  expect(await ask(`PUT ${tasks}/${id}`, { done: true })).toMatchObject({ status: 200 });
  const openedAt = new Date("2023-06-01T12:00:00+08:00");
  expect(dingtalk.todosOf("zhang")).toEqual([
    {
      taskId: id,
      staffId: "zhang",
      sourceId: todo.sourceId,
      subject: "报送统计表",
      description: "还差 3 行",
      dueAt: new Date(dueTime),
      openedAt,
      closedAt: new Date(openedAt.getTime() + 60_000),
    },
  ]);
  expect(dingtalk.ledger.todos).toEqual(dingtalk.todosOf("zhang"));
  expect(dingtalk.todosOf("boss")).toEqual([]);
  expect(dingtalk.usage().byPath).toMatchObject({
    "/v1.0/todo/users/{unionId}/tasks": 1,
    "/v1.0/todo/users/{unionId}/tasks/sources/{sourceId}": 1,
    "/v1.0/todo/users/{unionId}/tasks/{taskId}": 2,
  });
});

test("a source is taken once", async () => {
  const dingtalk = await local();
  const ask = await asker(dingtalk);
  await ask(`POST ${tasks}`, todo);
  const again = await ask(`POST ${tasks}`, { ...todo, subject: "另一件" });
  expect(again).toMatchObject({ status: 400, body: { code: "todo.taskCreate.paramError", message: "task exist" } });
  expect(dingtalk.ledger.todos).toHaveLength(1);
});

test.each<[string, string, object]>([
  ["Missingsubject", "subject", { subject: undefined }],
  ["MissingdetailUrl", "detailUrl", { detailUrl: undefined }],
  ["todo.taskCreate.paramError", "subject is oversize", { subject: "长".repeat(1025) }],
  ["todo.taskCreate.paramError", "description is oversize", { description: "长".repeat(4097) }],
  ["todo.taskCreate.paramError", "dueTime is invalid", { dueTime: "soon" }],
  ["todo.taskCreate.paramError", "todo.taskCreate.paramError", { executorIds: ["nobody"] }],
])("is refused with %s: %s", async (code, message, change) => {
  const dingtalk = await local();
  const ask = await asker(dingtalk);
  const refused = await ask(`POST ${tasks}`, { ...todo, ...change });
  expect(refused).toMatchObject({ status: 400, body: { code, message: expect.stringContaining(message) } });
  expect(dingtalk.ledger.todos).toEqual([]);
});

test("one that is not there, or somebody else's, is neither found nor closed", async () => {
  const dingtalk = await local();
  const ask = await asker(dingtalk);
  const { id } = (await ask(`POST ${tasks}`, todo)).body;
  const bosses = `/v1.0/todo/users/${unionIdOf("boss")}/tasks`;
  const refusals = [
    await ask(`GET ${bosses}/sources/${encodeURIComponent(todo.sourceId)}`),
    await ask(`GET ${tasks}/sources/none`),
    await ask(`PUT ${bosses}/${id}`, { done: true }),
    await ask(`PUT ${tasks}/none`, { done: true }),
  ];
  expect(refusals).toMatchObject(refusals.map(() => ({ status: 400, body: { message: "task not exist" } })));
  expect(dingtalk.ledger.todos).toMatchObject([{ closedAt: null }]);
});

test("an organisation that does not allow it refuses each call", async () => {
  const ask = await asker(await local({ tenant: { todo: "notPermitted" } }));
  const refused = { status: 403, body: { accessdenieddetail: { requiredScopes: ["Todo.Todo.Write"] } } };
  expect(await ask(`POST ${tasks}`, todo)).toMatchObject(refused);
  expect(await ask(bySource)).toMatchObject(refused);
  expect(await ask(`PUT ${tasks}/1`, { done: true })).toMatchObject(refused);
});

test("its calls fail like all others, by the path that is documented", async () => {
  const dingtalk = await local();
  const ask = await asker(dingtalk);
  dingtalk.faults.next("timeoutUndelivered", "/v1.0/todo/users/{unionId}/tasks/{taskId}");
  dingtalk.faults.next("timeoutDelivered", "/v1.0/todo/users/{unionId}/tasks");
  dingtalk.faults.next("error500", "/v1.0/todo/users/{unionId}/tasks/sources/{sourceId}");
  expect((await ask(`POST ${tasks}`, todo)).status).toBe(504);
  expect((await ask(bySource)).status).toBe(500);
  const { id } = (await ask(bySource)).body;
  expect((await ask(`PUT ${tasks}/${id}`, { done: true })).status).toBe(504);
  expect(dingtalk.ledger.todos).toMatchObject([{ taskId: id, closedAt: null }]);
});
