import { Image } from "antd";
import { type MarkedToken, marked, type Token, type Tokens } from "marked";
import { Fragment, type ReactNode } from "react";
import { fileUrl } from "./requests.ts";

interface Props {
  text: string;
  /** Of `dtmd:` links: the client says their text. */
  onTap: (url: string) => void;
}

/**
 * DingTalk's markdown (dingtalk.md §5.3) as React elements: what it does not know, HTML and strikethrough among it, is
 * shown as written. A bare line break is a space, as in those clients that are strictest.
 */
export function Markdown({ text, onTap }: Props) {
  return <div className="markdown">{nodes(marked.lexer(text), onTap)}</div>;
}

function nodes(tokens: readonly Token[] | undefined, onTap: Props["onTap"]): ReactNode {
  return tokens?.map((token, index) => <Fragment key={index}>{node(token as MarkedToken, onTap)}</Fragment>);
}

function node(token: MarkedToken, onTap: Props["onTap"]): ReactNode {
  switch (token.type) {
    case "paragraph":
      return <div className="paragraph">{nodes(token.tokens, onTap)}</div>;
    case "heading":
      return <div className={`paragraph heading-${token.depth}`}>{nodes(token.tokens, onTap)}</div>;
    case "blockquote":
      return <blockquote>{nodes(token.tokens, onTap)}</blockquote>;
    case "list":
      return token.ordered ? (
        <ol start={token.start || 1}>{nodes(token.items, onTap)}</ol>
      ) : (
        <ul>{nodes(token.items, onTap)}</ul>
      );
    case "list_item":
      return <li>{nodes(token.tokens, onTap)}</li>;
    case "text":
      return "tokens" in token && token.tokens ? nodes(token.tokens, onTap) : decoded(token.text);
    case "escape":
      return token.text;
    case "strong":
      return <strong>{nodes(token.tokens, onTap)}</strong>;
    case "em":
      return <em>{nodes(token.tokens, onTap)}</em>;
    case "codespan":
      return <code>{token.text}</code>;
    case "code":
      return <pre>{token.text}</pre>;
    case "br":
      return <br />;
    case "hr":
      return <hr />;
    case "table":
      return table(token, onTap);
    case "link":
      return link(token, onTap);
    case "image":
      return picture(token);
    case "html":
      return /^<br\s*\/?>\s*$/i.test(token.text) ? <br /> : token.text;
    case "del":
      return token.raw;
    default:
      return null;
  }
}

function link({ href, tokens }: Pick<Tokens.Link, "href" | "tokens">, onTap: Props["onTap"]): ReactNode {
  const label = nodes(tokens, onTap);
  if (href.startsWith("dtmd:")) {
    return (
      <button type="button" className="tap-link" onClick={() => onTap(href)}>
        {label}
      </button>
    );
  }
  if (!/^https?:\/\//.test(href)) return label;
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {label}
    </a>
  );
}

/** By media id. Nothing is fetched from elsewhere: a public picture is a link here. */
function picture({ href, text }: Pick<Tokens.Image, "href" | "text">): ReactNode {
  if (href.startsWith("@")) return <Image className="inline-picture" src={fileUrl(href)} alt={text || "图片"} />;
  return (
    <a href={/^https?:\/\//.test(href) ? href : undefined} target="_blank" rel="noreferrer">
      {`[图片] ${text || href}`}
    </a>
  );
}

function table({ header, rows }: Tokens.Table, onTap: Props["onTap"]): ReactNode {
  return (
    <table>
      <thead>
        <tr>
          {header.map((cell, column) => (
            <th key={column}>{nodes(cell.tokens, onTap)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={at}>
            {row.map((cell, column) => (
              <td key={column}>{nodes(cell.tokens, onTap)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const entities: Record<string, string> = {
  nbsp: "\u00a0",
  "#160": "\u00a0",
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  "#39": "'",
};

function decoded(text: string): string {
  return text.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
}
