'use client';

import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { z } from 'zod';
import { apiDelete, apiGet, apiPath, apiPost } from '@/components/shared/apiClient';
import { done } from '@/components/shared/done';
import { type Sending, sendBytes } from '@/components/shared/uploads/sendFile';
import {
  type AttackBundle,
  attackBundle,
  attackBundleList,
  attackMappings,
  attackObjectList,
  type mapTechniqueBody,
} from '@/lib/contracts/attack';
import { coverageView } from '@/lib/contracts/coverage';

const ATTACK = 'attack';

/** Releases that people brought, the last first. */
export const releasesQuery = queryOptions({
  queryKey: [ATTACK, 'releases'],
  queryFn: ({ signal }) => apiGet('/attack/bundles', attackBundleList, { signal }),
});

/** Which techniques our analytics are about, and who says so. */
export const mappingsQuery = queryOptions({
  queryKey: [ATTACK, 'mappings'],
  queryFn: ({ signal }) => apiGet('/attack/mappings', attackMappings, { signal }),
});

/** Techniques of the newest release by part of their id or name. */
export const techniquesQuery = (q: string) =>
  queryOptions({
    queryKey: [ATTACK, 'techniques', q],
    queryFn: ({ signal }) =>
      apiGet('/attack/objects', attackObjectList, { params: { q, type: 'technique', limit: 8 }, signal }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

/** The days a layer is of, as the server takes them; null: its default. */
export const layerDaysQuery = (period: { readonly from: string | null; readonly to: string | null }) =>
  queryOptions({
    queryKey: [ATTACK, 'days', period.from, period.to],
    queryFn: ({ signal }) =>
      apiGet('/coverage', coverageView.pick({ from: true, to: true, hosts: true }), {
        params: { from: period.from, to: period.to },
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

/** Says that an analytic is about a technique. */
export function useMapTechnique() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.infer<typeof mapTechniqueBody>) => apiPost('/attack/mappings', body, attackMappings),
    onSuccess: (view) => client.setQueryData(mappingsQuery.queryKey, view),
  });
}

/** Takes back that an analytic is about a technique. */
export function useUnmapTechnique() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => apiDelete(`/attack/mappings/${encodeURIComponent(id)}`, attackMappings),
    onSuccess: (view) => client.setQueryData(mappingsQuery.queryKey, view),
  });
}

/** Forgets a release; mappings follow. */
export function useRemoveRelease() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => apiDelete(`/attack/bundles/${encodeURIComponent(id)}`, done),
    onSuccess: () => client.invalidateQueries({ queryKey: [ATTACK] }),
  });
}

/** Brings in a release: `sent` is the share of the file the network took, 0 to 1, while it is on its way. */
export function useAddRelease() {
  const client = useQueryClient();
  const [sent, setSent] = useState(0);
  const sending = useRef<Sending<AttackBundle> | null>(null);
  const add = useMutation({
    mutationFn: async (file: File) => {
      setSent(0);
      const path = apiPath('/attack/bundles', { name: file.name });
      sending.current = sendBytes(path, file, attackBundle, (bytes) =>
        setSent(bytes / Math.max(1, file.size)),
      );
      return sending.current.done;
    },
    onSettled: () => {
      sending.current = null;
    },
    onSuccess: () => client.invalidateQueries({ queryKey: [ATTACK] }),
  });
  return { add, sent, cancel: () => sending.current?.cancel() };
}
