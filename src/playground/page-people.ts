import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { LocalDingTalk } from "./local-dingtalk.ts";
import {
  fileInput,
  fileMaxBytes,
  pictureInput,
  problem,
  readForm,
  readInput,
  readJson,
  sayInput,
  stickerInput,
  tapInput,
  voiceInput,
} from "./page-input.ts";
import type { World } from "./world.ts";

/** Room for the other fields of a form, and for a message of the longest text. */
const formMaxBytes = fileMaxBytes + 64 * 1024;
const jsonMaxBytes = 64 * 1024;

/** What people do, as requests: each answers `{ msgId }`, but for the one by which somebody reads. */
export function peopleRoutes(dingtalk: LocalDingTalk): Hono {
  return new Hono().route("/", wordRoutes(dingtalk)).route("/", fileRoutes(dingtalk));
}

/** The msgId of what was said, or the refusal. */
type Act = (request: Request) => Promise<string | Response>;

function wordRoutes(dingtalk: LocalDingTalk): Hono {
  const routes = new Hono();
  const { world } = dingtalk;
  const post = (path: string, act: Act) => routes.post(path, limit(jsonMaxBytes), (context) => answer(context, act));

  post("/api/say", async (request) => {
    const input = await readJson(request, sayInput);
    if (input instanceof Response) return input;
    const { staffId, conversationId, text, mentionsRobot } = input;
    const refusal = refuse(world, { staffId, conversationId, needsRobot: mentionsRobot });
    if (refusal !== undefined) return refusal;
    if (conversationId !== undefined && !mentionsRobot) return dingtalk.sayUnheard(staffId, text, conversationId);
    return dingtalk.say(staffId, text, conversationId);
  });
  post("/api/tap", async (request) => {
    const input = await readJson(request, tapInput);
    if (input instanceof Response) return input;
    const refusal = refuse(world, { ...input, needsRobot: true });
    if (refusal !== undefined) return refusal;
    try {
      return dingtalk.tap(input.staffId, input.url, input.conversationId);
    } catch {
      return problem(400, "钉钉客户端不认识这个链接，点了没有反应");
    }
  });
  post("/api/voice", async (request) => {
    const input = await readJson(request, voiceInput);
    if (input instanceof Response) return input;
    return refuse(world, input) ?? dingtalk.sendVoice(input.staffId, input.text);
  });
  post("/api/sticker", async (request) => {
    const input = await readJson(request, stickerInput);
    if (input instanceof Response) return input;
    return refuse(world, input) ?? dingtalk.sendSticker(input.staffId);
  });
  routes.post("/api/read", limit(jsonMaxBytes), async ({ req }) => {
    const input = await readJson(req.raw, readInput);
    if (input instanceof Response) return input;
    const refusal = refuse(world, input);
    if (refusal !== undefined) return refusal;
    dingtalk.read(input.staffId);
    return Response.json({});
  });
  return routes;
}

function fileRoutes(dingtalk: LocalDingTalk): Hono {
  const routes = new Hono();
  const { world } = dingtalk;
  const post = (path: string, act: Act) => routes.post(path, limit(formMaxBytes), (context) => answer(context, act));

  post("/api/file", async (request) => {
    const input = await readForm(request, fileInput);
    if (input instanceof Response) return input;
    const { staffId, file } = input;
    return refuse(world, input) ?? dingtalk.sendFile(staffId, { fileName: file.name, bytes: await bytesOf(file) });
  });
  post("/api/picture", async (request) => {
    const input = await readForm(request, pictureInput);
    if (input instanceof Response) return input;
    const { staffId, conversationId, picture } = input;
    const refusal = refuse(world, { staffId, conversationId, needsRobot: true });
    if (refusal !== undefined) return refusal;
    const given = { fileName: picture.name, bytes: await bytesOf(picture) };
    return dingtalk.sendPicture(staffId, given, conversationId);
  });
  return routes;
}

function limit(maxSize: number): MiddlewareHandler {
  return bodyLimit({ maxSize, onError: () => problem(413, "内容太大") });
}

async function answer({ req }: Context, act: Act): Promise<Response> {
  const outcome = await act(req.raw);
  return outcome instanceof Response ? outcome : Response.json({ msgId: outcome });
}

interface Speaker {
  staffId: string;
  conversationId?: string | undefined;
  needsRobot?: boolean;
}

/** Why this person cannot speak there; undefined when nothing is in the way. */
function refuse(world: World, { staffId, conversationId, needsRobot = false }: Speaker): Response | undefined {
  if (world.findPerson(staffId) === undefined) return problem(404, "没有这个人");
  if (conversationId === undefined) return undefined;
  const group = world.findGroup(conversationId);
  if (group === undefined) return problem(404, "没有这个群");
  if (!group.memberIds.includes(staffId)) return problem(400, "这个人不在群里");
  if (needsRobot && group.hasRobot === false) return problem(400, "群里没有机器人");
  return undefined;
}

async function bytesOf(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}
