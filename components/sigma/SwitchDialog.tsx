'use client';

import { useQuery } from '@tanstack/react-query';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { useToast } from '@/components/ui/Toast';
import type { SigmaSetView } from '@/lib/contracts/sigmaSets';
import { importCountQuery } from './sigmaQueries';
import { switchText } from './sigmaWords';
import { useChangeSet } from './sigmaWrites';

/** Says what switching a set on or off does, and does it when asked. */
export function SwitchDialog({ set, onClose }: { set: SigmaSetView; onClose: () => void }) {
  const imports = useQuery(importCountQuery).data;
  const change = useChangeSet();
  const toast = useToast();
  const word = set.enabled ? 'Switch off' : 'Switch on';
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title={`${word} this set?`}
      description={<HostileText text={set.name} />}
      footer={
        <>
          <span className="flex-1" />
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant={set.enabled ? 'danger' : 'primary'}
            data-autofocus
            disabled={change.isPending}
            onClick={() =>
              change.mutate(
                { id: set.id, revision: set.revision, enabled: !set.enabled },
                {
                  onSuccess: () => {
                    toast.show({
                      text: set.enabled
                        ? 'Switched off. What is stored follows in the background.'
                        : 'Switched on. Its rules run over what is stored in the background.',
                    });
                    onClose();
                  },
                },
              )
            }
          >
            {change.isPending ? 'Saving…' : word}
          </Button>
        </>
      }
    >
      <div className="space-y-3 px-5 py-4">
        <p className="num">{switchText(set, imports)}</p>
        <p className="text-text-2">
          Hits raise scores of findings, and only within their cap; none becomes a finding by itself.
        </p>
        {change.error ? (
          <ProblemNote compact error={change.error} what="Not switched" safe="The rules run as before." />
        ) : null}
      </div>
    </Dialog>
  );
}
