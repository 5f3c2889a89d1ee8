import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { openPostgres } from "../../../src/store/postgresql.ts";
import { storeOn } from "../../../src/store/prisma-store.ts";
import { zhoushan } from "../../support/campaign.ts";
import { newDatabase } from "../../support/database.ts";
import { given, inbound, now } from "../opened.ts";

/**
 * Stands between the program and its database, and can stop passing anything on while every connection stays open: neither
 * side learns that the other has gone.
 */
async function freezer(databaseUrl: string) {
  const { hostname, port } = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isFrozen = false;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (data) => isFrozen || to.write(data));
      from.on("error", () => {});
      from.on("close", () => isFrozen || to.destroy());
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    for (const it of sockets) it.destroy();
    server.close();
  });
  return {
    url: Object.assign(new URL(databaseUrl), { port: String((server.address() as AddressInfo).port) }).href,
    freeze: () => {
      isFrozen = true;
    },
    thaw: () => {
      isFrozen = false;
    },
  };
}

it("a database that stands still refuses a turn soon, and takes the next one when it answers again", async () => {
  const proxy = await freezer(await newDatabase());
  const database = await openPostgres(proxy.url, { silenceMs: 200 });
  const store = storeOn(database, { campaign: zhoushan, managers: ["manager"] });
  onTestFinished(() => store.close());
  await given(store, [], [], "before");

  proxy.freeze();
  await expect(store.turn((turn) => turn.claim(inbound("frozen"), now))).rejects.toThrow();
  await expect(store.turn((turn) => turn.claim(inbound("frozen"), now))).rejects.toThrow();
  proxy.thaw();

  await expect(store.turn((turn) => turn.claim(inbound("frozen"), now))).resolves.toBe(true);
  await expect(store.turn((turn) => turn.claim(inbound("before"), now))).resolves.toBe(false);
});

it("who is cut off in the middle of a turn keeps the others out for a while only", async () => {
  const url = await newDatabase();
  const proxy = await freezer(url);
  const [cutOff, other] = await Promise.all(
    [proxy.url, url].map(async (it) => {
      const database = await openPostgres(it, { silenceMs: 400, idleMs: 1000 });
      return storeOn(database, { campaign: zhoushan, managers: ["manager"] });
    }),
  );
  if (cutOff === undefined || other === undefined) throw new Error("both are open");
  onTestFinished(async () => void (await Promise.all([cutOff.close(), other.close()])));
  const lost = cutOff.turn(async (turn) => {
    await turn.claim(inbound("m1"), now);
    proxy.freeze();
    await turn.conversation("zhangsan");
  });
  await expect(lost).rejects.toThrow();

  const claim = (): Promise<boolean> => other.turn((turn) => turn.claim(inbound("m1"), now)).catch(claim);
  expect(await claim()).toBe(true);
});
