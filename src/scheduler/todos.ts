import type { Campaign } from "../campaign/campaign.ts";
import { type WantedTodo, wantedTodos } from "../campaign/todo.ts";
import type { Store } from "../store/store.ts";
import { beginOf } from "./plan/steps.ts";

/** The to-dos that there ought to be at a moment, as units stand; none where the campaign wants none. */
export function todosWanted({ store, campaign }: { store: Pick<Store, "records">; campaign: Campaign }) {
  return async (now: Date): Promise<WantedTodo[]> => {
    if (!campaign.reminders.todo) return [];
    return wantedTodos({ campaign, now, beginOf: (...of) => beginOf(campaign, ...of) }, await store.records());
  };
}
