import { z } from "zod";

/** DingTalk said no, or nothing. `code` is DingTalk's own, or `network`, `timeout`, `notJson`, `banned`, `unexpected`. */
export class ApiError extends Error {
  readonly code: string;
  /** Real time after which another attempt makes sense; `null`: it never will. */
  readonly retryAfterMs: number | null;

  constructor(code: string, retryAfterMs: number | null) {
    super(`DingTalk: ${code}`);
    this.name = "ApiError";
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }

  /** The token was wrong or is no longer valid: 400, not 401, and the old API has numbers of its own (dingtalk.md §4.0). */
  get isTokenRefusal(): boolean {
    return tokenRefusals.has(this.code);
  }
}

export interface ApiRequest {
  url: string;
  headers?: Record<string, string>;
  /** JSON, or a form for uploads. */
  body: object | FormData;
  limitMs: number;
}

const tokenRefusals = new Set(["InvalidAuthentication", "invalidParameter.token.invalid", "40014", "42001"]);

const second = 1000;
const minute = 60 * second;
const busyAfterMs = 2 * second;
/** The ban for too many calls answers with a page and lasts five minutes (dingtalk.md §4.0). */
const banAfterMs = 5 * minute;

/** What is wrong for now only (dingtalk.md §4.0, §4.4); everything else is a refusal. */
const temporary: readonly [RegExp, number][] = [
  [/Qps|^send\.too\.fast$|^send\.byToken\.tooFast$|^88\/(90018|90002)$/, second],
  [/Qpm/, minute],
  // The month's allowance is used up: hardly before an administrator acts.
  [/ApiCountLimit|^88\/90020$|^90020$/, 60 * minute],
  [/^system\.|^-1$|^15$|^88\/$|^88\/isp\./, busyAfterMs],
];

const jsonObject = z.record(z.string(), z.unknown());
const codeSchema = z.looseObject({ code: z.string() });
/** Documented as numbers, now and then sent as strings. */
const oldAnswerSchema = z.looseObject({
  errcode: z.union([z.number(), z.string()]).transform(String),
  sub_code: z.union([z.number(), z.string()]).transform(String).optional(),
});

/** The new API: real HTTP status codes. Throws `ApiError`. */
export async function callNew<T>(request: ApiRequest, answer: z.ZodType<T>): Promise<T> {
  const { status, body } = await post(request);
  if (status < 300) return expected(body, answer);
  const code = codeSchema.safeParse(body).data?.code ?? `http${status}`;
  if (status >= 500) throw new ApiError(code, busyAfterMs);
  throw errorOf(code);
}

/** The old API: HTTP 200 whatever happens, the outcome in `errcode`; 88 wraps another code. Throws `ApiError`. */
export async function callOld<T>(request: ApiRequest, answer: z.ZodType<T>): Promise<T> {
  const { status, body } = await post(request);
  if (status >= 500) throw new ApiError(`http${status}`, busyAfterMs);
  const { errcode, sub_code = "" } = expected(body, oldAnswerSchema);
  if (errcode === "0") return expected(body, answer);
  throw errorOf(errcode === "88" ? `88/${sub_code}` : errcode);
}

/** Base URLs may end in a slash or have a path. */
export function apiUrl(base: string, path: string): string {
  return base.replace(/\/+$/, "") + path;
}

function errorOf(code: string): ApiError {
  const [, retryAfterMs = null] = temporary.find(([pattern]) => pattern.test(code)) ?? [];
  return new ApiError(code, retryAfterMs);
}

async function post({ url, headers, body, limitMs }: ApiRequest): Promise<{ status: number; body: unknown }> {
  const isForm = body instanceof FormData;
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { accept: "application/json", ...(!isForm && { "content-type": "application/json" }), ...headers },
      body: isForm ? body : JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(limitMs),
    });
    return { status: answer.status, body: parsed(await answer.text(), answer.status) };
  } catch (error) {
    if (error instanceof ApiError) throw error;
    const isTimeout = error instanceof Error && error.name === "TimeoutError";
    throw new ApiError(isTimeout ? "timeout" : "network", busyAfterMs);
  }
}

/** A ban for too many calls comes as a page, or as JSON of its own kind with HTTP 200. */
function parsed(text: string, status: number): unknown {
  const body = jsonObject.safeParse(fromJson(text)).data;
  if (body === undefined) throw new ApiError("notJson", status >= 500 ? busyAfterMs : banAfterMs);
  if ("punish" in body) throw new ApiError("banned", banAfterMs);
  return body;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function expected<T>(body: unknown, schema: z.ZodType<T>): T {
  const answer = schema.safeParse(body);
  if (!answer.success) throw new ApiError("unexpected", busyAfterMs);
  return answer.data;
}
