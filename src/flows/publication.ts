import { type Campaign, calledOf } from "../campaign/campaign.ts";
import { type Consolidated, consolidate, consolidateWhole, keyTotals } from "../campaign/consolidated.ts";
import { keptBy } from "../campaign/period.ts";
import { progressOf } from "../campaign/progress.ts";
import { inPeriod } from "../campaign/unit-record.ts";
import { ask, settleAll } from "./conversation.ts";
import {
  answer,
  type BoundGroup,
  type Outcome,
  outcome,
  type Publication,
  type Reply,
  type Step,
  type Turn,
} from "./flow.ts";
import { momentText } from "./moment.ts";
import { headedAll, ofPeriods, onePeriod } from "./period.ts";
import type { PublicationText } from "./words/publication.ts";

/** A table on its way to the group. */
export interface Publishing {
  campaign: Campaign;
  table: Consolidated;
  publicationNo: number;
  group: BoundGroup;
}

/**
 * What the group gets, in the order in which it is read: the text, the picture, the sheet; all three from one snapshot.
 * The same at the deadline and on a manager's word.
 */
export function publicationReplies({ campaign, table, publicationNo: publication, group }: Publishing): Reply[] {
  const to = { kind: "group", conversationId: group.conversationId } as const;
  const heading =
    table.period === undefined ? {} : { period: "whole" in table.period ? table.period : onePeriod(table.period) };
  return [
    { to, content: { kind: "say", say: { tag: "publication", data: publicationText(campaign, table), ...heading } } },
    { to, content: { kind: "attach", attachment: { file: "consolidatedPicture", publication } } },
    { to, content: { kind: "attach", attachment: { file: "consolidated", publication } } },
  ];
}

/** `发布 [期]`: shows what the group will read and asks; nothing goes out yet. */
export const previewPublication: Step<"all" | "group"> = ofPeriods<"all" | "group">("发布", (turn, isWhole) => {
  const { inbound, facts } = turn;
  const { campaign, all, group, next } = facts;
  if (group === null) return outcome(turn.state, [answer(inbound, { tag: "publicationNeedsGroup", data: {} })]);
  const table = tableOf(turn, isWhole);
  const no = next.question;
  const reopened = progressOf(campaign, all)
    .filter(({ statistics }) => statistics.state === "reopened" || statistics.state === "returned")
    .map((it) => calledOf(it.unit));
  const data = { no, group: group.title, publication: publicationText(campaign, table), reopened };
  const state = settleAll(turn.state, "replaced", (it) => it.about === "publish");
  const [first] = all;
  const kept = isWhole ? { period: whole } : first === undefined ? {} : keptBy(campaign, first.period);
  return outcome(ask(state, no, { about: "publish", ...kept }), [
    answer(inbound, { tag: "publicationPreview", data, ...headedAll(facts, isWhole) }),
  ]);
});

/** A question's period where the sum over all is meant. */
const whole = "whole";

function tableOf({ facts }: Turn<"all">, isWhole: boolean): Consolidated {
  const { campaign, all, now } = facts;
  return (isWhole ? consolidateWhole : consolidate)(campaign, all, { basis: "submitted", asOf: now });
}

/** Confirmed: the table as it stands at this moment, of the period that was asked about. */
export function publish(given: Turn<"all" | "group">, period?: string): Outcome {
  const isWhole = period === whole;
  const isOther = period !== undefined && !isWhole;
  const all = isOther ? given.facts.all.map((it) => inPeriod(it, period)) : given.facts.all;
  const turn = { ...given, facts: { ...given.facts, all } };
  const { inbound, facts } = turn;
  const { campaign, group, next } = facts;
  if (group === null) return outcome(turn.state, [answer(inbound, { tag: "publicationNeedsGroup", data: {} })]);
  const table = tableOf(turn, isWhole);
  const publication: Publication = { no: next.publication, table, cause: "manager" };
  const submitted = table.units.filter((it) => it.rows !== null).length;
  const data = { group: group.title, submitted, expected: table.units.length };
  const publishing = { campaign, table, publicationNo: publication.no, group };
  return outcome(
    turn.state,
    [
      answer(inbound, { tag: "publicationDone", data, ...headedAll(facts, isWhole) }),
      ...publicationReplies(publishing),
    ],
    [{ type: "published", publication }],
  );
}

function publicationText(campaign: Campaign, table: Consolidated): PublicationText {
  const having = (timeliness: string) => table.units.filter((it) => it.timeliness === timeliness).length;
  return {
    title: campaign.title,
    asOf: momentText(new Date(table.asOf), campaign),
    expected: table.units.length,
    onTime: having("onTime"),
    late: having("late"),
    missing: having("missing"),
    ...(table.period !== undefined && "whole" in table.period && { isWhole: true }),
    totals: keyTotals(campaign, table).map(({ label, values }) => ({ label, values: [...values] })),
  };
}
