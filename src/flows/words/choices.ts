/** The words that answer a question without more: on its buttons, and typed. */
export const choices = {
  count: ["暂不清楚"],
  addOrSet: ["累加", "改为"],
  again: ["又一场", "重复"],
  own: ["是本单位", "不是"],
  nothingToFix: ["累加"],
  document: ["盖章件", "总结"],
} as const;

export function choicesOf(about: string): readonly string[] {
  return Object.hasOwn(choices, about) ? choices[about as keyof typeof choices] : [];
}

export function isChoice(word: string): boolean {
  return Object.values(choices).some((it: readonly string[]) => it.includes(word));
}
