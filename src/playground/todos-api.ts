import { type Context, Hono } from "hono";
import { apiError } from "./api-errors.ts";
import type { ApiEnv } from "./calls.ts";
import { type Body, guarded, missingField, textsOf, turnedAway } from "./guard.ts";
import { unionIdOf } from "./ids.ts";
import type { ApiParts } from "./openapi.ts";
import { scopeMissing } from "./tenant.ts";
import type { LocalTodo } from "./todos.ts";

const users = "/v1.0/todo/users/{unionId}/tasks";
export const todoApis = { create: users, find: `${users}/sources/{sourceId}`, update: `${users}/{taskId}` };

const tasksOf = "/v1.0/todo/users/:unionId/tasks";
const longest = { subject: 1024, description: 4096 };

/** A call's path as it is documented: people's and things' ids give way to their names. */
export function documentedPath(path: string): string {
  if (/^\/v1\.0\/todo\/users\/[^/]+\/tasks$/.test(path)) return todoApis.create;
  if (/^\/v1\.0\/todo\/users\/[^/]+\/tasks\/sources\/[^/]+$/.test(path)) return todoApis.find;
  return /^\/v1\.0\/todo\/users\/[^/]+\/tasks\/[^/]+$/.test(path) ? todoApis.update : path;
}

/** To-dos of an application, for one person each (dingtalk.md §4.13; kb/0793 and its neighbours; the look-up is in the SDK only). */
export function todosApi(parts: ApiParts): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  routes.post(tasksOf, (context) =>
    guarded(todoApis.create, parts, (body) => create(body, context.req.param("unionId"), parts))(context),
  );
  routes.get(`${tasksOf}/sources/:sourceId`, (context) => {
    const refusal = turnedAway(context, todoApis.find, parts) ?? scopeRefusal(parts);
    return refusal ?? find(context, parts);
  });
  routes.put(`${tasksOf}/:taskId`, (context) => {
    const { unionId, taskId } = context.req.param();
    return guarded(todoApis.update, parts, (body) => update(body, { unionId, taskId }, parts))(context);
  });
  return routes;
}

function create(body: Body, creatorId: string, parts: ApiParts): Response {
  const refusal = missingField(body, ["subject", "detailUrl"]) ?? scopeRefusal(parts);
  if (refusal !== undefined) return refusal;
  const { sourceId, subject, description = "", dueTime } = body;
  const [staffId, ...others] = textsOf(body.executorIds).map((it) => staffIdOf(it, parts));
  const isOne = staffId !== undefined && others.length === 0;
  if (!isOne || staffIdOf(creatorId, parts) === undefined) return createError("todo.taskCreate.paramError");
  if (String(subject).length > longest.subject) return createError("subject is oversize");
  if (String(description).length > longest.description) return createError("description is oversize");
  if (dueTime !== undefined && !Number.isSafeInteger(dueTime)) return createError("dueTime is invalid");
  if (parts.todos.findBySource(String(sourceId)) !== undefined) return createError("task exist");
  const dueAt = dueTime === undefined ? null : new Date(Number(dueTime));
  const told = { subject: String(subject), description: String(description), dueAt };
  return Response.json(viewOf(parts.todos.open({ staffId, sourceId: String(sourceId), ...told })));
}

/** What is not there is told in a shape that is not documented. */
function find({ req }: Context<ApiEnv>, { todos }: ApiParts): Response {
  const todo = todos.findBySource(req.param("sourceId") ?? "");
  const isOwn = todo !== undefined && unionIdOf(todo.staffId) === req.param("unionId");
  return isOwn ? Response.json(viewOf(todo)) : apiError(400, "todo.taskGet.paramError", "task not exist");
}

function update(body: Body, of: { unionId: string; taskId: string }, parts: ApiParts): Response {
  const refusal = scopeRefusal(parts);
  if (refusal !== undefined) return refusal;
  const staffId = staffIdOf(of.unionId, parts);
  const isThere = staffId !== undefined && parts.todos.of(staffId).some((it) => it.taskId === of.taskId);
  if (!isThere) return apiError(400, "todo.taskUpdate.paramError", "task not exist");
  if (body.done === true) parts.todos.close(staffId, of.taskId);
  return Response.json({ result: true });
}

function scopeRefusal({ tenant }: ApiParts): Response | undefined {
  return tenant.todo === "notPermitted" ? scopeMissing("Todo.Todo.Write") : undefined;
}

function createError(message: string): Response {
  return apiError(400, "todo.taskCreate.paramError", message);
}

function staffIdOf(unionId: string, { world }: ApiParts): string | undefined {
  return world.people.find((it) => !it.isExternal && unionIdOf(it.staffId) === unionId)?.staffId;
}

function viewOf({ taskId, staffId, sourceId, subject, description, dueAt, openedAt, closedAt }: LocalTodo): object {
  const id = unionIdOf(staffId);
  const times = { createdTime: openedAt.getTime(), ...(dueAt !== null && { dueTime: dueAt.getTime() }) };
  return {
    id: taskId,
    sourceId,
    subject,
    description,
    ...times,
    done: closedAt !== null,
    creatorId: id,
    executorIds: [id],
  };
}
