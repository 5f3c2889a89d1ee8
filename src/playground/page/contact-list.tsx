import { SearchOutlined } from "@ant-design/icons";
import { Badge, Empty, Input } from "antd";
import { useState } from "react";
import type { WorldView } from "../page-view.ts";
import { type Contact, sectionsOf } from "./contacts.ts";
import { Face } from "./face.tsx";

interface Props {
  world: WorldView;
  unread: Map<string, number>;
  openKey: string | null;
  onOpen: (key: string) => void;
}

export function ContactList({ world, unread, openKey, onOpen }: Props) {
  const [wanted, setWanted] = useState("");
  const sections = sectionsOf(world, wanted);
  return (
    <nav className="contacts" aria-label="选择身份">
      <div className="contacts-search">
        <Input
          allowClear
          prefix={<SearchOutlined />}
          placeholder="搜姓名或单位"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      </div>
      <div className="contacts-scroll">
        {sections.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有找到" />}
        {sections.map(({ title, contacts }) => (
          <section key={title}>
            <h2>{title}</h2>
            {contacts.map((it) => (
              <Row
                key={it.key}
                contact={it}
                count={unread.get(it.key) ?? 0}
                isOpen={it.key === openKey}
                onOpen={onOpen}
              />
            ))}
          </section>
        ))}
      </div>
    </nav>
  );
}

interface RowProps {
  contact: Contact;
  count: number;
  isOpen: boolean;
  onOpen: (key: string) => void;
}

function Row({ contact, count, isOpen, onOpen }: RowProps) {
  return (
    <button
      type="button"
      className={isOpen ? "contact is-open" : "contact"}
      aria-current={isOpen}
      data-key={contact.key}
      onClick={() => onOpen(contact.key)}
    >
      <Face of={contact.kind} name={contact.name} />
      <span className="contact-words">
        <span className="contact-name">{contact.name}</span>
        <span className="contact-detail">{contact.detail}</span>
      </span>
      <Badge count={count} title={`${count} 条未读`} />
    </button>
  );
}
