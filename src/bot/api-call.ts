import { z } from "zod";
import { type Failure, failureOf } from "./failure.ts";

/** DingTalk said no, or nothing. `code` is one of the table's in `failure.ts`, or DingTalk's own. */
export class ApiError extends Error {
  readonly code: string;
  readonly failure: Failure;

  constructor(code: string, failure: Failure = failureOf(code)) {
    super(`DingTalk: ${code}`);
    this.name = "ApiError";
    this.code = code;
    this.failure = failure;
  }

  /** Real time after which another attempt makes sense; `null`: it never will. */
  get retryAfterMs(): number | null {
    return this.failure.kind === "refused" ? null : this.failure.afterMs;
  }

  /** The token was wrong or is no longer valid: 400, not 401, and the old API has numbers of its own (dingtalk.md §4.0). */
  get isTokenRefusal(): boolean {
    return tokenRefusals.has(this.code);
  }
}

export interface ApiRequest {
  url: string;
  /** Default POST. */
  method?: "GET" | "POST" | "PUT";
  headers?: Record<string, string>;
  /** JSON, or a form for uploads. */
  body?: object | FormData;
  limitMs: number;
}

const tokenRefusals = new Set(["InvalidAuthentication", "invalidParameter.token.invalid", "40014", "42001"]);

const jsonObject = z.record(z.string(), z.unknown());
const codeSchema = z.looseObject({ code: z.string() });
/** Documented as numbers, now and then sent as strings. */
const oldAnswerSchema = z.looseObject({
  errcode: z.union([z.number(), z.string()]).transform(String),
  sub_code: z.union([z.number(), z.string()]).transform(String).optional(),
});

/** The new API: real HTTP status codes. Throws `ApiError`. */
export async function callNew<T>(request: ApiRequest, answer: z.ZodType<T>): Promise<T> {
  const { status, body } = await send(request);
  if (status < 300) return expected(body, answer);
  const code = codeSchema.safeParse(body).data?.code ?? `http${status}`;
  throw new ApiError(code, failureOf(code, status));
}

/** The old API: HTTP 200 whatever happens, the outcome in `errcode`; 88 wraps another code. Throws `ApiError`. */
export async function callOld<T>(request: ApiRequest, answer: z.ZodType<T>): Promise<T> {
  const { status, body } = await send(request);
  if (status >= 500) throw new ApiError(`http${status}`);
  const { errcode, sub_code = "" } = expected(body, oldAnswerSchema);
  if (errcode === "0") return expected(body, answer);
  throw new ApiError(errcode === "88" ? `88/${sub_code}` : errcode);
}

/** Base URLs may end in a slash or have a path. */
export function apiUrl(base: string, path: string): string {
  return base.replace(/\/+$/, "") + path;
}

async function send(request: ApiRequest): Promise<{ status: number; body: unknown }> {
  const { url, method = "POST", headers, body, limitMs } = request;
  const isForm = body instanceof FormData;
  const isJson = body !== undefined && !isForm;
  try {
    const answer = await fetch(url, {
      method,
      headers: { accept: "application/json", ...(isJson && { "content-type": "application/json" }), ...headers },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
      redirect: "error",
      signal: AbortSignal.timeout(limitMs),
    });
    return { status: answer.status, body: parsed(await answer.text(), answer.status) };
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError(transportCode(error));
  }
}

/** Found before a byte of the request was sent. */
const neverSent = new Set([
  ...["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"],
  ...["CERT_HAS_EXPIRED", "DEPTH_ZERO_SELF_SIGNED_CERT", "ERR_TLS_CERT_ALTNAME_INVALID"],
]);
const causeSchema = z.object({ cause: z.object({ code: z.string() }) });

function transportCode(error: unknown): string {
  if (error instanceof Error && error.name === "TimeoutError") return "timeout";
  const code = causeSchema.safeParse(error).data?.cause.code;
  return code !== undefined && neverSent.has(code) ? "unreachable" : "network";
}

/** A ban for too many calls comes as a page, or as JSON of its own kind with HTTP 200; a proxy's refusal as a page, too. */
function parsed(text: string, status: number): unknown {
  const body = jsonObject.safeParse(fromJson(text)).data;
  if (body === undefined && status >= 500) return {};
  const isPage = status >= 300 || text.trimStart().startsWith("<");
  if (body === undefined) throw new ApiError(isPage ? "banned" : "notJson");
  if (isBan(body)) throw new ApiError("banned");
  return body;
}

/** What a ban for too many calls looks like where it is JSON (dingtalk.md §4.0). */
export function isBan(body: unknown): boolean {
  return jsonObject.safeParse(body).data?.punish !== undefined;
}

/** `undefined`: it is none. */
export function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function expected<T>(body: unknown, schema: z.ZodType<T>): T {
  const answer = schema.safeParse(body);
  if (!answer.success) throw new ApiError("unexpected");
  return answer.data;
}
