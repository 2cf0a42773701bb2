'use client';

import { useId, useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { ROLE_MEANING, ROLE_WORD } from '@/components/shared/permissionWords';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { SelectField, TextField } from '@/components/ui/TextField';
import { changePersonBody, type ManagedPerson, role as roles } from '@/lib/contracts/people';
import { OneTimeLinkNote } from './OneTimeLinkNote';
import { useChangePerson, useEndSessionsOf, useRenewLink } from './queries';

type PersonDialogProps = { person: ManagedPerson; onClose: () => void };

/** Name, address and role of a person. */
export function ChangeDialog({ person, onClose }: PersonDialogProps) {
  const form = useId();
  const [name, setName] = useState(person.name);
  const [email, setEmail] = useState(person.email);
  const [role, setRole] = useState(person.role);
  const change = useChangePerson(person.handle);
  const wanted = {
    ...(name.trim() === person.name ? {} : { name: name.trim() }),
    ...(email.trim() === person.email ? {} : { email: email.trim() }),
    ...(role === person.role ? {} : { role }),
  };
  const parsed = changePersonBody.safeParse(wanted);
  const wrong = (field: string) => parsed.error?.issues.find(({ path }) => path[0] === field)?.message;
  const submit = () => {
    if (Object.keys(wanted).length === 0) return onClose();
    if (parsed.success && !change.isPending) change.mutate(parsed.data, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title={`Change ${person.handle}`}
      footer={
        <>
          <span className="flex-1" />
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} disabled={change.isPending || !parsed.success}>
            {change.isPending ? 'Saving…' : 'Save'}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        className="space-y-3 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <SelectField
          label="Role"
          data-autofocus
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
        <TextField
          label="Name"
          maxLength={120}
          value={name}
          error={wrong('name')}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label="Mail address"
          type="email"
          maxLength={254}
          value={email}
          error={wrong('email')}
          onChange={(event) => setEmail(event.target.value)}
        />
        {change.error ? (
          <ProblemNote compact error={change.error} what="Not changed" safe="All is as before." />
        ) : null}
      </form>
    </Dialog>
  );
}

/** Says what deactivation does, then does it. */
export function DeactivateDialog({ person, onClose }: PersonDialogProps) {
  const change = useChangePerson(person.handle);
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title="Deactivate this person?"
      description={<HostileText text={`${person.name}, ${person.handle}`} />}
      footer={
        <>
          <span className="flex-1" />
          <Button data-autofocus onClick={onClose}>
            Leave as it is
          </Button>
          <Button
            variant="danger"
            disabled={change.isPending}
            onClick={() => change.mutate({ active: false }, { onSuccess: onClose })}
          >
            {change.isPending ? 'Deactivating…' : 'Deactivate'}
          </Button>
        </>
      }
    >
      <div className="space-y-3 px-5 py-4">
        <p>
          They are signed out everywhere at once, their API keys stop working, and nothing can be assigned to
          them.
        </p>
        <p className="text-text-2">
          Everything they did stays, under their name. What is assigned to them stays theirs until somebody
          takes it. They can be reactivated; their keys stay revoked.
        </p>
        {change.error ? (
          <ProblemNote compact error={change.error} what="Not deactivated" safe="They can work as before." />
        ) : null}
      </div>
    </Dialog>
  );
}

/** A new link: to join, or to come in again after losing password or second factor. */
export function LinkDialog({ person, onClose }: PersonDialogProps) {
  const renew = useRenewLink(person.handle);
  const made = renew.data;
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title={made ? 'The link is made' : person.invited ? 'New link to join' : 'Link to set a new password'}
      description={<HostileText text={`${person.name}, ${person.handle}`} />}
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
              <Button
                variant="primary"
                data-autofocus
                disabled={renew.isPending}
                onClick={() => renew.mutate()}
              >
                {renew.isPending ? 'Making…' : 'Make the link'}
              </Button>
            </>
          )}
        </>
      }
    >
      <div className="space-y-3 px-5 py-4">
        {made ? (
          <OneTimeLinkNote made={made} />
        ) : (
          <p>
            {person.invited
              ? 'The link made before stops working.'
              : 'For who forgot their password or lost their second factor. When the link is used they are signed out everywhere, and their authenticator app and passkeys are removed.'}
          </p>
        )}
        {renew.error ? <ProblemNote compact error={renew.error} what="No link was made" /> : null}
      </div>
    </Dialog>
  );
}

/** Signs a person out everywhere. */
export function EndSessionsDialog({ person, onClose }: PersonDialogProps) {
  const end = useEndSessionsOf(person.handle);
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title="Sign this person out everywhere?"
      description={<HostileText text={`${person.name}, ${person.handle}`} />}
      footer={
        <>
          <span className="flex-1" />
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            data-autofocus
            disabled={end.isPending}
            onClick={() => end.mutate(undefined, { onSuccess: onClose })}
          >
            {end.isPending ? 'Ending…' : 'End all sessions'}
          </Button>
        </>
      }
    >
      <div className="space-y-3 px-5 py-4">
        <p>
          {person.sessions === 1 ? 'Their one session ends' : `Their ${person.sessions} sessions end`}; they
          can sign in again. API keys are not touched.
        </p>
        {end.error ? <ProblemNote compact error={end.error} what="Not signed out" /> : null}
      </div>
    </Dialog>
  );
}
