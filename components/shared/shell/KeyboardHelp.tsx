'use client';

import { Dialog } from '@/components/ui/Dialog';
import { Kbd } from '@/components/ui/Kbd';
import { Switch } from '@/components/ui/Toggle';
import { type Shortcut, shortcutsPreference, useBoundShortcuts } from '../shortcuts/useShortcuts';

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
      <div className="gap-x-8 px-5 py-4 sm:columns-2">
        {groups
          .filter((group) => group.shortcuts.length > 0)
          .map((group) => (
            <section key={group.title} className="mb-5">
              <h3 className="label mb-1 break-after-avoid">{group.title}</h3>
              <dl>
                {byLabel(group.shortcuts).map(([label, keys]) => (
                  <div key={label} className="flex min-h-7 items-center gap-3 border-b py-1">
                    <dt className="flex-1">{label}</dt>
                    <dd className="flex gap-2">
                      {keys.map((each) => (
                        <span key={each}>
                          <Kbd keys={shownKeys(each)} />
                          <span className="sr-only">{each}</span>
                        </span>
                      ))}
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

/** Shortcuts that do the same stand in one line. */
function byLabel(shortcuts: readonly Shortcut[]): [label: string, keys: string[]][] {
  const lines = new Map<string, string[]>();
  for (const { label, keys } of shortcuts) lines.set(label, [...(lines.get(label) ?? []), keys]);
  return [...lines];
}

const SHORT: Record<string, string> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageDown: 'PgDn',
  PageUp: 'PgUp',
  Escape: 'Esc',
};

/** Keys as keyboards print them. */
function shownKeys(keys: string): string {
  return keys
    .replaceAll('+', ' ')
    .split(' ')
    .map((key) => SHORT[key] ?? key)
    .join(' ');
}
