'use client';

import { useId, useMemo, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { HostileText } from '../MonoText';
import { ChosenList } from './ChosenList';
import type { Judge, Outcome, VerdictSubject } from './judge';
import { useVerdictDraft } from './useVerdictDraft';
import { VerdictFields } from './VerdictFields';
import { VERDICT_WORD } from './verdictWords';

type VerdictDialogProps = {
  subjects: readonly VerdictSubject[];
  /** Those that are left out until they are taken in, each with what sets it apart. */
  apart?: ReadonlyMap<string, string> | undefined;
  /** How many more differ that are not in `apart`. */
  unnamed?: number | undefined;
  initial: VerdictValue;
  judge: Judge;
  returnTo?: (() => HTMLElement | null) | undefined;
  onSaved: (outcome: Outcome, value: VerdictValue) => void;
  onClose: () => void;
};

const NONE: ReadonlyMap<string, string> = new Map();

/** Verdict and reason for one or several, less those left out; Ctrl+Enter saves. Mount it only while it is open. */
export function VerdictDialog(props: VerdictDialogProps) {
  const { subjects, apart = NONE, unnamed = 0, onClose } = props;
  const form = useId();
  const [left, setLeft] = useState<ReadonlySet<string>>(() => new Set(apart.keys()));
  const chosen = useMemo(() => subjects.filter(({ id }) => !left.has(id)), [subjects, left]);
  const [agreed, setAgreed] = useState(false);
  const draft = useVerdictDraft(chosen, props.initial, props.judge);
  const held = unnamed > 0 && !agreed;
  const [first] = subjects;
  const alone = subjects.length === 1;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      returnTo={props.returnTo}
      title={VERDICT_WORD[draft.value]}
      description={
        alone && first ? (
          <HostileText text={first.headline} />
        ) : (
          `${chosen.length.toLocaleString('en')} of ${subjects.length.toLocaleString('en')} get the same verdict and reason.`
        )
      }
      footer={
        <>
          <span className="flex-1" />
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            keys="Ctrl Enter"
            type="submit"
            form={form}
            disabled={draft.saving || held || chosen.length === 0}
          >
            {draft.saving ? 'Saving…' : draft.conflict ? 'Decide again' : 'Save and next'}
          </Button>
        </>
      }
    >
      <VerdictFields
        id={form}
        draft={draft}
        held={held}
        onSaved={(outcome) => props.onSaved(outcome, draft.value)}
      >
        {unnamed > 0 ? <UnnamedOutliers count={unnamed} agreed={agreed} onAgree={setAgreed} /> : null}
        {alone ? null : <ChosenList subjects={subjects} apart={apart} left={left} onChange={setLeft} />}
      </VerdictFields>
    </Dialog>
  );
}

/** More differ than are named one by one: that is said, and agreed to, before they get the verdict with the rest. */
function UnnamedOutliers(props: { count: number; agreed: boolean; onAgree: (agreed: boolean) => void }) {
  const one = props.count === 1;
  const many = props.count.toLocaleString('en');
  return (
    <div role="note" aria-label="More that differ" className="space-y-1 border-l-2 border-warning pl-3">
      <p>
        {many} more {one ? 'differs' : 'differ'} from the rest and {one ? 'is' : 'are'} not marked below. Look
        at them first, or decide on fewer.
      </p>
      <label className="flex min-h-6 items-center gap-2">
        <input
          type="checkbox"
          checked={props.agreed}
          onChange={(event) => props.onAgree(event.target.checked)}
          className="size-3.5 shrink-0 accent-(--accent)"
        />
        {one ? 'It gets' : 'They get'} the same verdict all the same
      </label>
    </div>
  );
}
