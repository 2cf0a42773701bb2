'use client';

import { type ReactNode, useState } from 'react';
import { onDemand } from '@/components/ui/onDemand';
import { useMay } from '../me';
import type { BaselineProposalProps } from './BaselineProposal';

const Proposal = onDemand(
  async () => (await import('./BaselineProposal')).BaselineProposal,
  (props: BaselineProposalProps) => props.onClose(),
);

type Asked = Pick<BaselineProposalProps, 'finding' | 'others' | 'reason'>;

export type NeverAgain = {
  /** Opens the dialog for a finding, and others with it; null for those who may not propose. */
  begin: ((asked: Asked) => void) | null;
  /** The dialog while it is open; render it once. */
  dialog: ReactNode;
};

/** The way from findings to a baseline, for any screen that shows them. */
export function useNeverAgain(options: Pick<BaselineProposalProps, 'onSaved' | 'returnTo'> = {}): NeverAgain {
  const mayPropose = useMay('baselines.propose');
  const [asked, setAsked] = useState<Asked | null>(null);
  return {
    begin: mayPropose ? setAsked : null,
    dialog: asked === null ? null : <Proposal {...options} {...asked} onClose={() => setAsked(null)} />,
  };
}
