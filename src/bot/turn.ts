import type { Campaign } from "../campaign/campaign.ts";
import type { Clock } from "../clock.ts";
import { forUnit, loadConversation } from "../flows/conversation.ts";
import { answer, type Inbound } from "../flows/flow.ts";
import { route } from "../flows/routes.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/store.ts";

export interface Turns {
  /** Resolves after the commit; rejects when nothing of the turn was kept. Turns run one by one, in the order they came. */
  take(inbound: Inbound): Promise<"handled" | "duplicate">;
  /** Called after every commit. */
  onHandled(listener: (inbound: Inbound) => void): void;
}

export interface TurnParts {
  store: Store;
  campaign: Campaign;
  clock: Clock;
  log: Log;
}

/** The pipe: claim → conversation → standing → route → facts → step → commit, all of it one transaction (design §3). */
export function createTurns(parts: TurnParts): Turns {
  const listeners: ((inbound: Inbound) => void)[] = [];
  let last: Promise<unknown> = Promise.resolve();

  async function run(inbound: Inbound): Promise<"handled" | "duplicate"> {
    const result = await commitTurn(parts, inbound);
    parts.log.info({ key: inbound.key, kind: inbound.kind, result }, "turn");
    if (result === "handled") for (const listener of listeners) listener(inbound);
    return result;
  }

  return {
    take(inbound) {
      const turn = last.then(() => run(inbound));
      last = turn.catch(() => {});
      return turn;
    },
    onHandled: (listener) => listeners.push(listener),
  };
}

function commitTurn({ store, campaign, clock }: TurnParts, inbound: Inbound): Promise<"handled" | "duplicate"> {
  const now = clock.now();
  const { staffId } = inbound.sender;
  return store.turn(async (turn) => {
    if (!(await turn.claim(inbound, now))) return "duplicate";
    const { state: kept, isFresh } = loadConversation(await turn.conversation(staffId));
    const standing = await turn.standing(staffId);
    const state = forUnit(kept, standing.liaisonOf);
    const { needs, words, run } = route({ inbound, state, standing, campaign });
    const facts = await turn.facts(needs, { standing, now });
    const outcome = run({ inbound, words, state, facts });
    // What was open before can't be read any more: the person is told first.
    const said = isFresh
      ? [answer(inbound, { tag: "conversationReset", data: {} }), ...outcome.replies]
      : outcome.replies;
    await turn.commit(inbound, { ...outcome, replies: said }, now);
    return "handled";
  });
}
