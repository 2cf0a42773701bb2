'use client';

import { clsx } from 'clsx';
import { type Ref, useEffect, useRef } from 'react';
import type { BaselineCandidate, BaselineProposalView } from '@/lib/contracts/baselines';
import { HostileText } from '../MonoText';
import { coversText, hidesText } from './proposalWords';

/** The patterns to choose from, the narrowest first; arrow keys go through them. */
export function CandidateList(props: {
  proposal: BaselineProposalView;
  chosen: number;
  onChoose: (place: number) => void;
}) {
  const { proposal, chosen, onChoose } = props;
  const first = useRef<HTMLInputElement>(null);
  // The dialog was there before its patterns were.
  useEffect(() => first.current?.focus({ preventScroll: true }), []);
  return (
    <fieldset className="min-w-0">
      <legend className="label">Which chains, the narrowest first</legend>
      <div className="focus-inset max-h-56 overflow-y-auto rounded-md border">
        {proposal.candidates.map((candidate, place) => (
          <Choice
            key={candidate.when}
            candidate={candidate}
            covers={coversText(candidate, proposal)}
            checked={place === chosen}
            {...(place === 0 ? { field: first } : {})}
            onChoose={() => onChoose(place)}
          />
        ))}
      </div>
    </fieldset>
  );
}

function Choice(props: {
  candidate: BaselineCandidate;
  covers: string | null;
  checked: boolean;
  field?: Ref<HTMLInputElement>;
  onChoose: () => void;
}) {
  const { candidate, covers, checked, field, onChoose } = props;
  const loses = candidate.hides.verdicts.true_positive > 0;
  return (
    <label
      className={clsx(
        'flex min-h-8 cursor-pointer gap-2.5 border-b px-3 py-1.5 last:border-b-0',
        checked ? 'bg-accent-soft' : 'hover:bg-surface-2',
      )}
    >
      <input
        ref={field}
        type="radio"
        name="candidate"
        className="mt-0.5 size-4 shrink-0 accent-(--accent)"
        checked={checked}
        onChange={onChoose}
      />
      <span className="min-w-0 flex-1">
        <span className="num flex flex-wrap gap-x-3">
          <span className="font-medium">{candidate.name}</span>
          <span className={loses ? 'text-danger' : 'text-text-2'}>{hidesText(candidate)}</span>
          {covers ? <span className="text-text-3">{covers}</span> : null}
        </span>
        <span
          className={clsx('block text-12 text-text-2 [overflow-wrap:anywhere]', !checked && 'line-clamp-2')}
        >
          <HostileText text={candidate.sentence} />
        </span>
      </span>
    </label>
  );
}
