import { request } from "node:http";
import { expect, test } from "vitest";
import { unionIdOf } from "../../src/playground/ids.ts";
import type { MessagesEvent, WorldView } from "../../src/playground/page-view.ts";
import { dtmd, type PageRig, png, startPage } from "./page-rig.ts";
import { app, asker, connect } from "./robot.ts";

const liaison = "demo-dinghai-contact";

async function post(rig: PageRig, path: string, body: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(rig.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function postForm(rig: PageRig, path: string, fields: Record<string, string | File>) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const answer = await fetch(rig.url + path, { method: "POST", body });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

/** `fetch` would not let us lie about the host. */
function getAs(rig: PageRig, path: string, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(rig.url + path, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on("error", reject).end();
  });
}

test("tells who there is", async () => {
  const rig = await startPage();
  const world = (await (await fetch(`${rig.url}/api/world`)).json()) as WorldView;
  expect(world.campaign.title).toContain("安全生产月");
  expect(world.people.map(({ role, unit, post: title }) => [role, unit, title])).toEqual([
    ["manager", null, "管理员"],
    ...["定海区城市管理局", "普陀区城市管理局", "岱山县城市管理局"].flatMap((unit) => [
      ["ofUnit", unit, "联系人"],
      ["ofUnit", unit, "安全员"],
    ]),
    ["outsider", null, "外部人员"],
  ]);
  expect(world.groups.map((it) => it.hasRobot)).toEqual([true, false]);
  expect(world.status).toEqual({ now: "2023-06-01T04:00:00.000Z", isMoving: false, isRobotOnline: false, todos: [] });
});

test("whoever looks at their chat has read it, and sees what they have to do", async () => {
  const rig = await startPage();
  const ask = await asker(rig.dingtalk);
  const said = { msgKey: "sampleText", msgParam: JSON.stringify({ content: "请报送" }) };
  const sending = { robotCode: app.clientId, userIds: [liaison], ...said };
  const { processQueryKey } = (await ask("POST /v1.0/robot/oToMessages/batchSend", sending)).body;
  const query = new URLSearchParams({ robotCode: app.clientId, processQueryKey });
  const state = async () => (await ask(`GET /v1.0/robot/oToMessages/readStatus?${query}`)).body.messageReadInfoList;
  expect(await state()).toMatchObject([{ userId: liaison, readStatus: "UNREAD" }]);
  expect(await post(rig, "/api/read", { staffId: liaison })).toEqual({ status: 200, body: {} });
  expect(await state()).toMatchObject([{ userId: liaison, readStatus: "READ" }]);

  const tasks = `/v1.0/todo/users/${unionIdOf(liaison)}/tasks`;
  const detailUrl = { appUrl: "https://www.dingtalk.com", pcUrl: "https://www.dingtalk.com" };
  const todo = { sourceId: "1", subject: "报送统计表", executorIds: [unionIdOf(liaison)], detailUrl };
  const { id: taskId } = (await ask(`POST ${tasks}`, { ...todo, dueTime: Date.parse("2023-07-01T18:00:00+08:00") }))
    .body;
  const status = async () => ((await (await fetch(`${rig.url}/api/world`)).json()) as WorldView).status;
  const shown = { taskId, staffId: liaison, subject: "报送统计表", dueAt: "2023-07-01T10:00:00.000Z" };
  expect((await status()).todos).toEqual([shown]);
  await ask(`PUT ${tasks}/${taskId}`, { done: true });
  expect((await status()).todos).toEqual([]);
});

test("speaks as anybody, one-to-one and in groups, and shows what was said", async () => {
  const rig = await startPage();
  const robot = await connect(rig.dingtalk);
  const [group] = rig.dingtalk.world.groups;
  const conversationId = group?.conversationId ?? "";
  await post(rig, "/api/say", { staffId: liaison, text: " 报送 " });
  await post(rig, "/api/say", { staffId: liaison, conversationId, text: "大家好", mentionsRobot: false });
  await post(rig, "/api/say", { staffId: liaison, conversationId, text: "进度" });
  const tapped = await post(rig, "/api/tap", { staffId: liaison, url: dtmd("同意 12") });
  expect(tapped).toEqual({ status: 200, body: { msgId: expect.stringMatching(/^msg/) } });
  await robot.hears(3);
  expect(robot.heard.map((it) => it.text.content)).toEqual(["报送", " 进度", "同意 12"]);
  const query = new URLSearchParams({ conversationId });
  const shown = (await (await fetch(`${rig.url}/api/messages?${query}`)).json()) as MessagesEvent["messages"];
  expect(shown.map(({ at, body }) => [at, body.kind === "text" && body.text])).toEqual([
    ["2023-06-01T04:00:00.000Z", "大家好"],
    ["2023-06-01T04:00:00.000Z", "@安月 进度"],
  ]);
});

test.each([
  ["say", { staffId: "nobody", text: "你好" }, 404, "没有这个人"],
  ["say", { staffId: liaison, text: "你好", conversationId: "cidNone" }, 404, "没有这个群"],
  ["say", { staffId: liaison, text: "你好", conversationId: "cidDumb+/==" }, 400, "不在群里"],
  ["say", { staffId: "boss", text: "你好", conversationId: "cidDumb+/==" }, 400, "没有机器人"],
  ["say", { staffId: liaison, text: "   " }, 400, "先写点内容"],
  ["say", { staffId: liaison, text: "长".repeat(5001) }, 400, "5000"],
  ["say", { staffId: liaison, text: "你好", admin: true }, 400, "admin"],
  ["say", "{", 400, ""],
  ["say", { staffId: liaison, text: "x".repeat(70_000) }, 413, "太大"],
  ["tap", { staffId: liaison, url: "https://example.com" }, 400, "没有反应"],
  ["tap", { staffId: liaison, url: "dtmd://dingtalkclient/sendMessage?content=%E6" }, 400, "没有反应"],
  ["voice", { staffId: "nobody", text: "两场" }, 404, "没有这个人"],
  ["sticker", {}, 400, "staffId"],
  ["read", { staffId: "nobody" }, 404, "没有这个人"],
  ["clock", { to: "2023-06-01T11:59:59+08:00" }, 400, "往后"],
  ["clock", { to: "2033-06-01T12:00:00+08:00" }, 400, "400 天"],
  ["clock", { to: "明天" }, 400, "to"],
])("refuses /api/%s %j", async (path, body, status, words) => {
  const rig = await startPage();
  const answer = await post(rig, `/api/${path}`, body);
  expect(answer).toEqual({ status, body: { problem: expect.stringContaining(words) } });
  expect(rig.dingtalk.world.allMessages).toEqual([]);
  expect(rig.clock.moves).toEqual([]);
});

test("takes files and pictures, and refuses what is none", async () => {
  const rig = await startPage();
  const file = new File(["总结"], "总结.docx");
  const picture = new File([Uint8Array.from(png)], "章.png");
  expect((await postForm(rig, "/api/file", { staffId: liaison, file })).status).toBe(200);
  expect((await postForm(rig, "/api/picture", { staffId: liaison, picture })).status).toBe(200);
  expect(rig.dingtalk.world.allMessages.map((it) => it.body.kind)).toEqual(["file", "picture"]);
  const refused = [
    await postForm(rig, "/api/file", { staffId: liaison, file: "总结" }),
    await postForm(rig, "/api/file", { staffId: liaison, file: new File([], "空.docx") }),
    await postForm(rig, "/api/file", { staffId: liaison, file: new File([Buffer.alloc(20 * 2 ** 20 + 1)], "大.pdf") }),
    await postForm(rig, "/api/file", { staffId: liaison, file: new File([Buffer.alloc(21 * 2 ** 20)], "大.pdf") }),
    await postForm(rig, "/api/picture", { staffId: liaison, picture: file }),
    await postForm(rig, "/api/picture", { staffId: "boss", conversationId: "cidDumb+/==", picture }),
    await post(rig, "/api/file", { staffId: liaison }),
  ];
  expect(refused.map((it) => it.status)).toEqual([400, 400, 400, 413, 400, 400, 415]);
  expect(rig.dingtalk.world.allMessages).toHaveLength(2);
});

test("gives files to save and pictures to look at", async () => {
  const rig = await startPage();
  const { files } = rig.dingtalk.world;
  const page = files.store({ bytes: Buffer.from("<script>"), fileName: "a'(1).html", type: "file" });
  const picture = files.store({ bytes: png, fileName: "章.png", type: "image" });
  const saved = await fetch(`${rig.url}/api/files/${encodeURIComponent(page)}`);
  expect(saved.headers.get("content-type")).toBe("application/octet-stream");
  expect(saved.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''a%27%281%29.html");
  expect(await saved.text()).toBe("<script>");
  const shown = await fetch(`${rig.url}/api/files/${encodeURIComponent(picture)}`);
  expect(shown.headers.get("content-type")).toBe("image/png");
  expect(shown.headers.get("content-disposition")).toBe("inline; filename*=UTF-8''%E7%AB%A0.png");
  expect((await fetch(`${rig.url}/api/files/none`)).status).toBe(404);
});

test("answers only to this machine's names and its own pages", async () => {
  const rig = await startPage();
  const { port } = new URL(rig.url);
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, "localhost"]) {
    expect(await getAs(rig, "/api/world", host)).toBe(200);
  }
  for (const host of [
    "evil.example",
    `evil.example:${port}`,
    "localhost.evil.example",
    `127.0.0.1.evil.example:${port}`,
  ]) {
    expect(await getAs(rig, "/api/world", host)).toBe(403);
    expect(await getAs(rig, "/", host)).toBe(403);
    expect(await getAs(rig, "/healthz", host)).toBe(200);
  }
  const hello = { staffId: liaison, text: "你好" };
  const foreign = await post(rig, "/api/say", hello, { origin: "http://evil.example" });
  const sandboxed = await post(rig, "/api/say", hello, { origin: "null" });
  const plain = await post(rig, "/api/say", hello, { "content-type": "text/plain" });
  expect([foreign.status, sandboxed.status, plain.status]).toEqual([403, 403, 415]);
  expect(rig.dingtalk.world.allMessages).toEqual([]);
  expect((await post(rig, "/api/say", hello, { origin: rig.url })).status).toBe(200);
});

