import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Checkpoint } from "../../checkpoint.ts";
import type { Random } from "../random.ts";
import type { Outage } from "./acks.ts";
import type { BotOrder } from "./bot.ts";

const program = fileURLToPath(new URL("./bot.ts", import.meta.url));

/** In turn, so that each is met about as often; `null`: this one lives until it is killed at random. */
const points: readonly (Checkpoint | null)[] = [
  "claimed",
  "messageSent",
  "written",
  null,
  "committed",
  "messageClaimed",
  "tickWritten",
];

export interface Death {
  /** `anywhere`: killed from outside, at a random moment; `asked`: told to stop, in the middle of everything. */
  at: Checkpoint | "anywhere" | "asked";
  calendar: Date;
}

export interface BotsOptions {
  count: number;
  order: Omit<BotOrder, "calendarMs" | "realMs" | "diesAt" | "afterPasses">;
  now: () => Date;
  random: Random;
  /** How often an armed one passes its point at most before it dies there. */
  longestLife: number;
}

/** The processes that run: each that dies is started again at once, armed with the next way to die. */
export class Bots {
  readonly deaths: Death[] = [];
  readonly outages: Outage[] = [];
  readonly #options: BotsOptions;
  readonly #running: (ChildProcess | undefined)[] = [];
  readonly #ready: Promise<void>[] = [];
  readonly #begun = new WeakSet<ChildProcess>();
  /** When each was asked to stop, in real time. */
  readonly #retiring = new Map<ChildProcess, number>();
  #slowestStopMs = 0;
  #started = 0;
  #isArmed = false;
  #isStopping = false;
  #problem: string | null = null;

  constructor(options: BotsOptions) {
    this.#options = options;
    for (let place = 0; place < options.count; place += 1) this.#start(place);
  }

  /** One has ended in a way that nobody wanted. */
  get problem(): string | null {
    return this.#problem;
  }

  /** The longest that one took to stop when asked. */
  get slowestStopMs(): number {
    return this.#slowestStopMs;
  }

  async ready(): Promise<void> {
    await Promise.all(this.#ready);
  }

  /** From now on those that start are armed; those that run are killed, to be started anew. */
  arm(): void {
    this.#isArmed = true;
    for (const place of this.#running.keys()) this.killOne(place);
  }

  disarm(): void {
    this.#isArmed = false;
    for (const place of this.#running.keys()) this.killOne(place);
  }

  /** `kill -9`, wherever it is just now. */
  killOne(place = this.#anyPlace()): void {
    this.#running[place]?.kill("SIGKILL");
  }

  /** Asks one to stop, under load, once it has begun; it is started again like those that die. */
  retireOne(place = this.#anyPlace()): void {
    const bot = this.#running[place];
    if (bot === undefined || this.#retiring.has(bot) || !this.#begun.has(bot)) return;
    this.#retiring.set(bot, Date.now());
    bot.kill("SIGTERM");
  }

  #anyPlace(): number {
    return this.#options.random.between(0, this.#options.count - 1);
  }

  /** Each looks whether something is due. */
  tick(): void {
    for (const bot of this.#running) if (bot?.connected) bot.send("tick", () => {});
  }

  /** Asks all to stop, for good. */
  async stop(): Promise<void> {
    await this.ready();
    this.#isStopping = true;
    const gone = this.#running.map((bot) => bot && bot.exitCode === null && once(bot, "exit"));
    for (const place of this.#running.keys()) this.retireOne(place);
    await Promise.all(gone);
  }

  kill(): void {
    this.#isStopping = true;
    for (const bot of this.#running) bot?.kill("SIGKILL");
  }

  #start(place: number): void {
    const { order, now, random, longestLife } = this.#options;
    const diesAt = this.#isArmed ? (points[this.#started % points.length] ?? null) : null;
    this.#started += 1;
    const afterPasses = diesAt === "tickWritten" ? random.between(1, 3) : random.between(2, longestLife);
    const told: BotOrder = { ...order, calendarMs: now().getTime(), realMs: Date.now(), diesAt, afterPasses };
    const bot = fork(program, [JSON.stringify(told)], {
      execArgv: ["--import", "tsx"],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let lastWords = "";
    bot.stderr?.on("data", (chunk: Buffer) => {
      lastWords = `${lastWords}${chunk}`.slice(-2000);
    });
    this.#running[place] = bot;
    this.#ready[place] = once(bot, "message").then(() => void this.#begun.add(bot));
    bot.once("exit", (code, signal) => {
      const askedAt = this.#retiring.get(bot);
      if (askedAt !== undefined && code === 0) {
        this.#slowestStopMs = Math.max(this.#slowestStopMs, Date.now() - askedAt);
        if (!this.#isStopping) this.#revive(place, "asked");
        return;
      }
      if (this.#isStopping) return;
      if (signal !== "SIGKILL") this.#problem ??= `a bot ended by itself, with ${code ?? signal}:\n${lastWords}`;
      this.#revive(place, bot.killed || diesAt === null ? "anywhere" : diesAt);
    });
  }

  #revive(place: number, at: Death["at"]): void {
    const { now } = this.#options;
    const outage: Outage = { from: now(), to: null };
    this.deaths.push({ at, calendar: outage.from });
    this.outages.push(outage);
    this.#start(place);
    void this.#ready[place]?.then(() => {
      outage.to = now();
    });
  }
}
