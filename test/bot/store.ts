import { onTestFinished } from "vitest";
import { type Campaign, parseCampaign } from "../../src/campaign/campaign.ts";
import { MovableClock } from "../../src/clock.ts";
import type { Addressee, Content } from "../../src/flows/flow.ts";
import { openStore } from "../../src/store/prisma-store.ts";
import type { OutboxMessage, Store } from "../../src/store/store.ts";
import { emptyDatabase } from "../support/database.ts";

/** One unit, one row: the smallest campaign. */
export const campaign: Campaign = loadCampaign();

function loadCampaign(): Campaign {
  const parsed = parseCampaign({
    id: "test-2023",
    title: "测试活动",
    year: 2023,
    theme: "测试",
    organiser: "测试局",
    timezone: "Asia/Shanghai",
    opensOn: "2023-05-19",
    period: { start: "2023-06-01", end: "2023-06-30" },
    obligations: {
      nomination: { due: "2023-05-25" },
      statistics: { due: "2023-07-01" },
      summary: { due: "2023-07-01" },
    },
    fields: [],
    form: {
      title: "统计表",
      columns: ["活动场次"],
      sections: [
        {
          id: "s",
          title: "活动",
          indicators: [
            {
              id: "s.a",
              label: "应急演练",
              short: "演练",
              measures: [{ id: "sessions", label: "活动场次", unit: "场次" }],
            },
          ],
        },
      ],
      checks: [],
    },
    units: [
      {
        id: "east",
        name: "东区局",
        aliases: ["东区"],
        kind: "局",
        fields: [],
        parent: null,
        contacts: [{ staffId: "zhang" }],
      },
    ],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.campaign;
}

export function standingClock(): MovableClock {
  return new MovableClock(new Date("2023-06-13T10:00:00+08:00"), { runs: false });
}

export async function openTestStore(): Promise<Store> {
  const store = await openStore({ databaseUrl: await emptyDatabase(), campaign, managers: ["boss"] });
  onTestFinished(() => store.close());
  return store;
}

export async function queue(store: Store, key: string, to: Addressee, content: Content): Promise<void> {
  const now = standingClock().now();
  await store.tick((tick) =>
    tick.remind({ messages: [{ key, to, content }], slots: [], putOffsDone: [], passedOn: [] }, now),
  );
}

/** Everything that waits to be said, marked as sent. */
export async function takeOut(store: Store): Promise<OutboxMessage[]> {
  const taken: OutboxMessage[] = [];
  for (;;) {
    const message = await store.outbox.claim(new Date(), 60_000);
    if (message === null) return taken;
    taken.push(message);
    await store.outbox.sent(message, new Date(), null);
  }
}
