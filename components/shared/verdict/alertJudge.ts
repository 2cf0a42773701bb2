'use client';

import type { AlertView } from '@/lib/contracts/alerts';
import { useGiveAlertVerdict } from '../alertQueries';
import { ApiError } from '../apiClient';
import type { Decision, Judge, Outcome, VerdictSubject } from './judge';

/** An alert as something a verdict is given on. */
export function alertSubject(alert: AlertView): VerdictSubject {
  const { key, rule, host, revision, verdict } = alert;
  return { id: key, headline: rule, host, revision, verdict, stages: [] };
}

/**
 * Verdicts on vendor alerts, one after the other; of several, those that had changed are told of. Only a first verdict
 * can be undone: to put back one that stood before would give it again in another's name.
 */
export function useAlertJudge(): Judge {
  const give = useGiveAlertVerdict();

  const giveOne = async (subject: VerdictSubject, { value, reason }: Decision) => {
    const { id, revision, verdict: before } = subject;
    const answer = await give.mutateAsync({ key: id, revision, verdict: value, reason });
    if (before !== null) return null;
    return () => give.mutateAsync({ key: id, revision: answer.revision, verdict: null, reason: '' });
  };

  return {
    give: async (subjects, decision): Promise<Outcome> => {
      const [only] = subjects;
      if (only !== undefined && subjects.length === 1) {
        const undo = await giveOne(only, decision);
        return {
          done: [only.id],
          refused: [],
          undo: undo && (() => undo().then(() => 'Verdict taken back.')),
        };
      }
      const done: { id: string; undo: (() => Promise<unknown>) | null }[] = [];
      const refused: { id: string; detail: string }[] = [];
      for (const subject of subjects) {
        try {
          done.push({ id: subject.id, undo: await giveOne(subject, decision) });
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          refused.push({ id: subject.id, detail: error.message });
        }
      }
      const undos = done.flatMap(({ undo }) => undo ?? []);
      return {
        done: done.map(({ id }) => id),
        refused,
        undo: undos.length > 0 ? () => undoAll(undos, done.length - undos.length) : null,
      };
    },
    // What the refusal itself says is enough: to read the list again would move what is being judged.
    newest: async () => null,
  };
}

/** `standing`: those that had a verdict before and keep the new one. */
async function undoAll(undos: readonly (() => Promise<unknown>)[], standing: number): Promise<string> {
  const results = await Promise.allSettled(undos.map((undo) => undo()));
  const kept = results.filter(({ status }) => status === 'rejected').length;
  return [
    `Taken back for ${(undos.length - kept).toLocaleString('en')}`,
    kept === 0 ? '' : `; ${kept} were changed since and stay as they are`,
    standing === 0 ? '' : `; ${standing} had a verdict before and keep the new one`,
    '.',
  ].join('');
}
