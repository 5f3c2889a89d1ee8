import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Campaign } from "../src/campaign/campaign.ts";
import type { InboundContent } from "../src/flows/flow.ts";
import { daily, weekly, zhoushan } from "./support/campaign.ts";
import { type Chat, openChat, type Person, type Said } from "./support/chat.ts";

/**
 * Conversations as files: `张三 > what the person says`, `张三 < what the bot answers` (further lines indented, buttons in
 * 【】). `= 每周` names another campaign than the year's file, `@ 2023-06-13 16:30` sets the clock, `! 张三 定海` makes somebody a liaison, `# …` is a remark.
 * `npm run transcripts` writes what the bot answers now into the files: read the difference before you commit it.
 */
const folder = join(import.meta.dirname, "transcripts");
const isRecording = process.env.npm_lifecycle_event === "transcripts";
const names = readdirSync(folder).filter((it) => it.endsWith(".txt"));

const people = new Map<string, Person>();
function person(nick: string): Person {
  const known = people.get(nick) ?? { nick, staffId: nick === "管理员" ? "manager" : nick };
  people.set(nick, known);
  return known;
}

const bureauGroup = { conversationId: "cid-bureau", title: "安全生产月工作群" };

/** `[贴图]`, `[文件 总结.docx]`, `[图片]`, `[语音 …]`, `[取到 1]`, `[取不到 1]`, `[长消息 2000]`: what isn't plain text. */
function contentOf(words: string): InboundContent {
  const [, kind, rest = ""] = /^\[(贴图|文件|图片|语音|取到|取不到|长消息)\s*([^\]]*)\]$/.exec(words) ?? [];
  switch (kind) {
    case "贴图":
      return { kind: "unsupported", messageType: "unknownMsgType" };
    case "文件":
      return { kind: "file", fileName: rest, downloadCode: "code" };
    case "图片":
      return { kind: "picture", downloadCode: "code" };
    case "语音":
      return { kind: "voice", text: rest };
    case "取到":
      return { kind: "fileArrived", fileNo: Number(rest), fetched: { ok: true, storedAs: "abc.pdf", bytes: 1000 } };
    case "取不到":
      return { kind: "fileArrived", fileNo: Number(rest), fetched: { ok: false, reason: "tooLarge" } };
    case "长消息":
      return { kind: "text", text: "演练".repeat(Number(rest) / 2) };
    default:
      return { kind: "text", text: words };
  }
}

const campaigns: Readonly<Record<string, Campaign>> = { 每周: weekly, 每天: daily };

async function play(lines: readonly string[]): Promise<string[]> {
  let chat: Chat | null = null;
  let campaign = zhoushan;
  const written: string[] = [];
  for (const line of lines) {
    if (/^[^#@!=>]+? </.test(line) || line.startsWith("  ")) continue;
    written.push(line);
    const [, named = ""] = /^= (\S+)$/.exec(line) ?? [];
    campaign = campaigns[named] ?? campaign;
    const [, at] = /^@ (\d{4}-\d\d-\d\d \d\d:\d\d)$/.exec(line) ?? [];
    if (at !== undefined) {
      const instant = `${at.replace(" ", "T")}:00+08:00`;
      if (chat === null) chat = await openChat({ at: instant, campaign });
      else written.push(...(await chat.tick(new Date(instant))).flatMap(answerLines));
      continue;
    }
    const [, nick, unit] = /^! (\S+) (\S+)$/.exec(line) ?? [];
    if (nick !== undefined && unit !== undefined && chat !== null) {
      await chat.say(person(nick), `联络员 ${unit} ${nick} 科长 13800000000`);
      await chat.say(person("管理员"), "同意");
      continue;
    }
    const [, speaker, place, words] = /^(\S+?)(@群)? > ?(.*)$/.exec(line) ?? [];
    if (speaker === undefined || words === undefined || chat === null) continue;
    const text = words.replaceAll("\\n", "\n");
    const group = place === undefined ? null : bureauGroup;
    written.push(...(await chat.send(person(speaker), contentOf(text), group)).flatMap(answerLines));
  }
  await chat?.close();
  return written;
}

function answerLines({ to, text, buttons, attachment }: Said): string[] {
  const name = to === "manager" ? "管理员" : to === bureauGroup.conversationId ? "群" : to;
  if (attachment !== null) return [`${name} < [${attachment.file}]`];
  const [first = "", ...rest] = [
    ...text.split(/\n+/),
    ...(buttons.length > 0 ? [buttons.map((it) => `【${it}】`).join("")] : []),
  ];
  return [`${name} < ${first.trimEnd()}`, ...rest.map((it) => `  ${it.trimEnd()}`)];
}

describe("conversations", () => {
  it.each(names)("%s", async (name) => {
    const path = join(folder, name);
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    const played = await play(lines);
    if (isRecording) writeFileSync(path, `${played.join("\n")}\n`);
    else expect(played).toEqual(lines);
  });
});
