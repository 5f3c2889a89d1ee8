import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Font } from "satori";

/**
 * The picture brings its own font: servers have no Chinese ones. Always the same array, since satori keeps parsed fonts
 * by the array they came in, and parsing 3 MB takes longer than drawing.
 */
export const fontFamily = "Noto Sans SC";
const weights = [400, 700] as const;
const subsets = ["chinese-simplified", "latin"] as const;

let loading: Promise<Font[]> | undefined;

export function loadFonts(): Promise<Font[]> {
  loading ??= Promise.all(
    weights.flatMap((weight) =>
      subsets.map(async (subset): Promise<Font> => {
        const file = `@fontsource/noto-sans-sc/files/noto-sans-sc-${subset}-${weight}-normal.woff`;
        const data = await readFile(createRequire(import.meta.url).resolve(file));
        return { name: fontFamily, data, weight, style: "normal" };
      }),
    ),
  );
  return loading;
}
