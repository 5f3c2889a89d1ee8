import { extname } from "node:path";
import { z } from "zod";
import { repeatLine } from "../flows/words/delivery.ts";
import type { Message } from "../flows/words/format.ts";
import { split } from "./split.ts";

/** A message as DingTalk's robot APIs take it; `msgParam` is JSON text (dingtalk.md §4.6). */
export interface RobotMessage {
  msgKey: string;
  msgParam: string;
}

/** Documented for groups; the one-to-one limit is not, so it is taken to be the same (dingtalk.md §5.4). */
const msgParamMaxBytes = 15_000;
const maxCardButtons = 5;
const maxTitleLength = 20;

/**
 * One message, or several where the text is too long: cut at paragraph ends, with the buttons on the last. In a group a tap
 * says its text without mentioning the robot, which then does not hear it (dingtalk.md §5.1): there buttons become a hint.
 */
export function render({ text, buttons }: Message, place: "person" | "group"): RobotMessage[] {
  if (place === "group") return texts(buttons.length === 0 ? text : `${text}\n\n${hint(buttons)}`);
  if (buttons.length > maxCardButtons) return texts([text, ...buttons.map(link)].join("\n\n"));
  if (buttons.length === 0) return texts(text);
  const room = textMaxBytes - byteLength(card(widestTitle, "", buttons).msgParam);
  const parts = split(text, room);
  const last = parts.pop() ?? "";
  return [...parts.map((it) => markdown({ title: titleOf(it), text: it })), card(titleOf(last), last, buttons)];
}

export interface Markdown {
  title: string;
  text: string;
}

/** The same as markdown alone, for where there are no cards: one-to-one, buttons are links (dingtalk.md §5.1). */
export function renderMarkdown({ text, buttons }: Message, place: "person" | "group"): Markdown[] {
  if (buttons.length === 0) return pages(text);
  return pages([text, place === "group" ? hint(buttons) : buttons.map(link).join("　")].join("\n\n"));
}

/** `fileName` with its extension, which DingTalk wants to hear separately. */
export function renderFile(mediaId: string, fileName: string): RobotMessage {
  const fileType = extname(fileName).slice(1).toLowerCase();
  return { msgKey: "sampleFile", msgParam: JSON.stringify({ mediaId, fileName, fileType }) };
}

export function renderImage(mediaId: string): RobotMessage {
  return { msgKey: "sampleImageMsg", msgParam: JSON.stringify({ photoURL: mediaId }) };
}

/** The same part once more, saying so: it may have been delivered the first time. `render` leaves room for it. */
export function asRepeat({ msgKey, msgParam }: RobotMessage): RobotMessage {
  const param = texted.parse(JSON.parse(msgParam));
  return { msgKey, msgParam: JSON.stringify({ ...param, text: repeatPrefix + param.text }) };
}

const texted = z.looseObject({ text: z.string() });
const repeatPrefix = `${repeatLine}\n\n`;

/** No character is longer in JSON than an escaped one. */
const widestTitle = "\u0001".repeat(maxTitleLength);
const textMaxBytes = msgParamMaxBytes - byteLength(JSON.stringify(repeatPrefix));

function texts(text: string): RobotMessage[] {
  return pages(text).map(markdown);
}

function pages(text: string): Markdown[] {
  const room = textMaxBytes - byteLength(JSON.stringify({ title: widestTitle, text: "" }));
  return split(text, room).map((it) => ({ title: titleOf(it), text: it }));
}

function markdown({ title, text }: Markdown): RobotMessage {
  return { msgKey: "sampleMarkdown", msgParam: JSON.stringify({ title, text }) };
}

function card(title: string, text: string, buttons: readonly string[]): RobotMessage {
  const [single = ""] = buttons;
  if (buttons.length === 1) {
    const param = { title, text, singleTitle: single, singleURL: tapUrl(single) };
    return { msgKey: "sampleActionCard", msgParam: JSON.stringify(param) };
  }
  const actions = buttons.flatMap((it, i) => [
    [`actionTitle${i + 1}`, it],
    [`actionURL${i + 1}`, tapUrl(it)],
  ]);
  const param = { title, text, ...Object.fromEntries(actions) };
  return { msgKey: `sampleActionCard${buttons.length}`, msgParam: JSON.stringify(param) };
}

/** A tap makes the client say exactly this text. Parentheses would end a markdown link. */
function tapUrl(text: string): string {
  const content = encodeURIComponent(text).replace(/[()]/g, (it) => (it === "(" ? "%28" : "%29"));
  return `dtmd://dingtalkclient/sendMessage?content=${content}`;
}

function link(button: string): string {
  return `[${button.replace(/([\\[\]])/g, "\\$1")}](${tapUrl(button)})`;
}

function hint(buttons: readonly string[]): string {
  return `可 @我 回复：${buttons.join("、")}`;
}

/** What the conversation list shows: the first line without its markdown. DingTalk refuses an empty one. */
function titleOf(text: string): string {
  const [line = ""] = text.trimStart().split("\n");
  const bare = line
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^[#>\s-]+|(?<!\\)[*_`~]/g, "")
    .replace(/\\(.)/g, "$1")
    .trim();
  return [...bare].slice(0, maxTitleLength).join("") || "…";
}

function byteLength(text: string): number {
  return Buffer.byteLength(text);
}
