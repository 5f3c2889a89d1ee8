import type { Campaign } from "../campaign/campaign.ts";
import type { WantedTodo } from "../campaign/todo.ts";
import type { Clock } from "../clock.ts";
import { todoSubject } from "../flows/words/todo.ts";
import type { Log } from "../log.ts";
import type { TodoStore, TodoTask } from "../store/store.ts";
import { ApiError } from "./api-call.ts";
import { type Chore, createChore } from "./chore.ts";
import type { OpenApi } from "./openapi.ts";

export interface TodosOptions {
  todos: TodoStore;
  /** What ought to be open now. */
  wanted: (now: Date) => Promise<readonly WantedTodo[]>;
  api: Pick<OpenApi, "openTodo" | "closeTodo" | "unionIdOf">;
  campaign: Campaign;
  clock: Clock;
  log: Log;
  /** To-dos that one round opens or closes: each call counts against the month. */
  mostAtOnce?: number;
}

/** Real time. A permission comes from an administrator; asking more often would cost calls and change nothing. */
const permissionRestMs = 6 * 60 * 60_000;

/**
 * Keeps people's 待办 as it ought to be: at every wake opens what is missing, closes what is met or another's by now. A
 * fault leaves a to-do for later, one that concerns them all leaves the rest as well.
 */
export function startTodos(options: TodosOptions): Chore {
  const { todos, wanted, api, campaign, clock, log, mostAtOnce = 10 } = options;
  let restsUntil = 0;
  let isPermissionLogged = false;

  async function open(task: TodoTask): Promise<{ unionId: string; taskId: string } | null> {
    const { sourceId, staffId, subject, dueAt } = task;
    const unionId = await api.unionIdOf(staffId);
    if (unionId === null) return null;
    const opened = { unionId, taskId: await api.openTodo({ unionId, sourceId, subject, dueAt }) };
    await todos.opened(sourceId, opened);
    return opened;
  }

  async function carryOut(task: TodoTask): Promise<void> {
    // Of one that may be there DingTalk tells the task id only when it is opened again.
    const opened = task.opened ?? (await open(task));
    if (task.kind === "open") {
      if (opened === null) await todos.refused(task.sourceId, "nobody");
      return;
    }
    if (opened !== null) await api.closeTodo(opened);
    await todos.closed(task.sourceId, clock.now());
  }

  /** Whether the others may be tried all the same. */
  async function failed({ kind, sourceId }: TodoTask, { code, failure }: ApiError): Promise<boolean> {
    if (failure.kind !== "refused") {
      log.warn({ problem: code }, "DingTalk did not take a to-do");
      restsUntil = Date.now() + failure.afterMs;
      return false;
    }
    if (failure.cause === "permission") {
      if (!isPermissionLogged) log.error({ problem: code }, "the application may not write to-dos in DingTalk");
      isPermissionLogged = true;
      restsUntil = Date.now() + permissionRestMs;
      await todos.tellOnce("notPermitted", { tag: "todosNotPermitted", data: { code } }, clock.now());
      return false;
    }
    log.warn({ problem: code }, "DingTalk refused a to-do");
    // What can't be closed is no longer there.
    if (kind === "close") await todos.closed(sourceId, clock.now());
    else await todos.refused(sourceId, code);
    return true;
  }

  return createChore(async (signal) => {
    if (Date.now() < restsUntil) return;
    const now = clock.now();
    const due = (await wanted(now)).map((it) => {
      const { source, staffId, dueAt } = it;
      return { source, staffId, dueAt, subject: todoSubject(campaign, it) };
    });
    for (const task of (await todos.reconcile(due, now)).slice(0, mostAtOnce)) {
      if (signal.aborted) return;
      if (!(await todos.claim(task, now))) continue;
      try {
        await carryOut(task);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (!(await failed(task, error))) return;
      }
    }
  }, log);
}
