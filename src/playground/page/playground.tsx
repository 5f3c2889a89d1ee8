import { MenuOutlined, SafetyCertificateFilled } from "@ant-design/icons";
import { Alert, Badge, Button, Drawer, Empty, Grid, Spin } from "antd";
import { useEffect, useState } from "react";
import type { MessageView, StatusView, WorldView } from "../page-view.ts";
import { Chat } from "./chat.tsx";
import { ClockBar } from "./clock-bar.tsx";
import { ContactList } from "./contact-list.tsx";
import { findContact } from "./contacts.ts";
import { byConversation, useFeed } from "./feed.ts";
import { useUnread } from "./unread.ts";

export function Playground() {
  const { world, messages, status, isLive } = useFeed();
  if (world === null || status === null) {
    return isLive ? <Spin className="loading" size="large" /> : <Lost />;
  }
  return (
    <>
      {!isLive && <Lost />}
      <Room world={world} messages={messages} status={status} />
    </>
  );
}

function Lost() {
  return <Alert banner type="warning" title="与演练程序的连接断了，正在重连…" />;
}

interface RoomProps {
  world: WorldView;
  messages: readonly MessageView[];
  status: StatusView;
}

function Room({ world, messages, status }: RoomProps) {
  const [openKey, open] = useOpenKey();
  const [isListOpen, setIsListOpen] = useState(false);
  const isWide = Grid.useBreakpoint().md ?? true;
  const conversations = byConversation(messages);
  const contact = openKey === null ? undefined : findContact(world, openKey);
  const unread = useUnread(conversations, contact === undefined ? null : openKey);
  const waiting = [...unread.values()].reduce((sum, count) => sum + count, 0);

  const choose = (key: string) => {
    open(key);
    setIsListOpen(false);
  };
  const list = <ContactList world={world} unread={unread} openKey={openKey} onOpen={choose} />;
  return (
    <div className="room">
      <header>
        <div className="brand">
          {!isWide && (
            <Badge count={waiting} size="small">
              <Button aria-label="打开联系人" icon={<MenuOutlined />} onClick={() => setIsListOpen(true)} />
            </Badge>
          )}
          <SafetyCertificateFilled className="brand-mark" />
          <h1>{world.campaign.title}</h1>
          <span className="brand-kind">演练</span>
        </div>
        <ClockBar world={world} status={status} />
      </header>
      {isWide ? (
        <aside>{list}</aside>
      ) : (
        <Drawer placement="left" size={300} title="选择身份" open={isListOpen} onClose={() => setIsListOpen(false)}>
          {list}
        </Drawer>
      )}
      <main>
        {contact === undefined ? (
          <Empty className="nobody" description="先选一个身份：联络员、管理员，或工作群">
            {!isWide && (
              <Button type="primary" onClick={() => setIsListOpen(true)}>
                选择身份
              </Button>
            )}
          </Empty>
        ) : (
          <Chat
            key={contact.key}
            contact={contact}
            world={world}
            messages={conversations.get(contact.key) ?? []}
            todos={status.todos}
          />
        )}
      </main>
    </div>
  );
}

/** Kept in the address, so that a reload stays and two windows can be two people. */
function useOpenKey(): [string | null, (key: string) => void] {
  const [key, setKey] = useState(readAddress);
  useEffect(() => {
    const follow = () => setKey(readAddress());
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  const open = (chosen: string) => {
    window.location.hash = encodeURIComponent(chosen);
  };
  return [key, open];
}

function readAddress(): string | null {
  try {
    return decodeURIComponent(window.location.hash.slice(1)) || null;
  } catch {
    return null;
  }
}
