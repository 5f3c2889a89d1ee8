import { correctWords } from "./correct.ts";
import { deliveryWords } from "./delivery.ts";
import { digestWords } from "./digest.ts";
import { documentWords } from "./documents.ts";
import { effectWords } from "./effect.ts";
import type { Message } from "./format.ts";
import { helpWords } from "./help.ts";
import { manageWords } from "./manage.ts";
import { nominateWords } from "./nominate.ts";
import { offlineWords } from "./offline.ts";
import { onPaperWords } from "./on-paper.ts";
import { aboutPeriod, type PeriodText, periodWords } from "./period.ts";
import { publicationWords } from "./publication.ts";
import { putOffWords } from "./put-off.ts";
import { questionWords } from "./questions.ts";
import { reminderWords } from "./reminder.ts";
import { reportWords } from "./report.ts";
import { reviewWords } from "./review.ts";
import { submitWords } from "./submit.ts";
import { urgingWords } from "./urging.ts";
import { walkWords } from "./walk.ts";

/** Everything the bot says, a function for each tag. Data in, words out; no decision is taken here. */
const words = {
  ...helpWords,
  ...nominateWords,
  ...reportWords,
  ...questionWords,
  ...walkWords,
  ...correctWords,
  ...deliveryWords,
  ...submitWords,
  ...documentWords,
  ...manageWords,
  ...reviewWords,
  ...publicationWords,
  ...reminderWords,
  ...urgingWords,
  ...putOffWords,
  ...effectWords,
  ...onPaperWords,
  ...digestWords,
  ...offlineWords,
  ...periodWords,
};

type Words = typeof words;
export type Tag = keyof Words;

/**
 * What a flow wants said: a tag with its data, which must survive JSON. `period`: what it is about, where the form is owed
 * for several.
 */
export type Say = { [T in Tag]: { tag: T; data: Parameters<Words[T]>[0]; period?: PeriodText } }[Tag];

export function messageOf(say: Say): Message {
  // The compiler can't follow that tag and data come from the same member of the union; `Say` guarantees it.
  const speak = words[say.tag] as (data: Say["data"]) => Message;
  const said = speak(say.data);
  return say.period === undefined ? said : aboutPeriod(said, say.period);
}
