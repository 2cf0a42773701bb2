'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { type FindingFilters, isFiltered } from '@/components/shared/findingFilters';
import { hostilePlain } from '@/components/shared/hostileText';
import { importsQuery, isPending, useImportSample } from '@/components/shared/importQueries';
import { Allowed } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { StagePip } from '@/components/shared/StagePip';
import { STATE_MEANING } from '@/components/shared/stageWords';
import { FilePicker } from '@/components/shared/uploads/DropTarget';
import { useUploads } from '@/components/shared/uploads/Uploads';
import { Button } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { VIEW_WORD } from './viewWords';

/** Why the list is empty, and what to do next: nothing imported, nothing found, nothing here, or nothing matches. */
export function EmptyQueue(props: {
  filters: FindingFilters;
  anyFindings: boolean;
  onClear: () => void;
  onOpenView: () => void;
}) {
  const imports = useQuery(importsQuery);
  const { uploads } = useUploads();
  const items = imports.data?.items ?? [];
  const pending = items.find(isPending);
  if (isFiltered(props.filters)) {
    return (
      <EmptyState
        title="No finding matches"
        actions={<Button onClick={props.onClear}>Clear all filters</Button>}
      >
        <p>The filters above leave nothing of “{VIEW_WORD[props.filters.view]}”.</p>
      </EmptyState>
    );
  }
  if (pending || uploads.some((upload) => upload.state === 'sending' || upload.state === 'waiting')) {
    return (
      <EmptyState
        title="Working"
        actions={
          <Link href="/imports" className="link">
            Watch the import
          </Link>
        }
      >
        <p role="status">
          {pending
            ? `${pending.state === 'correlating' ? 'Matching chains in' : 'Reading'} ${hostilePlain(pending.name)}, ${Math.round(pending.progress * 100)} %.`
            : 'Receiving the file.'}{' '}
          Findings appear here by themselves.
        </p>
      </EmptyState>
    );
  }
  if (props.anyFindings) {
    return (
      <EmptyState
        title={
          props.filters.view === 'open'
            ? 'Everything has a verdict'
            : `Nothing in “${VIEW_WORD[props.filters.view]}”`
        }
        actions={
          props.filters.view === 'open' ? undefined : (
            <Button onClick={props.onOpenView}>Open findings</Button>
          )
        }
      >
        <p>
          {props.filters.view === 'open'
            ? 'No finding is waiting for a decision.'
            : 'Findings are in other views.'}
        </p>
      </EmptyState>
    );
  }
  if (items.length > 0) {
    const events = items.reduce((sum, each) => sum + each.records.events, 0);
    return (
      <EmptyState
        title="No chain in what was imported"
        actions={
          <Link href="/imports" className="link">
            Look at the imports
          </Link>
        }
      >
        <p className="num">
          {events.toLocaleString('en')} events were read and no analytic found a chain in them. Each import
          says what became of every record, and which kinds of event it holds; a chain cannot be seen in kinds
          that were not recorded.
        </p>
      </EmptyState>
    );
  }
  return <FirstRun />;
}

/** An empty database: what will happen, the sample in one click, and where to put a file. */
function FirstRun() {
  const sample = useImportSample();
  return (
    <EmptyState
      title="Nothing imported yet"
      actions={
        <Allowed to="imports.write" told>
          <Button variant="primary" disabled={sample.isPending} onClick={() => sample.mutate()}>
            {sample.isPending ? 'Importing the sample…' : 'Import the sample recording'}
          </Button>
          <FilePicker />
        </Allowed>
      }
    >
      <p>
        Drop an export anywhere on this page: Windows event logs as EVTX, XML, JSON or CSV, or what Defender,
        Falcon, SentinelOne, Carbon Black, Elastic or an OCSF pipeline exports; packed or not. The sample is
        an invented recording of three hosts, some attacked, all busy.
      </p>
      <ol className="list-decimal space-y-0.5 pl-5">
        <li>The original is kept, byte for byte, with its SHA-256.</li>
        <li>
          Every record becomes an event, is set aside as ignored or duplicate, or is quarantined with its
          reason.
        </li>
        <li>Who started what is rebuilt for each host, and known attack chains are looked for along it.</li>
        <li>What is worth your time appears here, each stage marked:</li>
      </ol>
      <ul className="space-y-1 pl-5">
        {(['matched', 'absent', 'blind'] as const).map((state) => (
          <li key={state} className="flex items-center gap-2">
            <StagePip state={state} size={14} />
            {STATE_MEANING[state]}
          </li>
        ))}
      </ul>
      {sample.error ? (
        <ProblemNote
          compact
          error={sample.error}
          what="The sample could not be imported"
          safe="Nothing was stored."
          onRetry={() => sample.mutate()}
        />
      ) : null}
    </EmptyState>
  );
}
