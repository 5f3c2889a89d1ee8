/** Annex 1: who speaks for a unit. History is kept: a unit's liaison is its latest approved nomination. */
export interface Nomination {
  /** Short number within the campaign; `同意 12` names it. */
  no: number;
  unitId: string;
  name: string;
  post: string;
  phone: string;
  /** The nominee's DingTalk staff id; `null` until the organisation's directory has told whose the phone is. */
  staffId: string | null;
  proposedBy: string;
  proposedAt: Date;
  /** `replaced`: approved once, or still waiting, and then another nomination of the unit took its place. */
  status: "proposed" | "approved" | "declined" | "replaced";
  decidedBy: string | null;
  decidedAt: Date | null;
}

export function liaisonOf(nominations: readonly Nomination[], unitId: string): Nomination | undefined {
  return nominations.findLast((it) => it.unitId === unitId && it.status === "approved");
}

/** When a unit first had a liaison: what the obligation's timeliness is measured by. */
export function firstProposedAt(nominations: readonly Nomination[], unitId: string): Date | null {
  const ever = nominations.filter((it) => it.unitId === unitId && (it.status === "approved" || it.decidedAt !== null));
  return ever.find((it) => it.status !== "declined")?.proposedAt ?? null;
}

export function pending(nominations: readonly Nomination[]): Nomination[] {
  return nominations.filter((it) => it.status === "proposed");
}
