import { Hono } from "hono";
import { expect, onTestFinished, test, vi } from "vitest";
import { ApiError } from "../../src/bot/api-call.ts";
import { OpenApi } from "../../src/bot/openapi.ts";
import { Pace } from "../../src/bot/pace.ts";
import { MovableClock } from "../../src/clock.ts";
import { startLocalDingTalk } from "../../src/playground/local-dingtalk.ts";
import { gate } from "./logged.ts";
import { credentialsFor, serveOnLoopback } from "./loopback.ts";

const message = { msgKey: "sampleMarkdown", msgParam: JSON.stringify({ title: "t", text: "已记" }) };
const tokenPath = "/v1.0/oauth2/accessToken";
const personPath = "/v1.0/robot/oToMessages/batchSend";
const groupPath = "/v1.0/robot/groupMessages/send";

function clockAt(): MovableClock {
  return new MovableClock(new Date("2023-06-01T12:00:00+08:00"), { runs: false });
}

/** An API that gives out tokens t1, t2, … and answers everything else as the test says. */
async function api(answer: (path: string, token: string) => Response | Promise<Response>, clock = clockAt()) {
  const app = new Hono();
  const calls: string[] = [];
  let tokens = 0;
  app.post(tokenPath, async () => {
    tokens += 1;
    return Response.json({ accessToken: `t${tokens}`, expireIn: 7200 });
  });
  app.post("*", ({ req }) => {
    calls.push(req.path);
    return answer(req.path, req.header("x-acs-dingtalk-access-token") ?? req.query("access_token") ?? "");
  });
  const { url } = await serveOnLoopback(app);
  return { api: new OpenApi({ credentials: credentialsFor(url), clock }), calls, tokens: () => tokens };
}

function refusal(code: string, status = 400): Response {
  return Response.json({ code, message: "…", requestid: "1" }, { status });
}

async function problemOf(call: Promise<unknown>): Promise<{ code: string; isTemporary: boolean }> {
  const error = await call.then(
    () => new Error("it worked"),
    (error: unknown) => error,
  );
  if (!(error instanceof ApiError)) throw error;
  return { code: error.code, isTemporary: error.retryAfterMs !== null };
}

test("twenty who need a token ask for it once", async () => {
  const { api: openApi, calls, tokens } = await api(() => Response.json({ processQueryKey: "k" }));
  const sent = await Promise.all(Array.from({ length: 20 }, () => openApi.sendToPeople(["zhang"], message)));
  expect(sent.map((it) => it.receipt)).toEqual(Array.from({ length: 20 }, () => "k"));
  expect([calls.length, tokens()]).toEqual([20, 1]);
});

test("a token is renewed a little before the clock says it expires", async () => {
  const clock = clockAt();
  const { api: openApi, tokens } = await api(() => Response.json({ processQueryKey: "k" }), clock);
  await openApi.sendToGroup("cid", message);
  clock.moveTo(new Date(clock.now().getTime() + 6400_000));
  await openApi.sendToGroup("cid", message);
  expect(tokens()).toBe(1);
  clock.moveTo(new Date(clock.now().getTime() + 700_000));
  await openApi.sendToGroup("cid", message);
  expect(tokens()).toBe(2);
});

test("a token refused early is renewed once, for all, and the calls are repeated", async () => {
  const { api: openApi, tokens } = await api((_, token) =>
    token === "t1" ? refusal("InvalidAuthentication") : Response.json({ processQueryKey: token }),
  );
  const sent = await Promise.all([1, 2, 3].map(() => openApi.sendToPeople(["zhang"], message)));
  expect(sent.map((it) => it.receipt)).toEqual(["t2", "t2", "t2"]);
  expect(tokens()).toBe(2);
});

test.each(["40014", "42001"])("the old API's way of refusing a token, %s, is understood too", async (errcode) => {
  const { api: openApi } = await api((_, token) =>
    Response.json(token === "t1" ? { errcode, errmsg: "…" } : { errcode: "0", result: { userid: "zhang" } }),
  );
  expect(await openApi.staffIdByMobile("19900000001")).toBe("zhang");
});

test("where the fresh token is refused as well, it is no fault of the message", async () => {
  const { api: openApi, calls } = await api(() => refusal("InvalidAuthentication"));
  expect(await problemOf(openApi.sendToPeople(["zhang"], message))).toEqual({
    code: "InvalidAuthentication",
    isTemporary: true,
  });
  expect(calls).toHaveLength(2);
});

test.each([
  [refusal("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", 403), true],
  [refusal("Forbidden.AccessDenied.ApiCountLimitForOrg", 403), true],
  [refusal("send.too.fast"), true],
  [refusal("system.error", 500), true],
  [new Response("<html>504</html>", { status: 504 }), true],
  [Response.json({ status: 1111, wait: 5, source: "x5", punish: "deny" }), true],
  [new Response("<html>banned</html>"), true],
  [refusal("Forbidden.AccessDenied.AccessTokenPermissionDenied", 403), false],
  [refusal("invalidParameter.msgParam.tooLong"), false],
  [refusal("robot.oto.notExist"), false],
])("an answer that is temporary or final: %#", async (answer, isTemporary) => {
  const { api: openApi, calls } = await api(() => answer.clone());
  expect(await problemOf(openApi.sendToPeople(["zhang"], message))).toMatchObject({ isTemporary });
  expect(calls).toEqual([personPath]);
});

