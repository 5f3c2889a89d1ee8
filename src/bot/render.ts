import { extname } from "node:path";
import type { Message } from "../flows/words/format.ts";

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
  const room = msgParamMaxBytes - byteLength(card(widestTitle, "", buttons).msgParam);
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

/** No character is longer in JSON than an escaped one. */
const widestTitle = "\u0001".repeat(maxTitleLength);

function texts(text: string): RobotMessage[] {
  return pages(text).map(markdown);
}

function pages(text: string): Markdown[] {
  const room = msgParamMaxBytes - byteLength(JSON.stringify({ title: widestTitle, text: "" }));
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

/** Pieces that are at most so many bytes as JSON; cut between paragraphs, else between lines, else anywhere. */
function split(text: string, maxBytes: number, separators: readonly string[] = ["\n\n", "\n", ""]): string[] {
  if (jsonBytes(text) <= maxBytes) return [text];
  const [separator = "", ...finer] = separators;
  const parts: string[] = [];
  let part = "";
  let size = 0;
  const pieces = separator === "" ? [...text] : text.split(separator);
  for (const piece of pieces.flatMap((it) => (separator === "" ? it : split(it, maxBytes, finer)))) {
    const added = jsonBytes(piece) + (size === 0 ? 0 : jsonBytes(separator));
    const fits = size + added <= maxBytes;
    if (!fits) parts.push(part);
    part = fits && size > 0 ? part + separator + piece : piece;
    size = fits ? size + added : jsonBytes(piece);
  }
  return [...parts, part];
}

function jsonBytes(text: string): number {
  return byteLength(JSON.stringify(text)) - 2;
}

function byteLength(text: string): number {
  return Buffer.byteLength(text);
}
