'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { baselineOutlookQuery } from '@/components/shared/baseline/baselineQueries';
import { outlookText } from '@/components/shared/baseline/baselineWords';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { PersonName } from '@/components/shared/people';
import { TimeText } from '@/components/shared/TimeText';
import type { BaselineView } from '@/lib/contracts/baselines';

/** What its end brings back, and what happened to it; read only when it is opened. */
export function BaselineHistory({ baseline }: { baseline: BaselineView }) {
  const [open, setOpen] = useState(false);
  const query = useQuery({ ...baselineOutlookQuery(baseline.id), enabled: open });
  return (
    <details className="basis-full text-12" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="min-h-6 cursor-pointer text-text-2">
        What its end brings back, and its history
        <span className="sr-only">: {hostilePlain(baseline.title)}</span>
      </summary>
      {query.error ? (
        <ProblemNote
          compact
          error={query.error}
          what="This could not be read"
          onRetry={() => void query.refetch()}
        />
      ) : query.data === undefined ? (
        <p role="status" className="text-text-3">
          Reading…
        </p>
      ) : (
        <>
          <p className="num text-text-2">{outlookText(baseline, query.data)}</p>
          <ul className="mt-1">
            {query.data.history.map(({ at, by, action, note }) => (
              <li key={`${at} ${action}`} className="num flex flex-wrap gap-x-3 py-0.5">
                <TimeText at={at} date precision="min" />
                <span>{HISTORY_WORDS[action] ?? action}</span>
                <span className="text-text-2">
                  <PersonName handle={by} />
                </span>
                {note === null ? null : (
                  <span className="min-w-0 text-text-2 [overflow-wrap:anywhere]">
                    <HostileText text={note} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}

const HISTORY_WORDS: Readonly<Record<string, string>> = {
  'baseline.created': 'saved by',
  'baseline.approved': 'approved by',
  'baseline.revoked': 'revoked by',
  'baseline.expired': 'ended, noted by',
};
