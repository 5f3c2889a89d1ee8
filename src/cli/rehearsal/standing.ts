import type { ObligationName } from "../../campaign/campaign.ts";

/** How a unit stands, by what its people have done. */
export interface Standing {
  unitId: string;
  unitName: string;
  called: string;
  contacts: readonly string[];
  /** A nomination waits for the managers. */
  isPending: boolean;
  liaison: string | null;
  owesStatistics: boolean;
  owesSummary: boolean;
  /** The rows that are its own. */
  rows: readonly string[];
  /** In which row it reported something on which day. */
  reported: { row: string; day: string }[];
}

export function owes(standing: Standing, obligation: ObligationName): boolean {
  switch (obligation) {
    case "nomination":
      return standing.liaison === null;
    case "statistics":
      return standing.owesStatistics;
    case "summary":
      return standing.owesSummary;
    default:
      return obligation satisfies never;
  }
}

/** Who can be asked for what it owes. */
export function spokesmenOf({ liaison, contacts }: Standing): readonly string[] {
  return liaison === null ? contacts : [liaison];
}
