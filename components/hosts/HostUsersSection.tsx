'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { PanelSection } from '@/components/shared/event/PanelSection';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { eventsHref } from '@/components/shared/query/eventSearch';
import { TimeText } from '@/components/shared/TimeText';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { Table, Td, Th } from '@/components/ui/Table';
import type { HostUsers, HostView } from '@/lib/contracts/hosts';
import { allOf, fieldIs } from '@/lib/query/quote';
import { hostUsersQuery } from './queries';

/** Accounts that acted on it; each opens what it did there. */
export function HostUsersSection({ host }: { host: HostView }) {
  const query = useQuery(hostUsersQuery(host.id));
  return (
    <PanelSection title="Users">
      {query.error && !query.data ? (
        <ProblemNote
          compact
          error={query.error}
          what="The users could not be read"
          onRetry={() => void query.refetch()}
        />
      ) : query.data ? (
        <Users host={host} users={query.data} />
      ) : (
        <SkeletonRegion label="Reading the users" className="space-y-3">
          {[70, 55, 62].map((width) => (
            <Skeleton key={width} style={{ width: `${width}%` }} />
          ))}
        </SkeletonRegion>
      )}
    </PanelSection>
  );
}

function Users({ host, users }: { host: HostView; users: HostUsers }) {
  if (users.items.length === 0) return <p className="text-text-3">No record of it names a user.</p>;
  return (
    <>
      <Table caption="Users of this host, the most active first">
        <thead>
          <tr>
            <Th>User</Th>
            <Th className="text-right">Processes</Th>
            <Th className="text-right">Events</Th>
            <Th>First seen</Th>
            <Th className="pr-0">Last seen</Th>
          </tr>
        </thead>
        <tbody>
          {users.items.map((user) => (
            <tr key={user.user}>
              <Td className="min-w-32 [overflow-wrap:anywhere]">
                <Link
                  className="link machine inline-block min-h-6"
                  prefetch={false}
                  href={eventsHref({
                    q: allOf(fieldIs('host.name', host.name), fieldIs('user.name', user.user)),
                  })}
                >
                  <HostileText text={user.user} />
                </Link>
              </Td>
              <Td className="num text-right">{user.processes.toLocaleString('en')}</Td>
              <Td className="num text-right">{user.events.toLocaleString('en')}</Td>
              <Td className="text-text-2">
                <TimeText at={user.from} date precision="min" />
              </Td>
              <Td className="pr-0 text-text-2">
                <TimeText at={user.to} date precision="min" />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {users.total > users.items.length ? (
        <p className="num pt-1.5 text-12 text-text-3">
          {users.items.length} of {users.total.toLocaleString('en')} users; the others did less. Search the
          host&rsquo;s events by <span className="machine">user.name</span> for them.
        </p>
      ) : null}
    </>
  );
}
