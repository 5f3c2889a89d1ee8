import { expect, test } from "vitest";
import type { Message } from "../../src/flows/words/format.ts";
import { messageOf, type Say } from "../../src/flows/words/words.ts";

/** A wording, what a reader must find in it, and its buttons. */
export type Saying = [Say, contains: string[], buttons: string[]];

/** Each after its way through the outbox, as JSON; none may show what a person can't read. */
export function testSayings(sayings: readonly Saying[]): void {
  test.each(sayings.map(([say, contains, buttons]) => ({ tag: say.tag, say, contains, buttons })))(
    "$tag",
    ({ say, contains, buttons }) => {
      const spoken: Message = messageOf(JSON.parse(JSON.stringify(say)) as Say);
      for (const part of contains) expect(spoken.text).toContain(part);
      expect(spoken.buttons).toEqual(buttons);
      expect(spoken.text).not.toMatch(/undefined|null|NaN|\[object|。。|：。|，。/);
    },
  );
}
