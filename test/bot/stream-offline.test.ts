import { once } from "node:events";
import { expect, test } from "vitest";
import { MovableClock } from "../../src/clock.ts";
import { bareGateway, fast, frame, streamTo } from "./bare-gateway.ts";
import { gate } from "./logged.ts";

const at = (time: string) => new Date(`2023-06-13T${time}+08:00`);
const busy = () => Response.json({ code: "busy" }, { status: 503 });

/** A stream on a clock that stands, with every span it told of. */
async function supervised(more: { timing?: object; onBackOnline?: () => never; autoPong?: boolean } = {}) {
  const gateway = await bareGateway({ autoPong: more.autoPong ?? true });
  const clock = new MovableClock(at("14:00:00"), { runs: false });
  const spans: object[] = [];
  const first = gateway.next();
  const onBackOnline = (span: object) => {
    spans.push(span);
    more.onBackOnline?.();
  };
  const timing = { ...fast, ...more.timing };
  const { stream, lines } = await streamTo(gateway.url, { now: () => clock.now(), timing, onBackOnline });
  return { gateway, clock, spans, stream, lines, first };
}

/** Until the gateway was asked and said no. */
async function refused(gateway: Awaited<ReturnType<typeof bareGateway>>): Promise<void> {
  const asked = gate();
  gateway.refuseWith = () => {
    asked.open();
    return busy();
  };
  await asked.opened;
}

/** Until a new connection is open and in use, which shows in what comes through it. */
async function backOnline(gateway: Awaited<ReturnType<typeof bareGateway>>): Promise<void> {
  const opened = gateway.next();
  gateway.refuseWith = null;
  const socket = await opened;
  const answered = once(socket, "message");
  socket.send(frame("SYSTEM", "ping"));
  await answered;
}

test("a time without a connection is told once, when it is over", async () => {
  const { gateway, clock, spans, stream, first } = await supervised();
  clock.moveTo(at("14:02:00"));
  const away = refused(gateway);
  (await first).terminate();
  await away;
  expect(stream.state()).toMatchObject({ connectedSince: null, offlineSince: at("14:02:00"), offline: [] });
  clock.moveTo(at("14:09:00"));
  expect(stream.state().offlineSeconds).toBe(420);
  expect(spans).toEqual([]);
  await backOnline(gateway);
  const span = { from: at("14:02:00"), to: at("14:09:00") };
  expect(spans).toEqual([span]);
  clock.moveTo(at("15:00:00"));
  expect(stream.state()).toEqual({
    connectedSince: at("14:09:00"),
    reconnects: 1,
    lastFrameAt: at("14:09:00"),
    failing: null,
    offlineSince: null,
    offline: [span],
    offlineSeconds: 420,
  });
});

test("less than a second is told to nobody", async () => {
  const { gateway, clock, spans, stream, first } = await supervised();
  const away = refused(gateway);
  (await first).terminate();
  await away;
  clock.moveTo(new Date(at("14:00:01").getTime() - 1));
  await backOnline(gateway);
  expect([spans, stream.state().offline, stream.state().offlineSince]).toEqual([[], [], null]);
});

test("a connection that died unseen was of no use since its last sign of life", async () => {
  const { gateway, clock, stream, first } = await supervised({ timing: { heartbeatMs: 5 }, autoPong: false });
  const away = refused(gateway);
  const gone = once(await first, "close");
  clock.moveTo(at("14:01:15"));
  await away;
  await gone;
  expect(stream.state().offlineSince).toEqual(at("14:00:00"));
});

test("told to leave and unable to come back, it is offline since it was told", async () => {
  const { gateway, clock, stream, first } = await supervised();
  clock.moveTo(at("14:02:00"));
  const away = refused(gateway);
  (await first).send(frame("SYSTEM", "disconnect"));
  await away;
  expect(stream.state()).toMatchObject({ connectedSince: null, offlineSince: at("14:02:00") });
});

test("a start that fails counts from the start", async () => {
  const gateway = await bareGateway();
  gateway.refuseWith = busy;
  const clock = new MovableClock(at("08:00:00"), { runs: false });
  const back = gate<object>();
  const { stream } = await streamTo(gateway.url, { now: () => clock.now(), onBackOnline: back.open });
  expect(stream.state()).toMatchObject({
    offlineSince: at("08:00:00"),
    failing: { since: at("08:00:00") },
    reconnects: 0,
  });
  clock.moveTo(at("08:30:00"));
  gateway.refuseWith = null;
  expect(await back.opened).toEqual({ from: at("08:00:00"), to: at("08:30:00") });
  expect(stream.state()).toMatchObject({ reconnects: 0, failing: null });
});

test("whoever is told may fail: the connection stays", async () => {
  const onBackOnline = () => {
    throw new Error("no database");
  };
  const { gateway, clock, stream, lines, first } = await supervised({ onBackOnline });
  const away = refused(gateway);
  (await first).terminate();
  await away;
  clock.moveTo(at("14:09:00"));
  await backOnline(gateway);
  expect(stream.isConnected()).toBe(true);
  expect(lines.join()).toContain("nobody could be told");
});
