'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { TextField } from '@/components/ui/TextField';
import type { AnalyticView } from '@/lib/contracts/analytics';
import { cloneText, freeId, idProblem } from './cloneText';
import { analyticsQuery } from './queries';
import { writeKept } from './useKept';

/** Where the text of a definition that is being written for the first time is kept. */
export const NEW_DRAFT = 'yaml.new';

/** Asks for an id and a title, and opens the copy in the editor; nothing is saved by it. */
export function CloneDialog({ analytic, onClose }: { analytic: AnalyticView; onClose: () => void }) {
  const form = useId();
  const router = useRouter();
  const known = (useQuery(analyticsQuery).data?.items ?? []).map(({ id }) => id);
  const [id, setId] = useState(() => freeId(analytic.id, known));
  const [title, setTitle] = useState(`${analytic.title} (our own)`);
  const [refused, setRefused] = useState(false);
  const problem = idProblem(id.trim(), known);
  const submit = () => {
    if (problem !== null || title.trim() === '') return setRefused(true);
    writeKept(NEW_DRAFT, cloneText(analytic.yaml, id.trim(), title.trim()));
    onClose();
    router.push(`/analytics/new?from=${encodeURIComponent(analytic.id)}`);
  };
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title="Make one of your own"
      description={`A copy of ${analytic.id} that you may change in every line. ${analytic.id} itself goes on as it is.`}
      footer={
        <>
          <span className="flex-1" />
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form}>
            Open the copy
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="space-y-3 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField
          label="Id"
          data-autofocus
          value={id}
          maxLength={80}
          error={refused ? (problem ?? undefined) : undefined}
          hint="Letters, digits and underscores. It stays with every finding."
          onChange={(event) => setId(event.target.value)}
        />
        <TextField
          label="Title"
          value={title}
          maxLength={160}
          error={refused && title.trim() === '' ? 'Give it a title.' : undefined}
          onChange={(event) => setTitle(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
