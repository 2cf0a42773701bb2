'use client';

import { type DragEvent, useState } from 'react';
import { type LeftOut, type PickedFile, pickedOfDrop } from './ruleFiles';

/** What was dropped, or chosen. */
export type Drop = { readonly picked: readonly PickedFile[] } & LeftOut;

/**
 * Takes what is dropped as rules. It does not reach the page, which would import it as telemetry; `failed`: the browser
 * would not let it be read.
 */
export function useRuleDrop(onDrop: (drop: Drop) => void) {
  const [over, setOver] = useState(false);
  const [failed, setFailed] = useState(false);
  const take = (event: DragEvent, inside: boolean) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    event.stopPropagation();
    setOver(inside);
  };
  const drop = async (event: DragEvent) => {
    take(event, false);
    setFailed(false);
    try {
      const found = await pickedOfDrop(event.dataTransfer);
      if (found.picked.length + found.others > 0) onDrop(found);
    } catch {
      // A file that went away or may not be read; which one, the browser does not say.
      setFailed(true);
    }
  };
  return {
    over,
    failed,
    handlers: {
      onDragEnter: (event: DragEvent) => take(event, true),
      onDragOver: (event: DragEvent) => take(event, true),
      onDragLeave: (event: DragEvent) => take(event, false),
      onDrop: (event: DragEvent) => void drop(event),
    },
  };
}
