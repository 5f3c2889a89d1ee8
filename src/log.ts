import pino, { type Logger } from "pino";

/** Fields that may carry a secret or personal data: no log line ever shows them. */
const censored = ["secret", "token", "phone", "mobile", "name", "nick", "text", "words", "content", "msgParam"];

export type Log = Logger;

export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    redact: { paths: censored.flatMap((it) => [it, `*.${it}`, `*.*.${it}`]), censor: "…" },
  });
}
