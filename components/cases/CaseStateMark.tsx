import { clsx } from 'clsx';
import type { CaseState } from '@/lib/contracts/cases';
import { CASE_STATE_WORD } from './caseWords';

/** A case's state in words, with a mark whose shape differs as well as its colour. */
export function CaseStateMark({ state }: { state: CaseState }) {
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1.5 whitespace-nowrap',
        state === 'sent_back' && 'text-warning',
        state === 'in_review' && 'text-accent',
        state === 'closed' && 'text-text-3',
      )}
    >
      <svg aria-hidden="true" width="10" height="10" viewBox="0 0 10 10" className="shrink-0">
        {state === 'open' ? (
          <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        ) : null}
        {state === 'in_review' ? (
          <path d="M5 1v4l3 2" fill="none" stroke="currentColor" strokeWidth="1.5" />
        ) : null}
        {state === 'sent_back' ? (
          <path d="M9 3H3m2-2L2.5 3 5 5.5M9 3v5H3" fill="none" stroke="currentColor" strokeWidth="1.5" />
        ) : null}
        {state === 'closed' ? <rect x="1.5" y="1.5" width="7" height="7" rx="1" fill="currentColor" /> : null}
      </svg>
      {CASE_STATE_WORD[state]}
    </span>
  );
}
