import { calledOf } from "../campaign/campaign.ts";
import { askedOf } from "../campaign/duty.ts";
import { liaisonOf, type Nomination, pending } from "../campaign/nomination.ts";
import { isRecurring, keptBy } from "../campaign/period.ts";
import { isMobile } from "../campaign/phone.ts";
import { unitProgress } from "../campaign/progress.ts";
import { decideReview } from "../campaign/submission.ts";
import { allPeriodsOf, inPeriod, liaisonOfRecord, type UnitRecord } from "../campaign/unit-record.ts";
import { answer, type Change, type Outcome, outcome, type Reply, type Step, type Turn, toPerson } from "./flow.ts";
import { type NamedUnit, namedUnit, reviewListReply } from "./manage.ts";
import { momentText } from "./moment.ts";
import { isBareNumber, isOneNamed, readPeriod } from "./named-period.ts";
import { spokenForElsewhere, welcomeText } from "./nominate.ts";
import { headed, noSuchPeriod } from "./period.ts";
import { shortNumber } from "./short-number.ts";
import type { NumberTaken } from "./words/period.ts";
import type { AnnexOneText } from "./words/review.ts";

/** A nomination that waits, with its unit's record. */
interface Waiting {
  nomination: Nomination;
  record: UnitRecord;
}

/** `同意 <号>`. */
export const approve: Step<"all"> = (turn) => {
  const chosen = chosenNomination(turn);
  if (!chosen.ok) return chosen.refused;
  const { nomination, record } = chosen.waiting;
  const { all, now } = turn.facts;
  const { no, name, staffId } = nomination;
  const { unit } = record;
  const other = unitOfNominee(all, nomination);
  if (other !== undefined) {
    const data = { no, unit: unit.name, name, other: other.name };
    return outcome(turn.state, [answer(turn.inbound, { tag: "nomineeTaken", data })]);
  }

  const former = liaisonOfRecord(record);
  const overtaken = pending(record.nominations).filter((it) => it.no < no);
  const decided = (it: Nomination, status: "approved" | "replaced"): Change => {
    return { type: "nominationDecided", no: it.no, status, by: turn.inbound.sender.nick, at: now };
  };
  const changes: Change[] = [
    ...[...(former === undefined ? [] : [former]), ...overtaken].map((it) => decided(it, "replaced")),
    decided(nomination, "approved"),
    { type: "reminderWithdrawn", unitId: unit.id, obligation: "nomination" },
  ];
  const isReachable = staffId !== null || isMobile(nomination.phone);
  const replaced = former?.name ?? null;
  const data = { no, unit: unit.name, name, replaced, isReachable, annexOne: annexOneText(all, unit.id) };
  const replies = [
    answer(turn.inbound, { tag: "nominationApproved", data }),
    ...(staffId === null ? [] : [toPerson(staffId, { tag: "welcomed", data: welcomeText(turn.facts, record) })]),
    ...proposerHears(turn, chosen.waiting, { unit: unit.name, name, isFound: staffId !== null, isReachable }),
    ...formerHears(former, nomination, unit.name),
    ...overtakenHear(overtaken, nomination, unit.name),
  ];
  return outcome(turn.state, replies, changes);
};

/** `不同意 <号>`. */
export const decline: Step<"all"> = (turn) => {
  const chosen = chosenNomination(turn);
  if (!chosen.ok) return chosen.refused;
  const { nomination, record } = chosen.waiting;
  const { no, name, proposedBy } = nomination;
  const { sender } = turn.inbound;
  const remains = liaisonOfRecord(record)?.name ?? null;
  const unit = record.unit.name;
  const data = { no, unit, name, remains, annexOne: annexOneText(turn.facts.all) };
  const told = { unit, called: calledOf(record.unit), name, remains };
  return outcome(
    turn.state,
    [
      answer(turn.inbound, { tag: "nominationDeclined", data }),
      ...(proposedBy === sender.staffId ? [] : [toPerson(proposedBy, { tag: "proposalDeclined", data: told })]),
    ],
    [{ type: "nominationDecided", no, status: "declined", by: sender.nick, at: turn.facts.now }],
  );
};

