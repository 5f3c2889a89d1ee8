import type { MiddlewareHandler } from "hono";
import { z } from "zod";
import { isJson, readJsonBody } from "./api-errors.ts";
import { extensionOf, mediaRules } from "./files.ts";
import type { Problem } from "./page-view.ts";

const id = z.string().min(1).max(200);
const staffId = id;
const conversationId = id.optional();
/** More than a bot reads, so that one can see what it does with too much. */
const text = z.string().trim().min(1, "请先写点内容").max(5_000, "一条消息最多 5000 字");

export const sayInput = z.strictObject({ staffId, conversationId, text, mentionsRobot: z.boolean().default(true) });
export const tapInput = z.strictObject({ staffId, conversationId, url: z.string().min(1).max(5_000) });
export const voiceInput = z.strictObject({ staffId, text });
export const stickerInput = z.strictObject({ staffId });
export const readInput = z.strictObject({ staffId });
export const clockInput = z.strictObject({ to: z.union([z.literal("next"), z.iso.datetime({ offset: true })]) });
export const conversationInput = z.union([z.strictObject({ staffId: id }), z.strictObject({ conversationId: id })]);

export const fileMaxBytes = mediaRules.file.maxBytes;
const upload = z
  .file()
  .min(1, "文件是空的")
  .max(fileMaxBytes, "文件不能超过 20 MB")
  .refine((it) => it.name.length <= 200, "文件名太长");

export const fileInput = z.strictObject({ staffId, file: upload });
export const pictureInput = z.strictObject({
  staffId,
  conversationId,
  picture: upload.refine((it) => mediaRules.image.extensions.includes(extensionOf(it.name)), "请选 jpg、png 等图片"),
});

export function problem(status: number, text: string): Response {
  return Response.json({ problem: text } satisfies Problem, { status });
}

/** The body as the schema wants it, or the answer that says what is wrong. */
export async function readJson<T>(request: Request, schema: z.ZodType<T>): Promise<T | Response> {
  if (!isJson(request)) return problem(415, "请求须为 application/json");
  return check(await readJsonBody(request), schema);
}

export async function readForm<T>(request: Request, schema: z.ZodType<T>): Promise<T | Response> {
  if (!request.headers.get("content-type")?.toLowerCase().startsWith("multipart/form-data")) {
    return problem(415, "请求须为 multipart/form-data");
  }
  try {
    return check(Object.fromEntries(await request.formData()), schema);
  } catch {
    return problem(400, "表单读不出来");
  }
}

export function check<T>(value: unknown, schema: z.ZodType<T>): T | Response {
  const parsed = schema.safeParse(value, { error: z.locales.zhCN().localeError });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return problem(400, issue === undefined ? "请求不完整" : `${issue.path.join(".")}：${issue.message}`);
}

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Whoever reaches the page speaks as anybody. So it answers only under a loopback name, which a foreign site cannot put
 * on a request even when its own name leads here, and takes nothing that another origin's page sends.
 */
export const onlyFromHere: MiddlewareHandler = async ({ req }, next) => {
  const host = req.header("host")?.toLowerCase() ?? "";
  if (!loopbackNames.includes(host.replace(/:\d+$/, ""))) {
    return problem(403, "演练页面只能在本机打开，地址用 http://localhost 或 http://127.0.0.1");
  }
  const origin = req.header("origin");
  const isForeign = origin !== undefined && origin.toLowerCase() !== `http://${host}`;
  return isForeign ? problem(403, "不接受其他网站发来的请求") : next();
};
