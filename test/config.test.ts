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

describe("the environment", () => {
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
  });

  it("is refused with every fault at once", () => {
    const faults = faultsOf({ PORT: "x", LOG_LEVEL: "loud", NOW: "2023-06-01", DATABASE_URL: "mysql://x" });
    for (const name of ["PORT", "LOG_LEVEL", "NOW", "DATABASE_URL"]) expect(faults.join("\n")).toContain(name);
  });

  it("needs both halves of the credentials, and somebody who manages", () => {
    expect(faultsOf({ DINGTALK_CLIENT_ID: "ding1" })).toHaveLength(2);
    expect(faultsOf({ DINGTALK_CLIENT_SECRET: "s" })).toHaveLength(1);
  });

  it("may start the clock at an instant with its offset", () => {
    expect(configOf({ NOW: "2023-06-01T09:00:00+08:00" }).startAt?.toISOString()).toBe("2023-06-01T01:00:00.000Z");
  });
});
