'use client';

import { ApiError } from '@/components/shared/apiClient';
import { useMay } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { SEVERITY_WORD } from '@/components/shared/SeverityMark';
import { Button } from '@/components/ui/Button';
import { useToast } from '@/components/ui/Toast';
import type { SigmaChoice, SigmaSetDetail } from '@/lib/contracts/sigmaSets';
import { emptyChoice, sameChoice, toggledIn } from './choiceDraft';
import { Choice, FacetPicker, Group, IdList } from './choiceParts';
import { LEVELS, STATUSES } from './sigmaUrl';
import { useChangeSet } from './sigmaWrites';

/** A choice that is being made. */
export type ChoiceDraft = {
  /** What it was begun from, against which it is saved whatever is read again meanwhile. */
  readonly start: SigmaSetDetail;
  readonly chosen: SigmaChoice;
};

/** Whether a draft says anything else than the set it was begun from. */
export function isChanged(draft: ChoiceDraft | null): boolean {
  return draft !== null && !sameChoice(draft.chosen, draft.start.chosen);
}

/** Which rules of a set run: by level, status, log source and tag, with single ones left out or taken in. */
export function ChoiceEditor(props: {
  set: SigmaSetDetail;
  /** Null until something is changed. */
  draft: ChoiceDraft | null;
  onDraft: (draft: ChoiceDraft) => void;
  onTakeTheirs: () => void;
}) {
  const { draft, onDraft } = props;
  // Nothing is being made: what was saved elsewhere, a switch too, is what one goes on from.
  const goesOn = draft !== null && (isChanged(draft) || draft.start.revision > props.set.revision);
  const { start, chosen } = goesOn ? draft : { start: props.set, chosen: props.set.chosen };
  const may = useMay('sigma.write');
  const change = useChangeSet();
  const toast = useToast();
  const { facets } = props.set;
  const changed = !sameChoice(chosen, start.chosen);
  const obstacle = emptyChoice(chosen);
  const set = (part: Partial<SigmaChoice>) => {
    if (may) onDraft({ start, chosen: { ...chosen, ...part } });
  };
  const conflict = change.error instanceof ApiError && change.error.status === 409;
  const save = () =>
    change.mutate(
      { id: start.id, revision: start.revision, chosen },
      {
        onSuccess: (kept) => {
          onDraft({ start: { ...start, ...kept }, chosen: kept.chosen });
          toast.show({
            text: kept.enabled
              ? 'Saved. The rules run over what is stored in the background.'
              : 'Saved. The set is off: nothing runs yet.',
          });
        },
      },
    );
  return (
    <div className="space-y-5 px-4 py-3">
      <Group title="Levels">
        {LEVELS.map((level) => (
          <Choice
            key={level}
            may={may}
            pressed={chosen.levels.includes(level)}
            count={facets.levels[level] ?? 0}
            onChange={() => set({ levels: toggledIn(chosen.levels, level) })}
          >
            {SEVERITY_WORD[level]}
          </Choice>
        ))}
      </Group>
      <Group title="Statuses">
        {STATUSES.toReversed().map((status) => (
          <Choice
            key={status}
            may={may}
            pressed={chosen.statuses.includes(status)}
            count={facets.statuses[status] ?? 0}
            onChange={() => set({ statuses: toggledIn(chosen.statuses, status) })}
          >
            {status}
          </Choice>
        ))}
      </Group>
      <FacetPicker
        title="Log sources"
        all="Every log source"
        facet={facets.logsources}
        chosen={chosen.logsources}
        may={may}
        onChange={(logsources) => set({ logsources })}
      />
      <FacetPicker
        title="Tags"
        all="Whatever their tags"
        facet={facets.tags}
        chosen={chosen.tags}
        may={may}
        onChange={(tags) => set({ tags })}
      />
      <IdList
        title="Left out whatever else holds"
        none="No rule is left out by itself."
        ids={chosen.excluded}
        may={may}
        onChange={(excluded) => set({ excluded })}
      />
      <IdList
        title="Taken in whatever else holds"
        none="No rule is taken in by itself."
        ids={chosen.included}
        may={may}
        onChange={(included) => set({ included })}
      />
      {may ? (
        <div className="sticky bottom-0 -mx-4 space-y-2 border-t bg-surface-1 px-4 py-2.5">
          {change.error ? (
            <ProblemNote
              compact
              error={change.error}
              what="The choice was not saved"
              safe="The rules run as before."
            />
          ) : null}
          <div className="flex flex-wrap items-center gap-2">
            <span className="min-w-0 flex-1 basis-40 text-12 text-text-2">
              {obstacle ?? (changed ? 'Not saved yet.' : '')}
            </span>
            {conflict ? (
              <Button size="sm" onClick={props.onTakeTheirs}>
                Take the newer state
              </Button>
            ) : changed ? (
              <Button size="sm" onClick={() => onDraft({ start, chosen: start.chosen })}>
                Discard
              </Button>
            ) : null}
            <Button
              size="sm"
              variant="primary"
              disabled={!changed || change.isPending || conflict}
              onClick={save}
            >
              {change.isPending ? 'Saving…' : 'Save the choice'}
            </Button>
          </div>
        </div>
      ) : null}
    </div>
  );
}
