import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Context, Hono } from "hono";
import { expect, onTestFinished, test } from "vitest";
import { allowedHosts } from "../../src/bot/download.ts";
import { type FileWorkerOptions, startFileWorker } from "../../src/bot/media.ts";
import { OpenApi } from "../../src/bot/openapi.ts";
import type { Turns } from "../../src/bot/turn.ts";
import type { Inbound, PendingFile } from "../../src/flows/flow.ts";
import { temporaryFolder } from "../support/database.ts";
import { gate, logged } from "./logged.ts";
import { credentialsFor, serveOnLoopback } from "./loopback.ts";
import { standingClock } from "./store.ts";

const clock = standingClock();
const pdf = Buffer.from("%PDF-1.7\n%%EOF");
const docx = Buffer.concat([Buffer.from("PK\x03\x04"), Buffer.from("word/document.xml")]);
const doc = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.from("WordDocument", "utf16le")]);
const xlsx = Buffer.concat([Buffer.from("PK\x03\x04"), Buffer.from("xl/workbook.xml")]);
const jpg = Buffer.from("ffd8ffe000104a464946", "hex");
const png = Buffer.from("89504e470d0a1a0a0000", "hex");

function pending(given: Partial<PendingFile> = {}): PendingFile {
  return {
    no: 7,
    unitId: "east",
    kind: null,
    fileName: "总结.pdf",
    downloadCode: "code",
    receivedBy: "zhang",
    receivedAt: clock.now(),
    ...given,
  };
}

/** Turns that only note what they take; the pipe itself has tests of its own. */
function notingTurns(): Turns & { taken: Inbound[]; handled: (inbound: Inbound) => void } {
  const taken: Inbound[] = [];
  const listeners: ((inbound: Inbound) => void)[] = [];
  return {
    taken,
    take: async (inbound) => {
      taken.push(inbound);
      return "handled";
    },
    onHandled: (listener) => listeners.push(listener),
    handled: (inbound) => {
      for (const listener of listeners) listener(inbound);
    },
  };
}

/** Hands each file out once, until it is given back. */
function storeOf(files: PendingFile[]): FileWorkerOptions["store"] {
  const claimed: PendingFile[] = [];
  return {
    async claimFile(now, leaseMs) {
      const file = files.shift();
      if (file === undefined) return null;
      claimed.push(file);
      return { ...file, claimedUntil: new Date(now.getTime() + leaseMs) };
    },
    renewFile: async () => true,
    async releaseFile({ no }) {
      files.push(...claimed.filter((it) => it.no === no));
    },
  };
}

interface Given {
  file?: PendingFile;
  answer: (context: Context, download: number) => Response | Promise<Response>;
  more?: Partial<FileWorkerOptions>;
}

/** A worker with one pending file, and a server that gives its link and answers its download. */
async function fetching({ file = pending(), answer, more = {} }: Given) {
  let downloads = 0;
  const app = new Hono();
  const { url } = await serveOnLoopback(app);
  app.post("/v1.0/oauth2/accessToken", () => Response.json({ accessToken: "t", expireIn: 7200 }));
  app.post("/v1.0/robot/messageFiles/download", async ({ req }) => {
    const { downloadCode } = (await req.json()) as { downloadCode: string };
    if (downloadCode === "elsewhere") return Response.json({ downloadUrl: "http://example.com/a.file" });
    if (downloadCode === "code") return Response.json({ downloadUrl: `${url}/a.file?Signature=s` });
    if (downloadCode === "unknown robot")
      return Response.json({ code: "invalidParameter.robotCode.auth" }, { status: 400 });
    return Response.json({ code: "invalidParameter.robotCode.downloadCode" }, { status: 400 });
  });
  app.get("*", (context) => {
    downloads += 1;
    return answer(context, downloads);
  });
  const credentials = credentialsFor(url);
  const turns = notingTurns();
  const dataDir = await temporaryFolder();
  const { log, lines } = logged();
  const store = storeOf([file]);
  const api = new OpenApi({ credentials, clock });
  const hosts = allowedHosts(credentials.apiBase);
  const worker = startFileWorker({
    ...{ store, api, turns, clock, log, dataDir, allowedHosts: hosts, pausesMs: [1, 1] },
    ...more,
  });
  onTestFinished(() => worker.stop());
  return { worker, turns, dataDir, lines, downloads: () => downloads };
}

function bytes(content: Uint8Array): Response {
  return new Response(Uint8Array.from(content));
}

async function outcomeOf(given: Given) {
  const { worker, turns, downloads } = await fetching(given);
  await worker.idle();
  const [arrival] = turns.taken;
  if (turns.taken.length !== 1 || arrival?.kind !== "fileArrived") throw new Error("no turn, or more than one");
  return { fetched: arrival.fetched, downloads: downloads() };
}

test("whose claim has run out says nothing of the file, for another is fetching it", async () => {
  const store = { ...storeOf([pending()]), renewFile: async () => false };
  const { worker, turns, lines } = await fetching({ answer: () => bytes(pdf), more: { store } });
  await worker.idle();
  expect(turns.taken).toEqual([]);
  expect(lines.join()).toContain("left to whoever has it now");
});

