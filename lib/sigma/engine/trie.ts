import { type CharClasses, classOf } from './charClasses';

/** A tree of texts, a row of children by class of character for each of its nodes; node 0 is the root. */
export type Trie = {
  /** Children in a row: one for each class. */
  readonly width: number;
  readonly nodes: number;
  /** Child of a node by `node * width + class`; 0: none. */
  readonly children: Int32Array;
  /** Number of the text that ends at a node; -1: none. */
  readonly text: Int32Array;
  /** Texts that differ only in characters of one class end at one node: the number that it has, by number of text. */
  readonly sameAs: Int32Array;
};

/** Builds the tree of folded texts that are not empty. `backwards`: they are read from their end. */
export function buildTrie(texts: readonly string[], classes: CharClasses, backwards = false): Trie {
  const width = classes.count;
  let children = new Int32Array(1024 * width);
  const ends: number[] = [-1];
  const sameAs = new Int32Array(texts.length);
  let nodes = 1;
  texts.forEach((text, number) => {
    let node = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(backwards ? text.length - 1 - i : i);
      const slot = node * width + classOf(classes, code);
      node = children[slot] ?? 0;
      if (node !== 0) continue;
      node = nodes++;
      children[slot] = node;
      ends.push(-1);
      if (nodes * width > children.length) children = grown(children);
    }
    const earlier = ends[node] ?? -1;
    sameAs[number] = earlier === -1 ? number : earlier;
    if (earlier === -1) ends[node] = number;
  });
  return { width, nodes, children: children.slice(0, nodes * width), text: Int32Array.from(ends), sameAs };
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