/** `通过 <单位>`. */
export const accept: Step<"all"> = (turn) => {
  if (turn.words.trim() === "") return outcome(turn.state, [reviewListReply(turn)]);
  const found = underReview(turn, "accept");
  if (!found.ok) return found.refused;
  const { record } = found;
  const { all, now, campaign } = turn.facts;
  const heading = headed(campaign, record.period);
  const decision = decideReview(record.submission, { type: "accepted", at: now });
  if (!decision.ok) return notReviewable(turn, found);
  const { unit } = record;
  const told = askedOf(record);
  const isLeft = (it: UnitRecord) => it.unit.id !== unit.id || it.period.key !== record.period.key;
  const left = all.flatMap(allPeriodsOf).filter((it) => it.submission.status === "submitted" && isLeft(it)).length;
  return outcome(
    turn.state,
    [
      answer(turn.inbound, {
        tag: "formAcceptedNoted",
        data: { unit: unit.name, isTold: told.length > 0, left },
        ...headed(campaign, record.period, found.number),
      }),
      ...told.map((it) => toPerson(it, { tag: "formAccepted", data: { unit: unit.name }, ...heading })),
    ],
    [{ type: "submissionMoved", unitId: unit.id, ...keptBy(campaign, record.period), event: decision.event }],
  );
};

/** `退回 <单位> <原因>`: the reason is what the liaison works by, so there is no return without one. */
export const giveBack: Step<"all"> = (turn) => {
  const found = underReview(turn, "giveBack");
  if (!found.ok) return found.refused;
  const { record, rest: reason } = found;
  const { campaign } = turn.facts;
  const heading = headed(campaign, record.period);
  const noted = headed(campaign, record.period, found.number);
  const { unit } = record;
  const decision = decideReview(record.submission, { type: "returned", reason, at: turn.facts.now });
  if (!decision.ok) return notReviewable(turn, found);
  if (reason === "") {
    const data = { unit: unit.name, called: calledOf(unit) };
    return outcome(turn.state, [answer(turn.inbound, { tag: "returnNeedsReason", data, ...noted })]);
  }
  const liaison = liaisonOfRecord(record);
  const told = askedOf(record);
  const names = liaison !== undefined && liaison.staffId !== null ? [liaison.name] : [];
  const data = { unit: unit.name, reason, told: names, isTold: told.length > 0 };
  return outcome(
    turn.state,
    [
      answer(turn.inbound, { tag: "formReturnedNoted", data, ...noted }),
      ...told.map((it) => toPerson(it, { tag: "formReturned", data: { unit: unit.name, reason }, ...heading })),
    ],
    [{ type: "submissionMoved", unitId: unit.id, ...keptBy(campaign, record.period), event: decision.event }],
  );
};

type Refused = Extract<NamedUnit, { ok: false }>;
/** A unit seen in the period meant, with what a bare number in the command was taken for. */
type UnderReview = Extract<NamedUnit, { ok: true }> & { number?: NumberTaken };

/** The form that 通过 or 退回 means: of the period named behind the unit, else the latest that waits for it. */
function underReview(turn: Turn<"all">, command: "accept" | "giveBack"): UnderReview | Refused {
  const found = namedUnit(turn, command);
  if (!found.ok || !isRecurring(turn.facts.campaign)) return found;
  const [first = "", ...others] = found.rest.split(" ");
  const isRow = command === "giveBack" && isBareNumber(first);
  if (isOneNamed(first) && !isRow) {
    const named = readPeriod(first, turn.facts);
    const said = { command: `${command === "accept" ? "通过" : "退回"} ${calledOf(found.record.unit)}`, said: first };
    if (named.kind !== "one") return { ok: false, refused: noSuchPeriod(turn, said) };
    const record = inPeriod(found.record, named.period.key);
    return { ...found, record, rest: others.join(" "), number: { said: first, as: "period" } };
  }
  const all = allPeriodsOf(found.record);
  const waits = (status: string) => all.findLast((it) => it.submission.status === status);
  const latest = waits("submitted") ?? waits("accepted") ?? found.record;
  const seen = { ...found, record: inPeriod(found.record, latest.period.key) };
  if (!isRow) return seen;
  // `退回 定海 3`: a row is no reason yet.
  return { ...seen, rest: others.length === 0 ? "" : found.rest, number: { said: first, as: "row" } };
}

