'use client';

import { useRef, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Keycaps } from '@/components/ui/Kbd';
import type { Keys } from './keySequence';
import { type Binding, conflictsOf, keysNow, type Remaps, shownKeys, withKeys } from './remaps';
import { setRemaps } from './shortcutChoices';
import { useRecordKeys } from './useRecordKeys';

type KeyBindingProps = {
  binding: Binding;
  /** All that is bound on this screen: what other keys would stand in the way of. */
  bindings: readonly Binding[];
  remaps: Remaps;
};

/** One key of an action, to be put on another: press it, and what it would take away is said before it does. */
export function KeyBinding({ binding, bindings, remaps }: KeyBindingProps) {
  const [recording, setRecording] = useState(false);
  const [wanted, setWanted] = useState<Keys | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const keys = keysNow(remaps, binding);
  const conflicts = wanted === null ? [] : conflictsOf(remaps, bindings, binding, wanted);
  const stop = () => {
    setRecording(false);
    setWanted(null);
    button.current?.focus();
  };
  const put = (next: Keys, without: readonly Binding[] = []) => {
    const freed = without.reduce((all, other) => withKeys(all, other, ''), remaps);
    setRemaps(withKeys(freed, binding, next));
    stop();
  };
  const { pressed, refused } = useRecordKeys(
    recording,
    (next) => {
      setRecording(false);
      if (conflictsOf(remaps, bindings, binding, next).length === 0) put(next);
      else setWanted(next);
    },
    stop,
  );
  return (
    <div className="flex flex-wrap items-center justify-end gap-1.5">
      <button
        ref={button}
        type="button"
        aria-label={`${binding.label}: ${keys === '' ? 'no key' : keys}. Change`}
        aria-pressed={recording}
        className="inline-flex min-h-6 min-w-10 items-center justify-center rounded-sm border border-line-strong px-1.5 hover:bg-surface-2 aria-pressed:border-accent aria-pressed:bg-accent-soft"
        onClick={() => {
          setWanted(null);
          setRecording(!recording);
        }}
      >
        {recording ? (
          <span className="text-12 text-text-2">{pressed === '' ? 'Press keys…' : shownKeys(pressed)}</span>
        ) : keys === '' ? (
          <span className="text-12 text-text-3">none</span>
        ) : (
          <Keycaps keys={shownKeys(keys)} />
        )}
      </button>
      {keys === binding.keys ? null : (
        <Button
          size="sm"
          variant="quiet"
          aria-label={`${binding.label}: ${binding.keys} again`}
          onClick={() => put(binding.keys)}
        >
          Reset
        </Button>
      )}
      {keys === '' || recording ? null : (
        <Button
          size="sm"
          variant="quiet"
          aria-label={`${binding.label}: without ${keys}`}
          onClick={() => put('')}
        >
          Off
        </Button>
      )}
      {refused === null || !recording ? null : (
        <p role="alert" className="w-full text-right text-12 text-warning">
          {refused}
        </p>
      )}
      {wanted === null ? null : (
        <div role="alert" className="flex w-full flex-wrap items-center justify-end gap-1.5 text-12">
          <span>
            {shownKeys(wanted)} is {conflicts.map(({ group, label }) => `“${label}” (${group})`).join(', ')}.
          </span>
          <Button size="sm" onClick={() => put(wanted, conflicts)}>
            Take it from there
          </Button>
          <Button size="sm" variant="quiet" onClick={stop}>
            Leave it
          </Button>
        </div>
      )}
    </div>
  );
}