test("one move of the clock at a time", async () => {
  const rig = await startPage();
  let release = () => {};
  rig.clock.hold = new Promise((resolve) => {
    release = resolve;
  });
  const moving = post(rig, "/api/clock", { to: "next" });
  const reader = await events(rig);
  await reader.until("status", (it) => it.isMoving === true);
  const second = await post(rig, "/api/clock", { to: "2023-06-09T09:00:00+08:00" });
  expect(second).toEqual({ status: 409, body: { problem: expect.stringContaining("稍候") } });
  release();
  expect((await moving).body).toMatchObject({ now: "2023-06-05T01:00:00.000Z" });
  await reader.until("status", (it) => it.now === "2023-06-05T01:00:00.000Z" && it.isMoving === false);
});

test("a reader who comes back gets what was said meanwhile; a stranger gets all", async () => {
  const rig = await startPage();
  rig.dingtalk.say(liaison, "一");
  const second = rig.dingtalk.say(liaison, "二");
  const first = await events(rig);
  expect(texts(await first.until("messages", () => true))).toEqual([true, "一", "二"]);
  rig.dingtalk.say(liaison, "三");
  expect(texts(await first.until("messages", () => true))).toEqual([false, "三"]);
  const back = await events(rig, { "last-event-id": second });
  expect(texts(await back.until("messages", () => true))).toEqual([false, "三"]);
  const stranger = await events(rig, { "last-event-id": "msgOfAnotherRun" });
  expect(texts(await stranger.until("messages", () => true))).toEqual([true, "一", "二", "三"]);
});

