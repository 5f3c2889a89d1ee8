import { Files } from "./files.ts";
import { newMsgId } from "./ids.ts";

export interface LocalPerson {
  staffId: string;
  name: string;
  mobile?: string;
  title?: string;
  /** Not of the organisation: payloads then carry no `senderStaffId`, and no API finds the person. */
  isExternal?: boolean;
}

export interface LocalGroup {
  conversationId: string;
  title: string;
  memberIds: string[];
  /** Default true. */
  hasRobot?: boolean;
}

/** A person's chat with the robot, or a group. */
export type ConversationRef = { staffId: string } | { conversationId: string };

export type MessageBody =
  | { kind: "text"; text: string }
  | { kind: "markdown"; title: string; text: string }
  | { kind: "actionCard"; title: string; text: string; buttons: { title: string; url: string }[] }
  | { kind: "link"; title: string; text: string; url: string; pictureUrl: string }
  | { kind: "feedCard"; links: { title: string; url: string; pictureUrl: string }[] }
  /** From the robot: not a chat's message for DingTalk, but people see it like one. */
  | { kind: "ding"; text: string }
  /** From the robot; `mediaId` may also be the public URL it gave. */
  | { kind: "image"; mediaId: string }
  | { kind: "audio"; mediaId: string; durationMs: number }
  | { kind: "video"; mediaId: string; durationSeconds: number }
  | { kind: "file"; mediaId: string; fileName: string; fileType: string }
  /** From a person. */
  | { kind: "picture"; mediaId: string; fileName: string }
  | { kind: "voice"; mediaId: string; recognition: string }
  | { kind: "sticker" };

export interface ChatMessage {
  id: string;
  /** Calendar time. */
  at: Date;
  conversation: ConversationRef;
  from: { staffId: string } | "bot";
  body: MessageBody;
}

/** Everything people can see: who there is, and what was said by anybody, in order. */
export class World {
  readonly people: readonly LocalPerson[];
  readonly groups: readonly LocalGroup[];
  readonly files: Files;
  readonly #now: () => Date;
  readonly #messages: ChatMessage[] = [];
  readonly #positions = new Map<string, number>();
  /** How many of all messages there were when somebody last read what was sent to them alone. */
  readonly #readUpTo = new Map<string, number>();
  readonly #listeners = new Set<(message: ChatMessage) => void>();

  constructor(given: { people: readonly LocalPerson[]; groups: readonly LocalGroup[]; now: () => Date }) {
    const twice = firstRepeated(given.people.map((it) => it.staffId));
    if (twice !== undefined) throw new Error(`two people have the staff id ${twice}`);
    for (const group of given.groups) {
      const stranger = group.memberIds.find((it) => !given.people.some((person) => person.staffId === it));
      if (stranger !== undefined) throw new Error(`group ${group.title} has an unknown member ${stranger}`);
    }
    this.people = given.people;
    this.groups = given.groups;
    this.files = new Files(given.now);
    this.#now = given.now;
  }

  /** All messages of all conversations, oldest first. */
  get allMessages(): readonly ChatMessage[] {
    return this.#messages;
  }

  messages(of: ConversationRef): ChatMessage[] {
    return this.#messages.filter((it) => isSameConversation(it.conversation, of));
  }

  record(said: Pick<ChatMessage, "conversation" | "from" | "body">): ChatMessage {
    const message: ChatMessage = { id: newMsgId(), at: this.#now(), ...said };
    this.#positions.set(message.id, this.#messages.length);
    this.#messages.push(message);
    // Whoever speaks to the robot has its last words before them.
    if (said.from !== "bot" && "staffId" in said.conversation) this.read(said.from.staffId);
    for (const listener of this.#listeners) listener(message);
    return message;
  }

  /** Somebody looks at their chat with the robot. */
  read(staffId: string): void {
    this.#readUpTo.set(staffId, this.#messages.length);
  }

  hasRead(staffId: string, messageId: string): boolean {
    return (this.#positions.get(messageId) ?? Number.POSITIVE_INFINITY) < (this.#readUpTo.get(staffId) ?? 0);
  }

  /** Returns the way to stop listening. */
  onMessage(listener: (message: ChatMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  findPerson(staffId: string): LocalPerson | undefined {
    return this.people.find((it) => it.staffId === staffId);
  }

  /** Somebody the organisation's APIs know. */
  findStaff(staffId: string): LocalPerson | undefined {
    const person = this.findPerson(staffId);
    return person?.isExternal ? undefined : person;
  }

  findGroup(conversationId: string): LocalGroup | undefined {
    return this.groups.find((it) => it.conversationId === conversationId);
  }

  /** Throws when there is no such person. */
  loadPerson(staffId: string): LocalPerson {
    const person = this.findPerson(staffId);
    if (person === undefined) throw new Error(`nobody has the staff id ${staffId}`);
    return person;
  }

  /** Throws when there is no such group, or the person is not in it. */
  loadGroupOf(staffId: string, conversationId: string): LocalGroup {
    const group = this.findGroup(conversationId);
    if (group === undefined) throw new Error(`no group has the conversation id ${conversationId}`);
    if (!group.memberIds.includes(staffId)) throw new Error(`${staffId} is not in the group ${group.title}`);
    return group;
  }
}

function isSameConversation(one: ConversationRef, other: ConversationRef): boolean {
  return "staffId" in one
    ? "staffId" in other && one.staffId === other.staffId
    : "conversationId" in other && one.conversationId === other.conversationId;
}

function firstRepeated(values: string[]): string | undefined {
  return values.find((value, index) => values.indexOf(value) !== index);
}
