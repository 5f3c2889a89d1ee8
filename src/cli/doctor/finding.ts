/** What one check found; of a fault also what to do about it. A note is worth knowing, and nothing has to be mended. */
export type Finding =
  | { grade: "ok" | "note"; about: string; text: string; todo?: string }
  | { grade: "fault"; about: string; text: string; todo: string };

export const fine = (about: string, text: string): Finding => ({ grade: "ok", about, text });
export const note = (about: string, text: string, todo?: string): Finding => ({
  ...{ grade: "note", about, text },
  ...(todo !== undefined && { todo }),
});
export const fault = (about: string, text: string, todo: string): Finding => ({ grade: "fault", about, text, todo });

const marks: Record<Finding["grade"], string> = { ok: "✓", note: "·", fault: "✗" };

/** For whoever runs the program, with the number of faults last. */
export function reportOf(findings: readonly Finding[]): string {
  const faults = findings.filter((it) => it.grade === "fault").length;
  return [
    ...findings.flatMap(({ grade, about, text, todo }) => [
      `${marks[grade]} ${about}：${text}`,
      ...(todo === undefined ? [] : [`    → ${todo}`]),
    ]),
    faults === 0 ? "没有发现问题。" : `有 ${faults} 处要改（标 ✗ 的）。`,
  ].join("\n");
}
