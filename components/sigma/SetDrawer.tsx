'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DrawerFrame } from '@/components/shared/DrawerFrame';
import { HostileText } from '@/components/shared/MonoText';
import { Allowed } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { onDemand } from '@/components/ui/onDemand';
import { Tabs } from '@/components/ui/Tabs';
import type { SigmaSetDetail } from '@/lib/contracts/sigmaSets';
import { type ChoiceDraft, ChoiceEditor, isChanged } from './ChoiceEditor';
import { DiscardDialog } from './DiscardDialog';
import { RefusalTable } from './RefusalTable';
import { RemoveSetDialog } from './RemoveSetDialog';
import { SetVersions } from './SetVersions';
import { SigmaSkeleton } from './SigmaSkeleton';
import { setQuery } from './sigmaQueries';
import { setNote } from './sigmaWords';

const AddRulesDialog = onDemand(
  async () => (await import('./AddRulesDialog')).AddRulesDialog,
  (props) => props.onClose(),
);

type Part = 'choice' | 'refused' | 'versions';

/** A set whole, beside the list: which of its rules run, what of it cannot be used, and how it came to be. */
export function SetDrawer(props: {
  id: string;
  part: Part;
  /** The choice that is being made; null: none. */
  draft: ChoiceDraft | null;
  onDraft: (draft: ChoiceDraft | null) => void;
  onPart: (part: Part) => void;
  onClose: () => void;
}) {
  const query = useQuery(setQuery(props.id));
  const [removing, setRemoving] = useState(false);
  const [adding, setAdding] = useState(false);
  const { draft, onDraft } = props;
  const [leaving, setLeaving] = useState(false);
  const unsaved = isChanged(draft);
  const discard = () => {
    onDraft(null);
    props.onClose();
  };
  const set = query.data;
  return (
    <DrawerFrame
      title={set ? <HostileText text={set.name} /> : 'A set of rules'}
      note={
        set ? (
          <>
            <p className="text-text-2">{setNote(set)}</p>
            <Allowed to="sigma.write" told>
              <div className="mt-1.5 flex flex-wrap gap-2">
                <Button size="sm" onClick={() => setAdding(true)}>
                  New version…
                </Button>
                <Button size="sm" onClick={() => setRemoving(true)}>
                  Remove…
                </Button>
              </div>
            </Allowed>
          </>
        ) : null
      }
      onClose={() => (unsaved ? setLeaving(true) : props.onClose())}
    >
      {query.error && !set ? (
        <ProblemNote
          error={query.error}
          what="The set could not be read"
          safe="Its rules run as before."
          onRetry={() => void query.refetch()}
        />
      ) : set ? (
        <Parts
          set={set}
          part={props.part}
          onPart={props.onPart}
          draft={draft}
          onDraft={onDraft}
          onTakeTheirs={() => query.refetch().then(() => onDraft(null))}
        />
      ) : (
        <SigmaSkeleton label="Reading the set" />
      )}
      {leaving ? <DiscardDialog onStay={() => setLeaving(false)} onDiscard={discard} /> : null}
      {set && removing ? (
        <RemoveSetDialog set={set} onClose={() => setRemoving(false)} onRemoved={props.onClose} />
      ) : null}
      {set && adding ? (
        <AddRulesDialog
          into={{ id: set.id, name: set.name }}
          onClose={() => setAdding(false)}
          onTaken={() => {
            setAdding(false);
            props.onPart('versions');
          }}
        />
      ) : null}
    </DrawerFrame>
  );
}

function Parts(props: {
  set: SigmaSetDetail;
  part: Part;
  onPart: (part: Part) => void;
  draft: ChoiceDraft | null;
  onDraft: (draft: ChoiceDraft) => void;
  onTakeTheirs: () => Promise<void>;
}) {
  const { set } = props;
  // What somebody else saved is taken only when asked; then the refusal is gone too.
  const [taken, setTaken] = useState(0);
  return (
    <Tabs
      label="Parts of the set"
      value={props.part}
      onChange={props.onPart}
      tabs={[
        {
          value: 'choice',
          label: 'Which rules run',
          content: (
            <ChoiceEditor
              key={taken}
              set={set}
              draft={props.draft}
              onDraft={props.onDraft}
              onTakeTheirs={() => void props.onTakeTheirs().then(() => setTaken((before) => before + 1))}
            />
          ),
        },
        {
          value: 'refused',
          label: 'Refused',
          count: set.refused.length,
          content: (
            <div className="px-4 py-3">
              {set.refused.length === 0 ? (
                <p className="text-text-2">Every document of this version can be used.</p>
              ) : (
                <RefusalTable refused={set.refused} />
              )}
              <p className="mt-2 text-12 text-text-3">
                <a
                  href={`/api/v1/sigma/sets/${encodeURIComponent(set.id)}`}
                  className="link"
                  target="_blank"
                  rel="noopener"
                >
                  All of it as JSON
                  <span className="sr-only"> (opens a new tab)</span>
                </a>
              </p>
            </div>
          ),
        },
        {
          value: 'versions',
          label: 'Versions',
          count: set.versions.length,
          content: <SetVersions versions={set.versions} />,
        },
      ]}
    />
  );
}
