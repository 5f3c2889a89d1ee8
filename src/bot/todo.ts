import { z } from "zod";
import { ApiError } from "./api-call.ts";
import type { ApiCalls } from "./api-calls.ts";

export interface NewTodo {
  /** Whose it is: see `unionIdOf`. */
  unionId: string;
  /** Ours, for ever: DingTalk opens one to-do for it, and none again after that one is closed. */
  sourceId: string;
  /** At most 1,024 characters. */
  subject: string;
  /** At most 4,096 characters; clients may not show it (kb/0793). */
  description?: string;
  dueAt: Date;
  /** Where a tap on it leads. */
  detailUrl?: string;
}

const tasks = "/v1.0/todo/users/{unionId}/tasks";
const taskSchema = z.looseObject({ id: z.string().min(1) });
const updateSchema = z.looseObject({ result: z.literal(true) });

/** Required since 2024. The documentation's own sample: it opens DingTalk, where the robot's chat is. */
const opensDingTalk = "https://www.dingtalk.com";
/** The reminder is the one message of the day, and its to-do is quiet. */
const quiet = { dingNotify: "0", sendTodoApn: "false", sendAssistantChat: "false" };
/** Among other things: there is one of this source (kb/0793, kb/0802). Which of them it was is said in words only. */
const maybeThere = "todo.taskCreate.paramError";

/**
 * Puts a to-do into somebody's 待办, of which they are the creator, too, and returns its task id (dingtalk.md §4.13,
 * kb/0793). Harmless when repeated: DingTalk refuses a second one of the same source (kb/0802), and the first one's id is
 * looked up then. People can't tick it off themselves; `closeTodo` does. The look-up is in DingTalk's own SDK but on no page of
 * its documentation: unverified. Throws `ApiError`; without the permission, one refused for it.
 */
export async function openTodo(calls: ApiCalls, todo: NewTodo): Promise<string> {
  const { unionId, sourceId, subject, description, dueAt, detailUrl = opensDingTalk } = todo;
  const body = {
    ...{ sourceId, subject, ...(description !== undefined && { description }), dueTime: dueAt.getTime() },
    ...{ creatorId: unionId, executorIds: [unionId], isOnlyShowExecutor: true },
    ...{ detailUrl: { appUrl: detailUrl, pcUrl: detailUrl }, notifyConfigs: quiet },
  };
  const call = { path: tasks, params: { unionId }, query: { operatorId: unionId }, body };
  try {
    return (await calls.ofNew(call, taskSchema)).id;
  } catch (error) {
    if (!(error instanceof ApiError && error.code === maybeThere)) throw error;
    const taskId = await findTodo(calls, { unionId, sourceId });
    if (taskId === null) throw error;
    return taskId;
  }
}

/** Marks it done (kb/0796). That it may be done twice is unverified. Throws `ApiError`. */
export async function closeTodo(
  calls: ApiCalls,
  { unionId, taskId }: { unionId: string; taskId: string },
): Promise<void> {
  const params = { unionId, taskId };
  const query = { operatorId: unionId };
  await calls.ofNew({ method: "PUT", path: `${tasks}/{taskId}`, params, query, body: { done: true } }, updateSchema);
}

async function findTodo(calls: ApiCalls, params: { unionId: string; sourceId: string }): Promise<string | null> {
  try {
    return (await calls.ofNew({ method: "GET", path: `${tasks}/sources/{sourceId}`, params }, taskSchema)).id;
  } catch (error) {
    // What is not there is refused; anything else leaves it open whether it is.
    if (error instanceof ApiError && error.failure.kind === "refused") return null;
    throw error;
  }
}
