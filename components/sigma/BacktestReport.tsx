'use client';

import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useState } from 'react';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import { Allowed } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { MatchedParts } from '@/components/shared/sigma/MatchedParts';
import { TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { ErrorNote } from '@/components/ui/ErrorNote';
import { ProgressBar } from '@/components/ui/ProgressBar';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { Table, Td, Th } from '@/components/ui/Table';
import { counted } from '@/lib/base/numberWords';
import type { SigmaBacktestView } from '@/lib/contracts/sigmaBacktests';
import { LevelWord } from './hitColumns';
import { RefusalTable } from './RefusalTable';
import { sigmaBacktestQuery } from './sigmaQueries';
import { backtestText, imageName } from './sigmaWords';
import { useCancelSigmaBacktest } from './sigmaWrites';

type Result = NonNullable<SigmaBacktestView['result']>;
type TriedRule = Result['rules'][number];

const STEP = 100;

/** How a back-test goes, with its end in hand; then a line for each rule. */
export function BacktestReport({ id }: { id: string }) {
  const query = useQuery(sigmaBacktestQuery(id));
  const cancel = useCancelSigmaBacktest();
  const test = query.data;
  if (query.error && !test)
    return (
      <ProblemNote
        compact
        error={query.error}
        what="The back-test could not be read"
        onRetry={() => void query.refetch()}
      />
    );
  if (!test)
    return (
      <SkeletonRegion label="Reading the back-test" className="space-y-3">
        {[70, 90, 80].map((width) => (
          <Skeleton key={width} style={{ width: `${width}%` }} />
        ))}
      </SkeletonRegion>
    );
  const open = test.state === 'waiting' || test.state === 'running';
  return (
    <section aria-label="Back-test" className="space-y-3">
      {test.state === 'failed' ? (
        <ErrorNote
          compact
          title="The back-test failed"
          detail={<HostileText text={test.error ?? 'The worker did not say why.'} />}
          safe="Nothing was changed."
          todo="Try it again."
        />
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <p role="status" className="num min-w-0 flex-1 basis-60">
            {backtestText(test)}
          </p>
          {open ? (
            <Allowed to="sigma.test">
              <Button size="sm" disabled={cancel.isPending} onClick={() => cancel.mutate(id)}>
                {cancel.isPending ? 'Stopping…' : 'Stop'}
              </Button>
            </Allowed>
          ) : null}
        </div>
      )}
      {open ? (
        <ProgressBar
          aria-label="Progress of the back-test"
          className="h-1.5 w-full"
          max={Math.max(1, test.progress?.of ?? 1)}
          value={test.progress?.imports ?? 0}
        />
      ) : null}
      {cancel.error ? <ProblemNote compact error={cancel.error} what="It was not stopped" /> : null}
      {test.result ? <Tried result={test.result} /> : null}
    </section>
  );
}

function Tried({ result }: { result: Result }) {
  const [most, setMost] = useState(STEP);
  const { rules, refused } = result;
  const quiet = rules.filter(({ hits }) => hits === 0).length;
  return (
    <>
      {quiet > 0 ? (
        <p className="num text-12 text-text-3">
          {counted(quiet, 'rule')} without a hit, at the end. Where a rule is blind, that says nothing.
        </p>
      ) : null}
      <Table caption="Rules as they were tried, most hits first">
        <thead>
          <tr>
            <Th>Rule</Th>
            <Th className="text-right">Hits</Th>
            <Th className="text-right">Hosts</Th>
            <Th className="text-right">True positives</Th>
            <Th className="text-right">Blind</Th>
          </tr>
        </thead>
        <tbody className="num">
          {rules.slice(0, most).map((rule, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two texts may share an id, and the list never moves
            <RuleLine key={place} rule={rule} />
          ))}
        </tbody>
      </Table>
      {rules.length > most ? (
        <Button size="sm" onClick={() => setMost(most + STEP)}>
          Show more: {most} of {rules.length} are shown
        </Button>
      ) : null}
      {refused.length > 0 ? (
        <section aria-label="Refused">
          <h3 className="label num mb-1">{counted(refused.length, 'document')} could not be used</h3>
          <RefusalTable refused={refused} />
        </section>
      ) : null}
    </>
  );
}

function RuleLine({ rule }: { rule: TriedRule }) {
  const [open, setOpen] = useState(false);
  const opens = rule.hits > 0;
  return (
    <>
      <tr>
        <Td className="min-w-48">
          {opens ? (
            <button
              type="button"
              aria-expanded={open}
              className="link text-left [overflow-wrap:anywhere]"
              onClick={() => setOpen(!open)}
            >
              <HostileText text={rule.title} />
            </button>
          ) : (
            <HostileText text={rule.title} />
          )}{' '}
          <LevelWord level={rule.level} />
        </Td>
        <Td className={clsx('text-right', rule.hits === 0 && 'text-text-3')}>
          {rule.hits.toLocaleString('en')}
        </Td>
        <Td className="text-right">{rule.hosts.length.toLocaleString('en')}</Td>
        <Td className="text-right">{rule.onTruePositives.toLocaleString('en')}</Td>
        <Td className={clsx('text-right', rule.blind === 0 && 'text-text-3')}>
          {rule.blind.toLocaleString('en')}
        </Td>
      </tr>
      {open ? (
        <tr>
          <Td colSpan={5}>
            <Behind rule={rule} />
          </Td>
        </tr>
      ) : null}
    </>
  );
}

/** Hosts and some of the records a rule would have hit. */
function Behind({ rule }: { rule: TriedRule }) {
  const hosts = rule.hosts.slice(0, 12);
  return (
    <div className="space-y-3 pb-2">
      <p className="[overflow-wrap:anywhere]">
        {hosts.map(({ host, hits }) => (
          <span key={host} className="mr-3 inline-block">
            <span className="machine">
              <HostileText text={host} />
            </span>{' '}
            <span className="text-text-3">{hits.toLocaleString('en')}</span>
          </span>
        ))}
        {rule.hosts.length > hosts.length ? `and ${rule.hosts.length - hosts.length} more` : ''}
      </p>
      {rule.examples.map((example, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: examples have no name of their own and never move
        <div key={place} className="space-y-1 border-t pt-2">
          <p className="flex flex-wrap gap-x-3 text-text-2">
            {example.time === null ? null : <TimeText at={example.time} date precision="s" />}
            <span className="machine">
              <HostileText text={example.host} />
            </span>
            <HostileText text={example.source} />
            {example.image === null ? null : <HostileText text={imageName(example.image)} />}
          </p>
          {example.commandLine === null ? null : (
            <p>
              <MonoText text={example.commandLine} max={240} />
            </p>
          )}
          <MatchedParts parts={example.matched} />
        </div>
      ))}
    </div>
  );
}
