'use client';

import { useSyncExternalStore } from 'react';
import { createPreference } from '../preference';
import { parseRemaps, type Remaps } from './remaps';

/** Single-character shortcuts, on or off: WCAG 2.1.4. */
export const shortcutsPreference = createPreference('shortcuts', ['on', 'off'], 'on');

/** What a key is known by: the character on it, or its place, where a US keyboard has that character. */
export const keyMeaningPreference = createPreference('shortcuts.by', ['character', 'place'], 'character');

const KEY = 'sequela.shortcuts.keys';
const listeners = new Set<() => void>();
let read: { text: string | null; remaps: Remaps } = { text: null, remaps: {} };
/** For where storage is forbidden or full: the choice then lasts until reload. */
let unstored: string | null = null;

/** Keys that this analyst put actions on, kept in this browser. */
export function getRemaps(): Remaps {
  const text = unstored ?? readText();
  if (text !== read.text) read = { text, remaps: parseRemaps(text) };
  return read.remaps;
}

/** Keeps them, for every open tab. */
export function setRemaps(remaps: Remaps): void {
  const text = JSON.stringify(remaps);
  try {
    localStorage.setItem(KEY, text);
    unstored = null;
  } catch {
    unstored = text;
  }
  for (const listener of listeners) listener();
}

/** The same, kept fresh. */
export function useRemaps(): Remaps {
  return useSyncExternalStore(subscribeRemaps, getRemaps, () => NONE);
}

const NONE: Remaps = {};

/** Tells when keys change, in this tab or another. */
export function subscribeRemaps(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function readText(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
