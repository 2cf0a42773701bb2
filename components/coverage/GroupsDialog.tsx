'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { ApiError } from '@/components/shared/apiClient';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { TextArea } from '@/components/ui/TextArea';
import { TextField } from '@/components/ui/TextField';
import { counted } from '@/lib/base/numberWords';
import type { FleetGroups } from '@/lib/contracts/coverage';
import { groupsQuery, hostNamesQuery, useSetGroups } from './coverageQueries';
import {
  bodyOf,
  countHosts,
  draftOf,
  type GroupDraft,
  type GroupProblems,
  groupProblems,
  moved,
} from './groupsDraft';

/** Which hosts belong together, by their names: an ordered list, the first group that fits takes a host. */
export function GroupsDialog({ onClose }: { onClose: () => void }) {
  const groups = useQuery({ ...groupsQuery, staleTime: 0 });
  const form = useId();
  // Begun anew when somebody else's groups are read in their place.
  const [taken, setTaken] = useState(0);
  const [saving, setSaving] = useState(false);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Groups of hosts"
      description="By name; * and ? stand for others, case does not matter. A host belongs to the first group that fits."
      width="lg"
      footer={
        <>
          <span className="flex-1" />
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} disabled={!groups.data || saving}>
            {saving ? 'Saving…' : 'Save'}
          </Button>
        </>
      }
    >
      {groups.data ? (
        <GroupsForm
          key={taken}
          id={form}
          groups={groups.data}
          onSaving={setSaving}
          onSaved={onClose}
          onTakeTheirs={() => void groups.refetch().then(() => setTaken((before) => before + 1))}
        />
      ) : groups.error ? (
        <div className="px-5 py-4">
          <ProblemNote
            compact
            error={groups.error}
            what="The groups could not be read"
            onRetry={() => void groups.refetch()}
          />
        </div>
      ) : (
        <SkeletonRegion label="Reading the groups" className="space-y-4 px-5 py-4">
          {[90, 80].map((width) => (
            <Skeleton key={width} className="h-8" style={{ width: `${width}%` }} />
          ))}
        </SkeletonRegion>
      )}
    </Dialog>
  );
}

function GroupsForm(props: {
  id: string;
  groups: FleetGroups;
  onSaving: (saving: boolean) => void;
  onSaved: () => void;
  onTakeTheirs: () => void;
}) {
  // What is read again while somebody types leaves it alone: it is saved against what was begun from.
  const [start] = useState(props.groups);
  const [drafts, setDrafts] = useState(() => draftOf(start));
  const [nextId, setNextId] = useState(drafts.length);
  const [asked, setAsked] = useState(false);
  const names = useQuery(hostNamesQuery).data;
  const save = useSetGroups();
  const problems = groupProblems(drafts);
  const counts = names ? countHosts(drafts, names.names) : null;
  const change = (place: number, draft: GroupDraft) => setDrafts(drafts.with(place, draft));
  const submit = () => {
    setAsked(true);
    if (save.isPending || problems.some((problem) => Object.keys(problem).length > 0)) return;
    props.onSaving(true);
    save.mutate(
      { items: bodyOf(drafts), revision: start.revision },
      { onSuccess: props.onSaved, onSettled: () => props.onSaving(false) },
    );
  };
  const conflict = save.error instanceof ApiError && save.error.status === 409;
  return (
    <form
      id={props.id}
      noValidate
      className="px-5 py-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {drafts.length === 0 ? (
        <p className="mb-3 text-text-2">No group yet: all hosts stand in one column.</p>
      ) : null}
      <ol className="space-y-3">
        {drafts.map((draft, place) => (
          <GroupFields
            key={draft.id}
            draft={draft}
            problems={asked ? (problems[place] ?? {}) : {}}
            hosts={counts?.groups[place]}
            more={names?.more === true}
            first={place === 0}
            last={place === drafts.length - 1}
            onChange={(next) => change(place, next)}
            onMove={(by) => setDrafts(moved(drafts, place, by))}
            onRemove={() => setDrafts(drafts.toSpliced(place, 1))}
          />
        ))}
      </ol>
      <div className="num mt-3 flex flex-wrap items-center gap-3">
        <Button
          size="sm"
          disabled={drafts.length >= 100}
          onClick={() => {
            setDrafts([...drafts, { id: nextId, name: '', patterns: '' }]);
            setNextId(nextId + 1);
          }}
        >
          Add a group
        </Button>
        {counts ? (
          <span role="status" className="text-text-3">
            {counted(counts.rest, 'host')}
            {names?.more ? ` of the first ${names.names.length.toLocaleString('en')}` : ''} in no group
          </span>
        ) : null}
      </div>
      {save.error ? (
        <div className="mt-3">
          <ProblemNote
            compact
            error={save.error}
            what="The groups were not saved"
            safe="What you typed is still here."
          />
          {conflict ? (
            <Button size="sm" className="mt-2" onClick={props.onTakeTheirs}>
              Begin again from the newer groups
            </Button>
          ) : null}
        </div>
      ) : null}
    </form>
  );
}

function GroupFields(props: {
  draft: GroupDraft;
  problems: GroupProblems;
  /** Hosts it takes in; absent while no names are known. */
  hosts: number | undefined;
  /** There are more hosts than were counted. */
  more: boolean;
  first: boolean;
  last: boolean;
  onChange: (draft: GroupDraft) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  const { draft, problems, hosts } = props;
  const name = draft.name.trim() || 'the group without a name';
  return (
    <li className="grid gap-x-3 gap-y-1 border-b pb-3 sm:grid-cols-[180px_minmax(0,1fr)_auto]">
      <TextField
        label="Name"
        {...(props.first ? { 'data-autofocus': true } : {})}
        maxLength={80}
        value={draft.name}
        error={problems.name}
        hint={
          hosts === undefined ? undefined : (
            <span className="num">
              {counted(hosts, 'host')}
              {props.more ? ' so far' : ''}
            </span>
          )
        }
        onChange={(event) => props.onChange({ ...draft, name: event.target.value })}
      />
      <TextArea
        label="Patterns, one a line"
        rows={2}
        placeholder="ENG-*"
        spellCheck={false}
        value={draft.patterns}
        error={problems.patterns}
        onChange={(event) => props.onChange({ ...draft, patterns: event.target.value })}
      />
      <div className="flex gap-1 sm:pt-5">
        <Button
          size="sm"
          variant="quiet"
          aria-label={`Move ${name} up`}
          disabled={props.first}
          onClick={() => props.onMove(-1)}
        >
          Up
        </Button>
        <Button
          size="sm"
          variant="quiet"
          aria-label={`Move ${name} down`}
          disabled={props.last}
          onClick={() => props.onMove(1)}
        >
          Down
        </Button>
        <Button size="sm" variant="quiet" aria-label={`Remove ${name}`} onClick={props.onRemove}>
          Remove
        </Button>
      </div>
    </li>
  );
}
