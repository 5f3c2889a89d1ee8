import type { Phrase } from "./phrases.ts";

/** The beginnings of names, character by character. Few go on in many ways, so that looking through them is fastest. */
export interface TrieNode {
  /** By code, the characters with which names go on, and where each leads. */
  codes: number[];
  nodes: TrieNode[];
  phrase: Phrase | null;
}

/** By the code of the first character, of which there are hundreds. */
export type Trie = ReadonlyMap<number, TrieNode>;

export function trieOf(phrases: readonly Phrase[]): Trie {
  const trie = new Map<number, TrieNode>();
  for (const phrase of phrases) {
    const first = phrase.text.charCodeAt(0);
    let node = trie.get(first) ?? emptyNode();
    trie.set(first, node);
    for (let at = 1; at < phrase.text.length; at++) {
      const code = phrase.text.charCodeAt(at);
      const next = nextNode(node, code) ?? emptyNode();
      if (nextNode(node, code) === undefined) {
        node.codes.push(code);
        node.nodes.push(next);
      }
      node = next;
    }
    node.phrase = phrase;
  }
  return trie;
}

function emptyNode(): TrieNode {
  return { codes: [], nodes: [], phrase: null };
}

export function nextNode({ codes, nodes }: TrieNode, code: number): TrieNode | undefined {
  for (let i = 0; i < codes.length; i++) if (codes[i] === code) return nodes[i];
  return undefined;
}
