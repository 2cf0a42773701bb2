'use client';

import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { HostileText } from '../MonoText';
import type { Refused, VerdictSubject } from './judge';

/** What was left as it was when many were decided on, each with the reason, to be looked at again. */
export function RefusedDialog(props: {
  refused: readonly Refused[];
  subjects: readonly VerdictSubject[];
  done: number;
  /** Selects them again; absent where they cannot be. */
  onSelect?: (() => void) | undefined;
  onClose: () => void;
}) {
  const known = new Map(props.subjects.map((subject) => [subject.id, subject]));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={`${props.refused.length} left as ${props.refused.length === 1 ? 'it was' : 'they were'}`}
      description={`${props.done.toLocaleString('en')} saved. Nothing of these was changed.`}
      footer={
        <>
          <span className="flex-1" />
          {props.onSelect ? (
            <Button data-autofocus onClick={props.onSelect}>
              Select {props.refused.length === 1 ? 'it' : 'them'} again
            </Button>
          ) : null}
        </>
      }
    >
      <ul className="px-5 py-2">
        {props.refused.map(({ id, detail }) => {
          const subject = known.get(id);
          return (
            <li key={id} className="border-b py-2 last:border-b-0">
              <p className="truncate">
                <span className="machine">
                  <HostileText text={subject?.host ?? ''} />
                </span>{' '}
                <HostileText text={subject?.headline ?? id} />
              </p>
              <p className="text-12 text-text-2">
                <HostileText text={detail} />
              </p>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
