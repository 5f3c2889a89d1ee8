import { repeatFileLine, repeatLine } from "../flows/words/delivery.ts";
import type { Message } from "../flows/words/format.ts";
import type { OutboxMessage } from "../store/store.ts";
import { ApiError } from "./api-call.ts";
import { closesOpenApi, failureOf } from "./failure.ts";
import { type Lease, LeaseLost } from "./lease.ts";
import type { OpenApi, PeopleAnswer, Upload } from "./openapi.ts";
import { asRepeat, type RobotMessage, render, renderFile, renderImage } from "./render.ts";
import { sendDing } from "./send-ding.ts";
import { SendProgress } from "./send-progress.ts";

/** What goes out: the whole of DingTalk as the dispatcher sees it. */
export interface Sender {
  /** One outcome for each addressee, in their order. Rejects with `LeaseLost` where the right to send is gone. */
  send(outgoing: Outgoing, lease: HeldLease): Promise<SendOutcome[]>;
}

export type Addressed = OutboxMessage["to"];
type HeldLease = Pick<Lease, "hold" | "partsSent">;

export interface Outgoing {
  key: string;
  /** One, or several people who are told the same. */
  to: readonly Addressed[];
  body: { kind: "message"; message: Message } | { kind: "ding"; text: string } | Upload;
  /** Parts that were delivered before. */
  partsSent: number;
  /** The next part may have been delivered before: it says so. */
  isDoubtful: boolean;
}

export type SendOutcome =
  | { kind: "sent"; receipt: string | null }
  | { kind: "retry"; afterMs: number; problem: string; partsSent?: number; isDoubtful?: boolean }
  | { kind: "refused"; problem: string };

/** Another way to somebody, where the OpenAPI is closed; `null`: there is none. */
export type Fallback = (to: Addressed, message: Message) => Promise<SendOutcome | null>;

/** Sends through the robot's API. A long text goes in parts, of which none that was delivered is sent again. */
export function createSender(api: OpenApi, fallback: Fallback = async () => null): Sender {
  return new RobotSender(api, fallback);
}

/** A text for one addressee, which may be a repeat. */
interface Told {
  to: Addressed;
  message: Message;
  isDoubtful: boolean;
}

const interrupted = new ApiError("fault", { kind: "doubtful", afterMs: 2000 });

class RobotSender implements Sender {
  readonly #api: OpenApi;
  readonly #fallback: Fallback;
  /** Media ids of files that could not be sent so far, so that none is uploaded twice. */
  readonly #uploaded = new Map<string, string>();
  /** Messages that the other way has left in doubt: the next repeat goes the first again. */
  readonly #doubtedOtherWay = new Set<string>();

  constructor(api: OpenApi, fallback: Fallback) {
    this.#api = api;
    this.#fallback = fallback;
  }

