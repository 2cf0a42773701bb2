'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { apiGet } from '@/components/shared/apiClient';
import { HostileText } from '@/components/shared/MonoText';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { TextField } from '@/components/ui/TextField';
import { type CaseDetail, caseList } from '@/lib/contracts/cases';
import { CaseProblem } from './CaseProblem';
import { useChangeCase } from './caseQueries';
import { contentsOf } from './caseWords';

/** Chooses the case that this one is merged into. */
export function MergeDialog(props: {
  shown: CaseDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const { shown } = props;
  const [q, setQ] = useState('');
  const router = useRouter();
  const change = useChangeCase(shown.id);
  const found = useQuery({
    queryKey: ['cases', 'to merge into', q],
    queryFn: ({ signal }) =>
      apiGet('/cases', caseList, { params: { state: 'active', q: q || undefined, limit: 20 }, signal }),
    enabled: props.open,
  });
  const others = found.data?.items.filter(({ id }) => id !== shown.id) ?? [];
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title="Merge into another case"
      description="Everything of this case is then read there. Nothing moves, so it can be taken apart again without loss."
    >
      <div className="space-y-3 px-5 py-4">
        <TextField
          label="Case"
          data-autofocus
          type="search"
          placeholder="Words of the other case"
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
        {found.data && others.length === 0 ? (
          <p className="text-text-2">No other case that is not closed{q === '' ? '' : ' has these words'}.</p>
        ) : null}
        <ul className="max-h-72 overflow-y-auto rounded-md border">
          {others.map((other) => (
            <li key={other.id} className="flex items-center gap-3 border-b px-3 py-1.5 last:border-b-0">
              <span className="min-w-0 flex-1">
                <span className="block truncate">
                  <span className="num text-text-3">#{other.id}</span> <HostileText text={other.title} />
                </span>
                <span className="num text-12 text-text-3">{contentsOf(other)}</span>
              </span>
              <Button
                size="sm"
                disabled={change.isPending}
                onClick={() =>
                  change.mutate(
                    { act: 'merge', into: other.id, revision: shown.revision },
                    { onSuccess: () => router.push(`/cases/${other.id}`) },
                  )
                }
              >
                Merge into it
              </Button>
            </li>
          ))}
        </ul>
        {change.error ? <CaseProblem error={change.error} /> : null}
      </div>
    </Dialog>
  );
}
