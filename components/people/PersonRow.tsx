'use client';

import { useState } from 'react';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { useMe } from '@/components/shared/me';
import { PersonName } from '@/components/shared/people';
import { ROLE_WORD } from '@/components/shared/permissionWords';
import { AgeText, TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { Menu, MenuItem, MenuRule } from '@/components/ui/Menu';
import { Td } from '@/components/ui/Table';
import { useToast } from '@/components/ui/Toast';
import type { ManagedPerson } from '@/lib/contracts/people';
import { ChangeDialog, DeactivateDialog, EndSessionsDialog, LinkDialog } from './PersonDialogs';
import { factorsText, standingOf } from './personWords';
import { useChangePerson } from './queries';

type Act = 'change' | 'link' | 'end' | 'deactivate';
const DIALOG = {
  change: ChangeDialog,
  link: LinkDialog,
  end: EndSessionsDialog,
  deactivate: DeactivateDialog,
};

/** One person: who, what they may do, how they sign in, when they were here; and what can be done about it. */
export function PersonRow({ person }: { person: ManagedPerson }) {
  const me = useMe();
  const toast = useToast();
  const [act, setAct] = useState<Act | null>(null);
  const change = useChangePerson(person.handle);
  const standing = standingOf(person);
  const Dialog = act === null ? null : DIALOG[act];
  return (
    <tr className={standing === 'left' ? 'text-text-3' : undefined}>
      <Td>
        <span className="font-medium">
          <HostileText text={person.name} />
        </span>
        {person.handle === me.handle ? <span className="text-text-3"> (you)</span> : null}
        <span className="block text-12 text-text-3">
          <span className="machine">{person.handle}</span> · <HostileText text={person.email} />
        </span>
      </Td>
      <Td>{ROLE_WORD[person.role]}</Td>
      <Td>
        {standing === 'here' ? (
          'works here'
        ) : standing === 'invited' ? (
          <span className="text-warning">has not joined yet</span>
        ) : (
          <>
            left
            {person.deactivatedAt === null ? null : (
              <span className="block text-12">
                <TimeText at={person.deactivatedAt} date precision="min" />
                {person.deactivatedBy === null ? null : (
                  <>
                    {' by '}
                    <PersonName handle={person.deactivatedBy} />
                  </>
                )}
              </span>
            )}
          </>
        )}
      </Td>
      <Td>{standing === 'here' ? factorsText(person) : '–'}</Td>
      <Td className="text-right">{person.sessions}</Td>
      <Td>{person.lastSeenAt === null ? 'never' : <AgeText at={person.lastSeenAt} />}</Td>
      <Td className="pr-0 text-right">
        <Menu
          align="end"
          label={`What to do about ${hostilePlain(person.name)}`}
          trigger={
            <Button size="sm" aria-label={`Act on ${hostilePlain(person.name)}`}>
              Act
            </Button>
          }
        >
          {person.active ? (
            <>
              <MenuItem onSelect={() => setAct('change')}>Change…</MenuItem>
              <MenuItem onSelect={() => setAct('link')}>
                {person.invited ? 'New link to join…' : 'Link to set a new password…'}
              </MenuItem>
              <MenuItem disabled={person.sessions === 0} onSelect={() => setAct('end')}>
                Sign out everywhere…
              </MenuItem>
              <MenuRule />
              <MenuItem disabled={person.handle === me.handle} onSelect={() => setAct('deactivate')}>
                {person.handle === me.handle ? 'Deactivate: another administrator must' : 'Deactivate…'}
              </MenuItem>
            </>
          ) : (
            <MenuItem
              onSelect={() =>
                change.mutate(
                  { active: true },
                  {
                    onSuccess: () =>
                      toast.show({ text: `${person.name} can sign in again, or be given a link.` }),
                    onError: (error) =>
                      toast.show({ text: `Not reactivated: ${error.message}`, tone: 'danger' }),
                  },
                )
              }
            >
              Reactivate
            </MenuItem>
          )}
        </Menu>
        {Dialog === null ? null : <Dialog person={person} onClose={() => setAct(null)} />}
      </Td>
    </tr>
  );
}
