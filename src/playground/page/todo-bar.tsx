import { CheckSquareOutlined } from "@ant-design/icons";
import type { TodoView, WorldView } from "../page-view.ts";
import { shownDay, wallClock } from "./wall-clock.ts";

/** What stands open in somebody's 待办: in DingTalk a list of its own. Only the robot ticks it off. */
export function TodoBar({ todos, world }: { todos: readonly TodoView[]; world: WorldView }) {
  if (todos.length === 0) return null;
  return (
    <ul className="todos" aria-label="待办">
      {todos.map(({ taskId, subject, dueAt }) => (
        <li key={taskId}>
          <CheckSquareOutlined /> 待办：{subject}
          {dueAt !== null && `（${shownDay(wallClock(dueAt, world.campaign.timezone), "M月D日")} 截止）`}
        </li>
      ))}
    </ul>
  );
}
