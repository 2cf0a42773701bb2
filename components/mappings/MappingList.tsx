'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRef, useState } from 'react';
import { importsQuery } from '@/components/shared/importQueries';
import { HostileText } from '@/components/shared/MonoText';
import { Allowed, useMay } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { PersonName } from '@/components/shared/people';
import { TimeText } from '@/components/shared/TimeText';
import { Button, buttonClass } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { EmptyState } from '@/components/ui/EmptyState';
import { ErrorNote } from '@/components/ui/ErrorNote';
import { Table, Td, Th } from '@/components/ui/Table';
import { useToast } from '@/components/ui/Toast';
import type { MappingView } from '@/lib/contracts/mappings';
import { MappingSkeleton } from './MappingSkeleton';
import { exportHref, mappingsQuery, useDeleteMapping, useTakeMapping } from './queries';

/** The saved mappings: change, take along, bring in, delete. */
export function MappingList() {
  const mappings = useQuery(mappingsQuery);
  const [deleting, setDeleting] = useState<MappingView | null>(null);
  if (mappings.data === undefined) {
    if (mappings.error === null) return <MappingSkeleton />;
    return (
      <ProblemNote
        error={mappings.error}
        what="The mappings could not be read"
        onRetry={() => void mappings.refetch()}
      />
    );
  }
  const { items } = mappings.data;
  return (
    <section aria-label="Mappings" className="h-full overflow-y-auto">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
        <h1 className="text-15">Mappings</h1>
        <p className="min-w-0 flex-1 text-text-2">How exports without a format of their own are read.</p>
        <Allowed to="mappings.write" told>
          <TakeFile />
        </Allowed>
      </header>
      {items.length === 0 ? (
        <EmptyState
          title="No mapping is saved"
          actions={
            <Link href="/imports" className={buttonClass()}>
              To the imports
            </Link>
          }
        >
          <p>
            When a file is no export Sequela knows, open its import and choose “Map its fields”. Later files
            of the same shape are then read by themselves.
          </p>
        </EmptyState>
      ) : (
        <Table caption="Saved mappings" className="px-4">
          <thead>
            <tr>
              <Th>Name</Th>
              <Th>Recognised by</Th>
              <Th className="text-right">Fields</Th>
              <Th className="text-right">Version</Th>
              <Th>Saved</Th>
              <Th className="pr-0">
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {items.map((view) => (
              <Row key={view.mapping.id} view={view} onDelete={() => setDeleting(view)} />
            ))}
          </tbody>
        </Table>
      )}
      {deleting === null ? null : <DeleteDialog view={deleting} onClose={() => setDeleting(null)} />}
    </section>
  );
}

function Row({ view, onDelete }: { view: MappingView; onDelete: () => void }) {
  const { mapping, format, savedAt, savedBy } = view;
  const mayChange = useMay('mappings.write');
  const imports = useQuery(importsQuery).data?.items ?? [];
  const example = imports.find((each) => (each.format ?? '').split(',').includes(format));
  return (
    <tr>
      <Td>
        <span className="font-medium">
          <HostileText text={mapping.name} />
        </span>
        <span className="machine block text-text-3">{format}</span>
      </Td>
      <Td className="machine text-text-2">
        <HostileText text={mapping.shape.slice(0, 6).join(', ')} />
        {mapping.shape.length > 6 ? ` and ${mapping.shape.length - 6} more` : ''}
      </Td>
      <Td className="text-right">{Object.keys(mapping.fields).length}</Td>
      <Td className="text-right">{mapping.version}</Td>
      <Td className="whitespace-nowrap">
        <TimeText at={savedAt} date precision="s" />{' '}
        <span className="text-text-3">
          by <PersonName handle={savedBy} />
        </span>
      </Td>
      <Td className="pr-0">
        <div className="flex justify-end gap-2">
          {example === undefined || !mayChange ? null : (
            <Link
              href={`/mappings?import=${example.id}&mapping=${encodeURIComponent(mapping.id)}`}
              className={buttonClass({ size: 'sm' })}
              aria-label={`Change ${mapping.name}`}
            >
              Change
            </Link>
          )}
          <a
            href={exportHref(mapping.id)}
            download
            className={buttonClass({ size: 'sm' })}
            aria-label={`Export ${mapping.name}`}
          >
            Export
          </a>
          {mayChange ? (
            <Button size="sm" variant="danger" aria-label={`Delete ${mapping.name}`} onClick={onDelete}>
              Delete…
            </Button>
          ) : null}
        </div>
      </Td>
    </tr>
  );
}

/** Brings in a mapping that was exported, here or elsewhere. */
function TakeFile() {
  const input = useRef<HTMLInputElement>(null);
  const take = useTakeMapping();
  const toast = useToast();
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    setUnreadable(null);
    let content: unknown;
    try {
      content = JSON.parse(await file.text());
    } catch {
      return setUnreadable(file.name);
    }
    take.mutate(content, {
      onSuccess: ({ mapping }) => void toast.show({ text: `Took in ${mapping.name}.` }),
    });
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        aria-label="File with a mapping"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          void choose(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <Button disabled={take.isPending} onClick={() => input.current?.click()}>
        Import a mapping
      </Button>
      {take.error === null ? null : (
        <div className="basis-full">
          <ProblemNote
            compact
            error={take.error}
            what="The mapping was not taken in"
            safe="Nothing was changed."
          />
        </div>
      )}
      {unreadable === null ? null : (
        <div className="basis-full">
          <ErrorNote
            compact
            title="The file is no mapping"
            detail={
              <>
                <HostileText text={unreadable} /> is not JSON.
              </>
            }
            todo="Choose a file that “Export” made."
          />
        </div>
      )}
    </>
  );
}

function DeleteDialog({ view, onClose }: { view: MappingView; onClose: () => void }) {
  const remove = useDeleteMapping();
  const { mapping } = view;
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title="Delete this mapping?"
      description={<HostileText text={mapping.name} />}
      footer={
        <>
          <span className="flex-1" />
          <Button data-autofocus onClick={onClose}>
            Keep it
          </Button>
          <Button
            variant="danger"
            disabled={remove.isPending}
            onClick={() => remove.mutate(mapping.id, { onSuccess: onClose })}
          >
            {remove.isPending ? 'Deleting…' : 'Delete the mapping'}
          </Button>
        </>
      }
    >
      <div className="space-y-3 px-5 py-4">
        <p>
          All its versions are deleted. Events that were read with it stay; a later file of its shape is
          unknown again. Export it first to keep it.
        </p>
        {remove.error === null ? null : (
          <ProblemNote
            compact
            error={remove.error}
            what="The mapping was not deleted"
            safe="It is still there."
          />
        )}
      </div>
    </Dialog>
  );
}
