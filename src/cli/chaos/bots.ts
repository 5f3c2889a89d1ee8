import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Checkpoint } from "../../checkpoint.ts";
import type { Random } from "../random.ts";
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
  /** `anywhere`: killed from outside, at a random moment. */
  at: Checkpoint | "anywhere";
  calendar: Date;
}

export interface BotsOptions {
  count: number;
  order: Omit<BotOrder, "calendarMs" | "realMs" | "diesAt" | "afterPasses">;
  now: () => Date;
  random: Random;
}

/** The processes that run: each that dies is started again at once, armed with the next way to die. */
export class Bots {
  readonly deaths: Death[] = [];
  readonly #options: BotsOptions;
  readonly #running: (ChildProcess | undefined)[] = [];
  readonly #ready: Promise<void>[] = [];
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
  killOne(place = this.#options.random.between(0, this.#options.count - 1)): void {
    this.#running[place]?.kill("SIGKILL");
  }

  /** Each looks whether something is due. */
  tick(): void {
    for (const bot of this.#running) if (bot?.connected) bot.send("tick", () => {});
  }

  /** Asks all to stop, in order; resolves with how long the slowest took. */
  async stop(): Promise<number> {
    this.#isStopping = true;
    const from = Date.now();
    await Promise.all(
      this.#running.map(async (bot) => {
        if (bot === undefined || bot.exitCode !== null) return;
        const gone = once(bot, "exit");
        bot.kill("SIGTERM");
        const [code] = await gone;
        if (code !== 0) this.#problem ??= `a bot that was told to stop ended with ${code}`;
      }),
    );
    return Date.now() - from;
  }

  kill(): void {
    this.#isStopping = true;
    for (const bot of this.#running) bot?.kill("SIGKILL");
  }

  #start(place: number): void {
    const { order, now, random } = this.#options;
    const diesAt = this.#isArmed ? (points[this.#started % points.length] ?? null) : null;
    this.#started += 1;
    const afterPasses = diesAt === "tickWritten" ? random.between(1, 3) : random.between(3, 60);
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
    this.#ready[place] = once(bot, "message").then(() => {});
    bot.once("exit", (code, signal) => {
      if (this.#isStopping) return;
      if (signal !== "SIGKILL") this.#problem ??= `a bot ended by itself, with ${code ?? signal}:\n${lastWords}`;
      this.deaths.push({ at: bot.killed || diesAt === null ? "anywhere" : diesAt, calendar: now() });
      this.#start(place);
    });
  }
}
