import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { FetchFailure } from "../flows/flow.ts";

/** Fetching a file did not work; `isTemporary`: another attempt may. */
export class DownloadError extends Error {
  readonly reason: FetchFailure;
  readonly isTemporary: boolean;

  constructor(reason: FetchFailure, { isTemporary }: { isTemporary: boolean }) {
    super(`download: ${reason}`);
    this.name = "DownloadError";
    this.reason = reason;
    this.isTemporary = isTemporary;
  }
}

export interface DownloadRules {
  maxBytes: number;
  /** Host names, or suffixes that begin with a dot. */
  allowedHosts: readonly string[];
  /** Real time. */
  limitMs: number;
}

/** DingTalk's own hosts and its object store; on loopback, loopback (dingtalk.md §4.8). */
export function allowedHosts(apiBase: string): readonly string[] {
  const { hostname } = new URL(apiBase);
  return loopback.includes(hostname) ? loopback : [".aliyuncs.com", ".dingtalk.com"];
}

const loopback = ["127.0.0.1", "localhost", "[::1]"];

/** Throws `DownloadError`. Redirects are not followed: where they lead is not for the sender of a file to say. */
export async function download(url: string, { maxBytes, allowedHosts, limitMs }: DownloadRules, signal: AbortSignal) {
  const { hostname, protocol } = new URL(url);
  const isAllowed = allowedHosts.some((it) => (it.startsWith(".") ? hostname.endsWith(it) : hostname === it));
  if (!isAllowed || !/^https?:$/.test(protocol)) throw new DownloadError("unavailable", { isTemporary: false });
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
    const answer = await fetch(url, { redirect: "manual", signal: limit });
    if (!answer.ok) throw new DownloadError("unavailable", { isTemporary: answer.status >= 500 });
    if (Number(answer.headers.get("content-length") ?? 0) > maxBytes) {
      await answer.body?.cancel();
      throw new DownloadError("tooLarge", { isTemporary: false });
    }
    return await readAll(answer, maxBytes);
  } catch (error) {
    if (error instanceof DownloadError) throw error;
    throw new DownloadError("unavailable", { isTemporary: true });
  }
}

/** Counts as it reads: what a server says about the length need not be true. */
async function readAll(answer: Response, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = answer.body?.getReader();
  for (let read = await reader?.read(); read !== undefined && !read.done; read = await reader?.read()) {
    size += read.value.length;
    if (size > maxBytes) {
      await reader?.cancel();
      throw new DownloadError("tooLarge", { isTemporary: false });
    }
    chunks.push(read.value);
  }
  return Buffer.concat(chunks);
}

/** Keeps the bytes under their own hash and returns the name. Half a file is never seen under it, whatever fails. */
export async function keep(bytes: Buffer, extension: string, folder: string): Promise<string> {
  const name = `${createHash("sha256").update(bytes).digest("hex")}${extension}`;
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `.${randomUUID()}`);
  try {
    await writeThrough(draft, bytes);
    await rename(draft, join(folder, name));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  const directory = await open(folder, "r");
  await directory.sync().finally(() => directory.close());
  return name;
}

async function writeThrough(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
