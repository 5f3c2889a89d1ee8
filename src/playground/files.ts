import { randomBytes } from "node:crypto";
import { newDownloadCode } from "./ids.ts";

export type MediaType = "image" | "voice" | "video" | "file";

export interface StoredFile {
  bytes: Uint8Array;
  fileName: string;
  type: MediaType;
}

const megabyte = 1024 * 1024;

/** What `/media/upload` takes (dingtalk.md §4.8). */
export const mediaRules: Record<MediaType, { maxBytes: number; extensions: readonly string[] }> = {
  image: { maxBytes: 20 * megabyte, extensions: ["jpg", "jpeg", "gif", "png", "bmp"] },
  voice: { maxBytes: 2 * megabyte, extensions: ["amr", "mp3", "wav"] },
  video: { maxBytes: 20 * megabyte, extensions: ["mp4"] },
  file: {
    maxBytes: 20 * megabyte,
    extensions: ["doc", "docx", "xls", "xlsx", "ppt", "pptx", "zip", "pdf", "rar"],
  },
};

/** DingTalk promises only "temporary"; half an hour is this stand-in's choice. */
const downloadUrlLifeMs = 30 * 60_000;

/** Every byte in the world: what people send and what the robot uploads, by media id; and the way to fetch the former. */
export class Files {
  readonly #now: () => Date;
  readonly #stored = new Map<string, StoredFile>();
  readonly #codes = new Map<string, string>();
  readonly #downloads = new Map<string, { mediaId: string; expiresAtMs: number; signature: string }>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  store(file: StoredFile): string {
    const mediaId = `@l${file.type === "image" ? "A" : "9"}${randomBytes(18).toString("base64url")}`;
    this.#stored.set(mediaId, file);
    return mediaId;
  }

  find(mediaId: string): StoredFile | undefined {
    return this.#stored.get(mediaId);
  }

  /** A code that the robot may exchange for a URL. */
  issueDownloadCode(mediaId: string): string {
    const code = newDownloadCode();
    this.#codes.set(code, mediaId);
    return code;
  }

  /** `baseUrl` plus a signed path that ends in `.file` and works until its `Expires`; undefined for an unknown code. */
  downloadUrl(code: string, baseUrl: string): string | undefined {
    const mediaId = this.#codes.get(code);
    if (mediaId === undefined) return undefined;
    const name = `${randomBytes(12).toString("hex")}.file`;
    const signature = randomBytes(15).toString("base64url");
    const expiresAtMs = this.#now().getTime() + downloadUrlLifeMs;
    this.#downloads.set(name, { mediaId, expiresAtMs, signature });
    return `${baseUrl}/download/${name}?Expires=${Math.floor(expiresAtMs / 1000)}&Signature=${signature}`;
  }

  /** Undefined when the link is unknown, altered or expired. */
  download(name: string, signature: string | undefined): StoredFile | undefined {
    const link = this.#downloads.get(name);
    if (link === undefined || link.signature !== signature) return undefined;
    return this.#now().getTime() < link.expiresAtMs ? this.#stored.get(link.mediaId) : undefined;
  }
}

/** Lower-case, without the dot; empty when there is none. */
export function extensionOf(fileName: string): string {
  const dot = fileName.lastIndexOf(".");
  return dot < 0 ? "" : fileName.slice(dot + 1).toLowerCase();
}
