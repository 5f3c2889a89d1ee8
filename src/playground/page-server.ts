import { readFile } from "node:fs/promises";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getMimeType } from "hono/utils/mime";
import type { Campaign } from "../campaign/campaign.ts";
import { extensionOf } from "./files.ts";
import type { LocalDingTalk } from "./local-dingtalk.ts";
import { pageEvents } from "./page-events.ts";
import { check, clockInput, conversationInput, onlyFromHere, problem, readJson } from "./page-input.ts";
import { peopleRoutes } from "./page-people.ts";
import { type StatusView, viewMessage, viewPeople, viewTodos, type WorldView } from "./page-view.ts";
import type { World } from "./world.ts";

export interface PageClock {
  now(): Date;
  /** Does what falls due on the way. */
  moveTo(instant: Date): Promise<void>;
  /** When the next thing falls due; null when nothing does. */
  next?(): Promise<Date | null>;
}

export interface PageOptions {
  dingtalk: LocalDingTalk;
  clock: PageClock;
  campaign: Campaign;
  managers: readonly string[];
  /** What people mention in groups. Default 安月. */
  robotName?: string;
}

const built = new URL("./page/dist/", import.meta.url);
const notBuilt = "演练页面还没有生成。请在项目目录运行 npx vite build src/playground/page，然后刷新本页。";
/** A slip of the year should not run through a decade of reminders. */
const maxJumpMs = 400 * 24 * 3600 * 1000;
const inlineTypes: Record<string, string> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  bmp: "image/bmp",
};

/**
 * The playground's web page and what it talks to, to be mounted at `/`. Its event streams stay open as long as a browser
 * looks: whoever stops the server closes all connections.
 */
export function createPage(options: PageOptions): Hono {
  const { dingtalk, clock, robotName = "安月" } = options;
  const page = new Hono();
  const mover = new ClockMover(clock);
  const status = (): StatusView => ({
    now: clock.now().toISOString(),
    isMoving: mover.isMoving,
    isRobotOnline: dingtalk.connections() > 0,
    todos: viewTodos(dingtalk),
  });

  for (const path of ["/", "/assets/*", "/api/*"]) page.use(path, onlyFromHere);
  page.get("/", () => builtFile("index.html"));
  page.get("/assets/:name{[\\w.-]+}", ({ req }) => builtFile(`assets/${req.param("name")}`));

  page.get("/api/world", (context) => {
    const canJumpToNext = clock.next !== undefined;
    return context.json({
      ...viewPeople(dingtalk, options),
      robotName,
      status: status(),
      canJumpToNext,
    } satisfies WorldView);
  });
  page.get("/api/messages", ({ req }) => {
    const of = check(req.query(), conversationInput);
    return of instanceof Response ? of : Response.json(dingtalk.messages(of).map(viewMessage));
  });
  page.get("/api/events", pageEvents({ dingtalk, status }));
  page.get("/api/files/:mediaId", ({ req }) => sentFile(dingtalk.world, req.param("mediaId")));
  page.post("/api/clock", bodyLimit({ maxSize: 1024 }), async ({ req }) => {
    const input = await readJson(req.raw, clockInput);
    if (input instanceof Response) return input;
    return (await mover.move(input.to)) ?? Response.json(status());
  });
  page.route("/", peopleRoutes(dingtalk));
  page.onError((error) => problem(500, `出错了：${error.message}`));
  return page;
}

class ClockMover {
  isMoving = false;
  readonly #clock: PageClock;

  constructor(clock: PageClock) {
    this.#clock = clock;
  }

  /** Only forward, and one move at a time. Returns the refusal, if any. */
  async move(to: string): Promise<Response | undefined> {
    if (this.isMoving) return problem(409, "时钟正在往前走，请稍候");
    this.isMoving = true;
    try {
      const instant = to === "next" ? await this.#clock.next?.() : new Date(to);
      if (!instant) return problem(409, "后面没有要发的提醒了");
      const jumpMs = instant.getTime() - this.#clock.now().getTime();
      if (jumpMs < 0) return problem(400, "时钟只能往后调");
      if (jumpMs > maxJumpMs) return problem(400, "一次最多往后调 400 天");
      await this.#clock.moveTo(instant);
      return undefined;
    } finally {
      this.isMoving = false;
    }
  }
}

async function builtFile(path: string): Promise<Response> {
  const isIndex = path === "index.html";
  let bytes: Buffer<ArrayBuffer>;
  try {
    bytes = await readFile(new URL(path, built));
  } catch {
    const headers = { "content-type": "text/plain; charset=utf-8" };
    return new Response(isIndex ? notBuilt : "没有这个文件", { status: isIndex ? 503 : 404, headers });
  }
  return new Response(bytes, {
    headers: {
      "content-type": getMimeType(path) ?? "application/octet-stream",
      // Names of assets change with their content; the page itself is always asked for.
      "cache-control": isIndex ? "no-cache" : "public, max-age=31536000, immutable",
      "content-security-policy":
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
    },
  });
}

/** Pictures to be looked at, everything else to be saved under the name that it was sent with. */
function sentFile(world: World, mediaId: string): Response {
  const file = world.files.find(mediaId);
  if (file === undefined) return problem(404, "没有这个文件");
  const sent = world.allMessages.find(({ body }) => body.kind === "file" && body.mediaId === mediaId)?.body;
  const fileName = sent?.kind === "file" ? sent.fileName : file.fileName;
  const inline = file.type === "image" ? inlineTypes[extensionOf(file.fileName)] : undefined;
  const disposition = inline === undefined ? "attachment" : "inline";
  return new Response(Uint8Array.from(file.bytes), {
    headers: {
      "content-type": inline ?? "application/octet-stream",
      "content-disposition": `${disposition}; filename*=UTF-8''${encodeHeader(fileName)}`,
      "x-content-type-options": "nosniff",
    },
  });
}

/** As RFC 8187 wants it: `encodeURIComponent` leaves a few characters that are not allowed there. */
function encodeHeader(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD")).replace(
    /['()*]/g,
    (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
