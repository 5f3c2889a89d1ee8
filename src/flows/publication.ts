import { type Campaign, calledOf } from "../campaign/campaign.ts";
import { type Consolidated, consolidate, keyTotals } from "../campaign/consolidated.ts";
import { progressOf } from "../campaign/progress.ts";
import { ask, settleAll } from "./conversation.ts";
import { answer, type BoundGroup, outcome, type Publication, type Reply, type Step } from "./flow.ts";
import { momentText } from "./moment.ts";
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
  return [
    { to, content: { kind: "say", say: { tag: "publication", data: publicationText(campaign, table) } } },
    { to, content: { kind: "attach", attachment: { file: "consolidatedPicture", publication } } },
    { to, content: { kind: "attach", attachment: { file: "consolidated", publication } } },
  ];
}

/** `发布`: shows what the group will read and asks; nothing goes out yet. */
export const previewPublication: Step<"all" | "group"> = (turn) => {
  const { inbound, facts } = turn;
  const { campaign, all, now, group, next } = facts;
  if (group === null) return outcome(turn.state, [answer(inbound, { tag: "publicationNeedsGroup", data: {} })]);
  const table = consolidate(campaign, all, { basis: "submitted", asOf: now });
  const no = next.question;
  const reopened = progressOf(campaign, all)
    .filter(({ statistics }) => statistics.state === "reopened" || statistics.state === "returned")
    .map((it) => calledOf(it.unit));
  const data = { no, group: group.title, publication: publicationText(campaign, table), reopened };
  const state = settleAll(turn.state, "replaced", (it) => it.about === "publish");
  return outcome(ask(state, no, { about: "publish" }), [answer(inbound, { tag: "publicationPreview", data })]);
};

/** Confirmed: the table as it stands at this moment. */
export const publish: Step<"all" | "group"> = (turn) => {
  const { inbound, facts } = turn;
  const { campaign, all, now, group, next } = facts;
  if (group === null) return outcome(turn.state, [answer(inbound, { tag: "publicationNeedsGroup", data: {} })]);
  const table = consolidate(campaign, all, { basis: "submitted", asOf: now });
  const publication: Publication = { no: next.publication, table, cause: "manager" };
  const { onTime, late, expected } = publicationText(campaign, table);
  const data = { group: group.title, submitted: onTime + late, expected };
  const publishing = { campaign, table, publicationNo: publication.no, group };
  return outcome(
    turn.state,
    [answer(inbound, { tag: "publicationDone", data }), ...publicationReplies(publishing)],
    [{ type: "published", publication }],
  );
};

function publicationText(campaign: Campaign, table: Consolidated): PublicationText {
  const having = (timeliness: string) => table.units.filter((it) => it.timeliness === timeliness).length;
  return {
    title: campaign.title,
    asOf: momentText(new Date(table.asOf), campaign),
    expected: table.units.length,
    onTime: having("onTime"),
    late: having("late"),
    missing: having("missing"),
    totals: keyTotals(campaign, table).map(({ label, values }) => ({ label, values: [...values] })),
  };
}
