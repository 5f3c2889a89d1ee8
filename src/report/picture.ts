import { renderAsync } from "@resvg/resvg-js";
import satori from "satori";
import type { Campaign } from "../campaign/campaign.ts";
import type { Consolidated } from "../campaign/consolidated.ts";
import { fontFamily, loadFonts } from "./fonts.ts";
import { pictureTree } from "./picture-tree.ts";

export const pictureWidth = 1080;

/**
 * The consolidated table as a PNG 1080 pixels wide, as high as its rows need, with letters large enough for a phone.
 * Needs no font of the system.
 */
export async function consolidatedPicture({
  campaign,
  table,
}: {
  campaign: Campaign;
  table: Consolidated;
}): Promise<Buffer> {
  const fonts = await loadFonts();
  const svg = await satori(pictureTree(campaign, table), { width: pictureWidth, fonts });
  const image = await renderAsync(svg, { font: { loadSystemFonts: false, defaultFontFamily: fontFamily } });
  return image.asPng();
}
