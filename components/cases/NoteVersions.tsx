'use client';

import { useQuery } from '@tanstack/react-query';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { PersonName } from '@/components/shared/people';
import { TimeText } from '@/components/shared/TimeText';
import { noteVersionsQuery } from './caseQueries';

/** Every text a note ever had, newest first. */
export function NoteVersions({ caseId, note }: { caseId: number; note: number }) {
  const versions = useQuery(noteVersionsQuery(caseId, note));
  if (versions.error)
    return (
      <div className="border-t p-3">
        <ProblemNote compact error={versions.error} what="The versions could not be read" />
      </div>
    );
  return (
    <ol aria-label="Versions" className="border-t">
      {versions.data?.items.map((version) => (
        <li key={version.version} className="border-b px-3 py-1.5 last:border-b-0">
          <details>
            <summary className="num cursor-pointer py-0.5 text-12 text-text-2">
              {version.version} · <PersonName handle={version.by} capital /> ·{' '}
              <TimeText at={version.at} date precision="s" zone />
              {version.title === '' ? '' : ' · '}
              <HostileText text={version.title} />
            </summary>
            <pre className="machine mt-1 max-h-80 overflow-auto whitespace-pre-wrap [overflow-wrap:anywhere]">
              {version.body.split('\n').map((line, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text that does not change
                <span key={place} className="block min-h-4">
                  <HostileText text={line} />
                </span>
              ))}
            </pre>
          </details>
        </li>
      ))}
    </ol>
  );
}
