'use client';

import { useState } from 'react';
import type { Drafts } from './drafts';

/** What is being typed under an id, kept in `drafts` with every change. */
export type Draft = {
  text: string;
  write: (text: string) => void;
  /** Forgets what was sent; what was typed since then stays. */
  sent: (text: string) => void;
};

/** Words that outlast their field: taken up again under the same id until `sent` was called with them. */
export function useDraft(drafts: Drafts, id: string): Draft {
  const [held, setHeld] = useState(() => ({ id, text: drafts.get(id) }));
  const write = (text: string) => {
    drafts.keep(id, text);
    setHeld({ id, text });
  };
  return {
    text: held.id === id ? held.text : drafts.get(id),
    write,
    sent: (text) => write(withoutSent(drafts.get(id), text)),
  };
}

/** What is left of the words now typed once `sent` was sent: nothing, what was added behind it, or all where it was changed. */
export function withoutSent(now: string, sent: string): string {
  return now.startsWith(sent) ? now.slice(sent.length).trimStart() : now;
}
