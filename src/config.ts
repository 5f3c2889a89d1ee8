import { z } from "zod";

/** Environment in, frozen `Config` out; every fault is listed at once (design §5.1). */
const staffIds = z.string().transform((text) => text.split(/[,，\s]+/).filter((it) => it !== ""));

const environmentSchema = z.object({
  DINGTALK_CLIENT_ID: z.string().min(1).optional(),
  DINGTALK_CLIENT_SECRET: z.string().min(1).optional(),
  DINGTALK_ROBOT_CODE: z.string().min(1).optional(),
  DINGTALK_API_BASE: z.url().default("https://api.dingtalk.com"),
  DINGTALK_OAPI_BASE: z.url().default("https://oapi.dingtalk.com"),
  DINGTALK_MONTHLY_API_CALLS: z.coerce.number().int().min(1).default(5000),
  DINGTALK_MONTHLY_STREAM_MESSAGES: z.coerce.number().int().min(1).default(3000),
  DATABASE_URL: z
    .string()
    .regex(
      /^(?:file:.|postgres(?:ql)?:\/\/.)/,
      "应是 file:路径（SQLite）或 postgresql://用户:密码@主机/库名（PostgreSQL）",
    )
    .optional(),
  CAMPAIGN: z.string().min(1).optional(),
  MANAGERS: staffIds.default([]),
  DATA_DIR: z.string().min(1).default("./data"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().min(1).default("127.0.0.1"),
  NOW: z.iso.datetime({ offset: true }).optional(),
});

export const defaultDatabaseUrl = "file:./data/bot.db";

export interface Credentials {
  clientId: string;
  clientSecret: string;
  robotCode: string;
  apiBase: string;
  oapiBase: string;
}

export interface Config {
  /** `null`: no credentials are set, so the program starts with the local DingTalk. */
  credentials: Credentials | null;
  /** What the organisation may use in a month, by its edition of DingTalk; by default the free one's (dingtalk.md §4.1). */
  allowed: { calls: number; stream: number };
  /** `null`: not set; the bot then uses `defaultDatabaseUrl`, the local DingTalk a database of its own. */
  databaseUrl: string | null;
  campaignFile: string | null;
  managers: readonly string[];
  dataDir: string;
  logLevel: string;
  port: number;
  host: string;
  startAt: Date | null;
}

export type ConfigReading = { ok: true; config: Config } | { ok: false; faults: string[] };

export function readConfig(environment: Record<string, string | undefined>): ConfigReading {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given, { error: z.locales.zhCN().localeError });
  const misfits = parsed.error?.issues.map((it) => `${it.path.join(".")}：${it.message}`) ?? [];
  const faults = [...misfits, ...contradictions(given)];
  if (!parsed.success || faults.length > 0) return { ok: false, faults };
  const env = parsed.data;
  return {
    ok: true,
    config: Object.freeze({
      credentials: credentialsOf(env),
      allowed: { calls: env.DINGTALK_MONTHLY_API_CALLS, stream: env.DINGTALK_MONTHLY_STREAM_MESSAGES },
      databaseUrl: env.DATABASE_URL ?? null,
      campaignFile: env.CAMPAIGN ?? null,
      managers: env.MANAGERS,
      dataDir: env.DATA_DIR,
      logLevel: env.LOG_LEVEL,
      port: env.PORT,
      host: env.HOST,
      startAt: env.NOW === undefined ? null : new Date(env.NOW),
    }),
  };
}

type Environment = z.infer<typeof environmentSchema>;

function contradictions(env: Record<string, string | undefined>): string[] {
  const faults: string[] = [];
  if (env.DINGTALK_CLIENT_ID !== undefined && env.DINGTALK_CLIENT_SECRET === undefined) {
    faults.push("DINGTALK_CLIENT_SECRET：已填 DINGTALK_CLIENT_ID，还缺应用的 Client Secret");
  }
  if (env.DINGTALK_CLIENT_ID === undefined && env.DINGTALK_CLIENT_SECRET !== undefined) {
    faults.push("DINGTALK_CLIENT_ID：已填 DINGTALK_CLIENT_SECRET，还缺应用的 Client ID");
  }
  if (env.DINGTALK_CLIENT_ID !== undefined && staffIds.parse(env.MANAGERS ?? "").length === 0) {
    faults.push("MANAGERS：至少填一位管理员的 userId，多个用逗号隔开");
  }
  return faults;
}

function credentialsOf(env: Environment): Credentials | null {
  const { DINGTALK_CLIENT_ID: clientId, DINGTALK_CLIENT_SECRET: clientSecret } = env;
  if (clientId === undefined || clientSecret === undefined) return null;
  const robotCode = env.DINGTALK_ROBOT_CODE ?? clientId;
  return { clientId, clientSecret, robotCode, apiBase: env.DINGTALK_API_BASE, oapiBase: env.DINGTALK_OAPI_BASE };
}
