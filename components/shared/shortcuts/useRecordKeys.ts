'use client';

import { useEffect, useRef, useState } from 'react';
import { type Keys, keyName, shiftedKeyName } from './keySequence';
import { refusedKey } from './remaps';
import { keyMeaningPreference } from './shortcutChoices';

/** How long a second key of a sequence is waited for, in milliseconds. */
const SECOND_KEY_MS = 1200;

export type Recording = {
  /** Pressed so far; empty until then. */
  pressed: Keys;
  /** Why the last key was not taken. */
  refused: string | null;
};

/**
 * Takes the next one or two keys instead of everything else, while `on`. Escape gives up, and so does Tab, which goes
 * on to where it leads.
 */
export function useRecordKeys(on: boolean, onKeys: (keys: Keys) => void, onCancel: () => void): Recording {
  const [recording, setRecording] = useState<Recording>(NOTHING);
  const latest = useRef({ onKeys, onCancel });
  useEffect(() => {
    latest.current = { onKeys, onCancel };
  });
  useEffect(() => {
    if (!on) return;
    let pressed: readonly Keys[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = () => latest.current.onKeys(pressed.join(' '));
    const press = (event: KeyboardEvent) => {
      if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
      clearTimeout(timer);
      if (event.key === 'Tab') return latest.current.onCancel();
      // Before anything else on the page: while it is asked for, a key is a key and does nothing.
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.key === 'Escape') return latest.current.onCancel();
      const byPlace = keyMeaningPreference.get() === 'place';
      const key = shiftedKeyName(event, byPlace) ?? keyName(event, byPlace);
      const refused = refusedKey(key);
      if (refused !== null) return setRecording({ pressed: pressed.join(' '), refused });
      pressed = [...pressed, key];
      setRecording({ pressed: pressed.join(' '), refused: null });
      if (pressed.length === 2 || [...key].length > 1) return end();
      timer = setTimeout(end, SECOND_KEY_MS);
    };
    setRecording(NOTHING);
    window.addEventListener('keydown', press, true);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', press, true);
    };
  }, [on]);
  return recording;
}

const NOTHING: Recording = { pressed: '', refused: null };
