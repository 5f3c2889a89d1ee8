import type { Campaign, Unit } from "../campaign/campaign.ts";
import { liaisonOf, type Nomination } from "../campaign/nomination.ts";
import { isMobile } from "../campaign/phone.ts";
import type { UnitRecord } from "../campaign/unit-record.ts";
import type { NominationDraft } from "./conversation.ts";
import {
  answer,
  type Change,
  type Facts,
  type Outcome,
  outcome,
  type Reply,
  type Step,
  type Turn,
  toManagers,
  toPerson,
} from "./flow.ts";
import { nextDeadline } from "./moment.ts";
import { emptyDraft, firstMissing, lastGiven, type Part, type PartRefusal, takePart } from "./nomination-draft.ts";
import type { NominationText } from "./words/nominate.ts";

/**
 * Annex 1 by chat: a unit's liaison is proposed in one line or step by step, and approved by a manager; at once only
 * where the sender's own staff id is a listed contact of the unit. A typed phone never proves anything.
 */

/** `报名`: step by step; what is known already isn't asked. */
export const startNomination: Step<"all"> = (turn) => {
  const { standing } = turn.facts;
  const own = standing.liaisonOf ?? (standing.contactOf.length === 1 ? (standing.contactOf[0] ?? null) : null);
  return askNext(turn, { ...emptyDraft, unitId: own });
};

