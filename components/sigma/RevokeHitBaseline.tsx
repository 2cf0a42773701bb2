'use client';

import { RevokeBaselineDialog } from '@/components/shared/baseline/RevokeBaselineDialog';
import { useToast } from '@/components/ui/Toast';
import { counted } from '@/lib/base/numberWords';
import type { SigmaBaselineView } from '@/lib/contracts/sigmaBaselines';
import { useRevokeSigmaBaseline } from './sigmaWrites';

/** Ends a baseline of hits with a reason: its hits are open again, and the record of it stays. */
export function RevokeHitBaseline(props: { baseline: SigmaBaselineView; onClose: () => void }) {
  const { baseline, onClose } = props;
  const revoke = useRevokeSigmaBaseline();
  const toast = useToast();
  const onRevoke = (reason: string) =>
    revoke.mutate(
      { id: baseline.id, reason },
      {
        onSuccess: () => {
          toast.show({ text: 'Revoked. The hits it covered are open again.' });
          onClose();
        },
      },
    );
  return (
    <RevokeBaselineDialog
      name={baseline.title}
      effect={
        baseline.hits === 0
          ? 'It covers nothing now.'
          : `${counted(baseline.hits, 'hit')} it covers will be open again.`
      }
      revoke={revoke}
      onRevoke={onRevoke}
      onClose={onClose}
    />
  );
}
