import { type ObligationName, obligationNames } from "../../../src/campaign/campaign.ts";
import type { Duty } from "../../../src/campaign/duty.ts";
import type { PersonalReminder } from "../../../src/campaign/reminder.ts";
import type { PlannedMessage } from "../../../src/scheduler/plan/moment.ts";
import {
  clock,
  clockOfMinute,
  type Day,
  dayMinutes,
  dayNamed,
  dayOfMinute,
  isSendClock,
  isWorking,
  type Minute,
  minuteOf,
  textOf,
  workingAfter,
  workingBefore,
} from "./almanac.ts";
import { type Place, weekOf } from "./place.ts";
import { actDay, type Due, type Step, stepsOf } from "./rules.ts";
import type { Town } from "./town.ts";

interface Slot extends Step {
  place: Place;
  obligation: ObligationName;
}

/** Somebody must hear of it before the deadline. */
interface LastChance extends Slot {
  /** A moment came at which it could have been said. */
  isPossible: boolean;
}

interface Told {
  at: Minute;
  isLast: boolean;
  isActDay: boolean;
}

/** What holds of everything that is sent, and of what is not. Each breach is a line. */
export class Laws {
  readonly breaches: string[] = [];
  readonly tally = {
    reminders: 0,
    lastChances: 0,
    steps: 0,
    nudges: 0,
    events: 0,
    putOffs: 0,
    passedOn: 0,
    digests: 0,
  };
  readonly #town: Town;
  readonly #steps = new WeakMap<readonly Due[], readonly Step[]>();
  readonly #slots = new Map<Minute, Slot[]>();
  #lastChances: LastChance[] = [];
  readonly #told = new Map<string, Told[]>();
  /** The latest slot of which a person heard, by person, unit and obligation. */
  readonly #heard = new Map<string, Minute>();
  readonly #said = new Set<string>();

  constructor(town: Town) {
    this.#town = town;
    this.replan();
  }

