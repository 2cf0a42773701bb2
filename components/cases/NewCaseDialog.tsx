'use client';

import { type FormEvent, useState } from 'react';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { TextField } from '@/components/ui/TextField';
import { useCreateCase } from './caseQueries';

/** Opens an empty case under a title. */
export function NewCaseDialog(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onMade: (id: number) => void;
}) {
  const [title, setTitle] = useState('');
  const create = useCreateCase();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() === '' || create.isPending) return;
    create.mutate(
      { title: title.trim() },
      {
        onSuccess: (made) => {
          setTitle('');
          props.onOpenChange(false);
          props.onMade(made.id);
        },
      },
    );
  };
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title="New case"
      description="Findings, alerts and Sigma hits can be added now or later."
      width="sm"
    >
      <form onSubmit={submit} className="space-y-3 px-5 py-4">
        <TextField
          label="Title"
          data-autofocus
          maxLength={200}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
        {create.error ? (
          <ProblemNote
            compact
            error={create.error}
            what="The case was not opened"
            safe="Nothing was stored."
          />
        ) : null}
        <Button type="submit" variant="primary" disabled={title.trim() === '' || create.isPending}>
          {create.isPending ? 'Opening…' : 'Open the case'}
        </Button>
      </form>
    </Dialog>
  );
}
