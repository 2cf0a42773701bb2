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
import type { SigmaSetDetail } from '@/lib/contracts/sigma';
import { ChoiceEditor } from './ChoiceEditor';
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
  onPart: (part: Part) => void;
  onClose: () => void;
}) {
  const query = useQuery(setQuery(props.id));
  const [removing, setRemoving] = useState(false);
  const [adding, setAdding] = useState(false);
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
      onClose={props.onClose}
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
          onTakeTheirs={() => query.refetch().then(() => undefined)}
        />
      ) : (
        <SigmaSkeleton label="Reading the set" />
      )}
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
  onTakeTheirs: () => Promise<void>;
}) {
  const { set } = props;
  // A choice that is being made goes on from where it began; what somebody else saved is taken only when asked.
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
              key={`${taken} ${set.version}`}
              set={set}
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
                <a href={`/api/v1/sigma/sets/${encodeURIComponent(set.id)}`} className="link">
                  All of it as JSON
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
