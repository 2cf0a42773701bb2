'use client';

import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import type { AttackBundle } from '@/lib/contracts/attack';
import { useRemoveRelease } from './attackQueries';

/** Asks before a release is forgotten, and says what follows. */
export function RemoveReleaseDialog(props: { release: AttackBundle; inForce: boolean; onClose: () => void }) {
  const { release, inForce, onClose } = props;
  const remove = useRemoveRelease();
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title="Remove this release?"
      description={<HostileText text={release.name} />}
      footer={
        <>
          <span className="flex-1" />
          <Button data-autofocus onClick={onClose}>
            Keep it
          </Button>
          <Button
            variant="danger"
            disabled={remove.isPending}
            onClick={() => remove.mutate(release.id, { onSuccess: onClose })}
          >
            {remove.isPending ? 'Removing…' : 'Remove the release'}
          </Button>
        </>
      }
    >
      <div className="space-y-3 px-5 py-4">
        <p>
          {inForce
            ? 'Names and mappings follow the release that was brought before it; without one, only what people mapped stays.'
            : 'It is not the release that names things: nothing changes but this list.'}{' '}
          What people mapped stays, and the audit keeps who brought it. It can be brought again.
        </p>
        {remove.error === null ? null : (
          <ProblemNote
            compact
            error={remove.error}
            what="The release was not removed"
            safe="It is still there."
          />
        )}
      </div>
    </Dialog>
  );
}