test("the pace of a path that was called too fast slows down, and of no other", async () => {
  const slowed = vi.spyOn(Pace.prototype, "slowDown");
  onTestFinished(() => slowed.mockRestore());
  const tooFast = refusal("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", 403);
  const { api: openApi } = await api((path) => {
    if (path === personPath) return tooFast.clone();
    return path === groupPath ? refusal("group.disbanded") : Response.json({ errcode: 88, sub_code: "90018" });
  });
  await problemOf(openApi.sendToPeople(["zhang"], message));
  await problemOf(openApi.sendToGroup("cid", message));
  await problemOf(openApi.uploadMedia({ bytes: new Uint8Array(1), fileName: "a.png", kind: "image" }));
  expect(slowed.mock.calls).toEqual([[personPath], ["/media/upload"]]);
});

test("an answer names those whom it did not reach", async () => {
  const lists = { invalidStaffIdList: ["nobody"], flowControlledStaffIdList: ["li"] };
  const { api: openApi } = await api(() => Response.json({ processQueryKey: "k", ...lists }));
  const answer = await openApi.sendToPeople(["zhang", "nobody", "li"], message);
  expect(answer).toEqual({ receipt: "k", invalid: ["nobody"], throttled: ["li"] });
});

test("the code of a refusal is DingTalk's own", async () => {
  const { api: openApi } = await api((path) =>
    path === groupPath ? refusal("group.disbanded") : Response.json({ errcode: 88, sub_code: "60011" }),
  );
  expect(await problemOf(openApi.sendToGroup("cid", message))).toEqual({ code: "group.disbanded", isTemporary: false });
  expect(await problemOf(openApi.staffIdByMobile("19900000001"))).toEqual({ code: "88/60011", isTemporary: false });
});

test.each([
  [{ errcode: 88, sub_code: "90018", sub_msg: "…" }, true],
  [{ errcode: 88, sub_code: "90020" }, true],
  [{ errcode: -1, errmsg: "系统繁忙" }, true],
  [{ errcode: 15, sub_code: "isp.top-remote-connection-timeout" }, true],
  [{ errcode: 40004, errmsg: "不合法的媒体文件类型" }, false],
])("the old API's %j", async (answer, isTemporary) => {
  const { api: openApi } = await api(() => Response.json(answer));
  const upload = { bytes: Buffer.from("x"), fileName: "a.xlsx", kind: "file" } as const;
  expect(await problemOf(openApi.uploadMedia(upload))).toMatchObject({ isTemporary });
});

test("a connection that breaks is temporary", async () => {
  const reached = gate();
  const app = new Hono();
  const { url, server } = await serveOnLoopback(app);
  app.post(tokenPath, () => {
    reached.open();
    server.closeAllConnections();
    return new Promise<Response>(() => {});
  });
  const openApi = new OpenApi({ credentials: credentialsFor(url), clock: clockAt() });
  const problem = problemOf(openApi.sendToPeople(["zhang"], message));
  await reached.opened;
  expect(await problem).toEqual({ code: "network", isTemporary: true });
});

test("a wrong secret is temporary too: an administrator can set it right", async () => {
  const app = new Hono();
  app.post(tokenPath, () => refusal("invalidClientIdOrSecret"));
  const { url } = await serveOnLoopback(app);
  const openApi = new OpenApi({ credentials: credentialsFor(url), clock: clockAt() });
  const problem = await problemOf(openApi.sendToPeople(["zhang"], message));
  expect(problem).toEqual({ code: "invalidClientIdOrSecret", isTemporary: true });
});

test("against the local DingTalk: send, upload, look up", async () => {
  const clock = clockAt();
  const dingtalk = await startLocalDingTalk({
    clientId: "dingtest",
    clientSecret: "s3cret",
    people: [{ staffId: "zhang", name: "张甲", mobile: "19900000001" }],
    groups: [{ conversationId: "cid==", title: "测试群", memberIds: ["zhang"] }],
    now: () => clock.now(),
  });
  onTestFinished(() => dingtalk.stop());
  const openApi = new OpenApi({ credentials: credentialsFor(`${dingtalk.baseUrl}/`), clock });
  expect(await openApi.sendToPeople(["zhang"], message)).toMatchObject({ receipt: expect.any(String) });
  expect(await openApi.sendToGroup("cid==", message)).toEqual(expect.any(String));
  expect(await openApi.sendToPeople(["nobody"], message)).toMatchObject({ invalid: ["nobody"] });
  expect(await problemOf(openApi.sendToGroup("cid", message))).toMatchObject({ code: "invalid.openConversationId" });
  const mediaId = await openApi.uploadMedia({ bytes: Buffer.from("PK"), fileName: "附件2-甲.xlsx", kind: "file" });
  expect(dingtalk.world.files.find(mediaId)).toMatchObject({
    fileName: "附件2-甲.xlsx",
    bytes: new Uint8Array([0x50, 0x4b]),
  });
  expect(await openApi.staffIdByMobile("19900000001")).toBe("zhang");
  expect(await openApi.staffIdByMobile("19900000009")).toBeNull();
  expect(await openApi.staffIdByMobile("123")).toBeNull();
  expect(await problemOf(openApi.downloadUrl("unknown"))).toMatchObject({ isTemporary: false });
  expect(dingtalk.messages({ staffId: "zhang" })).toHaveLength(1);
  clock.moveTo(new Date(clock.now().getTime() + 24 * 3600_000));
  expect(await openApi.sendToPeople(["zhang"], message)).toMatchObject({ receipt: expect.any(String) });
});
