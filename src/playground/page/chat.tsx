import { Bubble, type BubbleItemType } from "@ant-design/x";
import { Button } from "antd";
import { useState } from "react";
import type { MessageView, TodoView, WorldView } from "../page-view.ts";
import { useAttempt } from "./attempt.ts";
import { Composer } from "./composer.tsx";
import type { Contact } from "./contacts.ts";
import { Face } from "./face.tsx";
import { MessageBody } from "./message-body.tsx";
import { useReading } from "./reading.ts";
import { postJson } from "./requests.ts";
import { SpeakerBar } from "./speaker-bar.tsx";
import { TodoBar } from "./todo-bar.tsx";
import { shownDay, wallClock } from "./wall-clock.ts";

interface Props {
  contact: Contact;
  world: WorldView;
  messages: readonly MessageView[];
  /** Everybody's. */
  todos: readonly TodoView[];
}

/** A silence this long gets a line with the time before what follows it. */
const silenceMs = 5 * 60_000;

export function Chat({ contact, world, messages, todos }: Props) {
  useReading(contact, messages);
  const attempt = useAttempt();
  const [memberId, setMemberId] = useState(() => firstMember(contact, world));
  const [mentionsRobot, setMentionsRobot] = useState(true);
  const group = contact.kind === "group" ? contact.group : null;
  const staffId = contact.kind === "person" ? contact.person.staffId : memberId;
  const place: Place = group === null ? { staffId } : { staffId, conversationId: group.conversationId };
  const say = (text: string) => attempt(() => postJson("/api/say", { ...place, text, mentionsRobot }));
  const tap = (url: string) => attempt(() => postJson("/api/tap", { ...place, url }));

  return (
    <div className="chat">
      <div className="chat-title">
        <strong>{contact.name}</strong>
        <span>{subtitle(contact, world)}</span>
      </div>
      {group === null && <TodoBar todos={todos.filter((it) => it.staffId === staffId)} world={world} />}
      {messages.length === 0 ? (
        <div className="silence">
          <p>{group === null ? `${contact.name}还没有和${world.robotName}说过话` : "群里还没有人说话"}</p>
          {["你好", "帮助"].map((it) => (
            <Button key={it} shape="round" onClick={() => say(it)}>
              {it}
            </Button>
          ))}
        </div>
      ) : (
        <Bubble.List className="messages" items={itemsOf({ messages, world, staffId, tap })} />
      )}
      <div className="chat-foot">
        {group !== null && (
          <SpeakerBar
            group={group}
            world={world}
            memberId={memberId}
            onMember={setMemberId}
            mentionsRobot={mentionsRobot}
            onMentionsRobot={setMentionsRobot}
          />
        )}
        <Composer place={place} robotName={world.robotName} onSay={say} />
      </div>
    </div>
  );
}

/** Who speaks, and in which group, if any: the fields that every request of the page has. */
export interface Place {
  staffId: string;
  conversationId?: string;
}

function firstMember(contact: Contact, world: WorldView): string {
  if (contact.kind === "person") return contact.person.staffId;
  const { memberIds } = contact.group;
  const manager = world.people.find((it) => it.role === "manager" && memberIds.includes(it.staffId));
  return manager?.staffId ?? memberIds[0] ?? "";
}

function subtitle(contact: Contact, { robotName }: WorldView): string {
  if (contact.kind === "group") return contact.detail;
  const { unit, post } = contact.person;
  return `${[unit, post].filter((it) => it).join(" ")}，与${robotName}单聊`;
}

interface Shown {
  messages: readonly MessageView[];
  world: WorldView;
  /** Whose bubbles stand on the right. */
  staffId: string;
  tap: (url: string) => void;
}

function itemsOf({ messages, world, staffId, tap }: Shown): BubbleItemType[] {
  const names = new Map(world.people.map((it) => [it.staffId, it.name]));
  return messages.flatMap((message, index) => {
    const before = messages[index - 1];
    const isLater = before === undefined || Date.parse(message.at) - Date.parse(before.at) >= silenceMs;
    const isOwn = message.from !== "bot" && message.from.staffId === staffId;
    const name = message.from === "bot" ? world.robotName : (names.get(message.from.staffId) ?? "某人");
    const isInGroup = "conversationId" in message.conversation;
    const bubble: BubbleItemType = {
      key: message.id,
      role: message.from === "bot" ? "robot" : "person",
      placement: isOwn ? "end" : "start",
      variant: isOwn ? "filled" : "outlined",
      rootClassName: isOwn ? "bubble is-own" : "bubble",
      avatar: <Face of={message.from === "bot" ? "robot" : "person"} name={name} />,
      header: isInGroup ? <span className="bubble-name">{name}</span> : null,
      content: <MessageBody body={message.body} onTap={tap} />,
    };
    return isLater ? [timeLine(message, world.campaign.timezone), bubble] : [bubble];
  });
}

function timeLine({ id, at }: MessageView, timezone: string): BubbleItemType {
  return {
    key: `${id} time`,
    role: "system",
    variant: "borderless",
    content: <span className="time-line">{shownDay(wallClock(at, timezone), "M月D日")}</span>,
  };
}
