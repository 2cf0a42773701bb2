'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { useState } from 'react';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { StageTrack } from '@/components/shared/StageStrip';
import { TimeText } from '@/components/shared/TimeText';
import { useTimeFormat } from '@/components/shared/useTimeFormat';
import { VERDICT_WORD } from '@/components/shared/verdict/verdictWords';
import { Button } from '@/components/ui/Button';
import type { SeenFinding } from '@/lib/contracts/reviews';
import { RemarkForm } from './RemarkForm';
import type { Remark } from './reviewQueries';

/** One finding of a review as it stood then: stages, verdicts, what could be seen, what was opened and what was not. */
export function SeenFindingPart(props: {
  reviewId: number;
  finding: SeenFinding;
  /** Null: nothing can be said here any more. */
  onRemark: ((remark: Remark) => void) | null;
}) {
  const { finding, onRemark } = props;
  const format = useTimeFormat();
  const [at, setAt] = useState<{ eventId: string | null; what: string } | null>(null);
  const blind = finding.telemetry.filter(({ state }) => state !== 'visible');
  const remarkButton = (eventId: string | null, what: string) =>
    onRemark ? (
      <Button
        size="sm"
        variant="quiet"
        aria-label={`Remark on ${hostilePlain(what)}`}
        onClick={() => setAt({ eventId, what })}
      >
        Remark
      </Button>
    ) : null;
  return (
    <section aria-label={hostilePlain(finding.headline)} className="border-b px-4 py-3">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <h2 className="min-w-0 flex-1 text-15 [overflow-wrap:anywhere]">
          <Link className="hover:underline" href={`/findings/${encodeURIComponent(finding.findingId)}`}>
            <HostileText text={finding.headline} />
          </Link>
        </h2>
        {remarkButton(null, 'the finding')}
      </div>
      <p className="num text-12 text-text-3">
        <SeverityMark severity={finding.severity} score={finding.score} /> · {finding.status} ·{' '}
        {finding.analytic} {finding.analyticVersion} · revision {finding.revision}
      </p>
      <StageTrack className="mt-2" stages={finding.stages} time={(iso) => format.dateTime(iso, 's')} />
      {finding.since.length === 0 ? null : (
        <ul aria-label="Changed since" className="mt-2 text-warning">
          {finding.since.map((change) => (
            <li key={change}>
              ▲ <HostileText text={change} />
            </li>
          ))}
        </ul>
      )}
      <div className="mt-3 grid gap-x-8 gap-y-4 lg:grid-cols-3">
        <Part title="Verdicts">
          {finding.verdicts.map((verdict) => (
            <li key={verdict.at} className="py-0.5">
              <span className="font-medium">
                {verdict.value === null ? 'Taken back' : VERDICT_WORD[verdict.value]}
              </span>
              , <PersonName handle={verdict.by} /> · <TimeText at={verdict.at} date precision="s" />
              {verdict.reason === '' ? null : (
                <p className="text-text-2 [overflow-wrap:anywhere]">
                  <HostileText text={verdict.reason} />
                </p>
              )}
              {verdict.blindStages.length > 0 ? (
                <p className="text-blind">
                  Blind then: {verdict.blindStages.join(', ')}
                  {verdict.blindAcknowledged ? ', and said to know it' : ''}
                </p>
              ) : null}
            </li>
          ))}
        </Part>
        <Part title="Could it be seen?">
          {blind.length === 0 ? <li className="text-text-2">Every stage could be seen.</li> : null}
          {blind.map((stage) => (
            <li key={stage.stage} className="py-0.5">
              <span className={clsx(stage.state === 'blind' && 'text-blind')}>
                {stage.stage}: {stage.state}.
              </span>{' '}
              <span className="text-text-2">
                <HostileText text={stage.why ?? ''} />
              </span>
            </li>
          ))}
          {finding.baselines.map((baseline) => (
            <li key={baseline.id} className="py-0.5 text-text-2">
              Baseline <span className="num">{baseline.id}</span> was in force:{' '}
              <HostileText text={baseline.title} />
            </li>
          ))}
        </Part>
        <Part title="Evidence">
          {finding.unopened.map((event) => (
            <li key={event.eventId} className="flex items-start gap-2 py-0.5 text-warning">
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                Not opened: <HostileText text={event.text} />
              </span>
              {remarkButton(event.eventId, event.text)}
            </li>
          ))}
          {finding.opened.map((opened) => (
            <li key={`${opened.person} ${opened.what}`} className="flex items-start gap-2 py-0.5">
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                <HostileText text={opened.text} />
                <span className="num block text-12 text-text-3">
                  <PersonName handle={opened.person} capital />,{' '}
                  <TimeText at={opened.firstAt} date precision="s" />
                  {opened.times > 1 ? `, ${opened.times} times` : ''}
                </span>
              </span>
              {opened.eventId === null ? null : remarkButton(opened.eventId, opened.text)}
            </li>
          ))}
          {finding.opened.length + finding.unopened.length === 0 ? (
            <li className="text-text-2">What was opened was not recorded.</li>
          ) : null}
        </Part>
      </div>
      {at !== null && onRemark ? (
        <RemarkForm
          key={at.eventId}
          draftId={`${props.reviewId} ${finding.findingId} ${at.eventId}`}
          about={at.eventId === null ? finding.headline : at.what}
          pinned={at.eventId !== null}
          onSay={(text, field) => {
            onRemark({ text, pin: { findingId: finding.findingId, eventId: at.eventId, field } });
            setAt(null);
          }}
          onClose={() => setAt(null)}
        />
      ) : null}
    </section>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="label mb-1">{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}
