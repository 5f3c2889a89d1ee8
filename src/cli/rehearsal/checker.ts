import type { ChatMessage } from "../../playground/world.ts";
import type { Ledger } from "./ledger.ts";
import { annexFaults, consolidatedFaults, textsOf } from "./sheets.ts";
import type { Stage } from "./stage.ts";
import { textOf } from "./stage.ts";

const pngSignature = "89504e470d0a1a0a";
/** A picture of 36 rows that weighs less shows nothing. */
const smallestPictureBytes = 10_000;

/** Looks at everything the group and the units were sent, as soon as it arrives. */
export class SheetChecker {
  readonly faults: string[] = [];
  lastTable: Uint8Array | null = null;
  readonly #stage: Stage;
  readonly #ledger: Ledger;
  #seen = 0;
  #published = 0;

  constructor(stage: Stage, ledger: Ledger) {
    this.#stage = stage;
    this.#ledger = ledger;
  }

  /** What came since the last look: text, picture and sheet of each publication that was due by now, and no other. */
  async check(): Promise<void> {
    const messages = this.#stage.local.dingtalk.messages({ conversationId: this.#stage.groupId });
    const fresh = messages.slice(this.#seen).filter((it) => it.from === "bot");
    this.#seen = messages.length;
    const due = this.#stage.publications.slice(this.#published);
    this.#published = this.#stage.publications.length;
    const tables = fresh.filter((it) => it.body.kind === "file" || it.body.kind === "image" || isAnnouncement(it));
    const came = tables.map(({ at, body }) => `${body.kind} ${at.toISOString()}`);
    const wanted = due.flatMap((at) => ["markdown", "image", "file"].map((kind) => `${kind} ${at.toISOString()}`));
    if (came.join() !== wanted.join())
      this.faults.push(`the group got ${came.join(", ") || "nothing"}, not ${wanted.join(", ") || "nothing"}`);
    for (const { body } of tables) {
      if (body.kind === "image") this.#checkPicture(this.#bytes(body.mediaId));
      else if (body.kind === "file") await this.#checkTable(this.#bytes(body.mediaId));
      else this.faults.push(...announcementFaults(textOf(body), this.#ledger, this.#stage.campaign.units.length));
    }
  }

  /** Each unit's last annex 2 against its last submitted figures. */
  async checkAnnexes(): Promise<void> {
    for (const unit of this.#stage.campaign.units) {
      const { liaison, owesStatistics } = this.#stage.standing(unit);
      if (liaison === null || owesStatistics) continue;
      const messages = this.#stage.local.dingtalk.messages({ staffId: liaison });
      const body = messages.findLast((it) => it.from === "bot" && it.body.kind === "file")?.body;
      const bytes = body?.kind === "file" ? this.#bytes(body.mediaId) : undefined;
      if (bytes === undefined) this.faults.push(`${unit.name} got no annex 2`);
      else this.faults.push(...(await annexFaults(bytes, this.#ledger, unit)));
    }
  }

  #bytes(mediaId: string): Uint8Array | undefined {
    return this.#stage.local.dingtalk.world.files.find(mediaId)?.bytes;
  }

  #checkPicture(png: Uint8Array | undefined): void {
    const signature = Buffer.from(png?.subarray(0, 8) ?? []).toString("hex");
    if (signature !== pngSignature || (png?.length ?? 0) < smallestPictureBytes)
      this.faults.push("the picture of the table is no PNG");
  }

  async #checkTable(bytes: Uint8Array | undefined): Promise<void> {
    if (bytes === undefined) {
      this.faults.push("the table can't be opened");
      return;
    }
    this.lastTable = bytes;
    const { campaign, local } = this.#stage;
    this.faults.push(...(await consolidatedFaults(bytes, this.#ledger, campaign.units)));
    this.faults.push(...personalData(await textsOf(bytes), local.dingtalk.world.people));
  }
}

function isAnnouncement({ body }: ChatMessage): boolean {
  return body.kind === "markdown" && body.text.includes("活动开展情况");
}

/** The text above the picture: how many units reported, and the sums, both against the ledger. */
export function announcementFaults(text: string, ledger: Ledger, expected: number): string[] {
  const number = (pattern: RegExp) => Number(pattern.exec(text)?.[1]?.replaceAll(",", "") ?? Number.NaN);
  const wanted = ledger.turnout(expected);
  const reported = number(/已报 (\d+) 个/);
  const isAllOnTime = text.includes("均按时") || reported === 0;
  const said = {
    expected: number(/应报 (\d+) 个/),
    onTime: isAllOnTime ? reported : number(/按时 (\d+) 个/),
    late: isAllOnTime ? 0 : number(/逾期 (\d+) 个/),
    missing: number(/未报 (\d+) 个/),
  };
  const turnout =
    JSON.stringify(said) === JSON.stringify(wanted)
      ? []
      : [`the group's text says ${JSON.stringify(said)}, not ${JSON.stringify(wanted)}`];
  return [...turnout, ...sumFaults(text, ledger)];
}

/** `活动场次 1,059 场；学习（参与）人次 16,676 人次；发现隐患 340 个、12 幢`. */
function sumFaults(text: string, ledger: Ledger): string[] {
  const line = text.split("\n").find((it) => /^活动场次 [\d,]+ /.test(it));
  const hasFigures = ledger.rows.some((row) => row.measures.some((it) => ledger.total(row.id, it.id) !== null));
  if (line === undefined) return hasFigures ? ["the group's text has no sums"] : [];
  return line
    .replace(/。$/, "")
    .split("；")
    .flatMap((part) => {
      const [label = "", ...sums] = part.split(/ (?=[\d,]+ )|、(?=[\d,]+ )/);
      return sums.flatMap((it) => {
        const [value = "", unit = ""] = it.split(" ");
        const wanted = ledger.sumCalled(label, unit === "场" ? "场次" : unit);
        const isRight = Number(value.replaceAll(",", "")) === wanted;
        return isRight ? [] : [`the group's text says ${label} ${it}, people said ${wanted}`];
      });
    });
}

/** The group's file names no person and holds no phone number (design §5.5). */
export function personalData(texts: readonly string[], people: readonly { name: string }[]): string[] {
  return texts.flatMap((text) => {
    const name = people.find((it) => text.includes(it.name))?.name;
    if (name !== undefined) return [`the group's file names ${name}`];
    return /(?<!\d)1[3-9]\d{9}(?!\d)|0\d{2,3}-\d{7,8}/.test(text)
      ? [`the group's file holds a phone number: ${text}`]
      : [];
  });
}
