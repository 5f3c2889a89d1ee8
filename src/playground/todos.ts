import { randomBytes } from "node:crypto";

/** Of one person, as their client's 待办 shows it. */
export interface LocalTodo {
  readonly taskId: string;
  readonly staffId: string;
  /** The robot's own id for it; DingTalk takes each once. */
  readonly sourceId: string;
  readonly subject: string;
  readonly description: string;
  readonly dueAt: Date | null;
  /** Calendar time. */
  readonly openedAt: Date;
  readonly closedAt: Date | null;
}

type Open<T> = { -readonly [K in keyof T]: T[K] };

/** The to-dos that the robot gave people, oldest first. */
export class Todos {
  readonly #now: () => Date;
  readonly #all: Open<LocalTodo>[] = [];

  constructor(now: () => Date) {
    this.#now = now;
  }

  get all(): readonly LocalTodo[] {
    return this.#all;
  }

  of(staffId: string): LocalTodo[] {
    return this.#all.filter((it) => it.staffId === staffId);
  }

  findBySource(sourceId: string): LocalTodo | undefined {
    return this.#all.find((it) => it.sourceId === sourceId);
  }

  open(given: Pick<LocalTodo, "staffId" | "sourceId" | "subject" | "description" | "dueAt">): LocalTodo {
    const taskId = `task${randomBytes(16).toString("hex")}`;
    const todo = { ...given, taskId, openedAt: this.#now(), closedAt: null };
    this.#all.push(todo);
    return todo;
  }

  /** Whether there is such a one; one that is closed stays as it is. */
  close(staffId: string, taskId: string): boolean {
    const todo = this.#all.find((it) => it.taskId === taskId && it.staffId === staffId);
    if (todo === undefined) return false;
    todo.closedAt ??= this.#now();
    return true;
  }
}
