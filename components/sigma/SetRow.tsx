'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { Allowed } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { PersonName } from '@/components/shared/people';
import { TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import type { SigmaSetView } from '@/lib/contracts/sigmaSets';
import { SwitchDialog } from './SwitchDialog';
import { rulesHref } from './sigmaUrl';
import { setNote } from './sigmaWords';
import { useAskBacktest } from './sigmaWrites';

/** A set in a line: what it holds, whether it runs, and what can be done with it. */
export function SetRow(props: {
  set: SigmaSetView;
  open: boolean;
  onOpen: () => void;
  onBacktest: (id: string) => void;
}) {
  const { set } = props;
  const [switching, setSwitching] = useState(false);
  const ask = useAskBacktest();
  return (
    <li className={clsx('border-b px-4 py-2.5', props.open && 'bg-surface-2')}>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
        <div className="num min-w-0 flex-1 basis-72">
          <p className="flex flex-wrap items-baseline gap-x-3">
            <button
              id={setButtonId(set.id)}
              type="button"
              aria-expanded={props.open}
              onClick={props.onOpen}
              className="link text-left font-medium [overflow-wrap:anywhere]"
            >
              <HostileText text={set.name} />
            </button>
            <span className={set.enabled ? 'text-text-1' : 'text-text-3'}>{set.enabled ? 'on' : 'off'}</span>
            <span className="text-12 text-text-3">version {set.version}</span>
          </p>
          <p className="text-text-2">{setNote(set)}</p>
          <p className="text-12 text-text-3">
            Changed <TimeText at={set.updatedAt} date precision="min" /> by{' '}
            <PersonName handle={set.updatedBy} />.{' '}
            <Link href={rulesHref({ set: set.id })} className="link">
              Its rules
            </Link>
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Allowed to="sigma.test">
            <Button
              size="sm"
              disabled={ask.isPending || set.rules.chosen === 0}
              onClick={() => ask.mutate({ set: set.id }, { onSuccess: ({ id }) => props.onBacktest(id) })}
            >
              {ask.isPending ? 'Asking…' : 'Try on stored data'}
            </Button>
          </Allowed>
          <Allowed to="sigma.write">
            <Button
              size="sm"
              variant={set.enabled ? 'default' : 'primary'}
              onClick={() => setSwitching(true)}
            >
              {set.enabled ? 'Switch off…' : 'Switch on…'}
            </Button>
          </Allowed>
        </div>
      </div>
      {ask.error ? (
        <div className="mt-2">
          <ProblemNote compact error={ask.error} what="It was not tried" />
        </div>
      ) : null}
      {switching ? <SwitchDialog set={set} onClose={() => setSwitching(false)} /> : null}
    </li>
  );
}

/** Of the button that opens a set: whoever closes it goes on there. */
export function setButtonId(id: string): string {
  return `sigma-set-${id}`;
}
