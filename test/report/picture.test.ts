import satori from "satori";
import { expect, test } from "vitest";
import { instantAt } from "../../src/campaign/calendar.ts";
import type { Campaign } from "../../src/campaign/campaign.ts";
import { consolidate } from "../../src/campaign/consolidated.ts";
import { type Box, columnBox, textBox } from "../../src/report/boxes.ts";
import { fontFamily, loadFonts } from "../../src/report/fonts.ts";
import { consolidatedPicture, pictureWidth } from "../../src/report/picture.ts";
import { pictureTree } from "../../src/report/picture-tree.ts";
import { campaign, sampleRecords } from "./sample.ts";

const asOf = instantAt("2023-07-02", "18:00", campaign);
const table = consolidate(campaign, sampleRecords(), { basis: "submitted", asOf });

function textsOf(box: Box): string[] {
  return typeof box.props.children === "string" ? [box.props.children] : box.props.children.flatMap(textsOf);
}

/** Lays a tree out and tells which characters have no glyph and how far to the right it reaches. */
async function laidOut(tree: Box): Promise<{ missing: string; right: number }> {
  const missing: string[] = [];
  let right = 0;
  await satori(tree, {
    width: pictureWidth,
    fonts: await loadFonts(),
    loadAdditionalAsset: async (_language, segment) => {
      missing.push(segment);
      return [];
    },
    onNodeDetected: (node) => {
      right = Math.max(right, node.left + node.width);
    },
  });
  return { missing: missing.join(""), right };
}

test("a PNG of the width that phones get, high enough for every row", async () => {
  const png = await consolidatedPicture({ campaign, table });
  expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
  expect(png.readUInt32BE(16)).toBe(pictureWidth);
  expect(png.readUInt32BE(20)).toBeGreaterThan(36 * 50);
  expect(png.length).toBeLessThan(3_000_000);
});

test("says at a glance who reported, the key totals, and every row's sum", () => {
  const texts = textsOf(pictureTree(campaign, table));
  const topic = table.units.map((it) => it.rows?.["study.topic"]);
  const sum = (id: string) =>
    topic.reduce((all, it) => all + (it === undefined || it.kind === "notApplicable" ? 0 : (it.figures[id] ?? 0)), 0);
  expect(texts).toContain(`${sum("sessions")} 场次 / ${sum("people")} 人次`);
  expect(texts).toContain("截至 2023年7月2日 18:00");
  const at = texts.indexOf("应报单位");
  expect(texts.slice(at - 1, at + 9)).toEqual(["10", "应报单位", "8", "已报", "7", "按时", "1", "逾期", "2", "未报"]);
  const cases = texts.indexOf("曝光典型案例");
  expect(texts.slice(cases + 1, cases + 5).map((it) => it.split(" ")[0])).toEqual([
    "一案双罚",
    "行刑衔接",
    "重大责任事故罪",
    "其他",
  ]);
  const town = texts.indexOf("排查城镇房屋");
  expect(texts.slice(town, town + 3)).toEqual(["排查城镇房屋", "—", "—"]);
  expect(texts.slice(texts.indexOf("检查道桥隧场站")).slice(0, 3)[2]).toBe("8/9");
  expect(texts.filter((it) => it.startsWith("口径：各单位最后一次提交的版本")).length).toBe(1);
});

test("every word of the campaign has its glyphs, and long labels wrap instead of running out of the picture", async () => {
  const sections = campaign.form.sections.map((section) => ({
    ...section,
    indicators: section.indicators.map(({ short: _, ...it }) => it),
  }));
  const unabridged: Campaign = { ...campaign, form: { ...campaign.form, sections } };
  expect(await laidOut(pictureTree(unabridged, table))).toEqual({ missing: "", right: pictureWidth });
  const words = [...JSON.stringify(campaign)].filter((it) => it > "\u007f");
  const page = columnBox({ fontFamily, width: "100%" }, [textBox({ flexWrap: "wrap" }, [...new Set(words)].join(""))]);
  expect((await laidOut(page)).missing).toBe("");
  expect((await laidOut(columnBox({ fontFamily }, [textBox({}, "安\u{20000}")]))).missing).toContain("\u{20000}");
});
