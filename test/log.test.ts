import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, openSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it, onTestFinished } from "vitest";

const program = `
  import { setTimeout as pause } from "node:timers/promises";
  import { createLog } from "./src/log.ts";
  const log = createLog("info");
  for (let line = 0; line < 3; line += 1) {
    log.info({ line }, "a line");
    await pause(1);
  }
  process.stderr.write("alive");
  process.exit(0);
`;

/** Where everything that is written finds the disk full; only Linux has it. */
const fullDisk = "/dev/full";

it.runIf(existsSync(fullDisk))("a log whose disk is full neither ends the program nor holds up its end", async () => {
  const writer = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
    cwd: resolve(import.meta.dirname, ".."),
    stdio: ["ignore", openSync(fullDisk, "w"), "pipe"],
  });
  onTestFinished(() => void writer.kill("SIGKILL"));
  let said = "";
  writer.stderr?.on("data", (chunk: Buffer) => {
    said += chunk;
  });
  const [code] = await once(writer, "exit");
  expect({ said, code }).toEqual({ said: "alive", code: 0 });
});
