import { dayOf } from "../campaign/calendar.ts";
import type { Campaign } from "../campaign/campaign.ts";
import type { Watch } from "../checkpoint.ts";
import type { Clock } from "../clock.ts";
import { forDay, forUnit, loadConversation } from "../flows/conversation.ts";
import { answer, type Change, type Inbound, type Reply, toPerson } from "../flows/flow.ts";
import { recordedSoFar } from "../flows/offline.ts";
import { route } from "../flows/routes.ts";
import { faultOf, type Log } from "../log.ts";
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
  watch?: Watch;
  /** A turn that fails after longer than this found a database that stands still; who waited so long behind it fails, too. */
  patienceMs?: number;
}

const defaultPatienceMs = 2000;

/** The step itself failed on this message, and would fail again however often it is delivered. */
class StepFault extends Error {
  constructor(cause: unknown) {
    super("a step failed", { cause });
    this.name = "StepFault";
  }
}

/** The pipe: claim → conversation → standing → route → facts → step → commit, all of it one transaction (design §3). */
export function createTurns(parts: TurnParts): Turns {
  const listeners: ((inbound: Inbound) => void)[] = [];
  const { patienceMs = defaultPatienceMs } = parts;
  let last: Promise<unknown> = Promise.resolve();
  /** When a turn last failed for that reason; `null`: one has succeeded since. */
  let stoodStillAt: number | null = null;

  async function run(inbound: Inbound): Promise<"handled" | "duplicate"> {
    const result = await commitTurn(parts, inbound).catch((error: unknown) => {
      // What the database refused may succeed when the message is delivered again; it is not acknowledged.
      if (!(error instanceof StepFault)) throw error;
      return apologise(parts, inbound, error.cause);
    });
    parts.watch?.("committed");
    parts.log.info({ key: inbound.key, kind: inbound.kind, result }, "turn");
    if (result === "handled") for (const listener of listeners) listener(inbound);
    return result;
  }

  /** Were each to find out for itself that the database stands still, the last of many would be told after minutes. */
  async function runUnlessStill(inbound: Inbound, cameAt: number): Promise<"handled" | "duplicate"> {
    if (stoodStillAt !== null && stoodStillAt - cameAt > patienceMs) throw new Error("the database stands still");
    const startedAt = performance.now();
    try {
      const result = await run(inbound);
      stoodStillAt = null;
      return result;
    } catch (error) {
      const now = performance.now();
      if (now - startedAt > patienceMs) stoodStillAt = now;
      throw error;
    }
  }

  return {
    take(inbound) {
      const cameAt = performance.now();
      const turn = last.then(() => runUnlessStill(inbound, cameAt));
      last = turn.catch(() => {});
      return turn;
    },
    onHandled: (listener) => listeners.push(listener),
  };
}

function commitTurn(parts: TurnParts, inbound: Inbound): Promise<"handled" | "duplicate"> {
  const { store, campaign, clock, watch } = parts;
  const now = clock.now();
  const { staffId } = inbound.sender;
  return store.turn(async (turn) => {
    if (!(await turn.claim(inbound, now))) return "duplicate";
    watch?.("claimed");
    const stored = await turn.conversation(staffId);
    const standing = await turn.standing(staffId);
    const { state, isFresh, needs, words, run } = stepped(() => {
      const { state: kept, isFresh } = loadConversation(stored);
      const state = forDay(forUnit(kept, standing.liaisonOf), dayOf(now, campaign));
      return { state, isFresh, ...route({ inbound, state, standing, campaign }) };
    });
    const offline = standing.liaisonOf === null || !isFromPerson(inbound) ? null : await turn.offlineSince(staffId);
    const facts = await kept(turn.facts(needs, { standing, now, period: state.period }));
    const outcome = stepped(() => run({ inbound, words, state, facts }));
    const first: Reply[] = [];
    if (offline !== null) {
      const { own } = await turn.facts(["own"], { standing, now, period: state.period });
      first.push(stepped(() => recordedSoFar({ campaign, own, staffId }, offline)));
    }
    // What was open before can't be read any more: the person is told first, and nobody else.
    if (isFresh) first.push(toPerson(staffId, { tag: "conversationReset", data: {} }));
    await kept(turn.commit(inbound, { ...outcome, replies: [...first, ...outcome.replies] }, now));
    watch?.("written");
    return "handled";
  });
}

function stepped<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw new StepFault(error);
  }
}

/** What is kept can't be read, or not be changed so: no fault of the database, it would be the same however often it came. */
async function kept<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const isOfProgram = error instanceof TypeError || error instanceof RangeError || isZodError(error);
    throw isOfProgram ? new StepFault(error) : error;
  }
}

function isZodError(error: unknown): boolean {
  return error instanceof Error && error.name === "ZodError";
}

function isFromPerson({ kind }: Inbound): boolean {
  return kind !== "fileArrived" && kind !== "personFound";
}

/**
 * In a transaction of its own: the message is claimed and kept with its fault, and its sender is told that nothing came of
 * it; a file counts as one that could not be had, so that it is not fetched for ever.
 */
function apologise(
  { store, clock, log }: TurnParts,
  inbound: Inbound,
  cause: unknown,
): Promise<"handled" | "duplicate"> {
  const fault = faultOf(cause);
  log.error({ key: inbound.key, kind: inbound.kind, fault }, "a message could not be handled; its sender is told");
  return store.turn(async (turn) => {
    const now = clock.now();
    if (!(await turn.claim(inbound, now))) return "duplicate";
    const replies = inbound.kind === "personFound" ? [] : [answer(inbound, { tag: "turnFailed", data: {} })];
    const changes: Change[] =
      inbound.kind === "fileArrived" ? [{ type: "fileSettled", no: inbound.fileNo, document: null }] : [];
    await turn.fail(inbound, { fault, changes, replies }, now);
    return "handled";
  });
}
