'use client';

import { useQuery } from '@tanstack/react-query';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { AgeText, TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { browserName } from './browserName';
import { Part } from './Part';
import { sessionsQuery, useEndSession } from './queries';

/** Where one is signed in, each to be ended. */
export function SessionsPart() {
  const list = useQuery(sessionsQuery);
  const end = useEndSession();
  return (
    <Part
      title="Where you are signed in"
      about="A session ends twelve hours after you were last here. End those you do not know, then change your password."
    >
      {list.error ? (
        <ProblemNote
          compact
          error={list.error}
          what="Your sessions could not be read"
          onRetry={() => void list.refetch()}
        />
      ) : !list.data ? (
        <SkeletonRegion label="Reading your sessions" className="space-y-3">
          <Skeleton className="w-2/3" />
          <Skeleton className="w-1/2" />
        </SkeletonRegion>
      ) : (
        <ul aria-label="Sessions" className="border-t">
          {list.data.items.map((session) => (
            <li key={session.id} className="flex items-center gap-3 border-b py-1.5">
              <span className="min-w-0 flex-1">
                <span
                  className="block truncate font-medium"
                  title={session.userAgent === null ? undefined : hostilePlain(session.userAgent)}
                >
                  <HostileText text={browserName(session.userAgent)} />
                  {session.current ? ', this one' : ''}
                </span>
                <span className="num text-12 text-text-3">
                  since <TimeText at={session.createdAt} date precision="min" />, last seen{' '}
                  <AgeText at={session.lastSeenAt} />
                  {session.ipAddress === null ? null : (
                    <>
                      {' '}
                      from <HostileText text={session.ipAddress} />
                    </>
                  )}
                </span>
              </span>
              {session.current ? null : (
                <Button
                  size="sm"
                  aria-label={`End the session of ${hostilePlain(browserName(session.userAgent))}`}
                  disabled={end.isPending}
                  onClick={() => end.mutate(session.id)}
                >
                  End
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {end.error ? <ProblemNote compact error={end.error} what="The session was not ended" /> : null}
    </Part>
  );
}
