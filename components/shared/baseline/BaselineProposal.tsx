'use client';

import { useQuery } from '@tanstack/react-query';
import { Dialog } from '@/components/ui/Dialog';
import { EmptyState } from '@/components/ui/EmptyState';
import { Skeleton } from '@/components/ui/Skeleton';
import type { BaselineView } from '@/lib/contracts/baselines';
import { ProblemNote } from '../ProblemNote';
import { baselineProposalQuery } from './baselineQueries';
import { ProposalForm } from './ProposalForm';

export type BaselineProposalProps = {
  /** The finding the pattern is for. */
  finding: string;
  /** Others that it is to cover too; those of another analytic are left out, and named. */
  others?: readonly string[] | undefined;
  /** Why it is normal, where the screen knows; else the reason of the finding's verdict. */
  reason?: string | undefined;
  onClose: () => void;
  onSaved?: ((baseline: BaselineView) => void) | undefined;
  returnTo?: (() => HTMLElement | null) | undefined;
};

const NONE: readonly string[] = [];

/** From a finding to a baseline: a pattern, what it would hide and lose, who answers for it, until when. Mount it while open. */
export function BaselineProposal(props: BaselineProposalProps) {
  const { finding, others = NONE, onClose } = props;
  const query = useQuery(baselineProposalQuery(finding, others));
  const proposal = query.data;
  return (
    <Dialog
      open
      width="lg"
      title="Never again"
      description="What you call normal is hidden, never deleted, always counted, and ends on a day."
      returnTo={props.returnTo}
      onOpenChange={(open) => !open && onClose()}
    >
      {proposal === undefined ? (
        query.error ? (
          <ProblemNote
            error={query.error}
            what="Nothing could be proposed"
            safe="The finding is as it was."
            onRetry={() => void query.refetch()}
          />
        ) : (
          <Reading />
        )
      ) : proposal.candidates.length === 0 ? (
        <EmptyState title="No pattern is narrow enough">
          <p>
            What was recorded of this chain is what anybody does with the same programs. A baseline of it
            would hide attacks as well.
          </p>
        </EmptyState>
      ) : (
        <ProposalForm
          proposal={proposal}
          reason={props.reason ?? proposal.reason}
          onClose={onClose}
          onSaved={(baseline) => {
            props.onSaved?.(baseline);
            onClose();
          }}
        />
      )}
    </Dialog>
  );
}

function Reading() {
  return (
    <div role="status" aria-label="Looking for the narrowest pattern" className="space-y-2 px-5 py-4">
      {[70, 90, 60, 80].map((width) => (
        <Skeleton key={width} className="h-4" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