/** By its number, or the only one that waits; else why not, or the list. */
function chosenNomination(turn: Turn<"all">): { ok: true; waiting: Waiting } | { ok: false; refused: Outcome } {
  const { all, campaign } = turn.facts;
  const refused = (reply: Reply) => ({ ok: false, refused: outcome(turn.state, [reply]) }) as const;
  const everyone = all.flatMap((record) => record.nominations.map((nomination) => ({ nomination, record })));
  const no = shortNumber(turn.words);
  if (no === null) {
    const [only, ...others] = everyone.filter((it) => it.nomination.status === "proposed");
    const isClear = only !== undefined && others.length === 0 && turn.words.trim() === "";
    return isClear ? { ok: true, waiting: only } : refused(reviewListReply(turn));
  }
  const chosen = everyone.find((it) => it.nomination.no === no);
  if (chosen === undefined) return refused(answer(turn.inbound, { tag: "noSuchNomination", data: { no } }));
  const { name, status, decidedBy: by, decidedAt } = chosen.nomination;
  if (status === "proposed") return { ok: true, waiting: chosen };
  const at = decidedAt === null ? null : momentText(decidedAt, campaign);
  const data = { no, unit: chosen.record.unit.name, name, status, by, at };
  return refused(answer(turn.inbound, { tag: "nominationDecidedBefore", data }));
}

/** The other unit that a nominee speaks for; while nobody knows their staff id, their mobile tells. */
function unitOfNominee(records: readonly UnitRecord[], { staffId, phone, unitId }: Nomination) {
  if (staffId !== null) return spokenForElsewhere(records, staffId, unitId);
  if (!isMobile(phone)) return undefined;
  return records.find((it) => it.unit.id !== unitId && liaisonOfRecord(it)?.phone === phone)?.unit;
}

/** Annex 1 as it stands once `approved` has a liaison. */
function annexOneText(records: readonly UnitRecord[], approved?: string): AnnexOneText {
  const missing = records.filter(
    (it) => it.unit.id !== approved && liaisonOf(it.nominations, it.unit.id) === undefined,
  );
  return {
    nominated: records.length - missing.length,
    expected: records.length,
    missing: missing.map((it) => it.unit.name),
  };
}

/** Whoever proposed somebody else; the nominee and the deciding manager hear of it anyway. */
function proposerHears(
  turn: Turn<"all">,
  { nomination }: Waiting,
  data: { unit: string; name: string; isFound: boolean; isReachable: boolean },
): Reply[] {
  const { proposedBy, staffId } = nomination;
  if (proposedBy === staffId || proposedBy === turn.inbound.sender.staffId) return [];
  return [toPerson(proposedBy, { tag: "proposalApproved", data })];
}

function formerHears(former: Nomination | undefined, { name, staffId }: Nomination, unit: string): Reply[] {
  const formerId = former?.staffId ?? null;
  if (formerId === null || formerId === staffId) return [];
  return [toPerson(formerId, { tag: "liaisonReplaced", data: { unit, successor: name } })];
}

function overtakenHear(overtaken: readonly Nomination[], chosen: Nomination, unit: string): Reply[] {
  return overtaken
    .filter((it) => it.proposedBy !== chosen.proposedBy)
    .map((it) =>
      toPerson(it.proposedBy, { tag: "proposalOvertaken", data: { unit, name: it.name, chosen: chosen.name } }),
    );
}

function notReviewable(turn: Turn<"all">, { record, number }: UnderReview): Outcome {
  const { unit, submission } = record;
  const { state } = unitProgress(turn.facts.campaign, record).statistics;
  const data = { unit: unit.name, called: calledOf(unit), state, reason: submission.returned?.reason ?? null };
  return outcome(turn.state, [
    answer(turn.inbound, { tag: "formNotReviewable", data, ...headed(turn.facts.campaign, record.period, number) }),
  ]);
}
