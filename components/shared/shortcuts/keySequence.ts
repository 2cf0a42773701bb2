import { keyAtPlace } from './keyPlace';

/** A key, or keys one after the other, as `KeyboardEvent.key` names them, parted by a space: "v t", "Enter", "Ctrl+k". */
export type Keys = string;

export type SequenceState = { pressed: readonly string[]; at: number };

export const NO_KEYS: SequenceState = { pressed: [], at: 0 };

/** Longest pause inside a sequence, in milliseconds. */
const PATIENCE = 2500;

/**
 * Takes one pressed key: the bound sequence it completes, if any, and the state to go on from. A key that continues
 * nothing may begin something new; Escape abandons what was begun.
 */
export function pressKey(
  state: SequenceState,
  key: string,
  now: number,
  bound: readonly Keys[],
): { state: SequenceState; completed: Keys | null; pending: boolean } {
  const begun = now - state.at <= PATIENCE ? state.pressed : [];
  if (key === 'Escape' && begun.length > 0) return { state: NO_KEYS, completed: null, pending: false };
  for (const pressed of begun.length > 0 ? [[...begun, key], [key]] : [[key]]) {
    const typed = pressed.join(' ');
    if (bound.includes(typed)) return { state: NO_KEYS, completed: typed, pending: false };
    if (bound.some((keys) => keys.startsWith(`${typed} `))) {
      return { state: { pressed, at: now }, completed: null, pending: true };
    }
  }
  return { state: NO_KEYS, completed: null, pending: false };
}

export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/**
 * The name of a key press: Ctrl, Meta and Alt are part of it (Meta counts as Ctrl), Shift only shows in the character.
 * `byPlace`: as a US keyboard would write it, whatever is printed on the keys. So is a key counted that writes no Latin
 * character, and one with Alt, which writes signs on some keyboards.
 */
export function keyName(event: KeyPress, byPlace = false): string {
  const control = event.ctrlKey || event.metaKey ? 'Ctrl+' : '';
  const foreign = event.key.length === 1 && !/^[\x20-\x7e]$/.test(event.key);
  const placed = byPlace || foreign || event.altKey ? keyAtPlace(event.code, event.shiftKey) : null;
  const name = placed ?? (event.key === ' ' ? 'Space' : event.key);
  return `${control}${event.altKey ? 'Alt+' : ''}${control ? name.toLowerCase() : name}`;
}

/** The same with Shift told for keys that write no character: "Shift+ArrowDown"; null where Shift makes no other name. */
export function shiftedKeyName(event: KeyPress, byPlace = false): string | null {
  const name = keyName(event, byPlace);
  const last = name.split('+').at(-1) ?? '';
  return event.shiftKey && last.length > 1 ? `Shift+${name}` : null;
}

/** Whether WCAG 2.1.4 asks that it can be switched off: a character alone, without Ctrl or Alt. */
export function isCharacterShortcut(keys: Keys): boolean {
  return keys.split(' ').some((key) => [...key].length === 1);
}
