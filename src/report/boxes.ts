/** Nodes as satori takes them: React's element shape, without React. Every box is a flex box. */
export type Style = Readonly<Record<string, string | number>>;

export interface Box {
  type: "div";
  key: null;
  props: { style: Style; children: string | Box[] };
}

export function rowBox(style: Style, children: Box[]): Box {
  return { type: "div", key: null, props: { style: { display: "flex", flexDirection: "row", ...style }, children } };
}

export function columnBox(style: Style, children: Box[]): Box {
  return rowBox({ flexDirection: "column", ...style }, children);
}

export function textBox(style: Style, text: string): Box {
  // Satori drops boxes without text, and with them their width.
  const children = text === "" ? "\u00a0" : text;
  return { type: "div", key: null, props: { style: { display: "flex", wordBreak: "break-word", ...style }, children } };
}
