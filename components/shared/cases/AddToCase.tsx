'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { TextField } from '@/components/ui/TextField';
import { useToast } from '@/components/ui/Toast';
import { type CaseDetail, caseDetail, caseList } from '@/lib/contracts/cases';
import { putAlertsInCase } from '../alertQueries';
import { ApiError, apiGet, apiPost } from '../apiClient';
import { afterDecision, writePatches } from '../findingCache';
import { HostileText } from '../MonoText';
import { ProblemNote } from '../ProblemNote';

export type ForCase = {
  readonly findings: readonly string[];
  readonly alerts: readonly string[];
  readonly hits?: readonly string[];
};

/** Puts findings (ids), alerts (keys) and hits of Sigma (refs) into a new case or one that is not closed; null keeps it closed. */
export function AddToCase(props: { what: ForCase | null; onClose: () => void }) {
  const { what } = props;
  return (
    <Dialog
      open={what !== null}
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
      title="Add to a case"
      description={what === null ? undefined : sentenceOf(what)}
      width="sm"
      place="top"
    >
      {what === null ? null : <Choice what={what} onClose={props.onClose} />}
    </Dialog>
  );
}

function sentenceOf({ findings, alerts, hits = [] }: ForCase): string {
  const parts = [
    findings.length > 0 ? `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}` : '',
    alerts.length > 0 ? `${alerts.length} ${alerts.length === 1 ? 'alert' : 'alerts'}` : '',
    hits.length > 0 ? `${hits.length} Sigma ${hits.length === 1 ? 'hit' : 'hits'}` : '',
  ].filter((part) => part !== '');
  return `${parts.join(' and ')}. Each is in one case at most.`;
}

function Choice({ what, onClose }: { what: ForCase; onClose: () => void }) {
  const [q, setQ] = useState('');
  const client = useQueryClient();
  const toast = useToast();
  const cases = useQuery({
    queryKey: ['cases', 'to add to', q],
    queryFn: ({ signal }) =>
      apiGet('/cases', caseList, { params: { state: 'active', q: q || undefined, limit: 12 }, signal }),
  });
  const add = useMutation({
    mutationFn: ({ into, move }: { into: number | null; move: boolean }): Promise<CaseDetail> =>
      into === null
        ? apiPost('/cases', { ...what, move }, caseDetail)
        : apiPost(`/cases/${into}/items`, { ...what, move }, caseDetail),
    onSuccess: (kept) => {
      const { id, title } = kept;
      writePatches(client, new Map(what.findings.map((finding) => [finding, { case: { id, title } }])));
      putAlertsInCase(client, what.alerts, { id, title });
      void afterDecision(client, what.findings);
      if (what.hits !== undefined) void client.invalidateQueries({ queryKey: ['sigma'] });
      toast.show({
        text: (
          <>
            In case{' '}
            <Link className="link num" href={`/cases/${kept.id}`}>
              #{kept.id}
            </Link>
            .
          </>
        ),
      });
      onClose();
    },
  });
  const elsewhere = add.error instanceof ApiError && add.error.status === 409 ? add.variables : undefined;
  return (
    <div className="space-y-3 px-5 py-4">
      <Button
        variant="primary"
        data-autofocus
        disabled={add.isPending}
        onClick={() => add.mutate({ into: null, move: false })}
      >
        New case
      </Button>
      <TextField
        label="Or one that is open"
        type="search"
        placeholder="Words in it"
        value={q}
        onChange={(event) => setQ(event.target.value)}
      />
      <ul className="max-h-64 overflow-y-auto">
        {cases.data?.items.map((each) => (
          <li key={each.id}>
            <button
              type="button"
              className="focus-inset block w-full truncate rounded-md px-2 py-1.5 text-left hover:bg-surface-2 disabled:opacity-50"
              disabled={add.isPending}
              onClick={() => add.mutate({ into: each.id, move: false })}
            >
              <span className="num text-text-3">#{each.id}</span> <HostileText text={each.title} />
            </button>
          </li>
        ))}
      </ul>
      {cases.data?.items.length === 0 ? (
        <p className="text-text-3">No open case{q === '' ? '' : ' with these words'}.</p>
      ) : null}
      {add.error ? (
        <ProblemNote
          compact
          error={add.error}
          what="Nothing was added"
          safe="All cases are as they were before."
        />
      ) : null}
      {elsewhere ? (
        <Button size="sm" disabled={add.isPending} onClick={() => add.mutate({ ...elsewhere, move: true })}>
          Move it out of the other case
        </Button>
      ) : null}
    </div>
  );
}
