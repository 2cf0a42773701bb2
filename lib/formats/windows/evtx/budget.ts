/** Why the bytes are no event, for a person. */
export class DamagedEvent extends Error {
  override readonly name = 'DamagedEvent';
}

/** A place in the chunk, and the end of the part it belongs to; `dependencies`: within a template. */
export type Cursor = { at: number; readonly end: number; readonly dependencies: boolean };

/** Moves on by `length` bytes and answers where they begin. Throws DamagedEvent past the part's end. */
export function take(cursor: Cursor, length: number): number {
  const at = cursor.at;
  if (at + length > cursor.end) throw new DamagedEvent('ends in the middle of a part');
  cursor.at = at + length;
  return at;
}

/** What one record may still cost, so that no bytes keep the reader busy for long. */
export type Budget = {
  /** Counts one token or element. Throws DamagedEvent when there were too many. */
  readonly part: () => void;
  /** Counts text that was written out. */
  readonly text: (text: string) => void;
  /** Checks how deep elements, templates and values are within each other. */
  readonly depth: (depth: number) => void;
  /** Begins a new record. */
  readonly reset: () => void;
};

/** A budget for the records of a chunk, one after the other. */
export function createBudget(): Budget {
  let parts = 0;
  let written = 0;
  return {
    part() {
      if (++parts > PARTS_MAX) throw new DamagedEvent(`holds more than ${PARTS_MAX} parts`);
    },
    text(text) {
      written += text.length + 1;
      if (written > TEXT_MAX) throw new DamagedEvent(`says more than ${TEXT_MAX} characters`);
    },
    depth(depth) {
      if (depth > DEPTH_MAX) throw new DamagedEvent(`nested deeper than ${DEPTH_MAX}`);
    },
    reset() {
      parts = 0;
      written = 0;
    },
  };
}

const DEPTH_MAX = 64;
const PARTS_MAX = 100_000;
const TEXT_MAX = 4 * 1024 * 1024;