/** `联络员 定海区城市管理局 张三 科长 13800000000`. */
export const nominateInOneLine: Step<"all"> = (turn) => {
  const words = turn.words
    // 0580 2182286 is one number.
    .replace(/(?<!\d)(0\d{2,3})\s+(?=\d{7,8}\s*$)/, "$1-")
    .split(/[\s,，、|｜]+/)
    .filter((it) => it !== "");
  const last = words.at(-1) ?? "";
  const hasPhone = words.length > 1 && /^[+\d(（][\d()（） -]{4,}$/.test(last);
  const [unitWords = "", name, ...post] = hasPhone ? words.slice(0, -1) : words;
  const steps: [Part, string | undefined][] = [
    ["unitId", unitWords],
    ["name", name],
    ["post", post.length === 0 ? undefined : post.join("")],
    ["phone", hasPhone ? last : undefined],
  ];
  return fill(turn, emptyDraft, steps);
};

/** An answer while the bot asks step by step. */
export const continueNomination: Step<"all"> = (turn) => {
  const draft = turn.state.nominating ?? emptyDraft;
  const part = firstMissing(draft);
  return part === null ? propose(turn, draft) : fill(turn, draft, [[part, turn.words]]);
};

/** `返回`: the part given last is asked again. */
export const previousPart: Step<"all"> = (turn) => {
  const draft = turn.state.nominating ?? emptyDraft;
  const last = lastGiven(draft);
  return askNext(turn, last === null ? draft : { ...draft, [last]: null, localPhone: null });
};

/** Takes the given parts one after another; stops at the first that can't be taken and says why, keeping the others. */
function fill(
  turn: Turn<"all">,
  draft: NominationDraft,
  given: readonly (readonly [Part, string | undefined])[],
): Outcome {
  let filled = draft;
  let refusal: PartRefusal | null = null;
  for (const [part, words] of given) {
    if (words === undefined) continue;
    const taken = takePart(turn.facts.campaign, filled, { part, words });
    if (taken.ok) filled = taken.draft;
    else {
      refusal ??= taken.refusal;
      filled = { ...filled, localPhone: taken.localPhone ?? filled.localPhone };
    }
  }
  return askNext(turn, filled, refusal);
}

function askNext(turn: Turn<"all">, draft: NominationDraft, refusal: PartRefusal | null = null): Outcome {
  const part = firstMissing(draft);
  if (part === null) return propose(turn, draft);
  const { campaign } = turn.facts;
  const unit = unitById(campaign, draft.unitId);
  const units = part === "unitId" && refusal === null ? campaign.units.map((it) => it.name) : [];
  const data = { part, unit: unit?.name ?? null, units, refusal };
  return outcome({ ...turn.state, nominating: draft }, [answer(turn.inbound, { tag: "nominationAsks", data })]);
}

function propose(turn: Turn<"all">, draft: NominationDraft): Outcome {
  const { all, now, standing, next } = turn.facts;
  const { sender } = turn.inbound;
  const record = all.find((it) => it.unit.id === draft.unitId);
  const { name, post, phone } = draft;
  if (record === undefined || name === null || post === null || phone === null)
    throw new Error("an incomplete nomination");
  const isSelf = sender.nick.includes(name);
  const elsewhere = isSelf ? spokenForElsewhere(all, sender.staffId, record.unit.id) : undefined;
  const idle = { ...turn.state, nominating: null };
  if (elsewhere !== undefined) {
    return outcome(idle, [answer(turn.inbound, { tag: "speaksForAnother", data: { unit: elsewhere.name } })]);
  }
  const current = liaisonOf(record.nominations, record.unit.id);
  // Somebody named by others, whom the directory did not know, may still come and say that it is them.
  const isKnown = current !== undefined && (current.staffId !== null || !isSelf);
  if (isKnown && current.name === name && current.phone === phone && current.post === post) {
    return outcome(idle, [answer(turn.inbound, { tag: "nominatedAlready", data: { unit: record.unit.name, name } })]);
  }
  const isApproved = standing.contactOf.includes(record.unit.id) && current === undefined;
  const nomination: Nomination = {
    no: next.nomination,
    unitId: record.unit.id,
    name,
    post,
    phone,
    staffId: isSelf ? sender.staffId : null,
    proposedBy: sender.staffId,
    proposedAt: turn.inbound.at,
    status: isApproved ? "approved" : "proposed",
    decidedBy: isApproved ? sender.nick : null,
    decidedAt: isApproved ? now : null,
  };
  const changes: Change[] = [...supersede(record, sender, now), { type: "nominationProposed", nomination }];
  if (isApproved) changes.push({ type: "reminderWithdrawn", unitId: record.unit.id, obligation: "nomination" });
  return outcome(idle, proposalReplies(turn, { nomination, record, isSelf }), changes);
}

/** A new proposal of the same sender takes the place of the one that still waits. */
function supersede(record: UnitRecord, sender: Turn["inbound"]["sender"], now: Date): Change[] {
  return record.nominations
    .filter((it) => it.status === "proposed" && it.proposedBy === sender.staffId)
    .map((it) => ({ type: "nominationDecided", no: it.no, status: "replaced", by: sender.nick, at: now }));
}

function proposalReplies(
  turn: Turn<"all">,
  { nomination, record, isSelf }: { nomination: Nomination; record: UnitRecord; isSelf: boolean },
): Reply[] {
  const current = liaisonOf(record.nominations, record.unit.id);
  const data = { ...nominationText(record.unit, nomination), isSelf };
  if (nomination.status === "approved") {
    const isReachable = isSelf || isMobile(nomination.phone);
    const tag = isSelf ? "welcomed" : "approvedAtOnce";
    if (tag === "welcomed") return [answer(turn.inbound, { tag, data: welcomeText(turn.facts, record) })];
    return [answer(turn.inbound, { tag, data: { ...data, isReachable } })];
  }
  const replaces = current === undefined ? null : { name: current.name, post: current.post };
  return [
    answer(turn.inbound, { tag: "proposed", data }),
    toManagers({ tag: "nominationForManager", data: { ...data, replaces, proposedByNick: turn.inbound.sender.nick } }),
  ];
}

export function nominationText(unit: Unit, { no, name, post, phone }: Nomination): NominationText {
  return { no, unit: unit.name, name, post, phone };
}

export function welcomeText(facts: Pick<Facts, "campaign" | "now">, { unit, moved }: UnitRecord) {
  return { title: facts.campaign.title, unit: unit.name, due: nextDeadline(facts, moved) };
}

/** The unit other than `unitId` that a person speaks for already. */
export function spokenForElsewhere(records: readonly UnitRecord[], staffId: string, unitId: string): Unit | undefined {
  return records.find((it) => it.unit.id !== unitId && liaisonOf(it.nominations, it.unit.id)?.staffId === staffId)
    ?.unit;
}

/** The second turn of a nomination for somebody else: the directory has told whose the phone is, or nobody's. */
export const personFound: Step<"all"> = (turn) => {
  const { inbound, facts, state } = turn;
  if (inbound.kind !== "personFound") throw new Error("not a person that was looked up");
  const record = facts.all.find((it) => it.nominations.some((nomination) => nomination.no === inbound.nominationNo));
  const nomination = record?.nominations.find((it) => it.no === inbound.nominationNo);
  if (record === undefined || nomination === undefined || nomination.staffId !== null) return outcome(state, []);
  const { unit } = record;
  const isCurrent = nomination.status === "approved";
  if (inbound.staffId === null) {
    const data = nominationText(unit, nomination);
    return outcome(state, isCurrent ? [toPerson(nomination.proposedBy, { tag: "nomineeUnknown", data })] : []);
  }
  const elsewhere = spokenForElsewhere(facts.all, inbound.staffId, unit.id);
  if (elsewhere !== undefined) {
    return outcome(state, [
      toManagers({
        tag: "nomineeSpeaksForAnother",
        data: { ...nominationText(unit, nomination), other: elsewhere.name },
      }),
    ]);
  }
  const replies = isCurrent ? [toPerson(inbound.staffId, { tag: "welcomed", data: welcomeText(facts, record) })] : [];
  return outcome(state, replies, [{ type: "nomineeFound", no: nomination.no, staffId: inbound.staffId }]);
};

/** Anyone who is neither liaison nor manager is told how to nominate, and nothing else. */
export const greetStranger: Step<"all"> = (turn) => {
  const { campaign, all, standing } = turn.facts;
  const { staffId } = turn.inbound.sender;
  const waiting = all
    .flatMap((it) => it.nominations)
    .find((it) => it.status === "proposed" && it.proposedBy === staffId);
  if (waiting !== undefined) {
    const unit = unitById(campaign, waiting.unitId);
    return outcome(turn.state, [answer(turn.inbound, { tag: "nominationWaits", data: { unit: unit?.name ?? "" } })]);
  }
  const contactOf = unitById(campaign, standing.contactOf[0] ?? null);
  const example = contactOf ?? campaign.units[0];
  const data = { title: campaign.title, contactOf: contactOf?.name ?? null, exampleUnit: example?.name ?? "" };
  return outcome(turn.state, [answer(turn.inbound, { tag: "stranger", data })]);
};

function unitById(campaign: Campaign, id: string | null): Unit | undefined {
  return campaign.units.find((it) => it.id === id);
}
