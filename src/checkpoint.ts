/**
 * Named points of the pipe, in the order in which work passes them. Whoever starts the program may watch them: a trace, or
 * a test that pulls the plug just there.
 */
export type Checkpoint =
  /** A turn has claimed its message; nothing is written for good. */
  | "claimed"
  /** All of a turn is written and waits for the commit. */
  | "written"
  /** Committed, and not yet acknowledged to DingTalk. */
  | "committed"
  /** The dispatcher holds a message of the outbox, and has sent nothing. */
  | "messageClaimed"
  /** DingTalk has taken the message, and the outbox does not know. */
  | "messageSent"
  /** A tick has written what is due, and has not committed. */
  | "tickWritten";

export type Watch = (at: Checkpoint) => void;