  /** After a deadline moved: the ladder to the new one, from then on. */
  replan(): void {
    this.#slots.clear();
    for (const place of this.#town.places)
      for (const obligation of obligationNames)
        for (const it of this.#stepsOf(place, obligation))
          this.#slots.set(it.at, [...(this.#slots.get(it.at) ?? []), { ...it, place, obligation }]);
  }

  #stepsOf(place: Place, obligation: ObligationName): readonly Step[] {
    const dues = place.dues(obligation);
    const found = this.#steps.get(dues) ?? dues.flatMap((due) => stepsOf(this.#town.rules, obligation, due));
    this.#steps.set(dues, found);
    return found;
  }

  /** Before the program is asked: who must be told in this minute. */
  expected(now: Minute): Slot[] {
    const slots = this.#slots.get(now) ?? [];
    const today = dayOfMinute(now);
    const owed = slots.filter(({ place, obligation, due }) => place.debts(obligation, today).includes(due));
    const askable = owed.filter((it) => it.place.asked.length > 0);
    this.#lastChances.push(...askable.filter((it) => it.isLast).map((it) => ({ ...it, isPossible: false })));
    return askable.filter((it) => it.place.asked.some((staffId) => this.#isFree(staffId, now, it.due)));
  }

  #isFree(staffId: string, now: Minute, due: Due): boolean {
    if (this.#blocks(staffId, now).length > 0) return false;
    const today = dayOfMinute(now);
    const told = this.#told.get(staffId) ?? [];
    const ofToday = told.filter((it) => dayOfMinute(it.at) === today).length;
    const month = textOf(now).slice(0, 7);
    const ofMonth = told.filter((it) => textOf(it.at).startsWith(month)).length;
    return ofToday < (actDay(due) === today ? 2 : 1) && ofMonth < 20;
  }

  /** Until when they should be left alone. */
  #blocks(staffId: string, now: Minute): Minute[] {
    const activeAt = this.#town.activeAt.get(staffId);
    const putOff = this.#town.putOffs.get(staffId);
    const ends = [activeAt === undefined ? 0 : activeAt + 60, putOff ?? 0];
    return ends.filter((it) => now < it);
  }

  #canWait(until: Minute, now: Minute, deadline: Minute): boolean {
    return dayOfMinute(until) === dayOfMinute(now) && isSendClock(until) && until < deadline;
  }

  /** What was sent in a minute in which the program ran; in a replay the clock had gone back. */
  check(now: Minute, sent: readonly PlannedMessage[], { isReplay = false, expected = [] as Slot[] } = {}): void {
    const personal = sent.flatMap(({ to, content: { say } }) =>
      to.kind === "person" && say.tag === "reminder" ? [{ staffId: to.staffId, ...say.data }] : [],
    );
    if (sent.length > 0 && !isSendClock(now)) this.#breach(now, "outside of the windows");
    if (new Set(personal.map((it) => it.staffId)).size < personal.length)
      this.#breach(now, "two to one person at once");
    for (const it of personal) this.#checkPersonal(now, it, isReplay);
    this.#checkManagers(now, sent, isReplay);
    for (const slot of expected) {
      this.tally.steps += 1;
      if (!personal.some((it) => names(it, slot))) this.#breach(now, `${nameOfSlot(slot)} not told at its step`);
    }
    if (!isReplay) this.#checkPutOffs(now, personal);
    if (!isReplay && this.#lastChances.length > 0) this.#checkLastChances(now, personal);
  }

  /** In every minute, also of those in which nothing runs. */
  passed(now: Minute): void {
    const today = dayOfMinute(now);
    if (this.#lastChances.length === 0) return;
    this.#lastChances = this.#lastChances.filter((it) => {
      const { place, obligation, due } = it;
      if (!place.debts(obligation, today).includes(due) || place.asked.length === 0) return false;
      if (now < due.at) return true;
      if (it.isPossible) this.#breach(now, `${nameOfSlot(it)}: the last chance was skipped`);
      return false;
    });
  }

  #checkLastChances(now: Minute, personal: readonly Personal[]): void {
    const today = dayOfMinute(now);
    this.#lastChances = this.#lastChances.filter((it) => {
      if (personal.some((one) => names(one, it))) {
        this.tally.lastChances += 1;
        return false;
      }
      const isTime = isSendClock(now) && now < it.due.at && (isWorking(today) || today === it.due.day);
      const couldTell = (staffId: string) =>
        !this.#blocks(staffId, now).some((until) => this.#canWait(until, now, it.due.at));
      if (isTime && it.place.asked.some(couldTell)) it.isPossible = true;
      return true;
    });
  }

  #checkPersonal(now: Minute, message: Personal, isReplay: boolean): void {
    const { staffId, cause, duties, quiet, event } = message;
    const today = dayOfMinute(now);
    const about = `${staffId} (${cause})`;
    const dues = duties.flatMap((it) => this.#dueOf(it, today) ?? []);
    this.tally.reminders += 1;
    if (dues.length < duties.length) this.#breach(now, `${about} is asked for what is not owed`);
    if (!isWorking(today) && !dues.some((it) => it.due.day === today)) this.#breach(now, `${about} on a rest day`);
    if (duties.length + quiet.length === 0 && event === null) this.#breach(now, `${about} is told nothing`);
    for (const { unitId } of quiet) this.#checkNudge(now, staffId, this.#place(unitId));
    if (event !== null) this.#checkEvent(now, staffId, event.stage);
    if (cause === "putOff") {
      this.tally.putOffs += 1;
      if ((this.#town.putOffs.get(staffId) ?? now + 1) > now) this.#breach(now, `${about} asked for nothing`);
    } else if (cause === "passedOn") this.#checkPassedOn(now, message);
    else if (cause === "ladder") {
      if (!dues.some((it) => this.#isNews(now, staffId, it)))
        this.#breach(now, `${about} has heard of it or it is old`);
    } else if (quiet.length === 0 && event === null) this.#breach(now, `${about} without a reason`);
    const lasts = this.#lastChances.filter((it) => now < it.due.at && names(message, it));
    if (cause !== "putOff") {
      const isDisturbed = this.#blocks(staffId, now).some((until) => {
        const isOfFuture = isReplay && until > now + 60;
        return !isOfFuture && !lasts.some((it) => !this.#canWait(until, now, it.due.at));
      });
      if (isDisturbed) this.#breach(now, `${about} is busy, or put it off`);
      const isActDay = dues.some((it) => actDay(it.due) === today);
      this.#count(now, staffId, { at: now, isLast: lasts.length > 0, isActDay });
    }
    if (cause === "passedOn") return;
    for (const it of dues) {
      const slot = this.#latestSlot(it.place, it.obligation, now);
      if (slot !== undefined && (isWorking(today) || it.due.day === today))
        this.#heard.set(heardKey(staffId, it), slot);
    }
  }

  #count(now: Minute, staffId: string, told: Told): void {
    const all = this.#told.get(staffId) ?? [];
    all.push(told);
    this.#told.set(staffId, all);
    const ofToday = all.filter((it) => dayOfMinute(it.at) === dayOfMinute(now));
    const limit = ofToday.some((it) => it.isActDay) ? 2 : 1;
    if (ofToday.filter((it) => !it.isLast).length > limit) this.#breach(now, `${staffId} is told too often in a day`);
    if (ofToday.filter((it) => it.isLast).length > 2) this.#breach(now, `${staffId} has too many last chances`);
  }

  #dueOf(duty: Duty, today: Day): Owed | undefined {
    const place = this.#place(duty.unitId);
    const due = place
      .debts(duty.obligation, today)
      .find((it) => it.day === dayNamed(duty.due) && (duty.period === undefined || duty.period.no === it.no));
    return due === undefined || duty.isWaiting ? undefined : { place, obligation: duty.obligation, due };
  }

  /** A step came since the person heard of it last, today or on the working day before. */
  #isNews(now: Minute, staffId: string, owed: Owed): boolean {
    const slot = this.#latestSlot(owed.place, owed.obligation, now);
    if (slot === undefined || slot <= (this.#heard.get(heardKey(staffId, owed)) ?? 0)) return false;
    return dayOfMinute(now) <= workingAfter(dayOfMinute(slot), 1);
  }

  #latestSlot(place: Place, obligation: ObligationName, now: Minute): Minute | undefined {
    const come = this.#stepsOf(place, obligation).filter((it) => it.at <= now);
    return come.length === 0 ? undefined : Math.max(...come.map((it) => it.at));
  }

  #checkNudge(now: Minute, staffId: string, place: Place): void {
    const { from, until, form } = this.#town.rules;
    const today = dayOfMinute(now);
    this.tally.nudges += 1;
    const friday = Math.min(weekOf(today) + 4, until);
    const isDay = form.every === "once" && today === workingBefore(friday, 0) && today > from && today <= until;
    if (!isDay || clockOfMinute(now) < clock("15:00")) this.#breach(now, `${staffId} is nudged at no time for it`);
    const isQuiet = !place.reportedOn.some((it) => it >= Math.max(weekOf(today), from) && it <= today);
    if (!isQuiet || !place.isOpen() || place.isOnPaper)
      this.#breach(now, `${staffId} is nudged, ${place.id} was not quiet`);
    this.#once(now, `nudge ${staffId} ${place.id} ${today}`);
  }

  #checkEvent(now: Minute, staffId: string, stage: "before" | "report"): void {
    const on = this.#town.rules.event ?? 0;
    this.tally.events += 1;
    const isWork = isWorking(on);
    const [day, from] =
      stage === "before"
        ? [workingBefore(on - 1, 0), clock("09:00")]
        : [isWork ? on : workingAfter(on, 1), clock(isWork ? "16:30" : "09:00")];
    if (dayOfMinute(now) !== day || clockOfMinute(now) < from) this.#breach(now, `${staffId}: event at no time for it`);
    const own = this.#town.places.filter((it) => it.asked.includes(staffId));
    if (own.every((it) => it.hasReportedEvent || !it.isOpen() || it.isOnPaper))
      this.#breach(now, `${staffId}: event was reported`);
    this.#once(now, `event ${staffId} ${stage}`);
  }

  #checkPassedOn(now: Minute, { staffId, duties }: Personal): void {
    this.tally.passedOn += 1;
    const isRead = !this.#town.unreadBefore.some(
      (it) =>
        it.staffId !== staffId &&
        duties.some(({ unitId }) => it.unitIds.includes(unitId)) &&
        officeMinutes(minuteOf(it.at), now) >= 240,
    );
    if (isRead) this.#breach(now, `${staffId} instead of somebody who read it`);
  }

  #checkPutOffs(now: Minute, personal: readonly Personal[]): void {
    const { putOffs, places } = this.#town;
    if (putOffs.size === 0 || !isSendClock(now) || !isWorking(dayOfMinute(now))) return;
    const today = dayOfMinute(now);
    for (const [staffId, until] of putOffs) {
      if (until > now) continue;
      putOffs.delete(staffId);
      const begins = (place: Place, it: ObligationName) =>
        it === "nomination" || this.#town.rules.from <= today ? place.debts(it, today) : [];
      const own = places.filter((it) => it.asked.includes(staffId));
      const isOwing = own.some((place) => obligationNames.some((it) => begins(place, it).length > 0));
      if (isOwing && !personal.some((it) => it.staffId === staffId)) this.#breach(now, `${staffId}: asked in vain`);
    }
  }

  #checkManagers(now: Minute, sent: readonly PlannedMessage[], isReplay: boolean): void {
    const today = dayOfMinute(now);
    for (const { to, content } of sent) {
      if (to.kind !== "managers") continue;
      const { say } = content;
      if (!isWorking(today) && say.tag !== "reminderForManagers") this.#breach(now, "managers on a rest day");
      if (say.tag === "digest") {
        this.tally.digests += 1;
        this.#once(now, `digest ${today}`);
        if (!this.#isDigestDay(today)) this.#breach(now, "a digest on no day for it");
      }
      if (say.tag !== "reminderForManagers") continue;
      for (const { unitId, obligation } of say.data.duties) {
        const place = this.#place(unitId);
        const isTheirs = place.asked.length === 0 || (obligation === "nomination" && place.proposed !== null);
        const isOwed = place.dues(obligation).some((it) => place.owes(obligation, it));
        if (!isTheirs || !isOwed) this.#breach(now, `managers are asked for ${unitId} ${obligation}`);
      }
    }
    const isTime = !isReplay && clockOfMinute(now) === clock("08:45") && this.#isDigestDay(today);
    if (isTime && this.#isOwing() && !this.#said.has(`digest ${today}`)) this.#breach(now, "no digest");
  }

  #isDigestDay(day: Day): boolean {
    const { form, from } = this.#town.rules;
    if (form.every !== "once") return form.dues.some((it) => workingBefore(it, 0) === day);
    return isWorking(day) && day >= from && day <= form.due && day >= workingBefore(form.due, 4);
  }

  /** Of a form that recurs, what managers see is one period: nothing is said here of it. */
  #isOwing(): boolean {
    const { form } = this.#town.rules;
    if (form.every !== "once") return false;
    const obligations = ["statistics", "summary"] as const;
    return this.#town.places.some((it) => obligations.some((one) => it.debts(one, form.due).length > 0));
  }

  #once(now: Minute, what: string): void {
    if (this.#said.has(what)) this.#breach(now, `${what} twice`);
    this.#said.add(what);
  }

  #place(unitId: string): Place {
    const found = this.#town.places.find((it) => it.id === unitId);
    if (found === undefined) throw new Error(`no unit ${unitId}`);
    return found;
  }

  #breach(now: Minute, what: string): void {
    this.breaches.push(`${textOf(now)} ${what}`);
  }
}

type Personal = PersonalReminder & { staffId: string };
interface Owed {
  place: Place;
  obligation: ObligationName;
  due: Due;
}

function names({ duties }: Personal, { place, obligation, due }: Owed): boolean {
  return duties.some(
    (it) =>
      it.unitId === place.id && it.obligation === obligation && (it.period === undefined || it.period.no === due.no),
  );
}

function nameOfSlot({ place, obligation, due, at }: Slot): string {
  return `${place.id} ${obligation} due ${textOf(due.at)}, step ${textOf(at)}`;
}

function heardKey(staffId: string, { place, obligation }: Owed): string {
  return `${staffId} ${place.id} ${obligation}`;
}

function officeMinutes(from: Minute, to: Minute): number {
  let count = 0;
  for (let at = from; at < to; at += 1) {
    const clockNow = at % dayMinutes;
    if (clockNow !== 690 && clockNow !== 1050 && isSendClock(at) && isWorking(dayOfMinute(at))) count += 1;
  }
  return count;
}
