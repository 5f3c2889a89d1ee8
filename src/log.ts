import pino, { type Logger } from "pino";

/** Fields that may carry a secret or personal data: no log line ever shows them. */
const censored = ["secret", "token", "phone", "mobile", "name", "nick", "text", "words", "content", "msgParam"];

/** Of lines that can't be written just now, so much is kept; what comes after that is left out. */
const longestWaiting = 2 ** 20;

export type Log = Logger;

export function createLog(level: string): Log {
  const redact = { paths: censored.flatMap((it) => [it, `*.${it}`, `*.*.${it}`]), censor: "…" };
  return pino({ level, base: null, redact }, standardOutput());
}

/** A disk that is full for the log must not end the program, which may have the room it needs elsewhere: lines wait. */
function standardOutput() {
  const output = pino.destination({ fd: 1, sync: false, maxLength: longestWaiting });
  const flushSync = output.flushSync.bind(output);
  // At the end pino writes what waits, and on a full disk would try for ever.
  output.on("error", () => {
    output.flushSync = () => {};
  });
  output.on("write", () => {
    output.flushSync = flushSync;
  });
  return output;
}

export interface Fault {
  kind: string;
  code: string | null;
  message: string | null;
  at: string[];
}

/**
 * An error as a log line may show it: kind, code and place. Database errors quote the row they failed on, which may hold
 * what a person wrote, so their message is left out.
 */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { kind: typeof error, code: null, message: null, at: [] };
  const quotesData = error.name.startsWith("Prisma");
  const frames = (error.stack ?? "").split("\n").filter((it) => /^\s+at /.test(it));
  return {
    kind: error.name,
    code: "code" in error ? String(error.code) : null,
    message: quotesData ? null : error.message,
    at: frames.slice(0, 4).map((it) => it.trim()),
  };
}
