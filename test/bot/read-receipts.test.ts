import { expect, onTestFinished, test, vi } from "vitest";
import type { OpenApi } from "../../src/bot/openapi.ts";
import { startReadReceipts } from "../../src/bot/read-receipts.ts";
import type { LocalDingTalkOptions } from "../../src/playground/local-dingtalk.ts";
import type { ReadReceipts } from "../../src/store/store.ts";
import { answeredApi, localApi } from "./local-api.ts";
import { logged } from "./logged.ts";

const path = "/v1.0/robot/oToMessages/readStatus";
const message = { msgKey: "sampleText", msgParam: JSON.stringify({ content: "请报送" }) };

/** Keeps what was sent, and offers each again after ten minutes until it is checked. */
class Kept implements ReadReceipts {
  readonly sent: string[] = [];
  readonly outcomes: [receipt: string, readBy: string[] | "expired"][] = [];
  readonly #offeredAt = new Map<string, number>();
  isBroken = false;

  async unchecked(_now: Date, most: number): Promise<string[]> {
    if (this.isBroken) throw new Error("the database is away");
    const isOpen = (it: string) => !this.outcomes.some(([receipt]) => receipt === it);
    const isDue = (it: string) => Date.now() - (this.#offeredAt.get(it) ?? 0) > 10 * 60_000;
    const offered = this.sent.filter((it) => isOpen(it) && isDue(it)).slice(0, most);
    for (const it of offered) this.#offeredAt.set(it, Date.now());
    return offered;
  }

  async checked(receipt: string, readBy: string[] | "expired"): Promise<void> {
    this.outcomes.push([receipt, readBy]);
  }
}

/** Real time, which rests are measured in, moved by hand. */
function realTime(): { pass: (minutes: number) => void } {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  return { pass: (minutes) => void vi.setSystemTime(Date.now() + minutes * 60_000) };
}

async function running(options: Partial<LocalDingTalkOptions> & { mostAtOnce?: number } = {}) {
  const { mostAtOnce, ...ofDingTalk } = options;
  const rig = await localApi(ofDingTalk);
  const receipts = new Kept();
  const send = async (...staffIds: string[]): Promise<string> => {
    const { receipt } = await rig.api.sendToPeople(staffIds, message);
    if (receipt === null) throw new Error("no receipt");
    receipts.sent.push(receipt);
    return receipt;
  };
  const asked = () => rig.dingtalk.ledger.calls.filter((it) => it.path === path).length;
  return { ...rig, receipts, send, asked, ...watching({ receipts, api: rig.api, clock: rig.clock }, mostAtOnce) };
}

function watching(parts: { receipts: ReadReceipts; api: OpenApi; clock: { now(): Date } }, mostAtOnce?: number) {
  const { log, lines } = logged();
  const chore = startReadReceipts({ ...parts, log, ...(mostAtOnce !== undefined && { mostAtOnce }) });
  onTestFinished(() => chore.stop());
  const wake = async (): Promise<void> => {
    chore.wake();
    await chore.idle();
  };
  return { wake, lines };
}

test("one call tells of all whom one message went to, and is not made again", async () => {
  const { dingtalk, receipts, send, asked, wake } = await running();
  const receipt = await send("zhang", "boss");
  dingtalk.say("boss", "收到");
  await wake();
  await wake();
  expect(receipts.outcomes).toEqual([[receipt, ["boss"]]]);
  expect(asked()).toBe(1);
});

test("what DingTalk has forgotten is told as that", async () => {
  const { receipts, send, wake, clock } = await running();
  const receipt = await send("zhang");
  clock.advance(24 * 3600);
  await wake();
  expect(receipts.outcomes).toEqual([[receipt, "expired"]]);
});

test("no more are asked about at once than is allowed, the others at the next wakes", async () => {
  const { receipts, send, asked, wake } = await running({ mostAtOnce: 2 });
  const all = [await send("zhang"), await send("zhang"), await send("boss"), await send("boss"), await send("zhang")];
  await wake();
  expect(asked()).toBe(2);
  await wake();
  await wake();
  await wake();
  expect(receipts.outcomes.map(([it]) => it)).toEqual(all);
  expect(asked()).toBe(5);
});

test("a fault leaves everything for later, and is said without a name", async () => {
  const real = realTime();
  const { dingtalk, receipts, send, asked, wake, lines } = await running();
  await send("zhang");
  await send("boss");
  dingtalk.faults.next("error500", path);
  await wake();
  await wake();
  expect([receipts.outcomes, asked()]).toEqual([[], 1]);
  expect(lines).toHaveLength(1);
  expect(lines.join()).toMatch(/system\.error/);
  expect(lines.join()).not.toMatch(/zhang|boss/);
  real.pass(11);
  await wake();
  expect([receipts.outcomes.length, asked()]).toEqual([2, 3]);
});

test("a database that fails is no end of it", async () => {
  const { receipts, send, wake, lines } = await running();
  const receipt = await send("zhang");
  receipts.isBroken = true;
  await wake();
  expect(lines.join()).toMatch(/background work failed/);
  receipts.isBroken = false;
  await wake();
  expect(receipts.outcomes).toEqual([[receipt, []]]);
});

test("what has no answer of its own keeps nobody else from theirs", async () => {
  const real = realTime();
  const asked: string[] = [];
  // One message is still being sent, one is refused an answer, one is read.
  const api = await answeredApi(({ url }) => {
    const key = new URL(url).searchParams.get("processQueryKey") ?? "";
    asked.push(key);
    if (key === "sending") return Response.json({ sendStatus: "PROCESSING" });
    if (key === "refused") return Response.json({ code: "not.allowed.robotCode", message: "…" }, { status: 400 });
    return Response.json({
      sendStatus: "SUCCESS",
      messageReadInfoList: [{ userId: "zhang", readStatus: "READ" }],
    });
  });
  const receipts = new Kept();
  for (const receipt of ["sending", "refused", "read"]) receipts.sent.push(receipt);
  const { wake } = watching({ receipts, api, clock: { now: () => new Date() } }, 2);
  await wake();
  expect(asked).toEqual(["sending", "refused"]);
  await wake();
  await wake();
  expect(asked).toEqual(["sending", "refused", "read"]);
  expect(receipts.outcomes).toEqual([["read", ["zhang"]]]);
  real.pass(11);
  await wake();
  expect(asked.slice(3)).toEqual(["sending", "refused"]);
});

test("without the permission nothing is asked again for a while", async () => {
  const real = realTime();
  let asked = 0;
  const api = await answeredApi(() => {
    asked += 1;
    const code = "Forbidden.AccessDenied.AccessTokenPermissionDenied";
    return Response.json({ code, message: "…" }, { status: 403 });
  });
  const receipts = new Kept();
  for (const receipt of ["one", "two"]) receipts.sent.push(receipt);
  const { wake } = watching({ receipts, api, clock: { now: () => new Date() } });
  await wake();
  await wake();
  expect([asked, receipts.outcomes]).toEqual([1, []]);
  real.pass(11);
  await wake();
  expect(asked).toBe(2);
});
