'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { ProblemNote } from './ProblemNote';

/** Asks before something goes for good: focus is on Cancel; `children` says, in a paragraph, what goes with it. */
export function RemoveDialog(props: {
  title: string;
  description: string;
  /** The removal; `error` is null until one fails. */
  remove: { readonly isPending: boolean; readonly error: Error | null };
  onRemove: () => void;
  onClose: () => void;
  /** What is said of a removal that failed, and of what is left as it was. */
  failed?: { readonly what: string; readonly safe?: string };
  children: ReactNode;
}) {
  const { remove, onClose, failed = { what: 'It was not removed' } } = props;
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title={props.title}
      description={props.description}
      footer={
        <>
          <span className="flex-1" />
          <Button data-autofocus onClick={onClose}>
            Cancel
          </Button>
          <Button variant="danger" disabled={remove.isPending} onClick={props.onRemove}>
            {remove.isPending ? 'Removing…' : 'Remove'}
          </Button>
        </>
      }
    >
      <div className="space-y-3 px-5 py-4">
        {props.children}
        {remove.error ? <ProblemNote compact error={remove.error} {...failed} /> : null}
      </div>
    </Dialog>
  );
}
