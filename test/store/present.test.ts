import { describe, expect, it } from "vitest";
import type { Change } from "../../src/flows/flow.ts";
import type { Store } from "../../src/store/store.ts";
import { given, now, open, recordOf } from "./opened.ts";

/** A turn first asks what there is of its unit: whatever there is, alone or beside others, it must find. */
const moved = (unitId: string | null): Change => ({
  type: "deadlineMoved",
  moved: { unitId, obligation: "statistics", due: "2023-07-05", dueTime: "12:00", movedAt: now, movedBy: "boss" },
});
const file = {
  no: 1,
  unitId: "dinghai",
  kind: "summary",
  fileName: "总结.pdf",
  receivedBy: "a",
  receivedAt: now,
} as const;
const stored = { ...file, storedAs: "a.pdf", bytes: 1 };
const deputy = { staffId: "b", name: "乙" };

const kinds: Record<string, Change[]> = {
  explanations: [{ type: "explained", unitId: "dinghai", indicatorId: "publicity.drill", text: "说明" }],
  submissions: [
    {
      type: "submissionMoved",
      unitId: "dinghai",
      event: {
        type: "submitted",
        form: { rows: {}, explanations: {}, version: 1, submittedAt: now, submittedBy: "a" },
      },
    },
  ],
  files: [
    { type: "fileReceived", file: { ...file, downloadCode: "c" } },
    { type: "fileSettled", no: 1, document: stored },
  ],
  "a deadline of its own": [moved("dinghai")],
  "a deadline of all": [moved(null)],
  deputies: [{ type: "deputyNamed", unitId: "dinghai", deputy, at: now }],
  papers: [{ type: "filedOnPaper", unitId: "dinghai", by: "a", at: now }],
};

async function expectToFindAll(store: Store): Promise<void> {
  const standing = { isManager: false, liaisonOf: "dinghai", contactOf: [] };
  const { own } = await store.turn((turn) => turn.facts(["own"], { standing, now, period: null }));
  expect(own).toEqual(await recordOf(store));
}

describe("a turn's own unit", () => {
  it.each(Object.keys(kinds))("has %s where there is nothing else", async (kind) => {
    const store = await open();
    const empty = await recordOf(store);
    await given(store, kinds[kind] ?? []);
    expect(await recordOf(store)).not.toEqual(empty);
    await expectToFindAll(store);
  });

  it("has all of it at once, and nothing of another unit", async () => {
    const store = await open();
    await given(store, [moved("putuo"), { type: "filedOnPaper", unitId: "putuo", by: "c", at: now }]);
    await expectToFindAll(store);
    await given(store, Object.values(kinds).flat());
    await expectToFindAll(store);
  });
});
