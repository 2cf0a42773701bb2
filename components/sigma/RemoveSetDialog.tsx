'use client';

import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { counted } from '@/lib/base/numberWords';
import type { SigmaSetView } from '@/lib/contracts/sigma';
import { useRemoveSet } from './sigmaWrites';

/** Asks before a set goes with its versions and hits: they cannot be had back but by bringing the rules in again. */
export function RemoveSetDialog(props: { set: SigmaSetView; onClose: () => void; onRemoved: () => void }) {
  const { set, onClose } = props;
  const remove = useRemoveSet();
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title="Remove the set?"
      description="Its versions and hits are deleted and cannot be had back. Events and findings stay."
      footer={
        <>
          <span className="flex-1" />
          <Button data-autofocus onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="danger"
            disabled={remove.isPending}
            onClick={() => remove.mutate(set.id, { onSuccess: props.onRemoved })}
          >
            {remove.isPending ? 'Removing…' : 'Remove'}
          </Button>
        </>
      }
    >
      <div className="space-y-3 px-5 py-4">
        <p className="num [overflow-wrap:anywhere]">
          <HostileText text={set.name} />, {counted(set.rules.loaded, 'rule')}
          {set.enabled ? ', switched on' : ''}. To stop its rules and keep them, switch it off instead.
        </p>
        {remove.error ? (
          <ProblemNote compact error={remove.error} what="The set was not removed" safe="It is as it was." />
        ) : null}
      </div>
    </Dialog>
  );
}
