import { clockOf, dayOf } from "../../campaign/calendar.ts";
import type { Campaign } from "../../campaign/campaign.ts";
import type { ChatMessage, World } from "../../playground/world.ts";
import { textOf } from "./stage.ts";

/** All chats of a rehearsal as one markdown text: by day, by conversation, as people saw them. */
export function transcriptOf(campaign: Campaign, world: World, files: ReadonlyMap<string, string>): string {
  const conversations = [
    ...world.groups.map((it) => ({ title: it.title, of: { conversationId: it.conversationId } })),
    ...world.people.map((it) => ({ title: `${it.name}（${it.title ?? it.staffId}）`, of: { staffId: it.staffId } })),
  ].map((it) => ({ title: it.title, messages: world.messages(it.of) }));
  const days = [
    ...new Set(conversations.flatMap((it) => it.messages.map((message) => dayOf(message.at, campaign)))),
  ].sort();
  const nameOf = (staffId: string) => world.people.find((it) => it.staffId === staffId)?.name ?? staffId;
  const chapters = days.map((day) => {
    const chats = conversations.flatMap(({ title, messages }) => {
      const own = messages.filter((it) => dayOf(it.at, campaign) === day);
      return own.length === 0
        ? []
        : [`### ${title}\n\n${own.map((it) => line(it, campaign, { nameOf, files })).join("\n\n")}`];
    });
    return `## ${day}\n\n${chats.join("\n\n")}`;
  });
  return `# ${campaign.title}：演练记录\n\n${chapters.join("\n\n")}\n`;
}

function line(
  { at, from, body }: ChatMessage,
  campaign: Campaign,
  { nameOf, files }: { nameOf: (staffId: string) => string; files: ReadonlyMap<string, string> },
): string {
  const who = from === "bot" ? "安月" : nameOf(from.staffId);
  const head = `**${who}** ${clockOf(at, campaign)}`;
  const buttons = body.kind === "actionCard" ? `\n\n${body.buttons.map((it) => `【${it.title}】`).join("")}` : "";
  const file = "mediaId" in body ? files.get(body.mediaId) : undefined;
  const heard = body.kind === "voice" ? `[语音] ${body.recognition} ` : "";
  const said =
    file === undefined ? asButtons(textOf(body)) : `${heard}[${file.replace(/^files\/\d+-/, "")}](${encodeURI(file)})`;
  return from === "bot" ? quoted(`${head}\n\n${said}${buttons}`) : `${head}：${said}`;
}

function quoted(text: string): string {
  return text
    .split("\n")
    .map((it) => `> ${it}`)
    .join("\n");
}

/** Where a message has more buttons than a card takes, they are links in its text. */
function asButtons(text: string): string {
  return text.replace(/\[([^\]]*)\]\(dtmd:[^)]*\)\n*/g, "【$1】");
}
