import { deadlineFor } from "../campaign/deadline.ts";
import type { DocumentKind, UnitDocument } from "../campaign/document.ts";
import { lacksStamped } from "../campaign/duty.ts";
import { deadlineOf } from "../campaign/period.ts";
import { allPeriodsOf, type UnitRecord } from "../campaign/unit-record.ts";
import { ask } from "./conversation.ts";
import {
  answer,
  type Change,
  type Outcome,
  outcome,
  type PendingFile,
  type Step,
  type Turn,
  toPerson,
} from "./flow.ts";
import { dueOf } from "./moment.ts";

/**
 * 活动总结报告 and 盖章件. A file takes two turns: its reference is committed and acknowledged, a worker fetches the bytes,
 * and only `fileArrived` says 已收到 (design §3).
 */
const summaryTypes = /\.(docx?|pdf|wps)$/i;
const wordTypes = /\.(docx?|wps)$/i;
const pictureTypes = /\.(jpe?g|png|bmp|gif)$/i;

/** `总结`: the next file is the summary report. */
export const awaitSummary: Step<"own"> = (turn) => {
  const { campaign, own } = turn.facts;
  const due = dueOf(turn.facts, deadlineFor(campaign, own, "summary"));
  return outcome({ ...turn.state, awaitsSummary: true }, [
    answer(turn.inbound, { tag: "summaryAwaited", data: { due } }),
  ]);
};

/** A file or picture sent 1:1. */
export const receiveFile: Step<"own"> = (turn) => {
  const { inbound, facts, state } = turn;
  if (inbound.kind !== "file" && inbound.kind !== "picture") throw new Error("not a file");
  const { own, next } = facts;
  const fileName = inbound.kind === "file" ? inbound.fileName : `盖章件-${next.file}.jpg`;
  const isPicture = inbound.kind === "picture" || pictureTypes.test(fileName);
  const isSummary = !isPicture && summaryTypes.test(fileName) && (state.awaitsSummary || wordTypes.test(fileName));
  const isScan = !isPicture && /\.pdf$/i.test(fileName);
  if (!isPicture && !isSummary && !isScan) return refuseFile(turn, fileName);
  if (isPicture && state.awaitsSummary) return refuseFile(turn, fileName);
  if (isPicture && allPeriodsOf(own).every((it) => it.submission.last === null)) {
    return outcome(state, [answer(inbound, { tag: "pictureTooEarly", data: {} })]);
  }
  const kind: DocumentKind | null = isSummary ? "summary" : isPicture ? "stamped" : null;
  const file: PendingFile = {
    no: next.file,
    unitId: own.unit.id,
    kind,
    fileName,
    downloadCode: inbound.downloadCode,
    receivedBy: inbound.sender.staffId,
    receivedAt: inbound.at,
  };
  return outcome({ ...state, awaitsSummary: false }, [], [{ type: "fileReceived", file }]);
};

function refuseFile(turn: Turn<"own">, fileName: string): Outcome {
  const data = { fileName, awaitsSummary: turn.state.awaitsSummary };
  return outcome(turn.state, [answer(turn.inbound, { tag: "fileRefused", data })]);
}

/** The second turn: the bytes are there, or can't be had. */
export const fileArrived: Step<"all" | "files"> = (turn) => {
  const { inbound, facts, state } = turn;
  if (inbound.kind !== "fileArrived") throw new Error("not a file that arrived");
  const file = facts.files.find((it) => it.no === inbound.fileNo);
  const own = facts.all.find((it) => it.unit.id === file?.unitId);
  if (file === undefined || own === undefined) return outcome(state, []);
  const { fetched } = inbound;
  const { no, fileName, kind, receivedBy, receivedAt, unitId } = file;
  if (!fetched.ok) {
    const data = { fileName, reason: fetched.reason };
    return outcome(
      state,
      [toPerson(receivedBy, { tag: "fileFailed", data })],
      [{ type: "fileSettled", no, document: null }],
    );
  }
  const { storedAs, bytes } = fetched;
  const document: UnitDocument = { no, unitId, kind, fileName, storedAs, bytes, receivedBy, receivedAt };
  const settled: Change = { type: "fileSettled", no, document };
  if (kind === null) {
    const question = { about: "document", fileNo: no, fileName } as const;
    const asked = ask(state, facts.next.question, question);
    const data = { no: facts.next.question, fileName };
    return outcome(asked, [toPerson(receivedBy, { tag: "whichDocument", data })], [settled]);
  }
  const filed = filedAs(turn, own, { document, kind });
  return outcome(state, [toPerson(receivedBy, filed.say)], [settled, ...filed.changes]);
};

/** 【盖章件】 or 【总结】 for a PDF that came without a word. */
export function nameDocument(turn: Turn<"own">, fileNo: number, kind: DocumentKind): Outcome {
  const document = turn.facts.own.documents.find((it) => it.no === fileNo);
  if (document === undefined) throw new Error(`no document ${fileNo}`);
  const filed = filedAs(turn, turn.facts.own, { document, kind });
  return outcome(
    turn.state,
    [answer(turn.inbound, filed.say)],
    [{ type: "documentNamed", no: fileNo, kind }, ...filed.changes],
  );
}

function filedAs(
  { facts }: Pick<Turn, "facts">,
  own: UnitRecord,
  { document, kind }: { document: UnitDocument; kind: DocumentKind },
) {
  const isReplacement = own.documents.some((it) => it.kind === kind && it.no !== document.no);
  const { unit, submission } = own;
  const obligation = kind === "summary" ? kind : "statistics";
  const data = {
    kind,
    fileName: document.fileName,
    unit: unit.name,
    isReplacement,
    isOnTime: document.receivedAt <= deadlineOf(facts.campaign, deadlineFor(facts.campaign, own, obligation)),
    owesStatistics: submission.last === null || submission.status === "returned",
  };
  const isMet = kind === "summary" || lacksStamped(facts.campaign, own);
  const changes: Change[] = isMet ? [{ type: "reminderWithdrawn", unitId: unit.id, obligation }] : [];
  return { say: { tag: "documentFiled", data } as const, changes };
}
