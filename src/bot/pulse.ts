import type { WebSocket } from "ws";

/** `deaf`: no answer to two pings. `silent`: pongs, but no frame for long. `jumped`: the machine slept, or was paused. */
export type PulseLoss = "deaf" | "silent" | "jumped";

/** All of it real time. */
export interface PulseTiming {
  /** Between two pings. */
  heartbeatMs: number;
  /** Between two looks at the clocks. */
  watchMs: number;
  /** A look that comes so much too late, by wall clock or by monotonic clock, means that the machine slept. */
  jumpMs: number;
  /** Pongs may come from a proxy; that there is a DingTalk behind it only frames show, and it pings by frames. */
  silenceMs: number;
}

/** Watches whether an open connection is still alive, because TCP by itself may never say (dingtalk.md §1.5). */
export class Pulse {
  readonly #socket: WebSocket;
  readonly #timing: PulseTiming;
  readonly #onLoss: (loss: PulseLoss) => void;
  readonly #timers: readonly NodeJS.Timeout[];
  #missed = 0;
  #frameAt = performance.now();
  #lookedAt = bothClocks();

  /** Begins at once; `onSign` is called at each pong. */
  constructor(socket: WebSocket, timing: PulseTiming, on: { loss: (loss: PulseLoss) => void; sign: () => void }) {
    this.#socket = socket;
    this.#timing = timing;
    this.#onLoss = on.loss;
    this.#timers = [
      setInterval(() => this.#beat(), timing.heartbeatMs),
      setInterval(() => this.#look(), timing.watchMs),
    ];
    socket.on("pong", () => {
      this.#missed = 0;
      on.sign();
    });
  }

  /** A frame has come. */
  frame(): void {
    this.#missed = 0;
    this.#frameAt = performance.now();
  }

  /** Whether the machine slept since the last look. */
  hasJumped(): boolean {
    const now = bothClocks();
    // While a machine sleeps, its monotonic clock stands still on some systems and runs on others.
    const elapsedMs = Math.max(now.wall - this.#lookedAt.wall, now.steady - this.#lookedAt.steady);
    return elapsedMs >= this.#timing.watchMs + this.#timing.jumpMs;
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  #beat(): void {
    this.#missed += 1;
    if (this.#missed > 2) this.#onLoss("deaf");
    else this.#socket.ping();
  }

  #look(): void {
    const isLate = this.hasJumped();
    this.#lookedAt = bothClocks();
    if (isLate) this.#onLoss("jumped");
    else if (performance.now() - this.#frameAt >= this.#timing.silenceMs) this.#onLoss("silent");
  }
}

function bothClocks(): { wall: number; steady: number } {
  return { wall: Date.now(), steady: performance.now() };
}
