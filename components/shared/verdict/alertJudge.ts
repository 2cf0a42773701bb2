'use client';

import { useQueryClient } from '@tanstack/react-query';
import type { AlertView } from '@/lib/contracts/alerts';
import { newestAlert, useGiveAlertVerdict } from '../alertQueries';
import { ApiError } from '../apiClient';
import type { Decision, Judge, Outcome, VerdictSubject } from './judge';

/** An alert as something a verdict is given on. */
export function alertSubject(alert: AlertView): VerdictSubject {
  const { key, rule, host, revision, verdict } = alert;
  return { id: key, headline: rule, host, revision, verdict, stages: [] };
}

/** Verdicts on vendor alerts, one after the other; of several, those that had changed are told of. */
export function useAlertJudge(): Judge {
  const client = useQueryClient();
  const give = useGiveAlertVerdict();

  const giveOne = async (subject: VerdictSubject, { value, reason }: Decision) => {
    const { id, revision, verdict: before } = subject;
    const answer = await give.mutateAsync({ key: id, revision, verdict: value, reason });
    return () =>
      give.mutateAsync({
        key: id,
        revision: answer.revision,
        verdict: before?.value ?? null,
        reason: before?.reason ?? '',
      });
  };

  return {
    give: async (subjects, decision): Promise<Outcome> => {
      const [only] = subjects;
      if (only !== undefined && subjects.length === 1) {
        const undo = await giveOne(only, decision);
        return {
          done: [only.id],
          refused: [],
          undo: () => undo().then(() => 'Verdict taken back.'),
        };
      }
      const done: { id: string; undo: () => Promise<unknown> }[] = [];
      const refused: { id: string; detail: string }[] = [];
      for (const subject of subjects) {
        try {
          done.push({ id: subject.id, undo: await giveOne(subject, decision) });
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          refused.push({ id: subject.id, detail: error.message });
        }
      }
      return { done: done.map(({ id }) => id), refused, undo: done.length > 0 ? () => undoAll(done) : null };
    },
    newest: async (id) => {
      const alert = await newestAlert(client, id).catch(() => null);
      if (alert === null) return null;
      const { revision, verdict, assignee } = alert;
      return { revision, verdict, assignee, by: verdict?.by ?? null };
    },
  };
}

async function undoAll(done: readonly { undo: () => Promise<unknown> }[]): Promise<string> {
  const results = await Promise.allSettled(done.map(({ undo }) => undo()));
  const kept = results.filter(({ status }) => status === 'rejected').length;
  const undone = (done.length - kept).toLocaleString('en');
  return kept === 0
    ? `Taken back for ${undone}.`
    : `Taken back for ${undone}; ${kept} were changed since and stay as they are.`;
}
