'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { importsQuery } from '@/components/shared/importQueries';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { TextField } from '@/components/ui/TextField';

const MOST = 100;

/** Chooses imports for a quick test run, before the back-test over everything. */
export function ImportPicker(props: { disabled: boolean; onTest: (imports: readonly string[]) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" disabled={props.disabled} onClick={() => setOpen(true)}>
        Test on imports…
      </Button>
      {open ? (
        <PickerDialog
          onClose={() => setOpen(false)}
          onTest={(imports) => {
            setOpen(false);
            props.onTest(imports);
          }}
        />
      ) : null}
    </>
  );
}

function PickerDialog(props: { onClose: () => void; onTest: (imports: readonly string[]) => void }) {
  const form = useId();
  const list = useQuery(importsQuery);
  const [words, setWords] = useState('');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const done = (list.data?.items ?? []).filter(({ state }) => state === 'done');
  const wanted = words.trim().toLowerCase();
  const found = done.filter(({ name }) => name.toLowerCase().includes(wanted));
  const toggle = (id: string) => {
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    setPicked(next);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title="Test on imports"
      description="Runs the definition over the events of these imports only. Nothing is saved."
      footer={
        <>
          <span className="num flex-1 text-text-3">{picked.size} chosen</span>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} disabled={picked.size === 0}>
            Test
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="px-5 py-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (picked.size > 0) props.onTest([...picked]);
        }}
      >
        <TextField
          label="Search imports"
          type="search"
          data-autofocus
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        {list.error ? <ProblemNote compact error={list.error} what="The imports could not be read" /> : null}
        {list.data && found.length === 0 ? (
          <p className="mt-3 text-text-2">
            {done.length === 0 ? 'No import is finished yet.' : 'No import is called that.'}
          </p>
        ) : null}
        <ul className="mt-2">
          {found.slice(0, MOST).map((each) => (
            <li key={each.id}>
              <label className="flex min-h-8 items-center gap-2.5 border-b py-1">
                <input
                  type="checkbox"
                  checked={picked.has(each.id)}
                  onChange={() => toggle(each.id)}
                  className="size-4 shrink-0 accent-accent"
                />
                <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                  <HostileText text={each.name} />
                </span>
                <span className="num shrink-0 text-12 text-text-3">
                  {each.records.events.toLocaleString('en')} events ·{' '}
                  <TimeText at={each.createdAt} date precision="min" />
                </span>
              </label>
            </li>
          ))}
        </ul>
        {found.length > MOST ? (
          <p className="num mt-2 text-text-3">
            {MOST} of {found.length}; search for the others.
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
