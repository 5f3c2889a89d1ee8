import type { Campaign, Unit } from "../../campaign/campaign.ts";
import type { Local } from "../../local.ts";
import type { ChatMessage } from "../../playground/world.ts";
import { type Expected, ReminderAccount } from "./account.ts";
import { formDue, instant as momentAt } from "./days.ts";
import type { Standing } from "./standing.ts";
import { judge, type Received, type Scene, type Verdict } from "./verdict.ts";

/** What the script may do: let people speak, tap and send files, and let time pass. It sees only what the wire shows. */
export class Stage {
  readonly local: Local;
  readonly campaign: Campaign;
  readonly managers: readonly string[];
  readonly faults: string[] = [];
  readonly verdict: Verdict = { sent: 0, missed: 0, doubled: 0, needless: 0, faults: [] };
  /** How units stand, by what the script has done; reminders are judged by it. */
  readonly standings = new Map<string, Standing>();
  /** Messages a liaison needed, by unit. */
  readonly spoken = new Map<string, number>();
  /** When the group is to get the table: at the deadline, and whenever the script made a manager publish. */
  readonly publications: Date[] = [];
  /** How many units have submitted, by the script's own account of the figures. */
  submitted: () => number = () => 0;
  readonly #account: ReminderAccount;

  constructor(local: Local, campaign: Campaign, managers: readonly string[]) {
    this.local = local;
    this.campaign = campaign;
    this.managers = managers;
    this.#account = new ReminderAccount(campaign, managers);
    // Nobody leaves a message unread for hours: then it would be passed on to somebody else.
    local.dingtalk.onMessage(({ from, conversation }) => {
      if (from === "bot" && "staffId" in conversation) local.dingtalk.read(conversation.staffId);
    });
  }

  get groupId(): string {
    return this.local.dingtalk.world.groups[0]?.conversationId ?? "";
  }

  nameOf(staffId: string): string {
    return this.local.dingtalk.world.people.find((it) => it.staffId === staffId)?.name ?? staffId;
  }

  standing(unit: Pick<Unit, "id">): Standing {
    const standing = this.standings.get(unit.id);
    if (standing === undefined) throw new Error(`no unit ${unit.id}`);
    return standing;
  }

  check(isRight: boolean, fault: string): void {
    if (!isRight) this.faults.push(`${this.local.clock.now().toISOString()} ${fault}`);
  }

  /** Somebody says something; what the bot answers them comes back. */
  async say(staffId: string, text: string): Promise<Answer> {
    return this.#answerTo(staffId, () => this.local.dingtalk.say(staffId, text));
  }

  /** As `say`, but the answer must show that it was understood. */
  async tell(staffId: string, text: string, expected: RegExp): Promise<Answer> {
    const answer = await this.say(staffId, text);
    this.check(expected.test(answer.text), `“${text}” was answered “${answer.text.slice(0, 200)}”, not ${expected}`);
    return answer;
  }

  /** Taps the button of the latest message that carries it. */
  async tap(staffId: string, label: string): Promise<Answer> {
    const cards = this.local.dingtalk.messages({ staffId }).filter((it) => it.body.kind === "actionCard");
    const button = cards
      .flatMap((it) => (it.body.kind === "actionCard" ? it.body.buttons : []))
      .findLast((it) => it.title === label);
    if (button === undefined) {
      this.check(false, `${staffId} has no button “${label}”`);
      return this.say(staffId, label);
    }
    return this.#answerTo(staffId, () => this.local.dingtalk.tap(staffId, button.url));
  }

  async sendFile(staffId: string, fileName: string, bytes: Buffer): Promise<Answer> {
    return this.#answerTo(staffId, () => this.local.dingtalk.sendFile(staffId, { fileName, bytes }));
  }

  async sendPicture(staffId: string, bytes: Buffer): Promise<Answer> {
    return this.#answerTo(staffId, () => this.local.dingtalk.sendPicture(staffId, { bytes }));
  }

