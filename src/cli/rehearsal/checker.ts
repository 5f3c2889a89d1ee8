import type { Ledger } from "./ledger.ts";
import { annexFaults, consolidatedFaults } from "./sheets.ts";
import type { Stage } from "./stage.ts";

/** Looks at everything the group and the units were sent, as soon as it arrives. */
export class SheetChecker {
  readonly faults: string[] = [];
  published = 0;
  lastTable: Uint8Array | null = null;
  #seen = 0;
  readonly #stage: Stage;
  readonly #ledger: Ledger;

  constructor(stage: Stage, ledger: Ledger) {
    this.#stage = stage;
    this.#ledger = ledger;
  }

  /** Tables that came since the last look: what they say must be what people had submitted by now. */
  async check(): Promise<void> {
    const { world } = this.#stage.local.dingtalk;
    const messages = this.#stage.local.dingtalk.messages({ conversationId: this.#stage.groupId });
    for (const { from, body } of messages.slice(this.#seen)) {
      if (from !== "bot") continue;
      if (body.kind === "image") {
        const png = world.files.find(body.mediaId)?.bytes;
        const isPng =
          png !== undefined &&
          Buffer.from(png.subarray(0, 8)).toString("hex") === "89504e470d0a1a0a" &&
          png.length > 10_000;
        if (!isPng) this.faults.push("the picture of the table is no PNG");
      }
      if (body.kind !== "file") continue;
      this.published += 1;
      const bytes = world.files.find(body.mediaId)?.bytes;
      if (bytes === undefined) this.faults.push("the table can't be opened");
      else {
        this.lastTable = bytes;
        this.faults.push(...(await consolidatedFaults(bytes, this.#ledger, this.#stage.campaign.units)));
        this.faults.push(...this.#personalData(bytes));
      }
    }
    this.#seen = messages.length;
  }

  /** Each unit's last annex 2 against its last submitted figures. */
  async checkAnnexes(): Promise<void> {
    const { dingtalk } = this.#stage.local;
    for (const unit of this.#stage.campaign.units) {
      const liaison = this.#stage.standing(unit).liaison;
      if (liaison === null || this.#stage.standing(unit).owesStatistics) continue;
      const sheets = dingtalk
        .messages({ staffId: liaison })
        .filter((it) => it.from === "bot" && it.body.kind === "file");
      const body = sheets.at(-1)?.body;
      const bytes = body?.kind === "file" ? dingtalk.world.files.find(body.mediaId)?.bytes : undefined;
      if (bytes === undefined) this.faults.push(`${unit.name} got no annex 2`);
      else this.faults.push(...(await annexFaults(bytes, this.#ledger, unit)));
    }
  }

  /** The group's file may hold nobody's name or phone; they would stand in its shared texts. */
  #personalData(bytes: Uint8Array): string[] {
    const text = Buffer.from(bytes).toString("latin1");
    return /1[3-9]\d{9}/.test(text) ? ["the group's file holds a phone number"] : [];
  }
}
