'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { apiDelete, apiGet, apiPost, apiPut } from '@/components/shared/apiClient';
import { done } from '@/components/shared/done';
import { type ReportSchedule, reportSchedule, reportScheduleList } from '@/lib/contracts/reports';

/** What people say of a schedule. */
export type ScheduleFields = Pick<
  ReportSchedule,
  'what' | 'every' | 'dayOf' | 'hour' | 'mailTo' | 'webhooks' | 'enabled'
>;

const KEY = ['reports', 'schedules'] as const;

/** What is made again and again, and where it can go. */
export const schedulesQuery = queryOptions({
  queryKey: KEY,
  queryFn: ({ signal }) => apiGet('/report-schedules', reportScheduleList, { signal }),
  refetchInterval: 60_000,
});

function useLookAgain() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: KEY });
}

/** Adds a schedule; with one that is there, changes it unless somebody else did meanwhile. */
export function useSaveSchedule(schedule: Pick<ReportSchedule, 'id' | 'revision'> | null) {
  const lookAgain = useLookAgain();
  return useMutation({
    mutationFn: (fields: ScheduleFields) =>
      schedule === null
        ? apiPost('/report-schedules', fields, reportSchedule)
        : apiPut(
            `/report-schedules/${schedule.id}`,
            { ...fields, revision: schedule.revision },
            reportSchedule,
          ),
    onSettled: lookAgain,
  });
}

/** Stops a schedule for good. */
export function useRemoveSchedule(id: string) {
  const lookAgain = useLookAgain();
  return useMutation({
    mutationFn: () => apiDelete(`/report-schedules/${id}`, done),
    onSuccess: lookAgain,
  });
}

/** Makes and sends it now; when it is due next stays as it was. */
export function useRunSchedule(id: string) {
  const lookAgain = useLookAgain();
  return useMutation({
    mutationFn: () => apiPost(`/report-schedules/${id}/run`, {}, done),
    onSettled: lookAgain,
  });
}
