'use client';

import { useQueries } from '@tanstack/react-query';
import Link from 'next/link';
import { HostileText } from '@/components/shared/MonoText';
import type { EventScope } from '@/components/shared/query/eventSearch';
import { Button, buttonClass } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { anyMatchQuery } from './queries';
import { andParts } from './queryParts';

/** Parts that are tried by themselves; more would be a search of its own. */
const TRIED = 6;

/** Why nothing is listed: nothing was imported, or which part of the query nothing satisfies. */
export function NoEvents(props: { scope: EventScope; onClear: () => void; onAllTime: () => void }) {
  const { scope, onClear, onAllTime } = props;
  const bounded = scope.from !== null || scope.to !== null;
  const parts = andParts(scope.q).slice(0, TRIED);
  const tried = useQueries({ queries: parts.map((part) => anyMatchQuery(part, scope.from, scope.to)) });
  if (scope.q.trim() === '' && !bounded)
    return (
      <EmptyState
        title="No events yet"
        actions={
          <Link href="/imports" className={buttonClass({ variant: 'primary' })}>
            Import an export
          </Link>
        }
      >
        <p>Every record of an import becomes an event here, with its fields in the words of ECS.</p>
      </EmptyState>
    );
  const empty = parts.filter((_part, place) => tried[place]?.data === false);
  const known = tried.every((each) => !each.isPending);
  return (
    <EmptyState
      title="No event matches"
      actions={
        <>
          {bounded ? <Button onClick={onAllTime}>Search all of the recording</Button> : null}
          <Button onClick={onClear}>Clear the search</Button>
        </>
      }
    >
      {parts.length === 0 ? (
        <p>
          {bounded
            ? 'Nothing in this time satisfies it. It may lie outside, or could not be recorded: see what was blind above.'
            : 'Nothing satisfies it. A value is compared whole: put * where anything may stand.'}
        </p>
      ) : !known ? (
        <p role="status">Looking which part nothing satisfies…</p>
      ) : empty.length === 0 ? (
        <p>Each part of it has events by itself; none has them all.</p>
      ) : (
        <>
          <p>Nothing {bounded ? 'in this time ' : ''}satisfies, even by itself:</p>
          <ul className="list-disc space-y-1 pl-4">
            {empty.map((part) => (
              <li key={part} className="machine [overflow-wrap:anywhere]">
                <HostileText text={part} />
              </li>
            ))}
          </ul>
        </>
      )}
    </EmptyState>
  );
}