test("a reader who leaves is forgotten", async () => {
  const rig = await startPage();
  const listen = rig.dingtalk.onMessage;
  const forgotten = new Promise<void>((resolve) => {
    rig.dingtalk.onMessage = (listener) => {
      const unlisten = listen(listener);
      return () => {
        unlisten();
        resolve();
      };
    };
  });
  const reader = await events(rig);
  await reader.until("status", () => true);
  reader.leave();
  await forgotten;
});

/** Of a `status` and of a `messages` event. */
interface EventData {
  isMoving: boolean;
  now: string;
  isAll: boolean;
  messages: { body: { text: string } }[];
}

const texts = ({ isAll, messages }: EventData) => [isAll, ...messages.map((it) => it.body.text)];

/** Reads the stream of events, one after another. */
async function events(rig: PageRig, headers: Record<string, string> = {}) {
  const leaving = new AbortController();
  const answer = await fetch(`${rig.url}/api/events`, { headers, signal: leaving.signal });
  const chunks = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let unread = "";
  return {
    leave: () => leaving.abort(),
    async until(event: string, isWanted: (data: EventData) => boolean): Promise<EventData> {
      for (;;) {
        const end = unread.indexOf("\n\n");
        if (end < 0) {
          const { value, done } = (await chunks?.read()) ?? { done: true };
          if (done) throw new Error("the stream ended");
          unread += value;
          continue;
        }
        const lines = unread.slice(0, end).split("\n");
        unread = unread.slice(end + 2);
        const field = (name: string) => lines.find((it) => it.startsWith(`${name}: `))?.slice(name.length + 2) ?? "";
        const data = JSON.parse(field("data"));
        if (field("event") === event && isWanted(data)) return data;
      }
    },
  };
}
