import type { Campaign, FormCheck, Unit } from "./campaign.ts";
import { measureKey } from "./campaign.ts";
import { type Form, rowOf } from "./form.ts";
import { type Row, rowsFor } from "./row.ts";

/** What stands between a form and its submission (design §2, Check). Soft findings fall silent once explained. */
export type Finding =
  | { kind: "unfilled"; grade: "hard"; row: Row; missing: readonly string[] }
  | { kind: "atMost"; grade: "soft" | "hard"; row: Row; other: Row; value: number; limit: number }
  | { kind: "atLeast"; grade: "soft" | "hard"; row: Row; value: number; limit: number; why: string };

export function findingsOf(campaign: Campaign, unit: Unit, form: Form): Finding[] {
  const rows = rowsFor(campaign, unit);
  const unfilled = rows.flatMap((row): Finding[] => {
    const state = rowOf(form, row.indicator);
    return state.kind === "open" ? [{ kind: "unfilled", grade: "hard", row, missing: state.missing }] : [];
  });
  const broken = campaign.form.checks.flatMap((check) => checkFinding(check, rows, form) ?? []);
  return [...unfilled, ...broken];
}

/** Findings that forbid `提交`: every hard one, and soft ones that nobody has explained yet. */
export function blocking(findings: readonly Finding[], form: Form): Finding[] {
  return findings.filter((it) => it.grade === "hard" || form.explanations[it.row.indicator.id] === undefined);
}

function checkFinding(check: FormCheck, rows: readonly Row[], form: Form): Finding | undefined {
  if (check.kind === "atMost") {
    const left = figureOf(check.left, rows, form);
    const right = figureOf(check.right, rows, form);
    if (left === undefined || right === undefined || left.value <= right.value) return undefined;
    return {
      kind: "atMost",
      grade: check.grade,
      row: left.row,
      other: right.row,
      value: left.value,
      limit: right.value,
    };
  }
  const found = figureOf(check.measure, rows, form);
  if (found === undefined || found.value >= check.value) return undefined;
  const { row, value } = found;
  return { kind: "atLeast", grade: check.grade, row, value, limit: check.value, why: check.why };
}

/** The figure behind `indicator.measure`; 不适用 counts as none held, an open row is somebody else's finding. */
function figureOf(key: string, rows: readonly Row[], form: Form): { row: Row; value: number } | undefined {
  for (const row of rows) {
    const measure = row.indicator.measures.find((it) => measureKey(row.indicator, it) === key);
    if (measure === undefined) continue;
    const state = rowOf(form, row.indicator);
    if (state.kind === "notApplicable") return { row, value: 0 };
    const value = state.figures[measure.id];
    return value === undefined ? undefined : { row, value };
  }
  return undefined;
}
