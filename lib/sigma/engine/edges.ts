import type { Finder, Found } from './automaton';
import { ASCII, type CharClasses, classOf, foldText } from './charClasses';
import { buildTrie } from './trie';

/**
 * Finds texts that a value begins with, ends with or is. Walks only as far as some text goes on, so that a value costs
 * a few steps. Texts are folded and not empty.
 */
export function createEdges(
  texts: readonly string[],
  place: 'startswith' | 'endswith' | 'equals',
  classes: CharClasses,
): Finder {
  const backwards = place === 'endswith';
  const { children, width, text, sameAs } = buildTrie(texts, classes, backwards);

  /** False where a character beyond ASCII was met in a value that is not folded yet. */
  const walk = (value: string, isFolded: boolean, found: Found): boolean => {
    const { length } = value;
    let node = 0;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(backwards ? length - 1 - i : i);
      if (code >= ASCII && !isFolded) return false;
      node = children[node * width + classOf(classes, code)] ?? 0;
      if (node === 0) return true;
      const number = text[node] ?? -1;
      if (number >= 0 && (place !== 'equals' || i === length - 1)) found(number);
    }
    return true;
  };
  return {
    find(value, found) {
      if (!walk(value, false, found)) walk(foldText(value), true, found);
    },
    sameAs,
    bytes: children.byteLength + text.byteLength,
  };
}
