'use client';

import { useEffect, useId, useRef, useSyncExternalStore } from 'react';
import { createPreference } from '../preference';
import { isCharacterShortcut, type Keys, keyName, NO_KEYS, pressKey } from './keySequence';

export type Shortcut = {
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

/** Single-character shortcuts, on or off: WCAG 2.1.4. */
export const shortcutsPreference = createPreference('shortcuts', ['on', 'off'], 'on');

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

function change(next: readonly Registered[]): void {
  groups = next;
  for (const listener of listeners) listener();
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key))
    return;
  const target = event.target instanceof Element ? event.target : null;
  const name = keyName(event);
  const free = (keys: Keys) => mayRun(keys, target);
  const candidates = groups
    .toReversed()
    .flatMap(({ group }) =>
      group.current.shortcuts.filter(
        (shortcut) => free(shortcut.keys) && atHome(shortcut.keys, group.current, target),
      ),
    );
  const step = pressKey(
    sequence,
    name,
    event.timeStamp,
    candidates.map((shortcut) => shortcut.keys),
  );
  sequence = step.state;
  if (step.pending) event.preventDefault();
  const chosen = candidates.find((shortcut) => shortcut.keys === step.completed);
  if (!chosen) return;
  event.preventDefault();
  chosen.run(event);
}

const EDITABLE =
  'input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable=true]';
const OVERLAY = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]';

function mayRun(keys: Keys, target: Element | null): boolean {
  if (!isCharacterShortcut(keys))
    return keys.startsWith('Ctrl+') || !target?.closest(`${EDITABLE}, ${OVERLAY}`);
  return (
    shortcutsPreference.get() === 'on' &&
    !target?.closest(`${EDITABLE}, ${OVERLAY}`) &&
    !document.querySelector('[role=dialog]')
  );
}

const CONTROL_KEYS = /^(Enter|Space|Escape|Home|End|PageUp|PageDown|Arrow\w+)$/;

function atHome(keys: Keys, group: ShortcutGroup, target: Element | null): boolean {
  if (!CONTROL_KEYS.test(keys)) return true;
  if (!target || target === document.body) return true;
  const home = group.home?.();
  return (
    home?.contains(target) === true &&
    !(target !== home && target.matches('button, a, input, select, textarea'))
  );
}
