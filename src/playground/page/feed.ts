import { useEffect, useReducer } from "react";
import type { MessagesEvent, MessageView, StatusView, WorldView } from "../page-view.ts";
import { conversationKey, loadJson } from "./requests.ts";

export interface Feed {
  world: WorldView | null;
  messages: readonly MessageView[];
  status: StatusView | null;
  /** The event stream stands; the browser reopens a broken one by itself. */
  isLive: boolean;
}

type Change =
  | { kind: "world"; world: WorldView }
  | { kind: "messages"; event: MessagesEvent }
  | { kind: "status"; status: StatusView }
  | { kind: "live"; isLive: boolean };

/** The world as the server tells it, kept up to date. */
export function useFeed(): Feed {
  const [feed, change] = useReducer(evolve, { world: null, messages: [], status: null, isLive: true });
  useEffect(() => {
    const events = new EventSource("/api/events");
    events.addEventListener("messages", ({ data }) => change({ kind: "messages", event: JSON.parse(data) }));
    events.addEventListener("status", ({ data }) => change({ kind: "status", status: JSON.parse(data) }));
    events.onerror = () => change({ kind: "live", isLive: false });
    // Asked for at every opening: another program may answer after a restart.
    events.onopen = () => {
      change({ kind: "live", isLive: true });
      loadJson<WorldView>("/api/world").then(
        (world) => change({ kind: "world", world }),
        () => change({ kind: "live", isLive: false }),
      );
    };
    return () => events.close();
  }, []);
  return feed;
}

function evolve(feed: Feed, change: Change): Feed {
  switch (change.kind) {
    case "world":
      return { ...feed, world: change.world, status: feed.status ?? change.world.status };
    case "messages":
      return {
        ...feed,
        messages: change.event.isAll ? change.event.messages : [...feed.messages, ...change.event.messages],
      };
    case "status":
      return { ...feed, status: change.status };
    case "live":
      return { ...feed, isLive: change.isLive };
  }
}

/** Messages by conversation key, in order. */
export function byConversation(messages: readonly MessageView[]): Map<string, MessageView[]> {
  const conversations = new Map<string, MessageView[]>();
  for (const message of messages) {
    const key = conversationKey(message.conversation);
    const said = conversations.get(key);
    if (said === undefined) conversations.set(key, [message]);
    else said.push(message);
  }
  return conversations;
}
