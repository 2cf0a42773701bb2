'use client';

import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useToast } from '@/components/ui/Toast';
import { UNDO_SECONDS, undoMilliseconds, undoTimePreference } from './undoTime';

const UNDO_KEY = ['undo', 'verdict'];
type Undo = { toast: number; run: () => Promise<string> };

export type UndoOffer = {
  /** Says what was done, with its undo: as long as the message stands, by its button or by `z`. */
  offer: (text: ReactNode, undo: () => Promise<string>) => void;
  /** Takes back what was done last; nothing once its message is gone. */
  undo: () => void;
};

/** Undo instead of a question before. It outlasts the step to another screen. */
export function useUndo(): UndoOffer {
  const client = useQueryClient();
  const toast = useToast();

  const run = (entry: Undo) => {
    if (client.getQueryData<Undo | null>(UNDO_KEY)?.toast === entry.toast)
      client.setQueryData(UNDO_KEY, null);
    toast.dismiss(entry.toast);
    entry.run().then(
      (text) => toast.show({ text, duration: 4000 }),
      (error: unknown) =>
        toast.show({
          text: `It stands as it is: ${error instanceof Error ? error.message : 'the server did not answer.'}`,
          tone: 'danger',
        }),
    );
  };

  return {
    undo: () => {
      const last = client.getQueryData<Undo | null>(UNDO_KEY);
      if (last != null) run(last);
    },
    offer: (text, undo) => {
      const id: number = toast.show({
        text,
        countdown: true,
        duration: undoMilliseconds(),
        action: { label: 'Undo', keys: 'z', run: () => run({ toast: id, run: undo }) },
        lengthen: { label: 'More time', run: moreTime },
        onGone: () => {
          if (client.getQueryData<Undo | null>(UNDO_KEY)?.toast === id) client.setQueryData(UNDO_KEY, null);
        },
      });
      client.setQueryData<Undo>(UNDO_KEY, { toast: id, run: undo });
    },
  };
}

/** Takes the next longer time for this and every later undo; null at the longest. */
function moreTime(): number | null {
  const now = UNDO_SECONDS.indexOf(undoTimePreference.get());
  const next = UNDO_SECONDS[now + 1];
  if (next === undefined) return null;
  const more = Number(next) * 1000 - undoMilliseconds();
  undoTimePreference.set(next);
  return more;
}
