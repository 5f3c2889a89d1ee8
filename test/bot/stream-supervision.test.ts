import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { defaultTiming } from "../../src/bot/stream-timing.ts";
import { answerOn, bareGateway, fast, frame, streamTo } from "./bare-gateway.ts";
import { gate } from "./logged.ts";

const robotTopic = "/v1.0/im/bot/messages/get";
/** No test waits for these. */
const never = 600_000;

test.each([
  ["a system frame of a topic that nobody knows", frame("SYSTEM", "quiz"), 404],
  ["a callback that nobody asked for", frame("CALLBACK", "/v1.0/card/instances/callback"), 404],
  ["a callback whose topic would be an error to an event emitter", frame("CALLBACK", "error"), 404],
  ["a frame of an unknown type", frame("NEWS", "quiz"), 404],
  ["a notice to leave", frame("SYSTEM", "disconnect"), 200],
])("%s is answered", async (_, sent, code) => {
  const gateway = await bareGateway();
  const first = gateway.next();
  await streamTo(gateway.url);
  const socket = await first;
  const answer = answerOn(socket);
  socket.send(sent);
  const { headers } = JSON.parse(sent);
  expect(await answer).toMatchObject({ code, headers: { messageId: headers.messageId } });
});

test("an event of any type is acknowledged, a ping echoed", async () => {
  const gateway = await bareGateway();
  const first = gateway.next();
  await streamTo(gateway.url);
  const socket = await first;
  let answer = answerOn(socket);
  socket.send(frame("EVENT", "*", { headers: { topic: "*", messageId: "e1", eventType: "something_new" } }));
  expect(await answer).toMatchObject({ code: 200, headers: { messageId: "e1" }, data: '{"status":"SUCCESS"}' });
  answer = answerOn(socket);
  socket.send(frame("SYSTEM", "ping", { data: '{"opaque":"1"}' }));
  expect(await answer).toMatchObject({ code: 200, data: '{"opaque":"1"}' });
});

test("told to leave, the old connection goes when the new one is open, and not before", async () => {
  const gateway = await bareGateway();
  const first = gateway.next();
  const { stream } = await streamTo(gateway.url, { timing: { ...fast, steadyAfterMs: 0 } });
  const old = await first;
  const gone = once(old, "close");
  const ticket = gate();
  const asked = gate();
  gateway.refuseWith = async () => {
    asked.open();
    await ticket.opened;
    return Response.json({ code: "busy" }, { status: 503 });
  };
  old.send(frame("SYSTEM", "disconnect"));
  await asked.opened;
  const answer = answerOn(old);
  old.send(frame("CALLBACK", robotTopic));
  // Failing to open another is no reason to leave this one.
  const second = gateway.next();
  gateway.refuseWith = null;
  ticket.open();
  expect(await answer).toMatchObject({ code: 200 });
  await second;
  await gone;
  expect([gateway.most, gateway.sockets.clients.size]).toEqual([2, 1]);
  expect(stream.state()).toMatchObject({ reconnects: 1, failing: null });
});

test("there are never more than two connections, whatever is still being handled", async () => {
  const gateway = await bareGateway();
  let next = gateway.next();
  const onMessage = () => new Promise<void>(() => {});
  await streamTo(gateway.url, { onMessage, timing: { ...fast, steadyAfterMs: 0, drainLimitMs: 200, closeLimitMs: 1 } });
  for (let round = 0; round < 10; round += 1) {
    const socket = await next;
    next = gateway.next();
    socket.send(frame("CALLBACK", robotTopic));
    socket.send(frame("SYSTEM", "disconnect"));
  }
  await next;
  expect(gateway.most).toBe(2);
});

test("frames are a sign of life, even without pongs", async () => {
  const gateway = await bareGateway({ autoPong: false });
  const first = gateway.next();
  await streamTo(gateway.url, { timing: { ...fast, heartbeatMs: 30 } });
  const socket = await first;
  for (let pings = 0; pings < 5; pings += 1) {
    await once(socket, "ping");
    const answer = answerOn(socket);
    socket.send(frame("SYSTEM", "ping"));
    await answer;
  }
  expect(gateway.asked).toBe(1);
});

