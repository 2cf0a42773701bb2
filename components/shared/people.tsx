'use client';

import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type PersonView, personList } from '@/lib/contracts/people';
import { apiGet } from './apiClient';
import { HostileText } from './MonoText';
import { useMe } from './me';
import { namePerson } from './personName';

/** Everybody by handle and name, those who left included. One query for all screens. */
export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => apiGet('/people', personList, { signal }),
  staleTime: 5 * 60_000,
});

export type People = {
  /** Empty while it is being read. */
  readonly people: readonly PersonView[];
  /** The name a handle is shown by: "you" for oneself, the handle itself while nobody of it is known. */
  readonly nameOf: (handle: string) => string;
};

/** Who works here, and how to call them. */
export function usePeople(): People {
  const me = useMe().handle;
  const { data } = useQuery(peopleQuery);
  return useMemo(() => {
    const people = data?.items ?? [];
    const byHandle = new Map(people.map((person) => [person.handle, person]));
    return { people, nameOf: (handle) => namePerson(handle, byHandle.get(handle), me) };
  }, [data, me]);
}

/** A person by name, their handle on hover; "(left)" after those who are no longer here. */
export function PersonName({ handle, capital }: { handle: string; capital?: boolean | undefined }) {
  const { nameOf } = usePeople();
  const name = nameOf(handle);
  return (
    <span title={name === handle ? undefined : handle}>
      <HostileText text={capital && name === 'you' ? 'You' : name} />
    </span>
  );
}
