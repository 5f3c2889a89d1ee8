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

/** `/healthz`: the process lives. `/readyz`: it is connected to DingTalk and its database answers. `/metrics`: for Prometheus. */
export function healthRoutes(app: App): Hono {
  const waitingNow = () => app.store.outbox.waiting().catch(() => null);
  return new Hono()
    .get("/healthz", (context) => context.text("ok"))
    .get("/readyz", async (context) => {
      const waiting = await waitingNow();
      const connected = app.isConnected();
      const database = waiting !== null;
      const status = connected && database ? 200 : 503;
      const sending = { failing: app.sendingFailing() };
      const stream = app.streamState();
      return context.json({ connected, database, waiting, stream, sending, usage: app.usage() }, status);
    })
    .get("/metrics", async (context) => {
      const type = "text/plain; version=0.0.4; charset=utf-8";
      return context.body(metrics(app, await waitingNow()), 200, { "content-type": type });
    });
}

type Metric = [name: string, type: "gauge" | "counter", help: string, value: number | null];

/** Prometheus' text format; what is not known has no line. */
function metrics(app: App, waiting: number | null): string {
  const stream = app.streamState();
  const isFailing = app.sendingFailing() !== null;
  const lastFrame = stream.lastFrameAt === null ? null : stream.lastFrameAt.getTime() / 1000;
  const all: Metric[] = [
    ["anyue_connected", "gauge", "1 while a connection to DingTalk is open", stream.connectedSince === null ? 0 : 1],
    ["anyue_reconnects_total", "counter", "connections to DingTalk after the first", stream.reconnects],
    ["anyue_last_frame_timestamp_seconds", "gauge", "when DingTalk last sent anything", lastFrame],
    ["anyue_offline_seconds_total", "counter", "time without a connection to DingTalk", stream.offlineSeconds],
    ["anyue_outbox_waiting", "gauge", "messages waiting to be sent", waiting],
    ["anyue_sending_failing", "gauge", "1 while DingTalk does not know the robot that sends", isFailing ? 1 : 0],
  ];
  const known = all.filter(([, , , value]) => value !== null);
  return known
    .map(([name, type, help, value]) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`)
    .join("");
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
