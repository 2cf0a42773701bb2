'use client';

import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { Allowed, useRefusal } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { PersonName } from '@/components/shared/people';
import { AgeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Menu, MenuItem, MenuLabel, MenuRule } from '@/components/ui/Menu';
import { TextField } from '@/components/ui/TextField';
import { useToast } from '@/components/ui/Toast';
import { Switch } from '@/components/ui/Toggle';
import type { SavedSearchView } from '@/lib/contracts/events';
import { savedSearchesQuery, useDeleteSearch, useSaveSearch } from './queries';

type Search = { query: string; columns: readonly string[]; order: 'newest' | 'oldest' };

type SavedSearchesProps = { search: Search; onOpen: (search: SavedSearchView) => void };

/** Searches kept under a name: open one, keep the one that is shown, put away one's own. */
export function SavedSearches({ search, onOpen }: SavedSearchesProps) {
  const saved = useQuery(savedSearchesQuery);
  const [dialog, setDialog] = useState<'save' | 'manage' | null>(null);
  const refusal = useRefusal('searches.write');
  const items = saved.data?.items ?? [];
  const groups = [
    { title: 'Yours', items: items.filter((item) => item.mine) },
    { title: 'Shared by others', items: items.filter((item) => !item.mine) },
  ].filter((group) => group.items.length > 0);
  return (
    <>
      <Menu label="Saved searches" align="end" trigger={<Button size="sm">Saved</Button>}>
        {groups.map((group) => (
          <div key={group.title}>
            <MenuLabel>{group.title}</MenuLabel>
            {group.items.map((item) => (
              <MenuItem key={item.id} onSelect={() => onOpen(item)}>
                <span className="block max-w-[48ch] truncate">
                  <HostileText text={item.name} />
                </span>
              </MenuItem>
            ))}
            <MenuRule />
          </div>
        ))}
        {saved.error ? <MenuLabel>Saved searches could not be read.</MenuLabel> : null}
        {refusal === null ? (
          <MenuItem onSelect={() => setDialog('save')}>Save this search…</MenuItem>
        ) : (
          <MenuLabel>{refusal}</MenuLabel>
        )}
        <MenuItem disabled={items.length === 0} onSelect={() => setDialog('manage')}>
          All saved searches…
        </MenuItem>
      </Menu>
      {dialog === 'save' ? (
        <SaveDialog search={search} saved={items} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === 'manage' ? (
        <ManageDialog items={items} onOpen={onOpen} onClose={() => setDialog(null)} />
      ) : null}
    </>
  );
}

function SaveDialog(props: { search: Search; saved: readonly SavedSearchView[]; onClose: () => void }) {
  const { search, saved, onClose } = props;
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = useSaveSearch();
  const toast = useToast();
  const replaces = saved.some((item) => item.mine && item.name === name.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    save.mutate(
      { name: name.trim(), query: search.query, columns: [...search.columns], order: search.order, shared },
      {
        onSuccess: (kept) => {
          toast.show({ text: <HostileText text={`Saved as ${kept.name}.`} />, duration: 4000 });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Save this search"
      description="Query, columns and order are kept; the time range is not."
      width="sm"
    >
      <form onSubmit={submit} className="space-y-4 px-5 py-4">
        <p className="machine max-h-24 overflow-auto rounded-md border bg-surface-0 px-2 py-1 [overflow-wrap:anywhere]">
          <HostileText text={search.query === '' ? 'all events' : search.query} />
        </p>
        <TextField
          label="Name"
          data-autofocus
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.target.value)}
          hint={replaces ? 'You have one of this name; it is replaced.' : undefined}
        />
        <Switch checked={shared} onChange={setShared} label="Others see it too" />
        {save.error ? (
          <ProblemNote
            compact
            error={save.error}
            what="It was not saved"
            safe="Your other searches are as before."
          />
        ) : null}
        <Button variant="primary" type="submit" disabled={save.isPending || name.trim() === ''}>
          {save.isPending ? 'Saving…' : replaces ? 'Replace' : 'Save'}
        </Button>
      </form>
    </Dialog>
  );
}

function ManageDialog(props: {
  items: readonly SavedSearchView[];
  onOpen: (search: SavedSearchView) => void;
  onClose: () => void;
}) {
  const remove = useDeleteSearch();
  return (
    <Dialog open onOpenChange={(open) => !open && props.onClose()} title="Saved searches" width="lg">
      <ul className="px-5 py-2">
        {props.items.map((item) => (
          <li key={item.id} className="flex items-start gap-3 border-b py-2 last:border-b-0">
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">
                <HostileText text={item.name} />
              </p>
              <p className="machine truncate text-text-2">
                <HostileText text={item.query === '' ? 'all events' : item.query} />
              </p>
              <p className="text-12 text-text-3">
                <PersonName handle={item.by} capital />, <AgeText at={item.at} />
                {item.shared ? ' · shared' : ''}
              </p>
            </div>
            <Button
              size="sm"
              onClick={() => {
                props.onOpen(item);
                props.onClose();
              }}
            >
              Open
            </Button>
            {item.mine ? (
              <Allowed to="searches.write">
                <Button
                  size="sm"
                  variant="quiet"
                  disabled={remove.isPending}
                  onClick={() => remove.mutate(item.id)}
                >
                  Delete
                </Button>
              </Allowed>
            ) : null}
          </li>
        ))}
        {props.items.length === 0 ? <li className="py-2 text-text-3">There are none left.</li> : null}
      </ul>
      {remove.error ? (
        <div className="px-5 pb-4">
          <ProblemNote compact error={remove.error} what="It was not deleted" safe="It is kept as it was." />
        </div>
      ) : null}
    </Dialog>
  );
}
