import { spawn } from "node:child_process";
import { once } from "node:events";
import { symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { describe, expect, it, onTestFinished } from "vitest";
import { DatabaseRefusal } from "../../../src/store/database-refusal.ts";
import { storeOn } from "../../../src/store/prisma-store.ts";
import { openSqlite } from "../../../src/store/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import { entry } from "../../support/builders.ts";
import { zhoushan } from "../../support/campaign.ts";
import { temporaryFolder } from "../../support/database.ts";
import { given, open, recordOf } from "../opened.ts";

/** What can befall the file. The errors are SQLite's own. */
async function newFile(): Promise<string> {
  return join(await temporaryFolder(), "bot.db");
}

/** SQLite as it is, with a hand on its connection. */
class HeldSqlite extends PrismaBetterSqlite3 {
  connection: SqlDriverAdapter | null = null;
  override async connect(): ReturnType<PrismaBetterSqlite3["connect"]> {
    const connection = await super.connect();
    this.connection = connection;
    return connection;
  }
}

async function openHeld(): Promise<{ store: Store; pragma(text: string): Promise<void> }> {
  const url = `file:${await newFile()}`;
  const adapter = new HeldSqlite({ url });
  const database = await openSqlite(url, () => adapter);
  onTestFinished(() => database.close());
  const store = storeOn(database, { campaign: zhoushan, managers: ["manager"] });
  // The client connects with its first query.
  await store.records();
  return { store, pragma: async (text) => void (await adapter.connection?.executeScript(`PRAGMA ${text};`)) };
}

const report = (store: Store, no: number) => {
  const figures = { sessions: 1, people: no, note: "演".length };
  return given(store, [{ type: "entriesRecorded", entries: [entry({ no, figures })] }], [], `m${no}`);
};
const numbersOf = async (store: Store) => (await recordOf(store)).entries.map((it) => it.no);

describe("a SQLite file", () => {
  it("is refused to a second program, with the reason, and free once the first has stopped", async () => {
    const file = await newFile();
    const first = await open({ url: `file:${file}` });
    const second = open({ url: `file:${file}` });
    await expect(second).rejects.toThrow(DatabaseRefusal);
    await expect(second).rejects.toThrow(/正被另一个安月进程使用.*PostgreSQL/);
    await first.close();
    await (await open({ url: `file:${file}` })).close();
  });

  it("in a folder that can't be made or written is refused in words", async () => {
    const file = await newFile();
    await writeFile(file, "");
    const opening = open({ url: `file:${file}/inside/bot.db` });
    await expect(opening).rejects.toThrow(DatabaseRefusal);
    await expect(opening).rejects.toThrow(/^打不开数据库 .*可写/);
  });

  it("is the same file under whatever name a link gives it", async () => {
    const file = await newFile();
    await open({ url: `file:${file}` });
    await symlink(file, `${file}-link`);
    await expect(open({ url: `file:${file}-link` })).rejects.toThrow(/正被另一个安月进程使用/);
  });

  it("that is no database is refused in words", async () => {
    const file = await newFile();
    await writeFile(file, "not a database ".repeat(100));
    await expect(open({ url: `file:${file}` })).rejects.toThrow(/^打不开数据库 .*file is not a database/);
  });

  it("is held against another process, and free at once when that one is killed", async () => {
    const file = await newFile();
    const holder = spawn(process.execPath, ["--import", "tsx", resolve(import.meta.dirname, "holder.ts"), file]);
    onTestFinished(() => void holder.kill("SIGKILL"));
    await once(holder.stdout, "data");
    await expect(open({ url: `file:${file}` })).rejects.toThrow(DatabaseRefusal);
    const gone = once(holder, "exit");
    holder.kill("SIGKILL");
    await gone;
    const store = await open({ url: `file:${file}` });
    expect(await numbersOf(store)).toEqual([1]);
  });

  it("on a full disk takes nothing by halves, and goes on when there is room", async () => {
    const { store, pragma } = await openHeld();
    await report(store, 1);
    await pragma("max_page_count = 1");
    const many = Array.from({ length: 500 }, (_, n) => entry({ no: n + 2 }));
    const turn = given(store, [{ type: "entriesRecorded", entries: many }], [], "m2");
    await expect(turn).rejects.toThrow(/full/);
    expect(await numbersOf(store)).toEqual([1]);
    await pragma("max_page_count = 1000000");
    await report(store, 2);
    expect(await numbersOf(store)).toEqual([1, 2]);
  });

  it("that may only be read refuses turns, still shows what it holds, and goes on when it may be written", async () => {
    const { store, pragma } = await openHeld();
    await report(store, 1);
    await pragma("query_only = ON");
    await expect(report(store, 2)).rejects.toThrow(/readonly|read-only|attempt to write/);
    expect(await numbersOf(store)).toEqual([1]);
    await pragma("query_only = OFF");
    await report(store, 2);
    expect(await numbersOf(store)).toEqual([1, 2]);
  });

  it("that another process holds for a moment is waited for", async () => {
    const file = await newFile();
    const store = await open({ url: `file:${file}` });
    await report(store, 1);
    const other = await new PrismaBetterSqlite3({ url: `file:${file}` }).connect();
    await other.executeScript("BEGIN IMMEDIATE;");
    const waiting = report(store, 2);
    await new Promise((done) => setImmediate(done));
    await other.executeScript("ROLLBACK;");
    await waiting;
    await other.dispose();
    expect(await numbersOf(store)).toEqual([1, 2]);
  });
});
