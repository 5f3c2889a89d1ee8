import { describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";

const faultsOf = (environment: Record<string, string>) => {
  const reading = readConfig(environment);
  return reading.ok ? [] : reading.faults;
};
const configOf = (environment: Record<string, string>) => {
  const reading = readConfig(environment);
  if (!reading.ok) throw new Error(reading.faults.join());
  return reading.config;
};

const whole = { DINGTALK_CLIENT_ID: "ding1", DINGTALK_CLIENT_SECRET: "s", MANAGERS: "a" };

describe("the environment", () => {
  it("has its defaults, and an empty value is one that is not set", () => {
    const empty = {
      DINGTALK_CLIENT_ID: "",
      DINGTALK_CLIENT_SECRET: "",
      DINGTALK_ROBOT_CODE: "",
      DINGTALK_API_BASE: "",
      DINGTALK_OAPI_BASE: "",
      DINGTALK_MONTHLY_API_CALLS: "",
      DINGTALK_MONTHLY_STREAM_MESSAGES: "",
      DATABASE_URL: "",
      CAMPAIGN: "",
      MANAGERS: "",
      DATA_DIR: "",
      LOG_LEVEL: "",
      PORT: "",
      HOST: "",
      NOW: "",
    };
    expect(configOf(empty)).toEqual(configOf({}));
    expect(configOf({})).toEqual({
      credentials: null,
      allowed: { calls: 5000, stream: 3000 },
      databaseUrl: null,
      campaignFile: null,
      managers: [],
      dataDir: "./data",
      logLevel: "info",
      port: 8080,
      host: "127.0.0.1",
      startAt: null,
    });
  });

  it("is taken as it is given, and can't be changed afterwards", () => {
    const config = configOf({
      ...whole,
      DINGTALK_ROBOT_CODE: "robot1",
      DINGTALK_API_BASE: "http://127.0.0.1:1",
      DINGTALK_OAPI_BASE: "http://127.0.0.1:2",
      DINGTALK_MONTHLY_API_CALLS: "200000",
      DINGTALK_MONTHLY_STREAM_MESSAGES: "50000",
      DATABASE_URL: "file:./x.db",
      CAMPAIGN: "campaigns/zhoushan-2023.json",
      DATA_DIR: "/srv/anyue",
      LOG_LEVEL: "debug",
      PORT: "0",
      HOST: "0.0.0.0",
    });
    expect(config).toMatchObject({
      credentials: { robotCode: "robot1", apiBase: "http://127.0.0.1:1", oapiBase: "http://127.0.0.1:2" },
      allowed: { calls: 200_000, stream: 50_000 },
      databaseUrl: "file:./x.db",
      campaignFile: "campaigns/zhoushan-2023.json",
      dataDir: "/srv/anyue",
      logLevel: "debug",
      port: 0,
      host: "0.0.0.0",
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it("may be empty: then there are no credentials, and everything has its default", () => {
    expect(configOf({ DINGTALK_CLIENT_ID: "" })).toMatchObject({
      credentials: null,
      port: 8080,
      host: "127.0.0.1",
      dataDir: "./data",
      managers: [],
    });
  });

  it("gives credentials, the robot code by default the client id", () => {
    const { credentials, managers } = configOf({
      DINGTALK_CLIENT_ID: "ding1",
      DINGTALK_CLIENT_SECRET: "s",
      MANAGERS: "a, b，c",
    });
    expect(credentials).toEqual({
      clientId: "ding1",
      clientSecret: "s",
      robotCode: "ding1",
      apiBase: "https://api.dingtalk.com",
      oapiBase: "https://oapi.dingtalk.com",
    });
    expect(managers).toEqual(["a", "b", "c"]);
    expect(configOf({ ...whole, MANAGERS: ",a,,b\n c，" }).managers).toEqual(["a", "b", "c"]);
  });

  it("is refused with every fault at once", () => {
    const faults = faultsOf({
      PORT: "x",
      LOG_LEVEL: "loud",
      NOW: "2023-06-01",
      DATABASE_URL: "mysql://x",
      DINGTALK_API_BASE: "api.dingtalk.com",
      DINGTALK_CLIENT_ID: "ding1",
      MANAGERS: " ，, ",
    });
    const names = faults.map((it) => it.split("：")[0]);
    expect(names.sort()).toEqual([
      "DATABASE_URL",
      "DINGTALK_API_BASE",
      "DINGTALK_CLIENT_SECRET",
      "LOG_LEVEL",
      "MANAGERS",
      "NOW",
      "PORT",
    ]);
    for (const it of faults) expect(it).toMatch(/[\u4e00-\u9fff]/);
  });

  it.each([
    ["PORT", "-1"],
    ["PORT", "65536"],
    ["PORT", "80.5"],
    ["NOW", "2023-06-01T09:00:00"],
    ["NOW", "tomorrow"],
    ["LOG_LEVEL", "INFO"],
    ["DINGTALK_MONTHLY_API_CALLS", "0"],
    ["DINGTALK_MONTHLY_STREAM_MESSAGES", "many"],
  ])("is refused for %s=%s", (name, value) => {
    expect(faultsOf({ ...whole, [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}：`))]);
  });

  it("needs both halves of the credentials, and somebody who manages", () => {
    expect(faultsOf({ DINGTALK_CLIENT_ID: "ding1" })).toHaveLength(2);
    expect(faultsOf({ DINGTALK_CLIENT_SECRET: "s" })).toHaveLength(1);
  });

  it("may start the clock at an instant with its offset", () => {
    expect(configOf({ NOW: "2023-06-01T09:00:00+08:00" }).startAt?.toISOString()).toBe("2023-06-01T01:00:00.000Z");
    expect(configOf({ NOW: "2023-06-01T01:00:00Z" }).startAt?.toISOString()).toBe("2023-06-01T01:00:00.000Z");
  });
});
