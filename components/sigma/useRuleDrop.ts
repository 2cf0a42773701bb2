'use client';

import { type DragEvent, useState } from 'react';
import { type PickedFile, pickedOfDrop } from './ruleFiles';

/**
 * Takes what is dropped as rules. It does not reach the page, which would import it as telemetry; `failed`: the browser
 * would not let it be read.
 */
export function useRuleDrop(onPicked: (picked: PickedFile[]) => void) {
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
      const picked = await pickedOfDrop(event.dataTransfer);
      if (picked.length > 0) onPicked(picked);
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
