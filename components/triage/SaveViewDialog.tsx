'use client';

import { type FormEvent, useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { TextField } from '@/components/ui/TextField';
import { useToast } from '@/components/ui/Toast';
import { Switch } from '@/components/ui/Toggle';
import type { SavedView } from '@/lib/contracts/triage';
import { useSaveView } from './viewQueries';

/** Keeps a view of the queue under a name, or gives one of one's own another name or other readers. */
export function SaveViewDialog(props: {
  /** The one to change; absent for a new one. */
  view?: SavedView | undefined;
  search: string;
  onSaved: (view: SavedView) => void;
  onClose: () => void;
}) {
  const { view, onClose } = props;
  const [name, setName] = useState(view?.name ?? '');
  const [shared, setShared] = useState(view?.shared ?? false);
  const save = useSaveView();
  const toast = useToast();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '' || save.isPending) return;
    save.mutate(
      { name: name.trim(), search: props.search, shared, ...(view ? { id: view.id } : {}) },
      {
        onSuccess: (kept) => {
          toast.show({ text: <HostileText text={`Saved as ${kept.name}.`} />, duration: 4000 });
          props.onSaved(kept);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={view ? 'Change this view' : 'Save this view'}
      description="Filters, order, columns and grouping are kept; the selection is not."
      width="sm"
    >
      <form onSubmit={submit} className="space-y-4 px-5 py-4">
        <TextField
          label="Name"
          data-autofocus
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Switch
          checked={shared}
          onChange={setShared}
          label="Everybody sees it"
          hint="Others can open it; only you can change it."
        />
        {save.error ? (
          <ProblemNote
            compact
            error={save.error}
            what="It was not saved"
            safe="Your other views are as before."
          />
        ) : null}
        <Button variant="primary" type="submit" disabled={save.isPending || name.trim() === ''}>
          {save.isPending ? 'Saving…' : 'Save'}
        </Button>
      </form>
    </Dialog>
  );
}
