import { ApiError } from "./api-call.ts";
import type { PeopleAnswer } from "./openapi.ts";
import type { Addressed, Outgoing, SendOutcome } from "./sender.ts";

/** What became of one addressee within a call that was answered. */
const invalid = new ApiError("invalidStaffId");
const throttled = new ApiError("flowControlled");

/** How far a message has come with each of its addressees. */
export class SendProgress {
  readonly outgoing: Outgoing;
  readonly #outcomes = new Map<Addressed, SendOutcome>();
  #receipt: string | null = null;
  partsSent: number;
  /** Before that, files are uploaded: nobody sees anything of it. */
  isSending = false;

  constructor(outgoing: Outgoing) {
    this.outgoing = outgoing;
    this.partsSent = outgoing.partsSent;
  }

  get left(): Addressed[] {
    return this.outgoing.to.filter((it) => !this.#outcomes.has(it));
  }

  get isRepeat(): boolean {
    return this.outgoing.isDoubtful && this.partsSent === this.outgoing.partsSent;
  }

  answered(answer: PeopleAnswer): void {
    this.#receipt = answer.receipt;
    for (const to of this.left) {
      if (to.kind !== "person") continue;
      if (answer.invalid.includes(to.staffId)) this.#settle(to, invalid);
      if (answer.throttled.includes(to.staffId)) this.#settle(to, throttled);
    }
  }

  failed(error: ApiError): void {
    const { left } = this;
    // One of them may be to blame for what the call to all was refused for: each is tried alone.
    const isOfMany = left.length > 1 && error.failure.kind === "refused";
    for (const to of left)
      this.#settle(to, isOfMany ? new ApiError(error.code, { kind: "notDone", afterMs: 0 }) : error);
  }

  delivered(): void {
    for (const to of this.left) this.#outcomes.set(to, { kind: "sent", receipt: this.#receipt });
  }

  outcomes(): SendOutcome[] {
    return this.outgoing.to.flatMap((it) => this.#outcomes.get(it) ?? []);
  }

  #settle(to: Addressed, { code: problem, failure }: ApiError): void {
    if (failure.kind === "refused") {
      this.#outcomes.set(to, { kind: "refused", problem });
      return;
    }
    const isDoubtful = this.isRepeat || (this.isSending && failure.kind === "doubtful");
    this.#outcomes.set(to, {
      kind: "retry",
      afterMs: failure.afterMs,
      problem,
      partsSent: this.partsSent,
      isDoubtful,
    });
  }
}