  async send(outgoing: Outgoing, lease: HeldLease): Promise<SendOutcome[]> {
    const { body } = outgoing;
    if (body.kind === "ding") {
      // It may have gone out before the program ended, or lost its lease.
      if (outgoing.isDoubtful) return outgoing.to.map(() => ({ kind: "sent", receipt: null }));
      await lease.hold();
      return Promise.all(outgoing.to.map((it) => sendDing(this.#api, it, body.text)));
    }
    const repeated = await this.#repeatOtherWay(outgoing, lease);
    if (repeated !== null) return [repeated];
    const progress = new SendProgress(outgoing);
    try {
      await this.#sendParts(progress, lease);
      progress.delivered();
    } catch (error) {
      if (error instanceof ApiError) progress.failed(error);
      // The database failed between two parts: what was learnt so far must not be forgotten.
      else if (progress.isSending && !(error instanceof LeaseLost)) progress.failed(interrupted);
      else throw error;
    }
    const outcomes = progress.outcomes();
    if (outcomes.every((it) => it.kind !== "retry")) this.#uploaded.delete(outgoing.key);
    if (outgoing.body.kind !== "message" || progress.partsSent > 0) return outcomes;
    const { message } = outgoing.body;
    const reached = outgoing.to.map((to, n) =>
      this.#reach({ to, message, isDoubtful: outgoing.isDoubtful }, outcomes[n]),
    );
    return Promise.all(reached);
  }

  async #sendParts(progress: SendProgress, lease: HeldLease): Promise<void> {
    const { outgoing } = progress;
    const parts = await this.#partsOf(outgoing);
    progress.isSending = true;
    for (const [n, part] of parts.entries()) {
      if (n < outgoing.partsSent) continue;
      progress.partsSent = n;
      if (progress.left.length === 0) return;
      if (n > outgoing.partsSent) await lease.partsSent(n, progress.left);
      for (const message of progress.isRepeat ? repeated(part, outgoing.body.kind) : [part]) {
        if (progress.left.length === 0) return;
        await lease.hold();
        progress.answered(await sendPart(this.#api, progress.left, message));
      }
    }
  }

  async #partsOf({ key, to, body }: Outgoing): Promise<readonly RobotMessage[]> {
    if (body.kind === "message") return render(body.message, to[0]?.kind ?? "person");
    if (body.kind === "ding") throw new Error("a DING is no message in parts");
    const mediaId = this.#uploaded.get(key) ?? (await this.#api.uploadMedia(body));
    this.#uploaded.set(key, mediaId);
    return [body.kind === "image" ? renderImage(mediaId) : renderFile(mediaId, body.fileName)];
  }

  /** The other way, where the OpenAPI is closed to everybody; for texts of which nothing was delivered. */
  async #reach({ to, message, isDoubtful }: Told, outcome: SendOutcome | undefined): Promise<SendOutcome> {
    if (outcome === undefined) throw new Error("an addressee without an outcome");
    if (outcome.kind === "sent" || !closesOpenApi(outcome.problem)) return outcome;
    return this.#otherWay({ to, message, isDoubtful }, outcome);
  }

  /**
   * What may have arrived is sent again the other way where there is one, in turn: the way that left it in doubt may go on
   * doing so, and would bring a copy each time. `null`: it is to be repeated the way it went.
   */
  async #repeatOtherWay(
    { key, to, body, partsSent, isDoubtful }: Outgoing,
    lease: HeldLease,
  ): Promise<SendOutcome | null> {
    const [one, ...others] = to;
    if (!isDoubtful || partsSent > 0 || body.kind !== "message" || one === undefined || others.length > 0) return null;
    if (this.#doubtedOtherWay.delete(key)) return null;
    await lease.hold();
    const outcome = await this.#otherWay({ to: one, message: body.message, isDoubtful }, null);
    if (outcome?.kind !== "retry") return outcome;
    // Turned away at the door: the first way remains.
    if (failureOf(outcome.problem).kind === "notDone") return null;
    this.#doubtedOtherWay.add(key);
    return outcome;
  }

  async #otherWay<T>({ to, message: { text, buttons }, isDoubtful }: Told, otherwise: T): Promise<SendOutcome | T> {
    const message = { text: isDoubtful ? `${repeatLine}\n\n${text}` : text, buttons };
    const outcome = await this.#fallback(to, message);
    if (outcome === null) return otherwise;
    return outcome.kind === "retry" ? { ...outcome, isDoubtful: isDoubtful || outcome.isDoubtful === true } : outcome;
  }
}

function repeated(part: RobotMessage, kind: Outgoing["body"]["kind"]): RobotMessage[] {
  if (kind === "message") return [asRepeat(part)];
  return [...render({ text: repeatFileLine, buttons: [] }, "person"), part];
}

async function sendPart(api: OpenApi, to: readonly Addressed[], message: RobotMessage): Promise<PeopleAnswer> {
  const people = to.flatMap((it) => (it.kind === "person" ? it.staffId : []));
  if (people.length > 0) return api.sendToPeople(people, message);
  const [group] = to;
  if (group?.kind !== "group") throw new Error("a message without an addressee");
  return { receipt: await api.sendToGroup(group.conversationId, message), invalid: [], throttled: [] };
}
