import { createTurns } from "../../src/bot/turn.ts";
import type { Campaign } from "../../src/campaign/campaign.ts";
import { MovableClock } from "../../src/clock.ts";
import type { Attachment, Inbound, InboundContent } from "../../src/flows/flow.ts";
import { messageOf } from "../../src/flows/words/words.ts";
import { createLog } from "../../src/log.ts";
import { createScheduler, type Scheduler } from "../../src/scheduler/tick.ts";
import { openStore } from "../../src/store/prisma-store.ts";
import type { Store } from "../../src/store/store.ts";
import { zhoushan } from "./campaign.ts";
import { emptyDatabase } from "./database.ts";

/** What the bot said to somebody, as the dispatcher would send it. */
export interface Said {
  to: string;
  text: string;
  buttons: string[];
  attachment: Attachment | null;
}

export interface Person {
  staffId: string;
  nick: string;
}

/** The pipe on a real database, without a wire: messages in, and what the outbox then holds. */
export interface Chat {
  readonly clock: MovableClock;
  readonly store: Store;
  readonly scheduler: Scheduler;
  say(person: Person, text: string, group?: Inbound["group"]): Promise<Said[]>;
  send(person: Person, content: InboundContent, group?: Inbound["group"]): Promise<Said[]>;
  tick(at: Date): Promise<Said[]>;
  close(): Promise<void>;
}

export async function openChat(given: { at: string; campaign?: Campaign; managers?: string[] }): Promise<Chat> {
  const campaign = given.campaign ?? zhoushan;
  const clock = new MovableClock(new Date(given.at), { runs: false });
  const log = createLog("silent");
  const store = await openStore({
    databaseUrl: await emptyDatabase(),
    campaign,
    managers: given.managers ?? ["manager"],
  });
  const turns = createTurns({ store, campaign, clock, log });
  const scheduler = createScheduler({ store, clock, campaign, log });
  let sequence = 0;

  async function takeOut(): Promise<Said[]> {
    const said: Said[] = [];
    for (;;) {
      const message = await store.outbox.claim(new Date(), 60_000);
      if (message === null) return said;
      const to = message.to.kind === "person" ? message.to.staffId : message.to.conversationId;
      const { content } = message;
      const spoken = content.kind === "say" ? messageOf(content.say) : { text: "", buttons: [] };
      said.push({ to, ...spoken, attachment: content.kind === "attach" ? content.attachment : null });
      await store.outbox.sent(message, new Date(), null);
    }
  }

  async function send(person: Person, content: InboundContent, group: Inbound["group"] = null): Promise<Said[]> {
    sequence += 1;
    await turns.take({ key: `m${sequence}`, at: clock.now(), sender: person, group, ...content });
    return takeOut();
  }

  return {
    clock,
    store,
    scheduler,
    send,
    say: (person, text, group) => send(person, { kind: "text", text }, group),
    async tick(at) {
      clock.moveTo(at);
      await scheduler.tick();
      return takeOut();
    },
    close: () => store.close(),
  };
}
