import type { Campaign } from "../campaign/campaign.ts";
import type { LocalDingTalk } from "./local-dingtalk.ts";
import type { ChatMessage, LocalGroup, LocalPerson } from "./world.ts";

/** What the page is told. Instants are ISO 8601 texts. */
export interface WorldView {
  campaign: { title: string; organiser: string; timezone: string };
  robotName: string;
  people: PersonView[];
  groups: GroupView[];
  status: StatusView;
  /** Whether the server can move the clock to the next reminder. */
  canJumpToNext: boolean;
}

export type Role = "manager" | "ofUnit" | "outsider";

export interface PersonView {
  staffId: string;
  name: string;
  role: Role;
  /** Null for those of no unit. */
  unit: string | null;
  /** Like 联系人; may be empty. */
  post: string;
}

export interface GroupView {
  conversationId: string;
  title: string;
  memberIds: string[];
  hasRobot: boolean;
}

export interface StatusView {
  now: string;
  /** While what falls due on the way is being done. */
  isMoving: boolean;
  isRobotOnline: boolean;
  /** Those that are open. */
  todos: TodoView[];
}

export interface TodoView {
  taskId: string;
  staffId: string;
  subject: string;
  dueAt: string | null;
}

export type MessageView = Omit<ChatMessage, "at"> & { at: string };

/** One event `messages`: all there are, or only those since the last that this reader got. */
export interface MessagesEvent {
  isAll: boolean;
  messages: MessageView[];
}

export interface Problem {
  /** A Chinese sentence. */
  problem: string;
}

export function viewMessage(message: ChatMessage): MessageView {
  return { ...message, at: message.at.toISOString() };
}

export function viewTodos({ ledger }: LocalDingTalk): TodoView[] {
  return ledger.todos
    .filter((it) => it.closedAt === null)
    .map(({ taskId, staffId, subject, dueAt }) => ({ taskId, staffId, subject, dueAt: dueAt?.toISOString() ?? null }));
}

export function viewPeople(
  dingtalk: LocalDingTalk,
  { campaign, managers }: { campaign: Campaign; managers: readonly string[] },
): Pick<WorldView, "campaign" | "people" | "groups"> {
  const { title, organiser, timezone } = campaign;
  return {
    campaign: { title, organiser, timezone },
    people: dingtalk.world.people.map((it) => viewPerson(it, campaign, managers)),
    groups: dingtalk.world.groups.map(viewGroup),
  };
}

function viewPerson(person: LocalPerson, campaign: Campaign, managers: readonly string[]): PersonView {
  const { staffId, name, title = "" } = person;
  if (managers.includes(staffId)) return { staffId, name, role: "manager", unit: null, post: "管理员" };
  if (person.isExternal) return { staffId, name, role: "outsider", unit: null, post: title };
  // The people of a campaign carry their unit in the title, as in an address book: 单位 职务 (people.ts).
  const unit = campaign.units.find((it) => title.startsWith(`${it.name} `));
  const post = unit === undefined ? title : title.slice(unit.name.length + 1);
  return { staffId, name, role: "ofUnit", unit: unit?.name ?? null, post };
}

function viewGroup({ conversationId, title, memberIds, hasRobot = true }: LocalGroup): GroupView {
  return { conversationId, title, memberIds, hasRobot };
}
