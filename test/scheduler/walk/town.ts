import type { UnreadReminder } from "../../../src/campaign/reminder.ts";
import { type Random, seeded } from "../../../src/cli/random.ts";
import { Diary } from "../diary.ts";
import { clock, type Day, dayMinutes, instantOf, isWorking, type Minute, workingAfter } from "./almanac.ts";
import { Place } from "./place.ts";
import { campaignOf, type Rules, unitCount } from "./rules.ts";

interface Deed {
  at: Minute;
  do: () => void;
}

/** Twelve units, their people and their managers, who do as chance has it; and the program, which is sometimes down. */
export class Town {
  readonly rules: Rules;
  readonly places: readonly Place[];
  readonly diary: Diary;
  /** When somebody said something last. */
  readonly activeAt = new Map<string, Minute>();
  readonly putOffs = new Map<string, Minute>();
  downUntil: Minute = 0;
  /** What was unread when the program was asked. */
  unreadBefore: readonly UnreadReminder[] = [];
  onMove: () => void = () => undefined;
  onRewind: (minutes: number) => void = () => undefined;
  readonly #random: Random;
  readonly #styles: readonly { nominates: number; reports: number; submits: number }[];
  #deeds: Deed[] = [];

  constructor(rules: Rules, seed: number) {
    this.rules = rules;
    this.#random = seeded(seed);
    const campaign = campaignOf(rules);
    this.places = campaign.units.map((unit, n) => new Place({ rules, campaign, unit, contacts: contactsOf(n) }));
    this.diary = new Diary(
      campaign,
      this.places.map((it) => it.record),
    );
    this.#styles = Array.from({ length: unitCount }, () => ({
      nominates: this.#random.pick([0.6, 0.2, 0.05, 0]),
      reports: this.#random.pick([0.5, 0.1, 0]),
      submits: this.#random.pick([0.3, 0.05, 0]),
    }));
  }

  /** What has its time now. */
  live(now: Minute): void {
    if (now % dayMinutes === 0) this.#planDay(now / dayMinutes);
    while (this.#deeds[0] !== undefined && this.#deeds[0].at <= now) this.#deeds.shift()?.do();
  }

  #planDay(day: Day): void {
    const { opensOn, summary } = this.rules;
    if (day < opensOn || day > opensOn + 170) return;
    const random = this.#random;
    const at = (from = "07:30", until = "18:30") => day * dayMinutes + random.between(clock(from), clock(until) - 1);
    const deeds: Deed[] = [];
    const maybe = (share: number, when: Minute, act: (now: Minute) => void) => {
      if (random.chance(share)) deeds.push({ at: when, do: () => act(when) });
    };
    for (const [n, place] of this.places.entries()) {
      const style = this.#styles[n] ?? { nominates: 0, reports: 0, submits: 0 };
      for (const share of [0.25, 0.15, 0.15]) maybe(share, at(), (now) => this.#talks(place, now));
      maybe(style.nominates, at(), (now) => this.#proposes(place, n, now));
      maybe(style.reports, at(), (now) => this.#does(place, now, () => place.reportedOn.push(day)));
      if (day === this.rules.event) {
        maybe(0.4, at(), (now) => this.#does(place, now, () => (place.hasReportedEvent = true)));
      }
      for (const due of place.dues("statistics")) {
        const opens = due.opens ?? summary - 10;
        if (day < opens || day > due.day + 20) continue;
        const share = due.opens === null ? style.submits : style.submits * 2;
        maybe(share, at(), (now) => this.#does(place, now, () => place.handedIn.add(due.no)));
        maybe(0.06, at(), () => this.#change(place, () => place.returned(due.no)));
      }
      if (day < summary - 10) continue;
      maybe(0.04, at(), (now) => this.#does(place, now, () => (place.hasSummary = true)));
      maybe(0.1, at(), (now) => this.#does(place, now, () => (place.isStamped = true)));
      maybe(0.02, at(), (now) => this.#does(place, now, () => (place.isOnPaper = true)));
      maybe(0.3, at(), () => this.#change(place, () => (place.isOnPaper = false)));
    }
    for (const place of this.places) {
      maybe(0.05, at(), (now) => this.#putsOff(place, now));
      maybe(0.02, at(), () => this.#change(place, () => (place.deputies = [`deputy-${place.id}`])));
    }
    if (day <= summary + 60) maybe(0.06, at(), (now) => this.#moves(now));
    const stops = (minutes: number) => (now: Minute) => (this.downUntil = Math.max(this.downUntil, now + minutes));
    maybe(0.06, at("00:00", "23:59"), stops(random.pick([5, 60, 240, 1440, 4320])));
    // Over a step, until a while later, until noon, or until the next day.
    maybe(0.08, at("08:50", "09:00"), stops(random.pick([30, 190, 230, 1440])));
    maybe(0.08, at("14:50", "15:00"), stops(random.pick([30, 100, 200, 1200, 2600])));
    maybe(0.02, at("00:00", "23:59"), () => this.onRewind(random.pick([1, 60, 1500, 4400])));
    this.#deeds = [...this.#deeds, ...deeds].toSorted((a, b) => a.at - b.at);
  }

  #change(place: Place, act: () => void): void {
    act();
    this.diary.change(place.id, () => place.record);
  }

  #does(place: Place, now: Minute, act: () => void): void {
    this.#talks(place, now);
    this.#change(place, act);
  }

  #talks(place: Place, now: Minute): void {
    const [staffId] = place.asked;
    if (staffId === undefined) return;
    this.activeAt.set(staffId, now);
    this.diary.says(staffId, instantOf(now));
  }

  /** Also one whom DingTalk does not know, and one who is another unit's contact. */
  #proposes(place: Place, n: number, now: Minute): void {
    const random = this.#random;
    if (place.proposed !== null || (place.liaison !== null && !random.chance(0.02))) return;
    const staffId = random.chance(0.15) ? null : n === 6 ? (contactsOf(7)[0] ?? null) : `liaison-${n}-${now}`;
    this.#does(place, now, () => (place.proposed = { staffId }));
    const decidedAt = now + random.between(1, 900);
    const isApproved = random.chance(0.8);
    const decide = () =>
      this.#change(place, () => {
        if (isApproved) place.liaison = place.proposed;
        place.proposed = null;
      });
    this.#deeds = [...this.#deeds, { at: decidedAt, do: decide }].toSorted((a, b) => a.at - b.at);
  }

  /** 今天17点提醒, 明天提醒. */
  #putsOff(place: Place, now: Minute): void {
    const staffId = this.#random.pick([place.asked[0], place.asked.at(-1)]);
    if (staffId === undefined) return;
    const today = Math.floor(now / dayMinutes);
    const evening = today * dayMinutes + clock("17:00");
    const isToday = now < evening && isWorking(today) && this.#random.chance(0.6);
    const until = isToday ? evening : workingAfter(today, 1) * dayMinutes + clock("09:00");
    this.putOffs.set(staffId, until);
    this.diary.putOffs.set(staffId, instantOf(until));
  }

  /** 延期, for one or for all; sometimes to an earlier day. */
  #moves(now: Minute): void {
    const random = this.#random;
    const options = ["nomination", "summary", "statistics"] as const;
    const obligation =
      this.rules.form.every === "once" ? random.pick(options) : random.pick(["nomination", "summary"] as const);
    const day = Math.floor(now / dayMinutes) + random.pick([1, 2, 5, 8, 13, 21, 90]);
    const to = { day, clock: random.pick([clock("12:00"), clock("17:00"), clock("18:00")]), at: now };
    const isForAll = random.chance(0.3);
    const one = random.between(0, unitCount - 1);
    const meant = this.places.filter((_, n) => isForAll || n === one);
    for (const place of meant) this.#change(place, () => place.move(obligation, to));
    this.onMove();
  }

  /** Put-off reminders that came while the clock had gone back. */
  noteDone(): void {
    for (const staffId of [...this.putOffs.keys()]) if (!this.diary.putOffs.has(staffId)) this.putOffs.delete(staffId);
  }

  /** Whether what was sent now stays unread. */
  readonly leavesUnread = (): boolean => this.#random.chance(0.3);
}

/** One unit without anybody, two that share one, one with two. */
function contactsOf(n: number): string[] {
  if (n === unitCount - 1) return [];
  if (n === 3 || n === 4) return ["contact-of-two"];
  return n === 5 ? ["contact-5", "contact-5-too"] : [`contact-${n}`];
}
