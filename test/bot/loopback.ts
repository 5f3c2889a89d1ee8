import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type { Hono } from "hono";
import { onTestFinished } from "vitest";
import type { Credentials } from "../../src/config.ts";

/** Serves on a free loopback port until the test is over; returns the base URL. */
export async function serveOnLoopback(app: Hono): Promise<{ url: string; server: Server }> {
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1", overrideGlobalObjects: false }) as Server;
  await new Promise((resolve) => (server.listening ? resolve(null) : server.once("listening", resolve)));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

export function credentialsFor(url: string): Credentials {
  return { clientId: "dingtest", clientSecret: "s3cret", robotCode: "dingtest", apiBase: url, oapiBase: url };
}
