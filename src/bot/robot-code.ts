import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { ApiError } from "./api-call.ts";
import { isOfRobotCode } from "./failure.ts";

/** While DingTalk does not know the robot, one call so often asks again, in real time: each may count against the month. */
const askAgainMs = 10 * 60_000;

/** What the calls that carry the robot's code have shown of it. */
export class RobotCode {
  readonly #clock: Clock;
  readonly #log: Log;
  /** DingTalk took it once: it is not mistyped. */
  #isProven = false;
  #failing: { since: Date; complaint: string } | null = null;
  #refused: { code: string; askAgainAt: number } | null = null;

  constructor({ clock, log }: { clock: Clock; log: Log }) {
    this.#clock = clock;
    this.#log = log;
  }

  /** Why nothing can be sent, since when (calendar time), and what to do about it; `null`: as far as known, all is well. */
  get failing(): { since: Date; complaint: string } | null {
    return this.#failing;
  }

  /** Makes a call that carries the code. Throws `ApiError`: of a faulty code one after which nothing is given up. */
  async calling<T>(place: "person" | "group" | "file", call: () => Promise<T>): Promise<T> {
    const waitMs = (this.#refused?.askAgainAt ?? 0) - performance.now();
    if (this.#refused !== null && waitMs > 0) {
      throw new ApiError(this.#refused.code, { kind: "notDone", afterMs: waitMs });
    }
    try {
      const answer = await call();
      this.#accepted();
      return answer;
    } catch (error) {
      throw error instanceof ApiError && isOfRobotCode(error.code) ? this.#judged(error, place) : error;
    }
  }

  #accepted(): void {
    if (this.#failing !== null) this.#log.info("DingTalk knows the robot again");
    this.#isProven = true;
    this.#failing = null;
    this.#refused = null;
  }

  /** DingTalk says the same of a code that is wrong, and to a group of a robot that it has removed (dingtalk.md §4.4, §4.5). */
  #judged(error: ApiError, place: "person" | "group" | "file"): ApiError {
    const { code } = error;
    if (place === "group" && this.#isProven) return new ApiError(code, { kind: "refused", cause: "group" });
    // What only a group says proves nothing about people.
    if (place !== "group") {
      this.#isProven = false;
      this.#refused = { code, askAgainAt: performance.now() + askAgainMs };
    }
    const complaint = complaintOf(code);
    if (this.#failing === null) this.#log.error(complaint);
    this.#failing = { since: this.#failing?.since ?? this.#clock.now(), complaint };
    return error;
  }
}

function complaintOf(code: string): string {
  const todo = "请在开放平台“应用能力 → 机器人”里核对 RobotCode，改 .env 后重启；机器人被停用的，请重新启用并发布。";
  return `钉钉不认识本机器人（${code}），消息发不出去：DINGTALK_ROBOT_CODE 可能不对（不填即用 Client ID），${todo}等着的消息都留着，改好后补发。`;
}
