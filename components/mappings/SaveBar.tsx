'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useRefusal } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/TextField';
import { useToast } from '@/components/ui/Toast';
import { Switch } from '@/components/ui/Toggle';
import type { Mapping, MappingPreview } from '@/lib/contracts/mappings';
import { useReadAgain, useSaveMapping } from './queries';

type SaveBarProps = {
  preview: MappingPreview;
  mapping: Mapping;
  /** Id of the saved mapping that is being changed; null for a new one. */
  existing: string | null;
  /** False while what is shown is not yet what would be saved. */
  ready: boolean;
  onChange: (mapping: Mapping) => void;
  onSaved: () => void;
};

/** Name the mapping, save it, and read the import again with it. */
export function SaveBar({ preview, mapping, existing, ready, onChange, onSaved }: SaveBarProps) {
  const router = useRouter();
  const toast = useToast();
  const refusal = useRefusal('imports.change');
  const [wanted, setAgain] = useState(true);
  const again = wanted && refusal === null;
  const save = useSaveMapping(existing);
  const read = useReadAgain(preview.importId);
  const busy = save.isPending || read.isPending;
  const ended = (text: string) => {
    onSaved();
    toast.show({ text });
    router.push(`/imports?import=${preview.importId}`);
  };
  const submit = () =>
    save.mutate(mapping, {
      onSuccess: ({ format, mapping: saved }) => {
        if (!again) return ended(`Saved ${saved.name}, version ${saved.version}.`);
        const member = preview.members.length > 1 ? preview.member : null;
        read.mutate(
          { format, member },
          { onSuccess: () => ended(`Saved ${saved.name}. The import is being read again with it.`) },
        );
      },
    });
  return (
    <form
      aria-label="Save the mapping"
      className="space-y-2 border-t bg-surface-1 px-4 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && ready && preview.gaps.length === 0) submit();
      }}
    >
      {preview.gaps.length > 0 ? (
        <div role="status">
          <ul className="list-disc pl-4 text-warning">
            {preview.gaps.map((gap) => (
              <li key={gap}>{gap}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <TextField
          dense
          className="w-64"
          label="Name of the mapping"
          value={mapping.name}
          maxLength={80}
          onChange={(event) => onChange({ ...mapping, name: event.target.value })}
        />
        {refusal === null ? (
          <Switch checked={again} onChange={setAgain} label="Read this import again with it" />
        ) : (
          <p className="max-w-[44ch] text-12 text-text-3">
            {refusal} Ask a lead or a detection engineer to read this one again; later files of its shape are
            read by themselves.
          </p>
        )}
        <span className="flex-1" />
        <Button type="submit" variant="primary" disabled={busy || !ready || preview.gaps.length > 0}>
          {save.isPending ? 'Saving…' : read.isPending ? 'Reading again…' : 'Save the mapping'}
        </Button>
      </div>
      {save.error ? (
        <ProblemNote
          compact
          error={save.error}
          what="The mapping was not saved"
          safe="Your choices are still here."
        />
      ) : null}
      {read.error ? (
        <ProblemNote
          compact
          error={read.error}
          what="The mapping is saved, but the import could not be read again"
          safe="A later file of this shape is read with it by itself."
        />
      ) : null}
    </form>
  );
}
