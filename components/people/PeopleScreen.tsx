'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useRefusal } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { Table, Th } from '@/components/ui/Table';
import { AddPersonDialog } from './AddPersonDialog';
import { PersonRow } from './PersonRow';
import { inOrder, standingOf } from './personWords';
import { managedPeopleQuery } from './queries';

/** Everybody who works here, may join, or left: what an administrator looks after. */
export function PeopleScreen() {
  const refusal = useRefusal('people.manage');
  const query = useQuery({ ...managedPeopleQuery, enabled: refusal === null });
  const [adding, setAdding] = useState(false);
  if (refusal !== null) return <EmptyState title={refusal} />;
  const people = query.data?.items ?? [];
  const count = (standing: string) => people.filter((person) => standingOf(person) === standing).length;
  return (
    <section aria-label="People" className="h-full overflow-y-auto">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 pb-2 pt-3.5">
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="text-15">People</h1>
          <p className="num text-text-2">
            {query.data
              ? `${count('here')} work here, ${count('invited')} have not joined yet, ${count('left')} left. Nobody is ever deleted: history keeps their names.`
              : 'Nobody is ever deleted: history keeps their names.'}
          </p>
        </div>
        <Button variant="primary" onClick={() => setAdding(true)}>
          Add a person…
        </Button>
      </header>
      {query.error && !query.data ? (
        <ProblemNote
          error={query.error}
          what="The people could not be read"
          safe="Who is signed in goes on working."
          onRetry={() => void query.refetch()}
        />
      ) : !query.data ? (
        <SkeletonRegion label="Reading the people" className="space-y-4 px-4 py-3">
          {[80, 65, 72].map((width) => (
            <Skeleton key={width} style={{ width: `${width}%` }} />
          ))}
        </SkeletonRegion>
      ) : (
        <Table caption="People" className="px-4">
          <thead>
            <tr>
              <Th>Name</Th>
              <Th>Role</Th>
              <Th>State</Th>
              <Th>Signs in with</Th>
              <Th className="text-right">Sessions</Th>
              <Th>Last seen</Th>
              <Th className="pr-0">
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {inOrder(people).map((person) => (
              <PersonRow key={person.handle} person={person} />
            ))}
          </tbody>
        </Table>
      )}
      {adding ? <AddPersonDialog onClose={() => setAdding(false)} /> : null}
    </section>
  );
}
