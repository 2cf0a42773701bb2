'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { apiGet, apiPost, apiPut } from '@/components/shared/apiClient';
import { peopleQuery } from '@/components/shared/people';
import {
  type addPersonBody,
  type changePersonBody,
  type ManagedPerson,
  managedPerson,
  managedPersonList,
  oneTimeLink,
} from '@/lib/contracts/people';

export const managedPeopleQuery = queryOptions({
  queryKey: ['admin', 'people'],
  queryFn: ({ signal }) => apiGet('/admin/people', managedPersonList, { signal }),
});

export type NewPerson = z.infer<typeof addPersonBody>;
export type PersonChange = z.infer<typeof changePersonBody>;

/** Puts what an answer says of a person into the list, and has their name read again everywhere. */
function useKeepPerson() {
  const client = useQueryClient();
  return (person: ManagedPerson) => {
    client.setQueryData(managedPeopleQuery.queryKey, (list) => {
      if (list === undefined) return undefined;
      const known = list.items.some(({ handle }) => handle === person.handle);
      return {
        items: known
          ? list.items.map((each) => (each.handle === person.handle ? person : each))
          : [...list.items, person],
      };
    });
    void client.invalidateQueries({ queryKey: peopleQuery.queryKey });
  };
}

const pathOf = (handle: string) => `/admin/people/${encodeURIComponent(handle)}`;

export function useAddPerson() {
  const keep = useKeepPerson();
  return useMutation({
    mutationFn: (body: NewPerson) => apiPost('/admin/people', body, oneTimeLink),
    onSuccess: ({ person }) => keep(person),
  });
}

export function useChangePerson(handle: string) {
  const keep = useKeepPerson();
  return useMutation({
    mutationFn: (change: PersonChange) => apiPut(pathOf(handle), change, managedPerson),
    onSuccess: keep,
  });
}

/** A new link, to join or to set a new password. */
export function useRenewLink(handle: string) {
  const keep = useKeepPerson();
  return useMutation({
    mutationFn: () => apiPost(`${pathOf(handle)}/link`, {}, oneTimeLink),
    onSuccess: ({ person }) => keep(person),
  });
}

export function useEndSessionsOf(handle: string) {
  const keep = useKeepPerson();
  return useMutation({
    mutationFn: () => apiPost(`${pathOf(handle)}/sign-out`, {}, managedPerson),
    onSuccess: keep,
  });
}
