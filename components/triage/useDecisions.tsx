'use client';

import { type RefObject, useState } from 'react';
import { ApiError } from '@/components/shared/apiClient';
import { useNeverAgain } from '@/components/shared/baseline/useNeverAgain';
import { useAssign, useAssignMany, useUndoMany } from '@/components/shared/findingWrites';
import { useMay, useMe } from '@/components/shared/me';
import { usePeople } from '@/components/shared/people';
import { type Outcome, useFindingJudge } from '@/components/shared/verdict/judge';
import { useUndo } from '@/components/shared/verdict/useUndo';
import { useVerdict } from '@/components/shared/verdict/useVerdict';
import { VerdictPane } from '@/components/shared/verdict/VerdictPane';
import { onDemand } from '@/components/ui/onDemand';
import { useToast } from '@/components/ui/Toast';
import type { FindingSummary } from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';

const AssignDialog = onDemand(
  async () => (await import('@/components/shared/verdict/AssignDialog')).AssignDialog,
  (props) => props.onClose(),
);
const AddToCase = onDemand(
  async () => (await import('@/components/shared/cases/AddToCase')).AddToCase,
  (props) => props.onClose(),
);

type DecisionOptions = {
  /** What has a verdict now: go on to the next. */
  onSaved: (ids: readonly string[]) => void;
  /** Selects again what was refused. */
  onSelect?: ((ids: readonly string[]) => void) | undefined;
  grid: RefObject<HTMLElement | null>;
  /** Whether the preview is of the finding itself, so that one alone is judged there. */
  inPreview: boolean;
};

/** Findings a proposed baseline is asked to cover at once. */
const MOST_COVERED = 20;

/** The preview has room for a form from this width on. */
const WITH_PREVIEW = '(min-width: 901px)';

/**
 * Everything that can be decided on findings in the queue: verdicts in the preview or, for several, in a dialog; whose
 * they are; which case they are in. `dialogs` is rendered once, `formOf` in the preview.
 */
export function useDecisions({ onSaved, onSelect, grid, inPreview }: DecisionOptions) {
  const me = useMe().handle;
  const may = useMay('findings.decide');
  const mayCase = useMay('cases.write');
  const never = useNeverAgain({ returnTo: () => grid.current });
  const { nameOf } = usePeople();
  const toast = useToast();
  const assign = useAssign();
  const assignMany = useAssignMany();
  const undoMany = useUndoMany();
  const { offer } = useUndo();
  const judge = useFindingJudge();
  const [form, setForm] = useState<{ id: string; value: VerdictValue; asked: number } | null>(null);
  const [giving, setGiving] = useState<readonly FindingSummary[] | null>(null);
  const [casing, setCasing] = useState<readonly string[] | null>(null);
  const focusGrid = () => grid.current?.focus({ preventScroll: true });
  const flow = useVerdict({
    judge,
    onSaved: (ids) => {
      onSaved(ids);
      focusGrid();
    },
    onSelect,
    returnTo: () => grid.current,
  });

  const { begin } = never;
  const neverAgain =
    begin &&
    ((ids: readonly string[]) => {
      const [finding, ...others] = ids;
      if (finding !== undefined) begin({ finding, others: others.slice(0, MOST_COVERED) });
    });

  const judgeThese = (
    findings: readonly FindingSummary[],
    value: VerdictValue,
    apart?: ReadonlyMap<string, string>,
    unnamed = 0,
  ) => {
    const [only] = findings;
    if (inPreview && only && findings.length === 1 && globalThis.matchMedia(WITH_PREVIEW).matches)
      setForm((before) => ({ id: only.id, value, asked: (before?.asked ?? 0) + 1 }));
    else flow.begin(findings, value, apart, unnamed);
  };

  const give = async (findings: readonly FindingSummary[], assignee: string | null) => {
    const [only] = findings;
    try {
      if (only && findings.length === 1) {
        await assign.mutateAsync({ id: only.id, revision: only.revision, assignee });
        return;
      }
      const { done, refused, bulkIds } = await assignMany.mutateAsync({ items: findings, assignee });
      const to = assignee === null ? 'released' : `given to ${nameOf(assignee)}`;
      const kept = refused.length === 0 ? '' : ` ${refused.length} had changed and stay as they are.`;
      const text = `${done.length.toLocaleString('en')} ${to}.${kept}`;
      if (bulkIds.length === 0) toast.show({ text, tone: 'danger' });
      else
        offer(text, async () => {
          await undoMany.mutateAsync(bulkIds);
          return 'Assignment taken back.';
        });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast.show({ text: refusalText(error), tone: 'danger' });
    }
  };

  return {
    may,
    judgeThese,
    undo: flow.undo,
    /** To oneself, or back where all of them are one's own. */
    take: (findings: readonly FindingSummary[]) =>
      void give(findings, findings.every((each) => each.assignee === me) ? null : me),
    askWhom: (findings: readonly FindingSummary[]) => setGiving(findings.length > 0 ? findings : null),
    addToCase: mayCase ? (ids: readonly string[]) => setCasing(ids.length > 0 ? ids : null) : null,
    /** Proposes a baseline that covers them. */
    neverAgain,
    /** The form for this finding while it is being judged; null else. */
    formOf: (finding: FindingSummary) =>
      form?.id === finding.id ? (
        <VerdictPane
          key={form.asked}
          subject={finding}
          asked={form.value}
          judge={judge}
          baseline={neverAgain !== null}
          onSaved={(outcome: Outcome, value, baseline) => {
            setForm(null);
            flow.saved([finding], outcome, value);
            if (baseline) neverAgain?.([finding.id]);
          }}
          onCancel={() => {
            setForm(null);
            focusGrid();
          }}
        />
      ) : null,
    dialogs: (
      <>
        {flow.dialog}
        {giving ? (
          <AssignDialog
            what={giving.length === 1 ? 'this finding' : `${giving.length.toLocaleString('en')} findings`}
            now={sameAssignee(giving)}
            returnTo={() => grid.current}
            onAssign={(handle) => void give(giving, handle)}
            onClose={() => setGiving(null)}
          />
        ) : null}
        {casing ? (
          <AddToCase what={{ findings: casing, alerts: [] }} onClose={() => setCasing(null)} />
        ) : null}
        {never.dialog}
      </>
    ),
  };
}

function sameAssignee(findings: readonly FindingSummary[]): string | null | undefined {
  const [first] = findings;
  return findings.every(({ assignee }) => assignee === first?.assignee) ? first?.assignee : undefined;
}

function refusalText(error: ApiError): string {
  return error.status === 409
    ? `Not assigned. ${error.message} The newer state is shown.`
    : `Not assigned: ${error.message}`;
}
