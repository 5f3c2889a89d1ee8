import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import type { ApiEnv } from "./calls.ts";

/** The one port on loopback behind which all of DingTalk is. */
export class HttpServer {
  readonly #server = createServer();
  readonly #stop = new AbortController();
  #host = "";

  constructor(app: Hono<ApiEnv>) {
    this.#server.on("request", getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  }

  /** `http://HOST:PORT`; known once it listens. */
  get baseUrl(): string {
    return `http://${this.#host}:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Aborted when no answer matters any more. */
  get stopped(): AbortSignal {
    return this.#stop.signal;
  }

  onUpgrade(listener: (request: IncomingMessage, socket: Duplex, head: Buffer) => void): void {
    this.#server.on("upgrade", listener);
  }

  /** On port 0, any free one. Rejects when the port is taken. */
  async listen({ host, port }: { host: string; port: number }): Promise<void> {
    this.#host = host;
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, host, resolve);
    });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await new Promise((resolve) => {
      this.#server.close(resolve);
      this.#server.closeAllConnections();
    });
  }
}
