import { type Context, Hono } from "hono";
import { isJson, oapiAnswer, oapiLimitError, readJsonBody } from "./api-errors.ts";
import type { ApiEnv } from "./calls.ts";
import { extensionOf, type MediaType, mediaRules } from "./files.ts";
import { unionIdOf } from "./ids.ts";
import type { ApiParts } from "./openapi.ts";

type Form = Record<string, unknown>;

/** The old API, `https://oapi.dingtalk.com/…`: every answer is HTTP 200 (dingtalk.md §4.2, §4.8, §4.12). */
export function oapi(parts: ApiParts): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  routes.get("/gettoken", ({ req }) => {
    const limited = oapiLimitError(parts.quota.admitCall(req.path, "free"));
    return limited ?? getToken(req.query("appkey"), req.query("appsecret"), parts);
  });
  const guarded = (
    path: string,
    price: "free" | "counted",
    answer: (context: Context, parts: ApiParts) => Promise<Response>,
  ) => {
    routes.post(path, (context) => {
      const token = parts.tokens.check(context.req.query("access_token"));
      if (token === "unknown") return oapiAnswer(40014, "不合法的access_token");
      if (token === "expired") return oapiAnswer(42001, "access_token超时");
      return oapiLimitError(parts.quota.admitCall(path, price)) ?? answer(context, parts);
    });
  };
  guarded("/media/upload", "counted", uploadMedia);
  guarded("/topapi/v2/user/getbymobile", "free", getByMobile);
  guarded("/topapi/v2/user/get", "free", getUser);
  return routes;
}

function getToken(appKey: string | undefined, appSecret: string | undefined, parts: ApiParts): Response {
  if (appKey !== parts.clientId || appSecret !== parts.clientSecret) {
    return oapiAnswer(40089, "不合法的corpid或corpsecret");
  }
  const { token, lifeSeconds } = parts.tokens.issue();
  return oapiAnswer(0, "ok", { access_token: token, expires_in: lifeSeconds });
}

/** `type` in the query or as a form field; the part is called `media`. */
async function uploadMedia({ req }: Context, { world }: ApiParts): Promise<Response> {
  const form = await readForm(req.raw);
  const type = req.query("type") ?? form.type;
  if (!isMediaType(type)) return oapiAnswer(40004, "不合法的媒体文件类型");
  const { media } = form;
  if (!(media instanceof File) || media.size === 0) return oapiAnswer(41005, "缺少多媒体文件数据");
  const rule = mediaRules[type];
  if (!rule.extensions.includes(extensionOf(media.name))) return oapiAnswer(40005, "不合法的文件类型");
  if (media.size > rule.maxBytes) return oapiAnswer(40006, "不合法的文件大小");
  const mediaId = world.files.store({ bytes: new Uint8Array(await media.arrayBuffer()), fileName: media.name, type });
  return oapiAnswer(0, "ok", { media_id: mediaId, created_at: Date.now(), type });
}

async function getByMobile({ req }: Context, { world }: ApiParts): Promise<Response> {
  const { mobile } = await readForm(req.raw);
  if (mobile === undefined || mobile === "") return oapiAnswer(400002, "参数 mobile 缺失");
  if (!/^1\d{10}$/.test(String(mobile))) return oapiAnswer(40104, "无效手机号");
  const person = world.people.find((it) => it.mobile === String(mobile) && !it.isExternal);
  return person === undefined
    ? oapiAnswer(60121, "找不到该用户")
    : oapiAnswer(0, "ok", { result: { userid: person.staffId } });
}

/** No mobile and no e-mail: these need a permission of their own. */
async function getUser({ req }: Context, { world }: ApiParts): Promise<Response> {
  const { userid } = await readForm(req.raw);
  if (userid === undefined || userid === "") return oapiAnswer(400002, "参数 userid 缺失");
  const person = world.findStaff(String(userid));
  if (person === undefined) return oapiAnswer(33012, "无效的USERID");
  const { staffId, name, title = "" } = person;
  const result = { userid: staffId, unionid: unionIdOf(staffId), name, title, dept_id_list: [1], active: true };
  return oapiAnswer(0, "ok", { result: { ...result, admin: false } });
}

/** Documentation shows forms, bots send JSON, both work (dingtalk.md §4.12). Unreadable is empty. */
async function readForm(request: Request): Promise<Form> {
  if (isJson(request)) return (await readJsonBody(request)) ?? {};
  try {
    return Object.fromEntries(await request.formData());
  } catch {
    return {};
  }
}

function isMediaType(type: unknown): type is MediaType {
  return typeof type === "string" && Object.hasOwn(mediaRules, type);
}
