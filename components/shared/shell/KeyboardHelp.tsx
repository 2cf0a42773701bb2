'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Keycaps } from '@/components/ui/Kbd';
import { Segmented, Switch } from '@/components/ui/Toggle';
import { KeyBinding } from '../shortcuts/KeyBinding';
import { type Binding, keysNow, type Remaps, shownKeys } from '../shortcuts/remaps';
import {
  keyMeaningPreference,
  setRemaps,
  shortcutsPreference,
  useRemaps,
} from '../shortcuts/shortcutChoices';
import { useBoundShortcuts } from '../shortcuts/useShortcuts';
import { UNDO_SECONDS, undoTimePreference } from '../verdict/undoTime';

/** The keys that work here and now, read from what is bound, so it cannot be wrong; each can be put on others. */
export function KeyboardHelp({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const groups = useBoundShortcuts().filter((group) => group.shortcuts.length > 0);
  const remaps = useRemaps();
  const [changing, setChanging] = useState(false);
  const bindings = groups.flatMap(({ title, shortcuts }) =>
    shortcuts.map(({ keys, label }) => ({ group: title, keys, label })),
  );
  const moved = Object.keys(remaps).length;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Keyboard"
      description={
        changing
          ? 'Choose a key, then press what shall do it: one key, or two one after the other. Esc gives up.'
          : undefined
      }
      width="lg"
    >
      <div className="flex items-center gap-2 border-b px-5 py-2">
        <p className="flex-1 text-text-2">
          {moved === 0
            ? 'Keys of this screen, then of every screen.'
            : `${moved} ${moved === 1 ? 'key was' : 'keys were'} put elsewhere, in this browser.`}
        </p>
        {moved > 0 ? (
          <Button size="sm" variant="quiet" onClick={() => setRemaps({})}>
            Reset all keys
          </Button>
        ) : null}
        <Button size="sm" aria-pressed={changing} onClick={() => setChanging(!changing)}>
          {changing ? 'Done' : 'Change keys'}
        </Button>
      </div>
      <div className="gap-x-8 px-5 py-4 sm:columns-2">
        {groups.toReversed().map((group) => (
          <section key={group.title} className="mb-5">
            <h3 className="label mb-1 break-after-avoid">{group.title}</h3>
            <dl>
              {byLabel(bindings.filter((binding) => binding.group === group.title)).map(([label, own]) => (
                <div key={label} className="flex min-h-7 break-inside-avoid items-center gap-3 border-b py-1">
                  <dt className="flex-1">{label}</dt>
                  <dd className="flex flex-wrap justify-end gap-2">
                    {own.map((binding) =>
                      changing ? (
                        <KeyBinding key={binding.keys} {...{ binding, bindings, remaps }} />
                      ) : (
                        <ShownKeys key={binding.keys} binding={binding} remaps={remaps} />
                      ),
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <KeyChoices />
    </Dialog>
  );
}

/** The off switch, what a key is known by, and how long there is to undo. */
function KeyChoices() {
  const single = shortcutsPreference.use();
  const meaning = keyMeaningPreference.use();
  const undo = undoTimePreference.use();
  return (
    <section aria-label="Choices" className="space-y-3 border-t px-5 py-4">
      <Switch
        checked={single === 'on'}
        onChange={(on) => shortcutsPreference.set(on ? 'on' : 'off')}
        label="Single-key shortcuts"
        hint="Off: letters do nothing by themselves. Arrows, Enter, Escape and Ctrl keys still work, and every key has a button."
      />
      <Switch
        checked={meaning === 'place'}
        onChange={(on) => keyMeaningPreference.set(on ? 'place' : 'character')}
        label="Keys by their place"
        hint="For AZERTY, Dvorak and others: a key counts as the one a US keyboard has in its place, whatever is printed on it."
      />
      <div className="flex items-center gap-3">
        <Segmented
          label="Time to undo a verdict"
          value={undo}
          onChange={undoTimePreference.set}
          options={UNDO_SECONDS.map((value) => ({ value, label: `${value} s` }))}
        />
        <span>
          Time to undo a verdict{' '}
          <span className="text-text-3">The clock stops while pointer or focus is on the message.</span>
        </span>
      </div>
    </section>
  );
}

function ShownKeys({ binding, remaps }: { binding: Binding; remaps: Remaps }) {
  const keys = keysNow(remaps, binding);
  if (keys === '') return <span className="text-text-3">no key</span>;
  return (
    <span>
      <Keycaps keys={shownKeys(keys)} />
      <span className="sr-only">{keys}</span>
    </span>
  );
}

/** Shortcuts that do the same stand in one line. */
function byLabel(bindings: readonly Binding[]): [label: string, own: Binding[]][] {
  const lines = new Map<string, Binding[]>();
  for (const binding of bindings) lines.set(binding.label, [...(lines.get(binding.label) ?? []), binding]);
  return [...lines];
}
