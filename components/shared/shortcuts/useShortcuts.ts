'use client';

import { useEffect, useId, useRef, useSyncExternalStore } from 'react';
import { setKeyNames } from '@/components/ui/keyNames';
import { isCharacterShortcut, type Keys, keyName, NO_KEYS, pressKey, shiftedKeyName } from './keySequence';
import { hintNow, keysNow, keysOfHint } from './remaps';
import { getRemaps, keyMeaningPreference, shortcutsPreference, subscribeRemaps } from './shortcutChoices';

export type Shortcut = {
  /** The keys it has until the analyst puts it on others. */
  keys: Keys;
  /** As the help dialog lists it. */
  label: string;
  run: (event: KeyboardEvent) => void;
};

export type ShortcutGroup = {
  /** Heading in the help dialog: "Queue", "Everywhere". */
  title: string;
  shortcuts: readonly Shortcut[];
  /** Keys a control would use itself (Enter, Space, arrows, Escape) act only when focus is here or nowhere. */
  home?: (() => Element | null) | undefined;
};

type Registered = { id: string; group: { current: ShortcutGroup } };
let groups: readonly Registered[] = [];
let sequence = NO_KEYS;
const listeners = new Set<() => void>();

/**
 * Binds keys while the component is mounted; the help dialog lists them by itself. Later groups win. Nothing runs
 * while typing in a field, or in a dialog or menu that the group does not belong to.
 */
export function useShortcuts(group: ShortcutGroup): void {
  const id = useId();
  const latest = useRef(group);
  useEffect(() => {
    latest.current = group;
  });
  useEffect(() => {
    if (groups.length === 0) window.addEventListener('keydown', onKeyDown);
    change([...groups, { id, group: latest }]);
    return () => {
      change(groups.filter((each) => each.id !== id));
      if (groups.length === 0) window.removeEventListener('keydown', onKeyDown);
    };
  }, [id]);
}

/** Every group bound now, in the order they were mounted. */
export function useBoundShortcuts(): readonly ShortcutGroup[] {
  const bound = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => groups,
    () => NO_GROUPS,
  );
  return bound.map((each) => each.group.current);
}

const NO_GROUPS: readonly Registered[] = [];
let watching = false;

function change(next: readonly Registered[]): void {
  groups = next;
  watchChoices();
  nameKeys();
  for (const listener of listeners) listener();
}

/** Hints everywhere follow what is bound, where it was put, and whether letters work at all. */
function nameKeys(): void {
  setKeyNames((hint) => {
    if (hint === '') return '';
    const first = keysOfHint(hint);
    const bound = groups
      .toReversed()
      .flatMap(({ group: { current } }) =>
        current.shortcuts.map(({ keys }) => ({ group: current.title, keys })),
      );
    if (!bound.some(({ keys }) => keys === first || keys.startsWith(`${first} `))) return hint;
    const now = hintNow(hint, bound, getRemaps());
    const letters = shortcutsPreference.get() === 'on' || /^(Ctrl|Alt) /.test(now);
    return !letters && isCharacterShortcut(now) ? '' : now;
  });
}

/** From the first binding on, as long as the page is open. */
function watchChoices(): void {
  if (watching) return;
  watching = true;
  subscribeRemaps(nameKeys);
  shortcutsPreference.subscribe(nameKeys);
}

type Candidate = { shortcut: Shortcut; keys: Keys };

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key))
    return;
  const target = event.target instanceof Element ? event.target : null;
  const byPlace = keyMeaningPreference.get() === 'place';
  const candidates = candidatesFor(target);
  const bound = candidates.map(({ keys }) => keys);
  const shifted = shiftedKeyName(event, byPlace);
  const name = shifted !== null && bound.includes(shifted) ? shifted : keyName(event, byPlace);
  const step = pressKey(sequence, name, event.timeStamp, bound);
  sequence = step.state;
  if (step.pending) event.preventDefault();
  const chosen = candidates.find(({ keys }) => keys === step.completed);
  if (!chosen) return;
  event.preventDefault();
  chosen.shortcut.run(event);
}

/** What may run with the focus where it is, under the keys it has now, the last bound first. */
function candidatesFor(target: Element | null): Candidate[] {
  const remaps = getRemaps();
  return groups.toReversed().flatMap(({ group: { current } }) =>
    current.shortcuts.flatMap((shortcut) => {
      const keys = keysNow(remaps, { group: current.title, keys: shortcut.keys });
      const may = keys !== '' && mayRun(keys, shortcut.keys, target) && atHome(keys, current, target);
      return may ? [{ shortcut, keys }] : [];
    }),
  );
}

const EDITABLE =
  'input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable=true]';
const OVERLAY = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]';

/** Only what was bound with Ctrl at first runs in fields and dialogs: a letter put on Ctrl still decides on rows. */
function mayRun(keys: Keys, first: Keys, target: Element | null): boolean {
  const within = target?.closest(`${EDITABLE}, ${OVERLAY}`) != null;
  if (!isCharacterShortcut(keys) && !isCharacterShortcut(first)) return first.startsWith('Ctrl+') || !within;
  return (
    (shortcutsPreference.get() === 'on' || !isCharacterShortcut(keys)) &&
    !within &&
    !document.querySelector('[role=dialog]')
  );
}

const CONTROL_KEYS = /^(Shift\+)?(Enter|Space|Escape|Home|End|PageUp|PageDown|Arrow\w+)$/;

function atHome(keys: Keys, group: ShortcutGroup, target: Element | null): boolean {
  if (!CONTROL_KEYS.test(keys)) return true;
  if (!target || target === document.body) return true;
  const home = group.home?.();
  return (
    home?.contains(target) === true &&
    !(target !== home && target.matches('button, a, input, select, textarea'))
  );
}
