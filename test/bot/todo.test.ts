import { expect, test } from "vitest";
import type { OpenApi } from "../../src/bot/openapi.ts";
import { answeredApi, failureOf, localApi } from "./local-api.ts";

const tasks = "/v1.0/todo/users/{unionId}/tasks";
const dueAt = new Date("2023-07-01T18:00:00+08:00");
const what = { sourceId: "zhoushan-2023:定海/statistics", subject: "报送统计表", dueAt };

async function unionIdOf(api: OpenApi, staffId: string): Promise<string> {
  const unionId = await api.unionIdOf(staffId);
  if (unionId === null) throw new Error("nobody");
  return unionId;
}

test("a to-do stands in the person's list until it is closed", async () => {
  const { dingtalk, api, clock } = await localApi();
  const unionId = await unionIdOf(api, "zhang");
  const taskId = await api.openTodo({ unionId, ...what, description: "还差 3 行" });
  const opened = { taskId, ...what, description: "还差 3 行" };
  expect(dingtalk.todosOf("zhang")).toMatchObject([{ ...opened, closedAt: null }]);
  clock.advance(60);
  await api.closeTodo({ unionId, taskId });
  await api.closeTodo({ unionId, taskId });
  expect(dingtalk.todosOf("zhang")).toMatchObject([{ ...opened, closedAt: clock.now() }]);
});

test("opened again it is the same one, also where DingTalk did not say whether it was opened", async () => {
  const { dingtalk, api, counted } = await localApi();
  const unionId = await unionIdOf(api, "zhang");
  dingtalk.faults.next("timeoutDelivered", tasks);
  expect((await failureOf(api.openTodo({ unionId, ...what }))).failure.kind).toBe("doubtful");
  const taskId = await api.openTodo({ unionId, ...what });
  expect(await api.openTodo({ unionId, ...what, subject: "报送统计表（还差 2 行）" })).toBe(taskId);
  expect(dingtalk.ledger.todos).toMatchObject([{ taskId, subject: "报送统计表" }]);
  expect(counted()).toBe(dingtalk.usage().apiCalls);
});

test("while it can't be looked up whether it is there, nothing is said of it", async () => {
  const { dingtalk, api } = await localApi();
  const unionId = await unionIdOf(api, "zhang");
  const taskId = await api.openTodo({ unionId, ...what });
  dingtalk.faults.next("error500", `${tasks}/sources/{sourceId}`);
  expect((await failureOf(api.openTodo({ unionId, ...what }))).code).toBe("system.error");
  expect(await api.openTodo({ unionId, ...what })).toBe(taskId);
});

test("what DingTalk does not take for another reason is refused with that", async () => {
  const { dingtalk, api } = await localApi();
  const unionId = await unionIdOf(api, "zhang");
  const tooLong = api.openTodo({ unionId, ...what, subject: "长".repeat(1025) });
  expect(await failureOf(tooLong)).toMatchObject({ code: "todo.taskCreate.paramError", retryAfterMs: null });
  const unknown = api.closeTodo({ unionId, taskId: "none" });
  expect(await failureOf(unknown)).toMatchObject({ code: "todo.taskUpdate.paramError", retryAfterMs: null });
  expect(dingtalk.ledger.todos).toEqual([]);
});

test("where the application may not, it is refused for the permission", async () => {
  const { api } = await localApi({ tenant: { todo: "notPermitted" } });
  const unionId = await unionIdOf(api, "zhang");
  const refusal = { kind: "refused", cause: "permission" };
  expect((await failureOf(api.openTodo({ unionId, ...what }))).failure).toEqual(refusal);
  expect((await failureOf(api.closeTodo({ unionId, taskId: "1" }))).failure).toEqual(refusal);
});

test("it is quiet, the person's own, and leads to DingTalk unless said otherwise", async () => {
  const bodies: unknown[] = [];
  const api = await answeredApi(async (request) => {
    bodies.push(await request.json());
    return Response.json({ id: "task1", result: false });
  });
  await api.openTodo({ unionId: "u/1", ...what, detailUrl: "dingtalk://dingtalkclient/page/link" });
  expect(bodies[0]).toEqual({
    sourceId: what.sourceId,
    subject: "报送统计表",
    dueTime: dueAt.getTime(),
    creatorId: "u/1",
    executorIds: ["u/1"],
    isOnlyShowExecutor: true,
    detailUrl: { appUrl: "dingtalk://dingtalkclient/page/link", pcUrl: "dingtalk://dingtalkclient/page/link" },
    notifyConfigs: { dingNotify: "0", sendTodoApn: "false", sendAssistantChat: "false" },
  });
  // An answer that says it was not done.
  expect((await failureOf(api.closeTodo({ unionId: "u/1", taskId: "task1" }))).code).toBe("unexpected");
});

test("a union id is asked for once, free of count; who is not of the organisation has none", async () => {
  const { dingtalk, api, counted } = await localApi();
  const unionId = await api.unionIdOf("zhang");
  expect(await api.unionIdOf("zhang")).toBe(unionId);
  expect(await api.unionIdOf("boss")).not.toBe(unionId);
  expect(await api.unionIdOf("guest")).toBeNull();
  expect(dingtalk.usage().byPath["/topapi/v2/user/get"]).toBe(3);
  expect([counted(), dingtalk.usage().apiCalls]).toEqual([0, 0]);
});
