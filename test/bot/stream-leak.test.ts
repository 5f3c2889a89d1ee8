import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, onTestFinished, test, vi } from "vitest";
import type { WebSocket } from "ws";
import { bareGateway, frame, streamTo } from "./bare-gateway.ts";

const mebibyte = 2 ** 20;

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** The ways in which a connection comes to its end, one after the other. */
const endings: readonly ((socket: WebSocket) => void)[] = [
  (socket) => socket.send(frame("SYSTEM", "disconnect")),
  (socket) => socket.terminate(),
  (socket) => socket.close(1001),
  (socket) => {
    socket.send(frame("CALLBACK", "/v1.0/im/bot/messages/get"));
    socket.send(frame("SYSTEM", "disconnect"));
  },
];

function resources(): { timers: number; sockets: number } {
  const active = process.getActiveResourcesInfo();
  return {
    timers: active.filter((it) => it === "Timeout").length,
    sockets: active.filter((it) => it === "TCPSocketWrap").length,
  };
}

test("after a thousand reconnects there is one socket, and timers and memory are what they were", async () => {
  // The SDK says "connect success" each time, and vitest keeps what is said.
  const said = vi.spyOn(console, "info").mockReturnValue();
  onTestFinished(() => said.mockRestore());
  const gateway = await bareGateway();
  let open = gateway.next();
  const timing = { firstBackoffMs: 1, longestBackoffMs: 1, steadyAfterMs: 0, heartbeatMs: 1000 };
  const { stream } = await streamTo(gateway.url, { timing });

  const reconnect = async (times: number) => {
    for (let round = 0; round < times; round += 1) {
      const socket = await open;
      open = gateway.next();
      endings[round % endings.length]?.(socket);
    }
    const last = await open;
    open = Promise.resolve(last);
    while (gateway.sockets.clients.size > 1) await turn();
    collectGarbage();
    return { ...resources(), heap: process.memoryUsage().heapUsed };
  };

  // The compiler has its own growth while code is new.
  const before = await reconnect(500);
  const after = await reconnect(1000);
  expect(stream.state().reconnects).toBe(1500);
  expect(gateway.sockets.clients.size).toBe(1);
  expect(gateway.most).toBeLessThanOrEqual(2);
  // One more or less is under way at any moment.
  expect(after.sockets - before.sockets).toBeLessThan(5);
  expect(after.timers - before.timers).toBeLessThan(5);
  expect(after.heap - before.heap).toBeLessThan(2 * mebibyte);
});
