import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { zhoushanJson } from "./support/campaign.ts";

/** `npm start` as README says, as a process of its own: started, asked, and stopped by signal. */
const root = resolve(import.meta.dirname, "..");
/** Where everything that is written finds the disk full; only Linux has it. */
const fullDisk = "/dev/full";
const folders: string[] = [];
const children: ChildProcess[] = [];

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "anyue-start-"));
  folders.push(folder);
  return folder;
}

function start(environment: Record<string, string>) {
  const clean = { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "" };
  const child = spawn(process.execPath, ["--import", "tsx", "src/main.ts"], {
    cwd: root,
    env: { ...clean, ...environment },
  });
  children.push(child);
  let written = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (written += chunk));
  const exited = once(child, "exit").then(([code]) => ({ code, written }));
  const said = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for await (const line of createInterface({ input: child.stdout })) {
      const found = pattern.exec(line);
      if (found !== null) return found;
    }
    throw new Error(`never said ${pattern}: ${written}`);
  };
  return { child, exited, said };
}

afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill("SIGKILL");
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe("npm start", () => {
  it("without credentials runs the bot against the local DingTalk, with its page, until it is told to stop", async () => {
    const quota = { DINGTALK_MONTHLY_API_CALLS: "200000" };
    const { child, exited, said } = start({ DATA_DIR: temporaryFolder(), PORT: "0", LOG_LEVEL: "warn", ...quota });
    const [, url = ""] = await said(/(http:\/\/127\.0\.0\.1:\d+)$/);
    expect(await (await fetch(`${url}/healthz`)).text()).toBe("ok");
    const ready = await fetch(`${url}/readyz`);
    const allowed = { calls: 200_000, stream: 3000 };
    const usage = { month: expect.any(String), used: { calls: 0, stream: 0 }, allowed };
    const state = { connected: true, database: true, waiting: 0, usage };
    expect([ready.status, await ready.json()]).toMatchObject([200, state]);
    expect(await (await fetch(url)).text()).toContain("<div id=");
    child.kill("SIGTERM");
    expect((await exited).code).toBe(0);
  });

  it("refuses to start beside a running one on the same data, which loses nothing by it", async () => {
    const folder = temporaryFolder();
    const running = start({ DATA_DIR: folder, PORT: "0", LOG_LEVEL: "warn" });
    await running.said(/(http:\/\/127\.0\.0\.1:\d+)$/);
    const file = join(folder, "playground.db");
    const before = statSync(file).ino;
    const { code, written } = await start({ DATA_DIR: folder, PORT: "0", LOG_LEVEL: "silent" }).exited;
    expect(code).toBe(1);
    expect(written).toContain("正被另一个安月进程使用");
    expect(statSync(file).ino).toBe(before);
  });

  it("refuses a broken campaign file, with every fault and its path", async () => {
    const file = join(temporaryFolder(), "broken.json");
    const json = zhoushanJson();
    writeFileSync(file, JSON.stringify({ ...json, year: "2023", extra: 1, fields: [] }));
    const { exited } = start({ CAMPAIGN: file, DATA_DIR: temporaryFolder(), PORT: "0" });
    const { code, written } = await exited;
    expect(code).toBe(1);
    expect(written).toMatch(/活动文件 .*broken\.json 有 2 处错误/);
    expect(written).toMatch(/year：/);
    expect(written).toMatch(/extra/);
  });

  it("says that its port is taken, and what to do", async () => {
    const occupied = createServer();
    await new Promise<void>((listening) => occupied.listen(0, "127.0.0.1", listening));
    const { port } = occupied.address() as AddressInfo;
    const { exited } = start({ DATA_DIR: temporaryFolder(), PORT: String(port), LOG_LEVEL: "silent" });
    const { code, written } = await exited;
    occupied.close();
    expect(code).toBe(1);
    expect(written).toContain(`端口 ${port} 已被占用`);
  });

  it.runIf(existsSync(fullDisk))(
    "runs, and stops when told, though nothing of what it says can be written",
    async () => {
      const free = createServer();
      await new Promise<void>((listening) => free.listen(0, "127.0.0.1", listening));
      const { port } = free.address() as AddressInfo;
      await new Promise((closed) => free.close(closed));
      const output = openSync(fullDisk, "w");
      const child = spawn(process.execPath, ["--import", "tsx", "src/main.ts"], {
        cwd: root,
        env: { PATH: process.env.PATH ?? "", DATA_DIR: temporaryFolder(), PORT: String(port) },
        stdio: ["ignore", output, output],
      });
      closeSync(output);
      children.push(child);
      const exited = once(child, "exit");
      const isUp = () =>
        fetch(`http://127.0.0.1:${port}/readyz`).then(
          (it) => it.ok,
          () => false,
        );
      while (child.exitCode === null && !(await isUp())) await pause(50);
      child.kill("SIGTERM");
      expect(await exited).toEqual([0, null]);
    },
  );

  it("refuses faulty settings, all of them at once", async () => {
    const { exited } = start({ PORT: "99999", LOG_LEVEL: "loud", NOW: "yesterday" });
    const { code, written } = await exited;
    expect(code).toBe(1);
    for (const name of ["PORT", "LOG_LEVEL", "NOW"]) expect(written).toContain(name);
  });
});
