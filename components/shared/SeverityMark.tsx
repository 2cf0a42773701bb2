import { clsx } from 'clsx';
import type { Severity } from '@/lib/contracts/scalars';

const FILL: Record<Severity, string> = {
  critical: 'bg-sev-critical',
  high: 'bg-sev-high',
  medium: 'bg-sev-medium',
  low: 'bg-sev-low',
  informational: 'bg-sev-info',
};
const INK: Record<Severity, string> = {
  critical: 'text-sev-critical',
  high: 'text-sev-high',
  medium: 'text-sev-medium',
  low: 'text-sev-low',
  informational: 'text-sev-info',
};

export const SEVERITY_WORD: Record<Severity, string> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  informational: 'Info',
};

/**
 * Severity as a 3 px edge (decoration: the word must stand beside it), or as a dot with its word and, if given, the
 * score. Never a background.
 */
export function SeverityMark(props: {
  severity: Severity;
  as?: 'edge' | 'word';
  score?: number | undefined;
  className?: string | undefined;
}) {
  if (props.as === 'edge') {
    return (
      <span
        aria-hidden="true"
        className={clsx('keep-colour w-[3px] self-stretch', FILL[props.severity], props.className)}
      />
    );
  }
  return (
    <span
      className={clsx(
        'num inline-flex items-center gap-1.5 whitespace-nowrap',
        INK[props.severity],
        props.className,
      )}
    >
      <span aria-hidden="true" className={clsx('keep-colour size-2 rounded-full', FILL[props.severity])} />
      {SEVERITY_WORD[props.severity]}
      {props.score === undefined ? null : ` · ${props.score}`}
    </span>
  );
}

/** Text colour of a severity, for a word set in it. */
export function severityInk(severity: Severity): string {
  return INK[severity];
}