test("a connection that answers nothing is not alive long before it is given up", async () => {
  const gateway = await bareGateway({ autoPong: false });
  const first = gateway.next();
  const { stream } = await streamTo(gateway.url, { timing: { ...fast, heartbeatMs: 300 } });
  const socket = await first;
  expect(stream.isResponsive()).toBe(true);
  await once(socket, "ping");
  await once(socket, "ping");
  expect([stream.isConnected(), stream.isResponsive()]).toEqual([true, false]);
  const answer = answerOn(socket);
  socket.send(frame("SYSTEM", "ping"));
  await answer;
  expect(stream.isResponsive()).toBe(true);
});

test("pongs without any frame for long: another connection, and the old one serves until then", async () => {
  const gateway = await bareGateway();
  const first = gateway.next();
  const asked = gate();
  const { stream, lines } = await streamTo(gateway.url, {
    timing: { ...fast, heartbeatMs: 2, watchMs: 2, silenceMs: 200, steadyAfterMs: 0 },
  });
  gateway.refuseWith = () => {
    asked.open();
    return Response.json({ code: "busy" }, { status: 503 });
  };
  const gone = once(await first, "close");
  await asked.opened;
  expect(stream.isConnected()).toBe(true);
  expect(stream.state().offlineSince).toBeNull();
  const second = gateway.next();
  gateway.refuseWith = null;
  await second;
  await gone;
  expect(gateway.most).toBe(2);
  expect(lines.join()).toContain('"why":"silent"');
});

test("a machine that slept opens another connection, and was offline since the last sign of life", async () => {
  onTestFinished(() => {
    vi.useRealTimers();
  });
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2023-06-13T14:02:00+08:00") });
  const gateway = await bareGateway();
  const first = gateway.next();
  const back = gate<object>();
  const { lines } = await streamTo(gateway.url, { timing: { ...fast, watchMs: 5 }, onBackOnline: back.open });
  await first;
  const second = gateway.next();
  vi.setSystemTime(new Date("2023-06-13T14:09:00+08:00"));
  await second;
  expect(await back.opened).toEqual({
    from: new Date("2023-06-13T14:02:00+08:00"),
    to: new Date("2023-06-13T14:09:00+08:00"),
  });
  expect(lines.join()).toContain('"why":"jumped"');
});

test("where the monotonic clock runs on in sleep, a look that comes far too late is enough", async () => {
  onTestFinished(() => {
    vi.useRealTimers();
  });
  vi.useFakeTimers({ toFake: ["performance"] });
  const gateway = await bareGateway();
  const { lines } = await streamTo(gateway.url, { timing: { ...fast, watchMs: 5 } });
  const second = gateway.next();
  vi.advanceTimersByTime(60_000);
  await second;
  expect(lines.join()).toContain('"why":"jumped"');
});

test("what only a person can mend is asked for slowly, and says so in its state", async () => {
  const wrong = await bareGateway();
  wrong.refuseWith = () => Response.json({ code: "authFailed" }, { status: 401 });
  const busy = await bareGateway();
  const askedOften = gate();
  busy.refuseWith = (asked) => {
    if (asked > 8) askedOften.open();
    return Response.json({ code: "busy" }, { status: 503 });
  };
  const timing = { firstBackoffMs: 1, longestBackoffMs: never };
  const { stream, lines } = await streamTo(wrong.url, { timing });
  await streamTo(busy.url, { timing });
  await askedOften.opened;
  expect(wrong.asked).toBe(1);
  expect(stream.state()).toMatchObject({
    connectedSince: null,
    failing: { complaint: expect.stringMatching(/401.*DINGTALK_CLIENT_SECRET.*凭证/) },
  });
  expect(JSON.stringify(stream.state()) + lines.join()).not.toContain("s3cret");
});

