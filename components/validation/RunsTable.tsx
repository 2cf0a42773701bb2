'use client';

import Link from 'next/link';
import { HostileText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { TimeText } from '@/components/shared/TimeText';
import { Table, Td, Th } from '@/components/ui/Table';
import type { ValidationRunSummary } from '@/lib/contracts/validation';
import { RegressedMark } from './RegressedMark';
import { measuredText, stateText } from './validationWords';

/** Runs, newest first, with what each found. */
export function RunsTable({ runs }: { runs: readonly ValidationRunSummary[] }) {
  return (
    <Table caption="Validation runs, newest first" className="px-4">
      <thead>
        <tr>
          <Th>Run</Th>
          <Th>Asked</Th>
          <Th>State</Th>
          <Th className="text-right">Recordings</Th>
          <Th className="text-right">Chains found</Th>
          <Th className="text-right">Raised rightly</Th>
          <Th className="text-right">Stayed quiet</Th>
          <Th className="text-right">Wrong</Th>
          <Th>Against the run before</Th>
        </tr>
      </thead>
      <tbody className="num">
        {runs.map((run) => (
          <Row key={run.id} run={run} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ run }: { run: ValidationRunSummary }) {
  const { numbers } = run;
  return (
    <tr>
      <Td>
        <Link className="link inline-flex min-h-6 items-center" href={`/coverage/validation/${run.id}`}>
          {run.id}
          <span className="sr-only"> in full</span>
        </Link>
      </Td>
      <Td className="text-text-2">
        <TimeText at={run.createdAt} date precision="min" />
        {run.askedBy === null ? (
          ', by its schedule'
        ) : (
          <>
            , by <PersonName handle={run.askedBy} />
          </>
        )}
      </Td>
      <Td>
        {run.state === 'failed' ? <span className="text-danger">failed</span> : stateText(run)}
        {run.error === null ? null : (
          <span className="block max-w-[40ch] text-12 text-text-3">
            <HostileText text={run.error} />
          </span>
        )}
      </Td>
      <Td className="text-right">{numbers?.recordings.toLocaleString('en') ?? '–'}</Td>
      <Td className="text-right">{numbers === null ? '–' : measuredText(numbers.recall)}</Td>
      <Td className="text-right">{numbers === null ? '–' : measuredText(numbers.precision)}</Td>
      <Td className="text-right">{numbers === null ? '–' : measuredText(numbers.quiet)}</Td>
      <Td className="text-right">
        {numbers === null ? (
          '–'
        ) : (
          <span className={numbers.wrong > 0 ? 'text-warning' : undefined}>
            {measuredText({ right: numbers.wrong, of: numbers.cases })}
          </span>
        )}
      </Td>
      <Td>
        <RegressedMark run={run} />
      </Td>
    </tr>
  );
}