test("the bytes are kept under their hash, and a second turn says so", async () => {
  const { worker, turns, dataDir, lines } = await fetching({ answer: () => bytes(pdf) });
  await worker.idle();
  const storedAs = `${createHash("sha256").update(pdf).digest("hex")}.pdf`;
  expect(turns.taken).toEqual([
    {
      key: "file:7",
      at: clock.now(),
      sender: { staffId: "zhang", nick: "" },
      group: null,
      kind: "fileArrived",
      fileNo: 7,
      fetched: { ok: true, storedAs, bytes: pdf.length },
    },
  ]);
  expect(await readdir(join(dataDir, "files"))).toEqual([storedAs]);
  expect(await readFile(join(dataDir, "files", storedAs))).toEqual(pdf);
  expect(lines.join()).not.toMatch(/总结|Signature/);
});

test.each([
  ["docx", docx, "summary", ".docx"],
  ["doc", doc, "summary", ".doc"],
  ["jpg", jpg, "stamped", ".jpg"],
  ["png", png, "stamped", ".png"],
  ["pdf", pdf, "stamped", ".pdf"],
] as const)("a %s is taken for what it is", async (_, content, kind, extension) => {
  const { fetched } = await outcomeOf({ file: pending({ kind, fileName: "x" }), answer: () => bytes(content) });
  expect(fetched).toMatchObject({
    ok: true,
    storedAs: expect.stringMatching(new RegExp(`^[0-9a-f]{64}\\${extension}$`)),
  });
});

test.each([
  ["a workbook that is called a document", xlsx, "summary"],
  ["a picture as summary report", jpg, "summary"],
  ["a document as stamped copy", docx, "stamped"],
  ["a program", Buffer.from("MZ\x90"), null],
  ["nothing", Buffer.alloc(0), null],
] as const)("of the wrong type: %s", async (_, content, kind) => {
  const { fetched } = await outcomeOf({ file: pending({ kind }), answer: () => bytes(content) });
  expect(fetched).toEqual({ ok: false, reason: "wrongType" });
});

test("too large, by its announced length or by what really comes", async () => {
  const large = Buffer.alloc(20 * 1024 * 1024 + 1);
  const tooLarge = { fetched: { ok: false, reason: "tooLarge" }, downloads: 1 };
  expect(await outcomeOf({ answer: () => bytes(large) })).toEqual(tooLarge);
  const unannounced = () => new Response(new Blob([large]).stream(), { headers: { "transfer-encoding": "chunked" } });
  expect(await outcomeOf({ answer: unannounced })).toEqual(tooLarge);
});

test("what fails for now is tried three times in all", async () => {
  const busy = () => new Response("", { status: 503 });
  const recovered = await outcomeOf({ answer: (_, download) => (download < 3 ? busy() : bytes(pdf)) });
  expect(recovered).toMatchObject({ fetched: { ok: true }, downloads: 3 });
  const failed = await outcomeOf({ answer: busy });
  expect(failed).toEqual({ fetched: { ok: false, reason: "unavailable" }, downloads: 3 });
});

test.each([
  ["a link that has expired", pending(), 1],
  ["a code that DingTalk does not know", pending({ downloadCode: "old" }), 0],
  ["a link to a host that is none of DingTalk's", pending({ downloadCode: "elsewhere" }), 0],
])("not to be had: %s", async (_, file, downloads) => {
  const outcome = await outcomeOf({ file, answer: () => new Response("", { status: 403 }) });
  expect(outcome).toEqual({ fetched: { ok: false, reason: "unavailable" }, downloads });
});

test("while DingTalk does not know the robot a file is not given up", async () => {
  const { worker, turns } = await fetching({
    file: pending({ downloadCode: "unknown robot" }),
    answer: () => bytes(pdf),
  });
  await worker.idle();
  expect(turns.taken).toEqual([]);
});

test("a redirect is not followed", async () => {
  const outcome = await outcomeOf({ answer: ({ redirect }) => redirect("/b.file") });
  expect(outcome).toEqual({ fetched: { ok: false, reason: "unavailable" }, downloads: 1 });
});

test("in production only DingTalk's hosts are allowed", () => {
  expect(allowedHosts("https://api.dingtalk.com")).toEqual([".aliyuncs.com", ".dingtalk.com"]);
  expect(allowedHosts("http://127.0.0.1:8080")).toContain("127.0.0.1");
});

test("stopped in the middle it says nothing: the file is still pending", async () => {
  const reached = gate();
  const files = [pending()];
  const { worker, turns } = await fetching({
    answer: () => {
      reached.open();
      return new Promise<Response>(() => {});
    },
    more: { store: storeOf(files) },
  });
  await reached.opened;
  expect(files).toEqual([]);
  await worker.stop();
  expect(turns.taken).toEqual([]);
  // Whoever starts next need not wait until the claim has run out.
  expect(files).toEqual([pending()]);
});

test("it looks again after a file message", async () => {
  const files: PendingFile[] = [];
  const store = storeOf(files);
  const { worker, turns } = await fetching({ answer: () => bytes(pdf), more: { store } });
  await worker.idle();
  expect(turns.taken).toEqual([]);
  files.push(pending());
  const sender = { staffId: "zhang", nick: "" };
  turns.handled({
    key: "m",
    at: clock.now(),
    sender,
    group: null,
    kind: "file",
    fileName: "总结.pdf",
    downloadCode: "code",
  });
  await worker.idle();
  expect(turns.taken).toMatchObject([{ key: "file:7" }]);
});
