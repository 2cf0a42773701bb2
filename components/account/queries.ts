'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { apiDelete, apiGet, apiPost, apiPut } from '@/components/shared/apiClient';
import { done } from '@/components/shared/done';
import { meQuery } from '@/components/shared/me';
import { peopleQuery } from '@/components/shared/people';
import {
  backupCodes,
  keyList,
  type MeView,
  meView,
  newKey,
  passkeyList,
  sessionList,
  totpSetup,
} from '@/lib/contracts/people';

export const sessionsQuery = queryOptions({
  queryKey: ['me', 'sessions'],
  queryFn: ({ signal }) => apiGet('/me/sessions', sessionList, { signal }),
});

export const passkeysQuery = queryOptions({
  queryKey: ['me', 'passkeys'],
  queryFn: ({ signal }) => apiGet('/me/passkeys', passkeyList, { signal }),
});

/** One's own keys; everybody's for those who manage them. */
export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => apiGet('/keys', keyList, { signal }),
});

/** Keeps what an answer says of oneself, on every screen at once. */
function useKeepMe() {
  const client = useQueryClient();
  return (me: MeView) => {
    client.setQueryData(meQuery.queryKey, me);
    void client.invalidateQueries({ queryKey: peopleQuery.queryKey });
  };
}

export function useChangeName() {
  const keep = useKeepMe();
  return useMutation({
    mutationFn: (name: string) => apiPut('/me', { name }, meView),
    onSuccess: keep,
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { current: string; next: string }) => apiPost('/me/password', body, done),
    // Other sessions ended with it.
    onSuccess: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
}

export function useSetUpTotp() {
  return useMutation({
    mutationFn: (password: string) => apiPost('/me/two-factor', { password }, totpSetup),
  });
}

export function useConfirmTotp() {
  const keep = useKeepMe();
  return useMutation({
    mutationFn: (code: string) => apiPost('/me/two-factor/confirm', { code }, meView),
    onSuccess: keep,
  });
}

export function useStopTotp() {
  const keep = useKeepMe();
  return useMutation({
    mutationFn: (password: string) => apiPost('/me/two-factor/stop', { password }, meView),
    onSuccess: keep,
  });
}

export function useRenewBackupCodes() {
  return useMutation({
    mutationFn: (password: string) => apiPost('/me/two-factor/backup-codes', { password }, backupCodes),
  });
}

export function useRemovePasskey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => apiDelete(`/me/passkeys/${encodeURIComponent(id)}`, passkeyList),
    onSuccess: (list) => client.setQueryData(passkeysQuery.queryKey, list),
  });
}

export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => apiDelete(`/me/sessions/${encodeURIComponent(id)}`, sessionList),
    onSuccess: (list) => client.setQueryData(sessionsQuery.queryKey, list),
  });
}

export function useAddKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; scopes: readonly string[]; days: number }) =>
      apiPost('/keys', body, newKey),
    onSuccess: () => client.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
}

export function useRevokeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => apiDelete(`/keys/${encodeURIComponent(id)}`, keyList),
    onSuccess: (list) => client.setQueryData(keysQuery.queryKey, list),
  });
}
