import { calledOf, type Unit } from "../../campaign/campaign.ts";
import type { Random } from "../random.ts";
import { dayAt } from "./days.ts";
import type { Ledger, LedgerRow } from "./ledger.ts";
import type { Stage } from "./stage.ts";

/** What each unit's people are like; the tenth unit begins anew. */
export type Character =
  | "early"
  | "twoFields"
  | "declined"
  | "late"
  | "byContact"
  | "neverSubmits"
  | "talkative"
  | "overdue"
  | "brief"
  | "noFields";
const characters: readonly Character[] = [
  "early",
  "twoFields",
  "declined",
  "late",
  "byContact",
  "neverSubmits",
  "talkative",
  "overdue",
  "brief",
  "noFields",
];

export interface Actor {
  unit: Unit;
  character: Character;
  liaison: string;
}

/** What the scenes share: the stage, the account of the figures, chance, and who plays what. */
export class Play {
  readonly stage: Stage;
  readonly ledger: Ledger;
  readonly random: Random;
  readonly actors: Actor[];
  readonly manager: string;

  constructor(stage: Stage, ledger: Ledger, random: Random) {
    this.stage = stage;
    this.ledger = ledger;
    this.random = random;
    this.manager = stage.managers[0] ?? "";
    this.actors = stage.campaign.units.map((unit, n) => {
      const character = characters[n % characters.length] ?? "early";
      return { unit, character, liaison: `${unit.id}-colleague` };
    });
    for (const { unit } of this.actors) {
      stage.standings.set(unit.id, {
        unitId: unit.id,
        unitName: unit.name,
        called: calledOf(unit),
        contacts: unit.contacts.map((it, n) => ("staffId" in it ? it.staffId : `${unit.id}-contact-${n + 1}`)),
        isPending: false,
        liaison: null,
        owesStatistics: true,
        owesSummary: true,
        rows: ledger.rowsOf(unit.fields).map((it) => it.id),
        reported: [],
      });
    }
    this.#noteReports();
  }

  /** Every figure that people say is a report of its day. */
  #noteReports(): void {
    const { ledger, stage } = this;
    ledger.onSaid = (unitId, row) => {
      stage.standing({ id: unitId }).reported.push({ row, day: dayAt(stage.local.clock.now()) });
    };
    stage.submitted = () => stage.campaign.units.length - ledger.turnout(stage.campaign.units.length).missing;
  }

  of(...wanted: Character[]): Actor[] {
    return this.actors.filter((it) => wanted.includes(it.character));
  }

  /** The label of the manager's latest button that begins with a word. */
  newestButton(word: string): string {
    const messages = this.stage.local.dingtalk.messages({ staffId: this.manager });
    const labels = messages.flatMap((it) => (it.body.kind === "actionCard" ? it.body.buttons.map((b) => b.title) : []));
    return labels.findLast((it) => it.startsWith(`${word} `)) ?? word;
  }

  /** The row that people call so, by the campaign file's own words. */
  rowCalled(alias: string): LedgerRow {
    const indicators = this.stage.campaign.form.sections.flatMap((it) => it.indicators);
    const found = indicators.find((it) => it.short === alias || it.aliases.includes(alias));
    if (found === undefined) throw new Error(`no row of the form is called ${alias}; the script can't be played on it`);
    return this.ledger.row(found.id);
  }
}
