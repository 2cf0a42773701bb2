'use client';

import { useId, useState } from 'react';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { ROLE_MEANING, ROLE_WORD, type Role } from '@/components/shared/permissionWords';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { SelectField, TextField } from '@/components/ui/TextField';
import { addPersonBody, role as roles } from '@/lib/contracts/people';
import { OneTimeLinkNote } from './OneTimeLinkNote';
import { handleFor } from './personWords';
import { useAddPerson } from './queries';

/** Somebody new: who they are and what they may do; then the link by which they join. */
export function AddPersonDialog({ onClose }: { onClose: () => void }) {
  const form = useId();
  const [name, setName] = useState('');
  const [typedHandle, setHandle] = useState<string | null>(null);
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('analyst');
  const [asked, setAsked] = useState(false);
  const add = useAddPerson();
  const made = add.data;
  const handle = typedHandle ?? handleFor(name);
  const person = { name: name.trim(), handle: handle.trim(), email: email.trim(), role };
  const parsed = addPersonBody.safeParse(person);
  const problem = (field: keyof typeof person) => {
    const issue = asked ? parsed.error?.issues.find(({ path }) => path[0] === field) : undefined;
    return issue === undefined ? undefined : person[field] === '' ? 'This is needed.' : issue.message;
  };
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title={made ? `${made.person.name} can join` : 'Add a person'}
      footer={
        <>
          <span className="flex-1" />
          {made ? (
            <Button variant="primary" onClick={onClose}>
              I have copied it
            </Button>
          ) : (
            <>
              <Button onClick={onClose}>Cancel</Button>
              <Button variant="primary" type="submit" form={form} disabled={add.isPending}>
                {add.isPending ? 'Adding…' : 'Add and make a link'}
              </Button>
            </>
          )}
        </>
      }
    >
      {made ? (
        <div className="px-5 py-4">
          <OneTimeLinkNote made={made} />
        </div>
      ) : (
        <form
          id={form}
          noValidate
          className="space-y-3 px-5 py-4"
          onSubmit={(event) => {
            event.preventDefault();
            setAsked(true);
            if (parsed.success && !add.isPending) add.mutate(parsed.data);
          }}
        >
          <TextField
            label="Name"
            data-autofocus
            maxLength={120}
            value={name}
            error={problem('name')}
            onChange={(event) => setName(event.target.value)}
          />
          <TextField
            label="Handle"
            autoCapitalize="off"
            maxLength={40}
            value={handle}
            error={problem('handle')}
            hint="What history and mentions call them. It never changes and is never given twice."
            onChange={(event) => setHandle(event.target.value)}
          />
          <TextField
            label="Mail address"
            type="email"
            autoCapitalize="off"
            maxLength={254}
            value={email}
            error={problem('email')}
            hint="They sign in with it."
            onChange={(event) => setEmail(event.target.value)}
          />
          <SelectField
            label="Role"
            value={role}
            hint={ROLE_MEANING[role]}
            onChange={(event) => setRole(roles.parse(event.target.value))}
          >
            {roles.options.map((each) => (
              <option key={each} value={each}>
                {ROLE_WORD[each]}
              </option>
            ))}
          </SelectField>
          {add.error ? <ProblemNote compact error={add.error} what="Nobody was added" /> : null}
        </form>
      )}
    </Dialog>
  );
}