test.each([
  ["an IP that is not allowed", 403, { code: "Forbidden.AccessDenied.IpNotInWhiteList" }, /白名单里.*出口 IP/],
  ["a ban for too many calls", 200, { status: 1111, wait: 5, punish: "deny" }, /封禁了本机 IP/],
  ["an answer that is not DingTalk's", 200, { hello: "world" }, /DINGTALK_API_BASE/],
  [
    "a ticket for a door that is shut",
    200,
    { endpoint: "ws://127.0.0.1:9/connect", ticket: "t0p" },
    /连不上钉钉（127\.0\.0\.1:9/,
  ],
])("%s is explained", async (_, status, body, words) => {
  const gateway = await bareGateway();
  gateway.refuseWith = () => Response.json(body, { status });
  const { stream, lines } = await streamTo(gateway.url, { timing: { firstBackoffMs: never, longestBackoffMs: never } });
  expect(stream.state().failing?.complaint).toMatch(words);
  expect(lines.join()).toMatch(words);
  expect(lines.join()).not.toContain("t0p");
});

test("a door that does not open in time, and a gateway that does not answer, are explained", async () => {
  const mute = createServer(() => {}).listen(0, "127.0.0.1");
  await once(mute, "listening");
  onTestFinished(() => {
    mute.close();
  });
  const { port } = mute.address() as AddressInfo;
  const gateway = await bareGateway();
  gateway.refuseWith = () => Response.json({ endpoint: `ws://127.0.0.1:${port}/connect`, ticket: "t0p" });
  const timing = { firstBackoffMs: never, longestBackoffMs: never, handshakeLimitMs: 20, gatewayLimitMs: 2000 };
  const door = await streamTo(gateway.url, { timing });
  expect(door.stream.state().failing?.complaint).toContain(`连不上钉钉（127.0.0.1:${port}，timeout）`);
  const silent = await streamTo(`http://127.0.0.1:${port}`, { timing: { ...timing, gatewayLimitMs: 20 } });
  expect(silent.stream.state().failing?.complaint).toContain(`连不上钉钉（127.0.0.1:${port}，timeout）`);
  gateway.refuseWith = () => Response.json({ endpoint: `${gateway.url.replace("http", "ws")}/nowhere`, ticket: "t0p" });
  const refused = await streamTo(gateway.url, { timing });
  expect(refused.stream.state().failing?.complaint).toContain("，HTTP 400）");
});

test("stopping lets a message be acknowledged first", async () => {
  const gateway = await bareGateway();
  const first = gateway.next();
  const heard = gate();
  const committed = gate();
  const onMessage = () => {
    heard.open();
    return committed.opened;
  };
  const { stream } = await streamTo(gateway.url, { onMessage });
  const socket = await first;
  const answer = answerOn(socket);
  const gone = once(socket, "close");
  socket.send(frame("CALLBACK", robotTopic));
  await heard.opened;
  const stopped = stream.stop();
  committed.open();
  await stopped;
  expect(await answer).toMatchObject({ code: 200, headers: { messageId: `m-${robotTopic}` } });
  await gone;
  expect(stream.isConnected()).toBe(false);
});

test("by default, stopping takes less than ten seconds at most", () => {
  const { drainLimitMs, closeLimitMs } = defaultTiming;
  expect(drainLimitMs + 2 * closeLimitMs).toBeLessThan(10_000);
});

test("stopping ends, even if a message never ends and the far side never answers", async () => {
  const gateway = await bareGateway();
  const first = gateway.next();
  const heard = gate();
  const onMessage = () => {
    heard.open();
    return new Promise<void>(() => {});
  };
  const { stream } = await streamTo(gateway.url, { onMessage, timing: { ...fast, drainLimitMs: 5, closeLimitMs: 5 } });
  const socket = await first;
  socket.send(frame("CALLBACK", robotTopic));
  await heard.opened;
  socket.pause();
  await stream.stop();
  expect(stream.isConnected()).toBe(false);
  expect(gateway.asked).toBe(1);
});
