import type { Campaign } from "../../src/campaign/campaign.ts";
import { Claims } from "../../src/campaign/claims.ts";
import type { PersonHistory, UnreadReminder } from "../../src/campaign/reminder.ts";
import type { UnitRecord } from "../../src/campaign/unit-record.ts";
import type { Moment, Planned, PlannedMessage } from "../../src/scheduler/plan/moment.ts";
import { isAnythingDue, plan } from "../../src/scheduler/plan/plan.ts";

/** Asks the planner at one moment after another and keeps what the store would keep. */
export class Diary {
  readonly campaign: Campaign;
  records: UnitRecord[];
  since: Date | null = null;
  readonly claimed = new Claims();
  readonly people = new Map<string, PersonHistory>();
  readonly putOffs = new Map<string, Date>();
  unread: UnreadReminder[] = [];

  constructor(campaign: Campaign, records: readonly UnitRecord[]) {
    this.campaign = campaign;
    this.records = [...records];
  }

  momentAt(now: Date): Moment {
    const { campaign, records, since, claimed, people, putOffs, unread } = this;
    return { campaign, records, now, since, claimed, people, putOffs, unread };
  }

  /** What is sent at this moment. A glance that sees nothing must be right. */
  at(now: Date): PlannedMessage[] {
    const moment = this.momentAt(now);
    if (!isAnythingDue(moment, this.records)) return [];
    const planned = plan(moment);
    this.keep(planned, now);
    return planned.messages;
  }

  keep({ messages, slots, putOffsDone, passedOn }: Planned, now: Date): void {
    for (const slot of slots) {
      const { obligation, unitId, slotAt } = slot;
      const last = this.claimed.of(obligation).get(unitId);
      if (last !== undefined && last >= slotAt) throw new Error(`${obligation} ${unitId} claimed twice`);
      this.claimed.add(slot);
    }
    for (const it of putOffsDone) this.putOffs.delete(it);
    this.unread = this.unread.filter((it) => !passedOn.includes(it.key));
    for (const { to, content } of messages) {
      if (to.kind !== "person" || content.say.tag !== "reminder" || content.say.data.cause === "putOff") continue;
      const known = this.people.get(to.staffId) ?? { remindedAt: [], activeAt: null };
      this.people.set(to.staffId, { ...known, remindedAt: [...known.remindedAt, now] });
    }
  }

  says(staffId: string, at: Date): void {
    const known = this.people.get(staffId) ?? { remindedAt: [], activeAt: null };
    this.people.set(staffId, { ...known, activeAt: at });
  }

  change(unitId: string, change: (record: UnitRecord) => UnitRecord): void {
    this.records = this.records.map((it) => (it.unit.id === unitId ? change(it) : it));
  }
}

/** `person unit obligation` for each thing asked, `person nudge unit`, `person event name stage`; managers as `managers tag …`. */
export function asked(messages: readonly PlannedMessage[]): string[] {
  return messages.flatMap(({ to, content: { say } }) => {
    const who = to.kind === "person" ? to.staffId : "managers";
    switch (say.tag) {
      case "reminder": {
        const { duties, quiet, event } = say.data;
        return [
          ...duties.map((it) => `${who} ${it.unitId} ${it.obligation}`),
          ...quiet.map((it) => `${who} ${it.unitId} nudge`),
          ...(event === null ? [] : [`${who} event ${event.stage}`]),
        ];
      }
      case "reminderForManagers":
        return say.data.duties.map((it) => `managers ${it.unitId} ${it.obligation}`);
      case "digest":
        return ["managers digest"];
      case "callList":
        return say.data.calls.map((it) => `managers call ${it.unit}`);
      default:
        return say satisfies never;
    }
  });
}
