import { ASCII, type CharClasses, foldText } from './charClasses';
import { buildTrie } from './trie';

/** Takes the number of a text that was found; may be called several times for one text. */
export type Found = (text: number) => void;

/** Finds texts in values. */
export type Finder = {
  readonly find: (value: string, found: Found) => void;
  /** The number `found` is called with, by number of text. */
  readonly sameAs: Int32Array;
  /** Memory its tables take. */
  readonly bytes: number;
};

/**
 * All places of many texts in one walk over a value (Aho and Corasick, "Efficient string matching", 1975), with the
 * failure function worked into the table of moves: one look-up for each character, whatever the number of texts.
 * Texts are folded and not empty.
 */
export function createAutomaton(texts: readonly string[], classes: CharClasses): Finder {
  const { moves, text, shorter, width, sameAs } = buildMoves(texts, classes);
  const { ascii, other } = classes;

  const report = (node: number, found: Found): void => {
    for (let at = node; at > 0; at = shorter[at] ?? 0) {
      const number = text[at] ?? -1;
      if (number >= 0) found(number);
    }
  };
  const findFolded = (value: string, found: Found): void => {
    let row = 0;
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      const move = moves[row + (code < ASCII ? (ascii[code] ?? 0) : other(code))] ?? 0;
      row = move < 0 ? -move : move;
      if (move < 0) report(row / width, found);
    }
  };
  const find = (value: string, found: Found): void => {
    let row = 0;
    const { length } = value;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      // Case beyond ASCII is not a matter of single characters.
      if (code >= ASCII) {
        findFolded(foldText(value), found);
        return;
      }
      const move = moves[row + (ascii[code] as number)] as number;
      if (move < 0) {
        row = -move;
        report(row / width, found);
      } else row = move;
    }
  };
  return { find, sameAs, bytes: moves.byteLength + text.byteLength + shorter.byteLength };
}

/**
 * `moves`: by row of a node (`node * width`) and class, the row of the next node, negative where a text ends there.
 * `shorter`: by node, the nearest node on its way of failures at which a text ends; 0: none.
 */
function buildMoves(texts: readonly string[], classes: CharClasses) {
  const { width, nodes, children: moves, text, sameAs } = buildTrie(texts, classes);
  const failure = new Int32Array(nodes);
  const shorter = new Int32Array(nodes);
  const queue = new Int32Array(nodes);
  let end = 1;
  for (let at = 0; at < end; at++) {
    const node = queue[at] ?? 0;
    const fallback = failure[node] ?? 0;
    for (let c = 0; c < width; c++) {
      const slot = node * width + c;
      const child = moves[slot] ?? 0;
      // The row of the fallback is complete: it is nearer to the root.
      const instead = node === 0 ? 0 : (moves[fallback * width + c] ?? 0);
      if (child === 0) {
        moves[slot] = instead;
        continue;
      }
      failure[child] = instead;
      shorter[child] = (text[instead] ?? -1) >= 0 ? instead : (shorter[instead] ?? 0);
      queue[end++] = child;
    }
  }
  for (let slot = 0; slot < moves.length; slot++) {
    const node = moves[slot] ?? 0;
    const ends = (text[node] ?? -1) >= 0 || (shorter[node] ?? 0) > 0;
    moves[slot] = ends ? -node * width : node * width;
  }
  return { moves, text, shorter, width, sameAs };
}
