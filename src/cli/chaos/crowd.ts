import type { Campaign } from "../../campaign/campaign.ts";
import { type Row, rowsOf, shortLabel } from "../../campaign/row.ts";
import type { LocalDingTalk } from "../../playground/local-dingtalk.ts";
import type { Random } from "../random.ts";

/** What somebody reported: one session of a row, with a number of people that this person never says twice. */
export interface Report {
  msgId: string;
  staffId: string;
  indicatorId: string;
  people: number;
}

interface Liaison {
  staffId: string;
  name: string;
  mobile: string;
  unit: string;
}

const smallest = 11;

/** Liaisons who talk to the bot, several at once, each without waiting for an answer. */
export class Crowd {
  readonly reports: Report[] = [];
  /** When each liaison was told that they are one, in calendar time. */
  readonly welcomed: { staffId: string; at: Date }[] = [];
  readonly liaisons: readonly Liaison[];
  readonly #dingtalk: LocalDingTalk;
  readonly #rows: readonly [Row, ...Row[]];
  readonly #said = new Map<string, number>();

  constructor(dingtalk: LocalDingTalk, campaign: Campaign) {
    this.#dingtalk = dingtalk;
    this.liaisons = campaign.units.map((unit) => {
      const staffId = `${unit.id}-colleague`;
      const person = dingtalk.world.people.find((it) => it.staffId === staffId);
      return { staffId, name: person?.name ?? "", mobile: person?.mobile ?? "", unit: unit.name };
    });
    const [first, ...others] = rowsOf(campaign).filter(takesBoth);
    if (first === undefined) throw new Error("no row takes 场次 and 人次");
    this.#rows = [first, ...others];
  }

  /** Every liaison is nominated and approved, before anything goes wrong. */
  async nominate(manager: string, now: () => Date): Promise<void> {
    for (const [n, { staffId, name, mobile, unit }] of this.liaisons.entries()) {
      const proposed = this.#told(manager, /联络员推荐/);
      this.#dingtalk.say(staffId, `联络员 ${unit} ${name} 科长 ${mobile}`);
      await proposed;
      const welcomed = this.#told(staffId, /您已登记/);
      this.#dingtalk.say(manager, `同意 ${n + 1}`);
      await welcomed;
      this.welcomed.push({ staffId, at: now() });
    }
  }

  /** Somebody says something. */
  speak(random: Random): void {
    const [first, ...others] = this.liaisons;
    if (first === undefined) throw new Error("nobody is there");
    const { staffId } = random.pick([first, ...others]);
    const { indicator } = random.pick(this.#rows);
    const count = this.#said.get(staffId) ?? 0;
    this.#said.set(staffId, count + 1);
    const people = smallest + count;
    const msgId = this.#dingtalk.say(staffId, `${shortLabel({ indicator })}1场${people}人`);
    this.reports.push({ msgId, staffId, indicatorId: indicator.id, people });
  }

  /** Resolves when the bot has told somebody such a thing. */
  #told(staffId: string, what: RegExp): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.#dingtalk.onMessage(({ from, conversation, body }) => {
        const isTo = "staffId" in conversation && conversation.staffId === staffId;
        if (from !== "bot" || !isTo || !("text" in body) || !what.test(body.text)) return;
        stop();
        resolve();
      });
    });
  }
}

function takesBoth({ indicator }: Row): boolean {
  const units = indicator.measures.map((it) => it.unit);
  return indicator.field === undefined && units.length === 2 && units[0] === "场次" && units[1] === "人次";
}
