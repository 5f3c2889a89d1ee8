import { serve } from "@hono/node-server";
import { Hono } from "hono";
import type { App } from "./app.ts";

export interface HttpServer {
  port: number;
  close(): Promise<void>;
}

export class PortInUse extends Error {
  readonly port: number;

  constructor(port: number) {
    super(`port ${port} is in use`);
    this.name = "PortInUse";
    this.port = port;
  }
}

/** `/healthz`: the process lives. `/readyz`: it is connected to DingTalk and its database answers. */
export function healthRoutes(app: App): Hono {
  return new Hono()
    .get("/healthz", (context) => context.text("ok"))
    .get("/readyz", async (context) => {
      const waiting = await app.store.outbox.waiting().catch(() => null);
      const ready = app.isConnected() && waiting !== null;
      const state = { connected: app.isConnected(), database: waiting !== null, waiting, usage: app.usage() };
      return context.json(state, ready ? 200 : 503);
    });
}

/** Throws `PortInUse`. */
export function listen(routes: Hono, { host, port }: { host: string; port: number }): Promise<HttpServer> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: routes.fetch, hostname: host, port }, (info) => {
      const close = () =>
        new Promise<void>((closed) => {
          server.close(() => closed());
          // A browser's open event stream would hold the server up for as long as somebody looks.
          if ("closeAllConnections" in server) server.closeAllConnections();
        });
      resolve({ port: info.port, close });
    });
    server.on("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? new PortInUse(port) : error);
    });
  });
}
