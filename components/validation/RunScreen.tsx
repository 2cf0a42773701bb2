'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { HostileText } from '@/components/shared/MonoText';
import { useRefusal } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { PersonName } from '@/components/shared/people';
import { TimeText } from '@/components/shared/TimeText';
import { EmptyState } from '@/components/ui/EmptyState';
import { ErrorNote } from '@/components/ui/ErrorNote';
import { counted } from '@/lib/base/numberWords';
import type { ValidationReport, ValidationRunView } from '@/lib/contracts/validation';
import { AblationTable } from './AblationTable';
import { CasesSection } from './CasesSection';
import { ComparisonSection } from './ComparisonSection';
import { RegressedMark } from './RegressedMark';
import { RunProgress } from './RunProgress';
import { ScoreTable } from './ScoreTable';
import { SignedReport } from './SignedReport';
import { ValidationSkeleton } from './ValidationSkeleton';
import { runQuery } from './validationQueries';
import { isOpen, measuredText } from './validationWords';

/** One run: what it found, what is worse or better than before, every case, what each source is worth, and its signature. */
export function RunScreen({ id }: { id: string }) {
  const refusal = useRefusal('validation.read');
  const run = useQuery({ ...runQuery(id), enabled: refusal === null });
  if (refusal !== null) return <EmptyState title={refusal} />;
  if (run.error && !run.data)
    return (
      <ProblemNote
        error={run.error}
        what={`Run ${id} could not be read`}
        onRetry={() => void run.refetch()}
      />
    );
  if (!run.data) return <ValidationSkeleton />;
  return (
    <section
      aria-label={`Validation run ${id}`}
      className="h-full space-y-8 overflow-y-auto px-4 pb-8 pt-3.5"
    >
      <RunHead run={run.data} />
      {run.data.report ? <Report run={run.data} report={run.data.report} /> : null}
    </section>
  );
}

function RunHead({ run }: { run: ValidationRunView }) {
  return (
    <header className="space-y-2">
      <p className="no-print text-12">
        <Link className="link inline-flex min-h-6 items-center" href="/coverage/validation">
          All runs
        </Link>
      </p>
      <div className="num flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h1 className="text-15">Validation run {run.id}</h1>
        <p className="text-text-2">
          <TimeText at={run.endedAt ?? run.createdAt} date precision="min" />,{' '}
          {run.askedBy === null ? (
            'asked by a schedule'
          ) : (
            <>
              asked by <PersonName handle={run.askedBy} />
            </>
          )}
        </p>
        <RegressedMark run={run} />
      </div>
      {isOpen(run) ? <RunProgress run={run} /> : null}
      {run.state === 'failed' ? (
        <ErrorNote
          compact
          title="The run failed"
          detail={run.error === null ? null : <HostileText text={run.error} />}
          safe="What earlier runs proved stays proven for 90 days."
          todo="Start it again; if it fails again, the server's log names the cause."
        />
      ) : null}
      {run.state === 'cancelled' ? (
        <p className="text-text-2">It was stopped, so there is no report of it.</p>
      ) : null}
      {run.numbers === null ? null : <Numbers numbers={run.numbers} />}
    </header>
  );
}

function Numbers({ numbers }: { numbers: NonNullable<ValidationRunView['numbers']> }) {
  const { recall, precision, quiet, wrong, cases, recordings } = numbers;
  const facts = [
    { value: measuredText(recall), words: 'labelled chains found', bad: recall.right < recall.of },
    {
      value: measuredText(precision),
      words: 'chains raised were labelled',
      bad: precision.right < precision.of,
    },
    { value: measuredText(quiet), words: 'quiet recordings stayed quiet', bad: quiet.right < quiet.of },
    {
      value: wrong.toLocaleString('en'),
      words: `of ${counted(cases, 'case')} in ${counted(recordings, 'recording')} not as labelled`,
      bad: wrong > 0,
    },
  ];
  return (
    <ul className="num grid grid-cols-2 gap-x-7 gap-y-3 pt-2 lg:grid-cols-4">
      {facts.map(({ value, words, bad }) => (
        <li key={words}>
          <span className={`block text-20 font-semibold ${bad ? 'text-warning' : ''}`}>{value}</span>{' '}
          <span className="text-text-2">{words}</span>
        </li>
      ))}
    </ul>
  );
}

function Report({ run, report }: { run: ValidationRunView; report: ValidationReport }) {
  return (
    <>
      {report.comparison === null ? null : <ComparisonSection comparison={report.comparison} />}
      <ScoreTable scores={report.analytics} />
      <CasesSection report={report} />
      {report.unusable.length > 0 ? <Unusable unusable={report.unusable} /> : null}
      {report.ablation === null ? null : <AblationTable rows={report.ablation} />}
      <SignedReport run={run} report={report} />
    </>
  );
}

function Unusable({ unusable }: { unusable: ValidationReport['unusable'] }) {
  return (
    <section aria-labelledby="unusable-title">
      <h2 id="unusable-title" className="mb-1.5 text-15">
        Recordings that could not be read
      </h2>
      <ul className="list-disc space-y-1 pl-5">
        {unusable.map(({ recording, sha256, reason }) => (
          <li key={sha256}>
            <HostileText text={recording} />: <HostileText text={reason} />
          </li>
        ))}
      </ul>
    </section>
  );
}
