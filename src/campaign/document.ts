/** 活动总结报告, or the 盖章件: the photo or scan of the printed and stamped annex 2. */
export type DocumentKind = "summary" | "stamped";

/** A file that a unit handed in; the bytes lie in the data folder under `storedAs`. */
export interface UnitDocument {
  no: number;
  unitId: string;
  /** `null` while its sender has not said yet which of the two it is. */
  kind: DocumentKind | null;
  fileName: string;
  storedAs: string;
  bytes: number;
  receivedBy: string;
  receivedAt: Date;
}

export function latestDocument(documents: readonly UnitDocument[], kind: DocumentKind): UnitDocument | undefined {
  return documents.findLast((it) => it.kind === kind);
}
