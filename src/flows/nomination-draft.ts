import type { Campaign } from "../campaign/campaign.ts";
import { readPhone } from "../campaign/phone.ts";
import { matchUnit } from "../reader/match.ts";
import type { NominationDraft } from "./conversation.ts";

/** The four things that annex 1 asks of a liaison, taken one by one as they are said. */
export type Part = "unitId" | "name" | "post" | "phone";
const parts: readonly Part[] = ["unitId", "name", "post", "phone"];

export function firstMissing(draft: NominationDraft): Part | null {
  return parts.find((it) => draft[it] === null) ?? null;
}

export function lastGiven(draft: NominationDraft): Part | null {
  return parts.findLast((it) => draft[it] !== null) ?? null;
}

export const emptyDraft: NominationDraft = { unitId: null, name: null, post: null, phone: null, localPhone: null };

/** Names and posts as annex 1 prints them: no digits, no marks that could be read as something else. */
const namePattern = /^[\p{Script=Han}A-Za-z·. ]{2,20}$/u;
const postPattern = /^[\p{Script=Han}A-Za-z0-9·.()（）、/ -]{1,30}$/u;

/** `演练2场40人` is no post. */
const countsSomething = /\d\s*[场次人名个]/;

export type PartRefusal =
  | { part: "unitId"; said: string; candidates: string[] }
  | { part: "name"; said: string }
  | { part: "post"; said: string }
  | { part: "phone"; reason: "noAreaCode" | "wrongLength" | "noPhone"; said: string; digits: number };

export type Taken = { ok: true; draft: NominationDraft } | { ok: false; refusal: PartRefusal; localPhone?: string };

/** Takes one part, or says why it can't be taken. */
export function takePart(
  campaign: Campaign,
  draft: NominationDraft,
  { part, words }: { part: Part; words: string },
): Taken {
  const said = words.trim();
  switch (part) {
    case "unitId": {
      const { sure, candidates } = matchUnit(said, campaign);
      if (sure !== null) return { ok: true, draft: { ...draft, unitId: sure.id } };
      return { ok: false, refusal: { part, said, candidates: candidates.slice(0, 5).map((it) => it.name) } };
    }
    case "name":
      return namePattern.test(said)
        ? { ok: true, draft: { ...draft, name: said } }
        : { ok: false, refusal: { part, said } };
    case "post":
      return postPattern.test(said) && !countsSomething.test(said)
        ? { ok: true, draft: { ...draft, post: said } }
        : { ok: false, refusal: { part, said } };
    case "phone":
      return takePhone(draft, said);
    default:
      return part satisfies never;
  }
}

/** A local number is kept until its area code comes: `0580` completes `2182286`. */
function takePhone(draft: NominationDraft, said: string): Taken {
  const isAreaCode = draft.localPhone !== null && /^0\d{2,3}$/.test(said.normalize("NFKC").trim());
  const reading = readPhone(isAreaCode ? `${said.trim()}-${draft.localPhone}` : said);
  if (reading.ok) return { ok: true, draft: { ...draft, phone: reading.phone, localPhone: null } };
  const { reason, digits } = reading;
  const refusal = { part: "phone", reason, said, digits: digits.length } as const;
  return reason === "noAreaCode" ? { ok: false, refusal, localPhone: digits } : { ok: false, refusal };
}
