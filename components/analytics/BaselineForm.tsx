'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { BaselineWordFields } from '@/components/shared/baseline/BaselineWordFields';
import { baselineEffect } from '@/components/shared/baseline/backtestWords';
import { useSaveBaseline } from '@/components/shared/baseline/baselineQueries';
import {
  type BaselineDraft,
  baselineChange,
  baselineProblems,
  proposedExpiry,
} from '@/components/shared/baseline/baselineWords';
import { lossText } from '@/components/shared/baseline/proposalWords';
import { useMay, useMe } from '@/components/shared/me';
import { useLeaveWarning } from '@/components/shared/useLeaveWarning';
import { useNow } from '@/components/shared/useTimeFormat';
import { Button } from '@/components/ui/Button';
import { SelectField, TextField } from '@/components/ui/TextField';
import { useToast } from '@/components/ui/Toast';
import { Segmented } from '@/components/ui/Toggle';
import { ChangeBar } from './ChangeBar';
import { analyticsQuery, vocabularyQuery } from './queries';
import { useKept } from './useKept';
import { useTrial } from './useTrial';
import { YamlEditor } from './YamlEditor';

const ROOT = ['when'] as const;

/** What is normal, why, who says so and until when; then what it would hide, and only then the save. */
export function BaselineForm({ analytic, onClose }: { analytic: string | null; onClose: () => void }) {
  const now = useNow() ?? 0;
  const me = useMe().handle;
  const toast = useToast();
  const analytics = useQuery(analyticsQuery).data?.items ?? [];
  const vocabulary = useQuery(vocabularyQuery);
  const kept = useKept(`baseline.${analytic ?? 'any'}`, draftOf);
  const draft = kept.kept ?? emptyDraft(analytic ?? '', now, me);
  const set = (change: Partial<BaselineDraft>) => kept.keep({ ...draft, ...change });
  const problems = baselineProblems(draft, now);
  const whole = Object.keys(problems).length === 0;
  const trial = useTrial(draft.analytic, whole ? baselineChange(draft) : null);
  const save = useSaveBaseline();
  const mayWrite = useMay('baselines.write');
  // What was shown beside the save is what is accepted by it.
  const loses = trial.isOfThis && lossText(trial.backtest?.result?.loses) !== null;
  const [tried, setTried] = useState(false);
  const shown = tried ? problems : {};
  useLeaveWarning(kept.kept !== null);
  const chosen = analytics.find(({ id }) => id === draft.analytic);
  const close = () => {
    kept.forget();
    void trial.forget().then(onClose);
  };
  return (
    <div className="flex h-full flex-col">
      <form
        aria-label="New baseline"
        className="focus-inset @container min-h-0 flex-1 space-y-4 overflow-y-auto px-4 py-4"
        onBlur={() => setTried(true)}
        onSubmit={(event) => event.preventDefault()}
      >
        <div className="flex items-center gap-3">
          <h2 className="flex-1 text-15">New baseline</h2>
          <Button size="sm" variant="quiet" onClick={onClose}>
            Back to the list
          </Button>
        </div>
        <div className="grid gap-x-6 gap-y-4 @3xl:grid-cols-2">
          <div className="space-y-4">
            {analytic === null ? (
              <SelectField
                label="Analytic"
                value={draft.analytic}
                error={shown.analytic}
                onChange={(event) => set({ analytic: event.target.value })}
              >
                <option value="">Choose…</option>
                {analytics.map(({ id, title }) => (
                  <option key={id} value={id}>
                    {id}: {title}
                  </option>
                ))}
              </SelectField>
            ) : null}
            <BaselineWordFields
              inPane
              words={draft}
              onChange={set}
              problems={shown}
              now={now}
              reasonRows={3}
              titleExample="Our software deployment starts mshta"
              endHint="At most a year ahead."
            />
            <div className="flex flex-wrap items-end gap-3">
              <div>
                <p className="label mb-1">What it does</p>
                <Segmented
                  label="What it does"
                  value={draft.points === null ? 'hide' : 'lower'}
                  onChange={(value) => set({ points: value === 'hide' ? null : 20 })}
                  options={[
                    { value: 'hide', label: 'Hides' },
                    { value: 'lower', label: 'Lowers the score' },
                  ]}
                />
              </div>
              {draft.points === null ? null : (
                <TextField
                  className="w-24"
                  label="by points"
                  type="number"
                  min={1}
                  max={100}
                  value={draft.points}
                  error={shown.points}
                  onChange={(event) => set({ points: Math.round(Number(event.target.value)) })}
                />
              )}
            </div>
          </div>
          <div className="min-w-0">
            <p className="label mb-1">Which chains: a condition as a reason takes it</p>
            <YamlEditor
              small
              label="Condition, YAML"
              value={draft.when}
              onChange={(when) => set({ when })}
              vocabulary={vocabulary.data}
              root={ROOT}
              namesFrom={chosen?.yaml ?? ''}
            />
            <p className={shown.when ? 'mt-1 text-12 text-danger' : 'mt-1 text-12 text-text-3'}>
              {shown.when ??
                (chosen
                  ? `Stages of ${chosen.id}: ${chosen.stages.map(({ id }) => id).join(', ')}.`
                  : 'Choose the analytic to complete its stages.')}
            </p>
          </div>
        </div>
      </form>
      <ChangeBar
        trial={trial}
        changes={['a new baseline']}
        title="A new baseline,"
        obstacle={whole ? null : (Object.values(problems)[0] ?? null)}
        effect={(result) => baselineEffect(result, draft.points === null)}
        save={(body) => save.mutateAsync({ ...body, acceptLoss: loses })}
        saveWord={loses || !mayWrite ? 'Save and ask a second person' : 'Save the baseline'}
        permission="baselines.propose"
        onSaved={() => {
          kept.forget();
          toast.show({
            text:
              loses || !mayWrite
                ? 'Saved. It does nothing until a second person approves it.'
                : 'Saved. It takes effect as hosts are run again, in the background.',
          });
          onClose();
        }}
        onDiscard={close}
      />
    </div>
  );
}

function emptyDraft(analytic: string, now: number, owner: string): BaselineDraft {
  return {
    analytic,
    title: '',
    when: '',
    points: null,
    reason: '',
    owner,
    expires: proposedExpiry(now),
  };
}

function draftOf(kept: unknown): BaselineDraft | null {
  if (typeof kept !== 'object' || kept === null) return null;
  const { analytic, title, when, points, reason, owner, expires } = kept as Record<string, unknown>;
  const texts = [analytic, title, when, reason, owner, expires];
  if (!texts.every((text) => typeof text === 'string')) return null;
  return {
    analytic: String(analytic),
    title: String(title),
    when: String(when),
    points: typeof points === 'number' ? points : null,
    reason: String(reason),
    owner: String(owner),
    expires: String(expires),
  };
}
