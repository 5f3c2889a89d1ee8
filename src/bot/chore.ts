import { faultOf, type Log } from "../log.ts";

/** Work that is looked for when something may have come, one round at a time; whatever fails waits for the next wake. */
export interface Chore {
  wake(): void;
  /** Resolves when no round is running or due. */
  idle(): Promise<void>;
  /** Breaks off the round that is running. */
  stop(): Promise<void>;
}

export function createChore(round: (signal: AbortSignal) => Promise<void>, log: Log): Chore {
  const stopping = new AbortController();
  let isDue = false;
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    while (isDue && !stopping.signal.aborted) {
      isDue = false;
      try {
        await round(stopping.signal);
      } catch (error) {
        if (!stopping.signal.aborted) log.error({ fault: faultOf(error) }, "background work failed");
      }
    }
    running = null;
  }

  return {
    wake() {
      if (stopping.signal.aborted) return;
      isDue = true;
      running ??= run();
    },
    async idle() {
      while (running !== null) await running;
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
