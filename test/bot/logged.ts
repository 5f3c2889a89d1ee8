import { Writable } from "node:stream";
import pino from "pino";
import type { Log } from "../../src/log.ts";

/** A log that keeps its lines, as they would have been printed. */
export function logged(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { log: pino({ level: "trace", base: null }, sink), lines };
}

/** Something that a test opens by hand, and others wait for. */
export function gate<T = void>(): { opened: Promise<T>; open: (value: T) => void } {
  let open: (value: T) => void = () => {};
  const opened = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
