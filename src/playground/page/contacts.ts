import type { GroupView, PersonView, WorldView } from "../page-view.ts";
import { conversationKey } from "./requests.ts";

/** One line of the list: a person, as whom one then speaks, or a group. */
export type Contact =
  | { kind: "person"; key: string; name: string; detail: string; person: PersonView }
  | { kind: "group"; key: string; name: string; detail: string; group: GroupView };

export interface ContactSection {
  title: string;
  contacts: Contact[];
}

/** Groups, managers, then people by unit in the campaign's order, then the rest. Empty sections are left out. */
export function sectionsOf(world: Pick<WorldView, "people" | "groups">, wanted = ""): ContactSection[] {
  const people = world.people.map(personContact);
  const units = [...new Set(world.people.flatMap(({ unit }) => unit ?? []))];
  const sections = [
    { title: "群聊", contacts: world.groups.map(groupContact) },
    { title: "管理员", contacts: people.filter(({ person }) => person.role === "manager") },
    ...units.map((unit) => ({ title: unit, contacts: people.filter(({ person }) => person.unit === unit) })),
    { title: "其他", contacts: people.filter(({ person }) => person.role !== "manager" && person.unit === null) },
  ];
  const words = wanted.trim().split(/\s+/);
  return sections
    .map(({ title, contacts }) => ({ title, contacts: contacts.filter((it) => isWanted(it, title, words)) }))
    .filter(({ contacts }) => contacts.length > 0);
}

export function findContact(world: Pick<WorldView, "people" | "groups">, key: string): Contact | undefined {
  return sectionsOf(world)
    .flatMap(({ contacts }) => contacts)
    .find((it) => it.key === key);
}

function personContact(person: PersonView): Contact & { kind: "person" } {
  return { kind: "person", key: conversationKey(person), name: person.name, detail: person.post, person };
}

function groupContact(group: GroupView): Contact {
  const detail = `${group.memberIds.length} 人${group.hasRobot ? "" : "，没有机器人"}`;
  return { kind: "group", key: conversationKey(group), name: group.title, detail, group };
}

function isWanted(contact: Contact, section: string, words: string[]): boolean {
  const text = `${contact.name} ${contact.detail} ${section}`;
  return words.every((word) => text.includes(word));
}
