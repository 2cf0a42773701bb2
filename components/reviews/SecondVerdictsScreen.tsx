'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { useRefusal } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { PersonName } from '@/components/shared/people';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { StageTrack } from '@/components/shared/StageStrip';
import { TimeText } from '@/components/shared/TimeText';
import { useTimeFormat } from '@/components/shared/useTimeFormat';
import { VERDICT_WORD, VERDICTS } from '@/components/shared/verdict/verdictWords';
import { Button } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { TextField } from '@/components/ui/TextField';
import { Segmented } from '@/components/ui/Toggle';
import type { SampleItem } from '@/lib/contracts/reviews';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { sampleQuery, useDrawSample, useGiveSecond } from './reviewQueries';

/** Closed false positives drawn at random, to be judged again without the first verdict in sight. */
export function SecondVerdictsScreen() {
  const refusal = useRefusal('cases.review');
  const sample = useQuery({ ...sampleQuery, enabled: refusal === null });
  const draw = useDrawSample();
  return (
    <section aria-label="Second verdicts" className="h-full overflow-y-auto">
      <div className="flex flex-wrap items-center gap-3 px-4 pb-2 pt-3">
        <h1 className="text-13 tracking-normal">Second verdicts</h1>
        <p className="flex-1 text-text-2">
          {refusal ?? 'Judge by what the finding shows here. The first verdict appears once you gave yours.'}
        </p>
        {refusal === null ? (
          <Button size="sm" disabled={draw.isPending} onClick={() => draw.mutate(5)}>
            Draw 5 more
          </Button>
        ) : null}
        <Link className="link" href="/cases/home">
          Review and workload
        </Link>
      </div>
      {draw.error ? <ProblemNote compact error={draw.error} what="Nothing was drawn" /> : null}
      {sample.error ? (
        <ProblemNote
          error={sample.error}
          what="The sample could not be read"
          onRetry={() => void sample.refetch()}
        />
      ) : null}
      {sample.data?.items.length === 0 ? (
        <EmptyState title="Nothing drawn yet">
          <p>Drawing takes findings closed as false positive within 30 days, at random, each once.</p>
        </EmptyState>
      ) : null}
      <ul className="border-t">
        {sample.data?.items.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ul>
    </section>
  );
}

function Item({ item }: { item: SampleItem }) {
  const format = useTimeFormat();
  const { finding, second, first } = item;
  return (
    <li className="border-b px-4 py-3">
      <h2 className="text-15 [overflow-wrap:anywhere]">
        <HostileText text={finding.headline} />
      </h2>
      <p className="num text-12 text-text-3">
        <SeverityMark severity={finding.severity} score={finding.score} /> · {finding.analytic} ·{' '}
        <HostileText text={finding.host} /> · <TimeText at={finding.from} date precision="s" zone />
      </p>
      <StageTrack className="mt-2" stages={finding.stages} time={(iso) => format.dateTime(iso, 's')} />
      <ol className="mt-2 max-w-[92ch] list-decimal pl-5 text-text-2">
        {item.story.map((sentence) => (
          <li key={sentence} className="[overflow-wrap:anywhere]">
            <HostileText text={sentence} />
          </li>
        ))}
      </ol>
      {second && first ? (
        <p className="mt-2">
          {second.value === first.value ? 'Agreed' : 'Not agreed'}: <PersonName handle={first.by} /> said{' '}
          {VERDICT_WORD[first.value].toLowerCase()}, <PersonName handle={second.by} />{' '}
          {VERDICT_WORD[second.value].toLowerCase()}.{' '}
          <Link className="link" href={`/findings/${encodeURIComponent(finding.id)}`}>
            Open the finding
          </Link>
        </p>
      ) : item.mayJudge ? (
        <JudgeForm id={item.id} />
      ) : (
        <p className="mt-2 text-text-3">You gave the first verdict: somebody else judges it again.</p>
      )}
    </li>
  );
}

function JudgeForm({ id }: { id: number }) {
  const give = useGiveSecond();
  const [verdict, setVerdict] = useState<VerdictValue | ''>('');
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (verdict !== '' && reason.trim() !== '') give.mutate({ id, verdict, reason: reason.trim() });
  };
  return (
    <form onSubmit={submit} className="mt-2 flex flex-wrap items-end gap-2">
      <Segmented
        label="Second verdict"
        value={verdict}
        onChange={setVerdict}
        options={VERDICTS.map((value) => ({ value, label: VERDICT_WORD[value] }))}
      />
      <TextField
        label="Reason"
        maxLength={4000}
        className="min-w-56 flex-1"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button size="sm" type="submit" disabled={give.isPending || verdict === '' || reason.trim() === ''}>
        Judge
      </Button>
      {give.error ? <ProblemNote compact error={give.error} what="It was not stored" /> : null}
    </form>
  );
}
