'use client';

import { clsx } from 'clsx';
import { useId } from 'react';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import { StagePip } from '@/components/shared/StagePip';
import { Table, Td, Th } from '@/components/ui/Table';
import type { ValidationCase } from '@/lib/contracts/validation';
import { caseText, verdictText } from './validationWords';

/** One labelled case: what was expected and found; open, why, and stage by stage. */
export function CaseRow(props: { one: ValidationCase; open: boolean; onOpen: (open: boolean) => void }) {
  const { one, open, onOpen } = props;
  const id = useId();
  return (
    <li className="border-b">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => onOpen(!open)}
        className="focus-inset grid w-full grid-cols-[92px_80px_minmax(0,1fr)] gap-x-3 py-2 text-left hover:bg-surface-2 max-sm:block"
      >
        <span className={clsx('font-medium', one.ok ? 'text-text-2' : 'text-danger')}>
          <span aria-hidden="true">{one.ok ? '✓ ' : '✗ '}</span>
          {verdictText(one)}
        </span>{' '}
        <span className="machine pt-0.5">
          <HostileText text={one.analytic} />
        </span>{' '}
        <span className="min-w-0 [overflow-wrap:anywhere]">
          <HostileText text={one.title ?? one.recording} />
          <span className="block text-12 text-text-3">
            {caseText(one)}
            {one.title === null ? null : (
              <>
                {' · '}
                <HostileText text={one.recording} />
              </>
            )}
          </span>
        </span>
      </button>
      {open ? (
        <div id={id} className="space-y-3 pb-4 sm:pl-[184px]">
          <Differences one={one} />
          {one.stages.length > 0 ? <Stages one={one} /> : null}
          <p className="text-12 text-text-3">
            {one.origin === 'shipped' ? 'Ships with Sequela' : 'Uploaded'}; of{' '}
            <HostileText text={one.sources.join(', ') || 'no known source'} />; SHA-256{' '}
            <MonoText text={one.sha256} />
          </p>
        </div>
      ) : null}
    </li>
  );
}

function Differences({ one }: { one: ValidationCase }) {
  if (one.differences.length === 0)
    return <p className="text-text-2">Nothing differs from what the label says.</p>;
  return (
    <ul className="max-w-[90ch] list-disc space-y-1 pl-4">
      {[...new Set(one.differences)].map((difference) => (
        <li key={difference} className="[overflow-wrap:anywhere]">
          <HostileText text={difference} />
        </li>
      ))}
    </ul>
  );
}

function Stages({ one }: { one: ValidationCase }) {
  return (
    <Table caption={`Stages of ${one.analytic} as labelled and as found`} className="max-w-[560px]">
      <thead>
        <tr>
          <Th className="w-full">Stage</Th>
          <Th>Labelled</Th>
          <Th>Found</Th>
        </tr>
      </thead>
      <tbody>
        {one.stages.map(({ stage, expected, found, ok }) => (
          <tr key={stage}>
            <Td>
              <HostileText text={stage} />
            </Td>
            <Td>
              <State state={expected} />
            </Td>
            <Td className={ok ? undefined : 'text-danger'}>
              {found === null ? 'in no finding' : <State state={found} />}
              {ok ? null : <span className="sr-only">, not as labelled</span>}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function State({ state }: { state: ValidationCase['stages'][number]['expected'] }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <StagePip state={state} size={12} />
      {state}
    </span>
  );
}
