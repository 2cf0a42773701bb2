'use client';

import { useState } from 'react';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { PersonName } from '@/components/shared/people';
import { AgeText, TimeText } from '@/components/shared/TimeText';
import { useNow } from '@/components/shared/useTimeFormat';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Table, Td, Th } from '@/components/ui/Table';
import type { KeyView } from '@/lib/contracts/people';
import { useRevokeKey } from './queries';
import { keyEnd, SCOPE_WORD } from './scopeWords';

/** Keys of programs: what each is for, how long, when it was last used; each to be revoked. */
export function KeyTable({ items, withOwner }: { items: readonly KeyView[]; withOwner: boolean }) {
  const now = useNow();
  const [revoking, setRevoking] = useState<KeyView | null>(null);
  return (
    <>
      <Table caption="API keys">
        <thead>
          <tr>
            <Th>Name</Th>
            {withOwner ? <Th>Owner</Th> : null}
            <Th>Scopes</Th>
            <Th>Made</Th>
            <Th>Ends</Th>
            <Th>Last used</Th>
            <Th className="pr-0">
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {items.map((key) => {
            const end = now === null ? null : keyEnd(key, now);
            return (
              <tr key={key.id} className={end === null ? undefined : 'text-text-3'}>
                <Td>
                  <span className="font-medium [overflow-wrap:anywhere]">
                    <HostileText text={key.name} />
                  </span>
                  {key.start === null ? null : (
                    <span className="machine block text-text-3">{key.start}…</span>
                  )}
                </Td>
                {withOwner ? (
                  <Td>
                    <PersonName handle={key.owner} capital />
                  </Td>
                ) : null}
                <Td>{key.scopes.map((scope) => SCOPE_WORD[scope].label).join(', ')}</Td>
                <Td>
                  <TimeText at={key.createdAt} date precision="min" />
                </Td>
                <Td>
                  {end === 'revoked' ? (
                    'revoked'
                  ) : key.expiresAt === null ? (
                    'never'
                  ) : (
                    <>
                      {end === 'expired' ? 'ended ' : ''}
                      <TimeText at={key.expiresAt} date precision="min" />
                    </>
                  )}
                </Td>
                <Td>{key.lastUsedAt === null ? 'never' : <AgeText at={key.lastUsedAt} />}</Td>
                <Td className="pr-0 text-right">
                  {end === null ? (
                    <Button
                      size="sm"
                      variant="danger"
                      aria-label={`Revoke ${hostilePlain(key.name)}`}
                      onClick={() => setRevoking(key)}
                    >
                      Revoke…
                    </Button>
                  ) : null}
                </Td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      {revoking === null ? null : <RevokeKey thisKey={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}

function RevokeKey({ thisKey, onClose }: { thisKey: KeyView; onClose: () => void }) {
  const revoke = useRevokeKey();
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title="Revoke this key?"
      description={<HostileText text={thisKey.name} />}
      footer={
        <>
          <span className="flex-1" />
          <Button data-autofocus onClick={onClose}>
            Keep it
          </Button>
          <Button
            variant="danger"
            disabled={revoke.isPending}
            onClick={() => revoke.mutate(thisKey.id, { onSuccess: onClose })}
          >
            {revoke.isPending ? 'Revoking…' : 'Revoke the key'}
          </Button>
        </>
      }
    >
      <div className="space-y-3 px-5 py-4">
        <p>
          Whatever uses it is refused from now on, and it cannot be made to work again: a program that needs
          one gets a new key. What it did stays in the audit.
        </p>
        {revoke.error ? (
          <ProblemNote compact error={revoke.error} what="The key was not revoked" safe="It still works." />
        ) : null}
      </div>
    </Dialog>
  );
}
