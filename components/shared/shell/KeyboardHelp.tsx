'use client';

import { Dialog } from '@/components/ui/Dialog';
import { Kbd } from '@/components/ui/Kbd';
import { Switch } from '@/components/ui/Toggle';
import { shortcutsPreference, useBoundShortcuts } from '../shortcuts/useShortcuts';

/** The keys that work here and now: read from what is bound, so it cannot be wrong. */
export function KeyboardHelp({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const groups = useBoundShortcuts();
  const single = shortcutsPreference.use();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard" width="lg">
      <div className="grid gap-x-8 gap-y-5 px-5 py-4 sm:grid-cols-2">
        {groups
          .filter((group) => group.shortcuts.length > 0)
          .map((group) => (
            <section key={group.title}>
              <h3 className="label mb-1">{group.title}</h3>
              <dl>
                {group.shortcuts.map((shortcut) => (
                  <div key={shortcut.keys} className="flex items-center gap-3 border-b py-1">
                    <dt className="flex-1">{shortcut.label}</dt>
                    <dd>
                      <Kbd keys={shortcut.keys.replace('+', ' ')} />
                      <span className="sr-only">{shortcut.keys}</span>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
      </div>
      <div className="border-t px-5 py-4">
        <Switch
          checked={single === 'on'}
          onChange={(on) => shortcutsPreference.set(on ? 'on' : 'off')}
          label="Single-key shortcuts"
          hint="Off: letters do nothing by themselves. Arrows, Enter, Escape and Ctrl keys still work, and every key has a button."
        />
      </div>
    </Dialog>
  );
}
