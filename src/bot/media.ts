import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "../clock.ts";
import type { FetchedFile, PendingFile } from "../flows/flow.ts";
import { faultOf, type Log } from "../log.ts";
import type { ClaimedFile, Store } from "../store/store.ts";
import { ApiError } from "./api-call.ts";
import { createChore } from "./chore.ts";
import { DownloadError, type DownloadRules, download, keep } from "./download.ts";
import { isOfRobotCode } from "./failure.ts";
import { extensionByContent, suits } from "./file-type.ts";
import type { OpenApi } from "./openapi.ts";
import type { Turns } from "./turn.ts";

export interface FileWorker {
  /** Looks for files whose bytes are still to be fetched. */
  wake(): void;
  /** Resolves when none is being fetched. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export interface FileWorkerOptions {
  store: Pick<Store, "claimFile" | "renewFile" | "releaseFile">;
  api: Pick<OpenApi, "downloadUrl">;
  turns: Turns;
  clock: Clock;
  log: Log;
  /** Files are kept in its folder `files`, under their hash. */
  dataDir: string;
  allowedHosts: readonly string[];
  /** Pauses before the second and the third attempt, real time. */
  pausesMs?: readonly number[];
}

const rules: Omit<DownloadRules, "allowedHosts"> = { maxBytes: 20 * 1024 * 1024, limitMs: 60_000 };
const defaultPausesMs = [1000, 5000];
/** Longer than all attempts together: a file whose program died is fetched by whoever looks after that. */
const leaseMs = 5 * 60_000;

/**
 * The second half of receiving a file (design §3): its reference is committed and acknowledged already; here its bytes are
 * fetched, and a second turn, `fileArrived`, says what became of it. Looks at
 * start, after every file message and with every tick, so that a file whose claim has run out is fetched again.
 */
export function startFileWorker(options: FileWorkerOptions): FileWorker {
  const { store, turns, clock, log } = options;
  const arrive = async (file: ClaimedFile, fetched: FetchedFile): Promise<void> => {
    // Who was held up until the claim ran out does not say what became of a file that another is fetching.
    const isOurs = await store.renewFile(file, new Date(Date.now() + leaseMs));
    if (isOurs) await turns.take(arrival(file, fetched, clock.now()));
    else log.warn({ fileNo: file.no }, "a file took longer than its claim and is left to whoever has it now");
  };
  const chore = createChore(async (signal) => {
    for (;;) {
      const file = await store.claimFile(new Date(), leaseMs);
      if (file === null) return;
      const fetched = await fetchFile(file, options, signal);
      if (fetched === null) return signal.aborted ? store.releaseFile(file) : undefined;
      log.info({ fileNo: file.no, problem: fetched.ok ? null : fetched.reason }, "file fetched");
      // One file's fault must not keep the others from arriving; it is tried again when its claim has run out.
      await arrive(file, fetched).catch((error: unknown) => {
        log.error({ fileNo: file.no, fault: faultOf(error) }, "a file could not be filed");
      });
    }
  }, log);
  turns.onHandled(({ kind }) => {
    if (kind === "file" || kind === "picture") chore.wake();
  });
  chore.wake();
  return chore;
}

function arrival({ no, receivedBy }: PendingFile, fetched: FetchedFile, at: Date) {
  const sender = { staffId: receivedBy, nick: "" };
  return { key: `file:${no}`, at, sender, group: null, kind: "fileArrived", fileNo: no, fetched } as const;
}

/** `null`: not to be known now, for the program stops, or may fetch nothing. */
async function fetchFile(
  file: PendingFile,
  options: FileWorkerOptions,
  signal: AbortSignal,
): Promise<FetchedFile | null> {
  for (const pauseMs of [...(options.pausesMs ?? defaultPausesMs), null]) {
    try {
      return await fetchOnce(file, options, signal);
    } catch (error) {
      if (signal.aborted) return null;
      const { reason, isTemporary } = failureOf(error);
      options.log.warn({ fileNo: file.no, reason, isTemporary, fault: faultOf(error) }, "a file could not be fetched");
      // Nothing is wrong with the file: it is fetched once the setting is mended.
      if (error instanceof ApiError && isOfRobotCode(error.code)) return null;
      if (!isTemporary || pauseMs === null) return { ok: false, reason };
      await pause(pauseMs, undefined, { signal }).catch(() => {});
    }
  }
  return null;
}

async function fetchOnce(file: PendingFile, options: FileWorkerOptions, signal: AbortSignal): Promise<FetchedFile> {
  const { api, dataDir, allowedHosts } = options;
  // Links are short-lived, so each attempt asks for its own.
  const bytes = await download(await api.downloadUrl(file.downloadCode), { ...rules, allowedHosts }, signal);
  const extension = extensionByContent(bytes);
  if (extension === null || !suits(extension, file.kind)) return { ok: false, reason: "wrongType" };
  return { ok: true, storedAs: await keep(bytes, extension, join(dataDir, "files")), bytes: bytes.length };
}

function failureOf(error: unknown): Pick<DownloadError, "reason" | "isTemporary"> {
  if (error instanceof DownloadError) return error;
  // Anything else is the API, or the disk.
  const isTemporary = !(error instanceof ApiError) || error.retryAfterMs !== null;
  return { reason: "unavailable", isTemporary };
}
