import { z } from 'zod';
import type { Keys } from './keySequence';

/** Keys an action was put on, by the id of its binding; empty keys: it has none. */
export type Remaps = Readonly<Record<string, Keys>>;

/** One key of one action, as its group bound it. */
export type Binding = { readonly group: string; readonly keys: Keys; readonly label: string };

const stored = z.record(z.string().max(200), z.string().max(60));

/** What was kept of them; nothing where it cannot be read. */
export function parseRemaps(text: string | null): Remaps {
  if (text === null) return {};
  try {
    const parsed = stored.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : {};
  } catch {
    // Not JSON: written by something else, and as good as nothing.
    return {};
  }
}

/** What a binding is kept under: its place and first keys, so that it outlasts a label that is worded anew. */
export function bindingId({ group, keys }: Pick<Binding, 'group' | 'keys'>): string {
  return `${group}/${keys}`;
}

/** The keys a binding has now; empty for none. */
export function keysNow(remaps: Remaps, binding: Pick<Binding, 'group' | 'keys'>): Keys {
  const id = bindingId(binding);
  return Object.hasOwn(remaps, id) ? (remaps[id] ?? '') : binding.keys;
}

/** Puts a binding on other keys, or on its own again, which is not kept. */
export function withKeys(remaps: Remaps, binding: Pick<Binding, 'group' | 'keys'>, keys: Keys): Remaps {
  const { [bindingId(binding)]: _before, ...rest } = remaps;
  return keys === binding.keys ? rest : { ...rest, [bindingId(binding)]: keys };
}

/**
 * Bindings that would never be reached, or never end, if `binding` had these keys: the same keys, or keys one begins
 * with. What does the same in the same group is none.
 */
export function conflictsOf(
  remaps: Remaps,
  bindings: readonly Binding[],
  binding: Binding,
  keys: Keys,
): Binding[] {
  if (keys === '') return [];
  return bindings.filter((other) => {
    if (bindingId(other) === bindingId(binding)) return false;
    if (other.group === binding.group && other.label === binding.label) return false;
    const theirs = keysNow(remaps, other);
    return (
      theirs !== '' && (theirs === keys || theirs.startsWith(`${keys} `) || keys.startsWith(`${theirs} `))
    );
  });
}

/** Keys that stay what they are everywhere: for leaving, moving the focus, and choosing what has it. */
const KEPT = new Set([
  'Tab',
  'Escape',
  'Space',
  'Enter',
  'F5',
  'Ctrl+r',
  'Ctrl+w',
  'Ctrl+t',
  'Ctrl+n',
  'Ctrl+l',
]);

/** Why a key cannot be taken for an action; null when it can. */
export function refusedKey(key: string): string | null {
  if (KEPT.has(key)) return `${key} keeps what it does everywhere.`;
  if (key === 'Dead' || key === 'Unidentified') return 'The keyboard does not say which key this is.';
  return null;
}

const HINT_WORDS: Readonly<Record<string, string>> = { Esc: 'Escape', '↵': 'Enter' };

/** Keys as a hint writes them ("Ctrl K", "Esc") in the way bindings do ("Ctrl+k", "Escape"). */
export function keysOfHint(hint: string): Keys {
  const control = /^Ctrl[ +](.+)$/.exec(hint)?.[1];
  if (control !== undefined) return `Ctrl+${control.length === 1 ? control.toLowerCase() : control}`;
  return HINT_WORDS[hint] ?? hint;
}

const SHORT: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageDown: 'PgDn',
  PageUp: 'PgUp',
  Escape: 'Esc',
};

/** Keys as keyboards print them: "Ctrl k", "v t", "Shift ↓". */
export function shownKeys(keys: Keys): string {
  return keys
    .split(' ')
    .flatMap((key) => (key.length > 1 ? key.split(/\+(?=.)/) : [key]))
    .map((key) => SHORT[key] ?? key)
    .join(' ');
}

/**
 * How a hint is shown now, given what is bound on the screen, the last bound first. A hint of the first of several keys
 * ("v") follows them as long as they still begin alike; one that nothing bound explains stays as it is.
 */
export function hintNow(
  hint: string,
  bound: readonly Pick<Binding, 'group' | 'keys'>[],
  remaps: Remaps,
): string {
  const first = keysOfHint(hint);
  const exact = bound.find((binding) => binding.keys === first);
  if (exact) {
    const now = keysNow(remaps, exact);
    return now === exact.keys ? hint : shownKeys(now);
  }
  const begun = bound.filter((binding) => binding.keys.startsWith(`${first} `));
  if (begun.length === 0) return hint;
  const starts = new Set(begun.map((binding) => keysNow(remaps, binding).split(' ')[0] ?? ''));
  const [start] = starts;
  if (starts.size > 1 || start === undefined) return '';
  return start === first ? hint : shownKeys(start);
}
