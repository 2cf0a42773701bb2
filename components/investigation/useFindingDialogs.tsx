'use client';

import { type ReactNode, type RefObject, useState } from 'react';
import { useMay } from '@/components/shared/me';
import { onDemand } from '@/components/ui/onDemand';
import type { FindingDetail } from '@/lib/contracts/findings';

const AssignDialog = onDemand(
  async () => (await import('@/components/shared/verdict/AssignDialog')).AssignDialog,
  (props) => props.onClose(),
);
const AddToCase = onDemand(
  async () => (await import('@/components/shared/cases/AddToCase')).AddToCase,
  (props) => props.onClose(),
);

type FindingDialogs = {
  onGive: () => void;
  /** Null for those who may not work on cases. */
  onCase: (() => void) | null;
  /** The dialog while one is open; render it once. */
  dialogs: ReactNode;
};

/** Giving a finding to a person, and putting it into a case. */
export function useFindingDialogs(on: {
  finding: FindingDetail;
  onAssign: (handle: string | null) => void;
  root: RefObject<HTMLElement | null>;
}): FindingDialogs {
  const { finding } = on;
  const [open, setOpen] = useState<'give' | 'case' | null>(null);
  const mayCase = useMay('cases.write');
  const close = () => setOpen(null);
  return {
    onGive: () => setOpen('give'),
    onCase: mayCase ? () => setOpen('case') : null,
    dialogs: (
      <>
        {open === 'give' ? (
          <AssignDialog
            what="this finding"
            now={finding.assignee}
            returnTo={() => on.root.current}
            onAssign={on.onAssign}
            onClose={close}
          />
        ) : null}
        {open === 'case' ? <AddToCase what={{ findings: [finding.id], alerts: [] }} onClose={close} /> : null}
      </>
    ),
  };
}
