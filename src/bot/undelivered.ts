import { liaisonOfRecord } from "../campaign/unit-record.ts";
import type { Clock } from "../clock.ts";
import type { UndeliveredTo, Who } from "../flows/words/delivery.ts";
import type { OutboxMessage, Refusal, Store } from "../store/store.ts";
import { causeOf } from "./failure.ts";

/** Tells managers, in one message, whom messages did not reach since the last one; to be called when the outbox rests. */
export async function tellUndelivered({ store, clock }: { store: Store; clock: Clock }): Promise<void> {
  const refusals = await store.outbox.untold();
  if (refusals.length === 0) return;
  const whoIs = await peopleIn(store);
  const refused = refusals.map((it) => undelivered(it, whoIs(it.to)));
  // Where another process was first, the next rest tells what is left.
  await store.outbox.tell(refusals, { tag: "undelivered", data: { refused } }, clock.now());
}

function undelivered({ to, problem: code }: Refusal, who: Who): UndeliveredTo {
  return { who, cause: causeOf(code, to.kind), code };
}

/** Addressees as managers know them: a person with the unit that they speak for or are a contact of, a group by its title. */
async function peopleIn(store: Store): Promise<(to: OutboxMessage["to"]) => Who> {
  const { records, group } = await store.tick(async (it) => ({
    records: await it.records(),
    group: await it.boundGroup(),
  }));
  return (to) => {
    if (to.kind === "group") {
      const isBound = to.conversationId === group?.conversationId;
      return { kind: "group", title: isBound ? group.title : null };
    }
    const { staffId } = to;
    const own = records.find((it) => liaisonOfRecord(it)?.staffId === staffId);
    const listed = own ?? records.find((it) => it.contactIds.includes(staffId));
    const name = own === undefined ? null : (liaisonOfRecord(own)?.name ?? null);
    return { kind: "person", staffId, name, unit: listed?.unit.name ?? null };
  };
}
