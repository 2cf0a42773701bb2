'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useState } from 'react';
import { readAlertsBehind, useAssignAlert } from '@/components/shared/alertQueries';
import { useMay, useMe } from '@/components/shared/me';
import { alertSubject, useAlertJudge } from '@/components/shared/verdict/alertJudge';
import { useVerdict } from '@/components/shared/verdict/useVerdict';
import { VerdictPane } from '@/components/shared/verdict/VerdictPane';
import { onDemand } from '@/components/ui/onDemand';
import { useToast } from '@/components/ui/Toast';
import type { AlertView } from '@/lib/contracts/alerts';
import type { VerdictValue } from '@/lib/contracts/scalars';

const AssignDialog = onDemand(
  async () => (await import('@/components/shared/verdict/AssignDialog')).AssignDialog,
  (props) => props.onClose(),
);
const AddToCase = onDemand(
  async () => (await import('@/components/shared/cases/AddToCase')).AddToCase,
  (props) => props.onClose(),
);

const WITH_PREVIEW = '(min-width: 901px)';

/** Everything that can be decided on alerts: verdicts, whose they are, which case they are in. */
export function useAlertDecisions(on: {
  onSaved: (keys: readonly string[]) => void;
  grid: RefObject<HTMLElement | null>;
}) {
  const { grid } = on;
  const me = useMe().handle;
  const may = useMay('alerts.decide');
  const mayCase = useMay('cases.write');
  const toast = useToast();
  const client = useQueryClient();
  const assign = useAssignAlert();
  const judge = useAlertJudge();
  const [form, setForm] = useState<{ key: string; value: VerdictValue; asked: number } | null>(null);
  const [giving, setGiving] = useState<readonly AlertView[] | null>(null);
  const [casing, setCasing] = useState<readonly string[] | null>(null);
  const focusGrid = () => grid.current?.focus({ preventScroll: true });
  const flow = useVerdict({
    judge,
    onSaved: (keys) => {
      on.onSaved(keys);
      focusGrid();
    },
    returnTo: () => grid.current,
  });

  const give = async (alerts: readonly AlertView[], assignee: string | null) => {
    const results = await Promise.allSettled(
      alerts.map(({ key, revision }) => assign.mutateAsync({ key, revision, assignee })),
    );
    const failed = results.find((result) => result.status === 'rejected');
    if (!failed) return;
    if (form === null) readAlertsBehind(client);
    toast.show({
      text: `Not assigned: ${failed.reason instanceof Error ? failed.reason.message : 'the server did not answer.'}`,
      tone: 'danger',
    });
  };

  return {
    may,
    judgeThese: (alerts: readonly AlertView[], value: VerdictValue) => {
      const [only] = alerts;
      if (only && alerts.length === 1 && globalThis.matchMedia(WITH_PREVIEW).matches)
        setForm((before) => ({ key: only.key, value, asked: (before?.asked ?? 0) + 1 }));
      else flow.begin(alerts.map(alertSubject), value);
    },
    undo: flow.undo,
    take: (alerts: readonly AlertView[]) =>
      void give(alerts, alerts.every((each) => each.assignee === me) ? null : me),
    askWhom: (alerts: readonly AlertView[]) => setGiving(alerts.length > 0 ? alerts : null),
    addToCase: may && mayCase ? (keys: readonly string[]) => setCasing(keys.length > 0 ? keys : null) : null,
    formOf: (alert: AlertView) =>
      form?.key === alert.key ? (
        <VerdictPane
          key={form.asked}
          subject={alertSubject(alert)}
          asked={form.value}
          judge={judge}
          onSaved={(outcome, value) => {
            setForm(null);
            flow.saved([alertSubject(alert)], outcome, value);
          }}
          onCancel={() => {
            setForm(null);
            focusGrid();
            readAlertsBehind(client);
          }}
        />
      ) : null,
    dialogs: (
      <>
        {flow.dialog}
        {giving ? (
          <AssignDialog
            what={giving.length === 1 ? 'this alert' : `${giving.length.toLocaleString('en')} alerts`}
            now={giving.length === 1 ? giving[0]?.assignee : undefined}
            returnTo={() => grid.current}
            onAssign={(handle) => void give(giving, handle)}
            onClose={() => setGiving(null)}
          />
        ) : null}
        {casing ? (
          <AddToCase what={{ findings: [], alerts: casing }} onClose={() => setCasing(null)} />
        ) : null}
      </>
    ),
  };
}
