import type { RefObject } from 'react';
import type { QueryProblem } from '@/lib/query/node';

/** What the line of a query shows and tells. */
export type QueryLineProps = {
  label: string;
  value: string;
  onChange: (text: string) => void;
  onRun: () => void;
  /** Up and down through earlier searches; false where there is none. */
  onHistory: (step: 1 | -1) => boolean;
  onLeave: () => void;
  problem: QueryProblem | null;
  /** Id of the words that say what is wrong, or how to leave. */
  describedBy: string;
  placeholder: string;
  /** Set to what puts the cursor into the line. */
  focuser: RefObject<() => void>;
};
