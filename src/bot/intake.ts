import type { Inbound } from "../flows/flow.ts";
import { decode, type Session } from "./inbound.ts";
import type { LeftAside } from "./left-aside.ts";
import type { Turns } from "./turn.ts";

export interface IntakeParts {
  turns: Pick<Turns, "take">;
  leftAside: Pick<LeftAside, "answer">;
  /** Called for each message whose sender is known: its session is the latest way to them. */
  onSession: (inbound: Inbound, session: Session) => void;
  /** Resolves when messages may be answered. */
  ready: () => Promise<void>;
}

/** Takes in the `data` of robot frames. Resolves once a message is committed; where it rejects, there must be no ack. */
export function createIntake({ turns, leftAside, onSession, ready }: IntakeParts): (data: string) => Promise<void> {
  return async (data) => {
    const decoded = decode(data);
    if (!decoded.ok) return leftAside.answer(decoded.problem, decoded.session);
    const { inbound, session } = decoded;
    onSession(inbound, session);
    await ready();
    try {
      await turns.take(inbound);
    } catch (error) {
      // It is not acknowledged and may come again; should it not, its sender must know that nothing was recorded.
      leftAside.answer("notKept", session);
      throw error;
    }
  };
}
