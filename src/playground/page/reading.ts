import { useEffect } from "react";
import type { MessageView } from "../page-view.ts";
import type { Contact } from "./contacts.ts";
import { postJson } from "./requests.ts";

/** Whose chat with the robot is open reads what it shows. */
export function useReading(contact: Contact, messages: readonly MessageView[]): void {
  const staffId = contact.kind === "person" ? contact.person.staffId : null;
  const newest = messages.findLast((it) => it.from === "bot")?.id;
  useEffect(() => {
    if (staffId === null || newest === undefined) return;
    // Where the program does not answer it stays unread, and the page says elsewhere that the connection is lost.
    postJson("/api/read", { staffId }).catch(() => undefined);
  }, [staffId, newest]);
}
