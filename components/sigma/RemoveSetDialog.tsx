'use client';

import { HostileText } from '@/components/shared/MonoText';
import { RemoveDialog } from '@/components/shared/RemoveDialog';
import { counted } from '@/lib/base/numberWords';
import type { SigmaSetView } from '@/lib/contracts/sigmaSets';
import { useRemoveSet } from './sigmaWrites';

/** Asks before a set goes with its versions and hits: they cannot be had back but by bringing the rules in again. */
export function RemoveSetDialog(props: { set: SigmaSetView; onClose: () => void; onRemoved: () => void }) {
  const { set, onClose } = props;
  const remove = useRemoveSet();
  return (
    <RemoveDialog
      title="Remove the set?"
      description="Its versions and hits are deleted and cannot be had back. Events and findings stay."
      remove={remove}
      onRemove={() => remove.mutate(set.id, { onSuccess: props.onRemoved })}
      onClose={onClose}
      failed={{ what: 'The set was not removed', safe: 'It is as it was.' }}
    >
      <p className="num [overflow-wrap:anywhere]">
        <HostileText text={set.name} />, {counted(set.rules.loaded, 'rule')}
        {set.enabled ? ', switched on' : ''}. To stop its rules and keep them, switch it off instead.
      </p>
    </RemoveDialog>
  );
}