  async sayInGroup(staffId: string, text: string): Promise<void> {
    this.local.dingtalk.say(staffId, text, this.groupId);
    this.#account.heard(staffId, this.local.clock.now());
    await this.local.quiet();
  }

  /** The same message once more, as DingTalk may do: nothing may follow from it. */
  async redeliver(staffId: string, text: string): Promise<void> {
    const own = this.local.dingtalk.messages({ staffId });
    const last = own.findLast((it) => it.from !== "bot" && it.body.kind === "text" && it.body.text === text);
    if (last === undefined) throw new Error(`“${text}” was not said`);
    this.local.dingtalk.redeliver(last.id);
    await this.local.quiet();
    const grown = this.local.dingtalk.messages({ staffId }).length - own.length;
    this.check(grown === 0, `a redelivered message was answered again: “${text}”`);
  }

  /** Lets time pass to an instant and judges every reminder on the way. */
  async moveTo(instant: Date): Promise<void> {
    const from = this.local.clock.now();
    const expected = this.#account.between(from, instant, [...this.standings.values()]);
    const received = await this.#receivedDuring(() => this.local.moveTo(instant));
    const verdict = judge(expected, received, this.#scene());
    this.verdict.sent += verdict.sent;
    this.verdict.missed += verdict.missed;
    this.verdict.doubled += verdict.doubled;
    this.verdict.needless += verdict.needless;
    this.verdict.faults.push(...verdict.faults);
    const deadline = this.#deadline();
    if (from < deadline && deadline <= instant) this.publications.push(deadline);
  }

  /** `催报`: everybody who owes something hears of it at once, each in one message, and nobody else. */
  async remindNow(manager: string, text: string): Promise<void> {
    const received = await this.#receivedDuring(async () => {
      const { text: preview } = await this.tell(manager, text, /将提醒|没有单位欠报|没有发提醒/);
      const [confirmation] = /确认 \d+/.exec(preview) ?? [];
      if (confirmation !== undefined) await this.tell(manager, confirmation, /已提醒/);
    });
    const expected: Expected[] = this.#account.allOwed(this.local.clock.now(), [...this.standings.values()]);
    const { faults } = judge(
      expected,
      received.filter((it) => it.person !== manager),
      this.#scene(),
    );
    this.faults.push(...faults.map((it) => `${text}: ${it}`));
  }

  #deadline(): Date {
    const { due, dueTime } = formDue(this.campaign);
    return momentAt(due, dueTime);
  }

  #scene(): Scene {
    const turnout = { expected: this.campaign.units.length, submitted: this.submitted() };
    const events = this.campaign.reminders.events.map((it) => it.name);
    return { standings: [...this.standings.values()], turnout, events };
  }

  /** What the bot told people by themselves, each at its moment. */
  async #receivedDuring(happen: () => Promise<unknown>): Promise<Received[]> {
    const received: Received[] = [];
    const stop = this.local.dingtalk.onMessage(({ at, from, conversation, body }) => {
      if (from === "bot" && "staffId" in conversation)
        received.push({ at, person: conversation.staffId, text: textOf(body) });
    });
    await happen();
    stop();
    return received;
  }

  async #answerTo(staffId: string, speak: () => void): Promise<Answer> {
    const before = this.local.dingtalk.messages({ staffId }).length;
    speak();
    this.#account.heard(staffId, this.local.clock.now());
    this.spoken.set(staffId, (this.spoken.get(staffId) ?? 0) + 1);
    await this.local.quiet();
    const answers = this.local.dingtalk
      .messages({ staffId })
      .slice(before)
      .filter((it) => it.from === "bot");
    return { text: answers.map((it) => textOf(it.body)).join("\n"), messages: answers };
  }
}

export interface Answer {
  text: string;
  messages: readonly ChatMessage[];
}

export function textOf(body: ChatMessage["body"]): string {
  switch (body.kind) {
    case "text":
    case "markdown":
    case "actionCard":
      return body.text;
    case "voice":
      return body.recognition;
    case "file":
    case "picture":
      return `[${body.fileName}]`;
    default:
      return `[${body.kind}]`;
  }
}
