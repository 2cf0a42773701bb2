'use client';

import { type KeyboardEvent, useState } from 'react';
import { Dialog } from '@/components/ui/Dialog';
import { TextField } from '@/components/ui/TextField';
import type { PersonView } from '@/lib/contracts/people';
import { HostileText } from '../MonoText';
import { useMe } from '../me';
import { usePeople } from '../people';
import { ROLE_WORD } from '../permissionWords';
import { assignable } from './assignable';

/** Gives one or several to a person, found by a few letters of their name; Enter takes the first. */
export function AssignDialog(props: {
  /** What is given, in words: "this finding", "12 findings". */
  what: string;
  /** Whose it is now; null for nobody, undefined where several are not one person's. */
  now: string | null | undefined;
  onAssign: (handle: string | null) => void;
  onClose: () => void;
  returnTo?: (() => HTMLElement | null) | undefined;
}) {
  const { people } = usePeople();
  const me = useMe().handle;
  const [typed, setTyped] = useState('');
  const found = assignable(people, me, typed);
  const give = (handle: string | null) => {
    props.onClose();
    props.onAssign(handle);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [first] = found;
    if (event.key !== 'Enter' || first === undefined) return;
    event.preventDefault();
    give(first.handle);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={`Give ${props.what} to`}
      width="sm"
      place="top"
      returnTo={props.returnTo}
    >
      <div className="space-y-2 px-5 py-4">
        <TextField
          label="Person"
          hideLabel
          data-autofocus
          placeholder="Name; Enter takes the first"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <ul aria-label="People">
          {found.map((person) => (
            <Choice
              key={person.handle}
              person={person}
              mine={person.handle === me}
              chosen={props.now === person.handle}
              onChoose={() => give(person.handle)}
            />
          ))}
          {found.length === 0 ? (
            <li className="py-1 text-text-3">Nobody who may decide on findings is called that.</li>
          ) : null}
          {props.now === null ? null : (
            <li className="border-t pt-1">
              <button
                type="button"
                onClick={() => give(null)}
                className="focus-inset min-h-7 w-full rounded-sm px-2 text-left text-text-2 hover:bg-surface-2"
              >
                Nobody
              </button>
            </li>
          )}
        </ul>
      </div>
    </Dialog>
  );
}

function Choice(props: { person: PersonView; mine: boolean; chosen: boolean; onChoose: () => void }) {
  const { person, mine, chosen } = props;
  return (
    <li>
      <button
        type="button"
        onClick={props.onChoose}
        aria-pressed={chosen}
        className="focus-inset flex min-h-7 w-full items-center gap-2 rounded-sm px-2 text-left hover:bg-surface-2 aria-pressed:bg-accent-soft"
      >
        <span className="min-w-0 flex-1 truncate">
          <HostileText text={person.name} />
          {mine ? <span className="text-text-3"> · you</span> : null}
        </span>
        <span className="text-12 text-text-3">{ROLE_WORD[person.role]}</span>
      </button>
    </li>
  );
}
