'use client';

import { useState } from 'react';
import { isPending } from '@/components/shared/importQueries';
import { HostileText } from '@/components/shared/MonoText';
import { useRefusal } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { useToast } from '@/components/ui/Toast';
import type { ImportView } from '@/lib/contracts/imports';
import { useCancelImport, useDeleteImport } from './changes';
import { deletionText } from './importWords';

/** Stop an import, or delete it. Stopping can be made good by reading again; deleting cannot, and asks first. */
export function ImportActions({ thisImport, onDeleted }: { thisImport: ImportView; onDeleted: () => void }) {
  const [asking, setAsking] = useState(false);
  const cancel = useCancelImport(thisImport.id);
  const refusal = useRefusal('imports.change');
  const isStopping = cancel.isPending || thisImport.clearing === 'cancel';
  if (refusal !== null) return <p className="text-12 text-text-3">{refusal}</p>;
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {isPending(thisImport) ? (
          <Button size="sm" disabled={isStopping} onClick={() => cancel.mutate()}>
            {isStopping ? 'Cancelling…' : 'Cancel the import'}
          </Button>
        ) : null}
        <Button size="sm" variant="danger" onClick={() => setAsking(true)}>
          Delete…
        </Button>
      </div>
      {cancel.error ? (
        <ProblemNote
          compact
          error={cancel.error}
          what="The import could not be cancelled"
          safe="What was read is stored."
        />
      ) : null}
      {asking ? (
        <DeleteDialog thisImport={thisImport} onClose={() => setAsking(false)} onDeleted={onDeleted} />
      ) : null}
    </>
  );
}

function DeleteDialog(props: { thisImport: ImportView; onClose: () => void; onDeleted: () => void }) {
  const { thisImport, onClose, onDeleted } = props;
  const toast = useToast();
  const remove = useDeleteImport(thisImport.id, () => {
    toast.show({
      text: (
        <>
          Deleted <HostileText text={thisImport.name} />. Findings are worked out again.
        </>
      ),
    });
    onClose();
    onDeleted();
  });
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title="Delete this import?"
      description={<HostileText text={thisImport.name} />}
      footer={
        <>
          <span className="flex-1" />
          <Button data-autofocus onClick={onClose}>
            Keep it
          </Button>
          <Button variant="danger" disabled={remove.isPending} onClick={() => remove.mutate()}>
            {remove.isPending ? 'Deleting…' : 'Delete the import'}
          </Button>
        </>
      }
    >
      <div className="space-y-3 px-5 py-4">
        <p>{deletionText(thisImport)}</p>
        <p className="text-text-2">
          The stored file is deleted with it: this cannot be undone. The audit keeps its name, its SHA-256 and
          who deleted it.
        </p>
        {remove.error ? (
          <ProblemNote
            compact
            error={remove.error}
            what="The import could not be deleted"
            safe="Nothing of it has changed."
          />
        ) : null}
      </div>
    </Dialog>
  );
}
