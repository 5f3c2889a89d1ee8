import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { ReadReceipts } from "../store/store.ts";
import { ApiError } from "./api-call.ts";
import { type Chore, createChore } from "./chore.ts";
import type { OpenApi } from "./openapi.ts";
import type { ReadStatus } from "./read-status.ts";

export interface ReadReceiptsOptions {
  receipts: ReadReceipts;
  api: Pick<OpenApi, "readStatus">;
  clock: Clock;
  log: Log;
  /** Calls of one round: each counts against the month. */
  mostAtOnce?: number;
}

/** After a fault that is not about one receipt. Real time. */
const restMs = 10 * 60_000;

/**
 * Finds out who has read what: at every wake, of what is to be asked about then, once for each receipt. A fault leaves a
 * receipt for a later wake; one that concerns them all, such as a missing permission, leaves the rest as well.
 */
export function startReadReceipts({ receipts, api, clock, log, mostAtOnce = 10 }: ReadReceiptsOptions): Chore {
  let restsUntil = 0;

  async function check(receipt: string): Promise<void> {
    const status = await api.readStatus(receipt);
    if (status.kind !== "processing") await receipts.checked(receipt, readersOf(status));
  }

  /** Whether the others may be asked about all the same. */
  function failed({ code, failure }: ApiError): boolean {
    log.warn({ problem: code }, "DingTalk could not be asked who has read a message");
    const concernsOne = failure.kind === "refused" && failure.cause !== "permission";
    if (!concernsOne) restsUntil = Date.now() + (failure.kind === "refused" ? restMs : failure.afterMs);
    return concernsOne;
  }

  return createChore(async (signal) => {
    if (Date.now() < restsUntil) return;
    for (const receipt of await receipts.unchecked(clock.now(), mostAtOnce)) {
      if (signal.aborted) return;
      try {
        await check(receipt);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (!failed(error)) return;
      }
    }
  }, log);
}

function readersOf(status: Exclude<ReadStatus, { kind: "processing" }>): string[] | "expired" {
  return status.kind === "expired" ? "expired" : [...status.read];
}
