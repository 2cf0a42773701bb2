import { clsx } from 'clsx';
import { hostilePlain } from '../hostileText';
import { HostileText } from '../MonoText';
import { AgeText } from '../TimeText';

type Reopened = { at: string; why: string };

/** That later data took away what a verdict rested on; why, on hover and to whoever listens. */
export function ReopenedMark({
  reopened,
  className,
}: {
  reopened: Reopened;
  className?: string | undefined;
}) {
  return (
    <span
      title={`Opened again by later data: ${hostilePlain(reopened.why)}`}
      className={clsx('inline-flex items-center gap-1 text-warning', className)}
    >
      <svg aria-hidden="true" width="9" height="9" viewBox="0 0 9 9" fill="none" stroke="currentColor">
        <path d="M1.5 4.5a3 3 0 1 0 1-2.2M2.6.6v1.9h1.9" strokeWidth="1.1" />
      </svg>
      <span>
        reopened<span className="sr-only">{`: ${hostilePlain(reopened.why)}`}</span>
      </span>
    </span>
  );
}

/** The same as a sentence, for where there is room. */
export function ReopenedNote({ reopened }: { reopened: Reopened }) {
  return (
    <p className="border-l-2 border-warning pl-2.5">
      <span className="font-medium">Opened again</span> <AgeText at={reopened.at} className="text-text-3" />
      <span className="block text-text-2 [overflow-wrap:anywhere]">
        <HostileText text={reopened.why} />
      </span>
    </p>
  );
}
