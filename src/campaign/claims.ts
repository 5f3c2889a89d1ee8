import type { About, Slot } from "./reminder.ts";

const none: ReadonlyMap<string, Date> = new Map();

/** The latest slot that was claimed of everything that units are asked; those before it are nobody's any more. */
export class Claims {
  readonly #latest = new Map<About, Map<string, Date>>();

  /** By unit. */
  of(about: About): ReadonlyMap<string, Date> {
    return this.#latest.get(about) ?? none;
  }

  add({ obligation, unitId, slotAt }: Slot): void {
    const ofAbout = this.#latest.get(obligation) ?? new Map<string, Date>();
    this.#latest.set(obligation, ofAbout.set(unitId, slotAt));
  }
}
