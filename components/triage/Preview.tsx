'use client';

import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { findingDetailQuery, findingLineageQuery } from '@/components/shared/findingQueries';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { StagePip } from '@/components/shared/StagePip';
import { STRENGTH_MEANING } from '@/components/shared/stageWords';
import { TimeText } from '@/components/shared/TimeText';
import { formatDuration, millisecondsBetween } from '@/components/shared/timeFormat';
import {
  VERDICT_KEY,
  VERDICT_WORD,
  VERDICTS,
  verdictSentence,
} from '@/components/shared/verdict/verdictWords';
import { Button, buttonClass } from '@/components/ui/Button';
import { Kbd } from '@/components/ui/Kbd';
import { Menu, MenuItem } from '@/components/ui/Menu';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { FindingDetail, FindingSummary } from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { CausalPath } from './CausalPath';

type PreviewProps = {
  finding: FindingSummary;
  href: string;
  onVerdict: (value: VerdictValue) => void;
  onAssign: () => void;
};

/** Enough of a finding to close most false positives without opening it. */
export function Preview({ finding, href, onVerdict, onAssign }: PreviewProps) {
  const detail = useQuery(findingDetailQuery(finding.id));
  const lineage = useQuery(findingLineageQuery(finding.id));
  return (
    <aside
      aria-label="Preview"
      className="flex w-[420px] shrink-0 flex-col border-l bg-surface-1 max-xl:w-[360px] max-[900px]:hidden"
    >
      <section
        aria-label="Summary"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
        className="focus-inset min-h-0 flex-1 overflow-y-auto"
      >
        <div className="border-b px-4 py-3.5">
          <h2 className="text-15">
            <HostileText text={finding.headline} />
          </h2>
          <p className="num mt-1.5 flex flex-wrap gap-x-3 text-text-2">
            <SeverityMark severity={finding.severity} score={finding.score} />
            <span title={finding.analyticTitle}>{finding.analytic}</span>
            <span>{finding.status}</span>
            <span>
              <TimeText at={finding.from} date precision="s" zone />,{' '}
              {formatDuration(millisecondsBetween(finding.from, finding.to))}
            </span>
          </p>
          <p className="mt-0.5 text-text-3">
            <span className="machine">
              <HostileText text={finding.host} />
            </span>
            {finding.user ? (
              <>
                {' · '}
                <span className="machine">
                  <HostileText text={finding.user} />
                </span>
              </>
            ) : null}
          </p>
          {finding.verdict ? (
            <p className="mt-2 border-l-2 border-line-strong pl-2 text-text-2">
              <HostileText text={verdictSentence(finding.verdict)} />
            </p>
          ) : null}
        </div>
        <Section title="Stages">
          <StageList finding={finding} />
        </Section>
        <Section title="Path">
          {lineage.data ? (
            <CausalPath lineage={lineage.data} />
          ) : lineage.error ? (
            <ProblemNote
              compact
              error={lineage.error}
              what="The path could not be read"
              onRetry={() => void lineage.refetch()}
            />
          ) : (
            <Bars label="Reading the path" widths={[40, 62, 50, 58]} />
          )}
        </Section>
        {detail.data ? (
          <Judgement detail={detail.data} />
        ) : detail.error ? (
          <Section title="Why">
            <ProblemNote
              compact
              error={detail.error}
              what="The reasons could not be read"
              onRetry={() => void detail.refetch()}
            />
          </Section>
        ) : (
          <Section title="Why">
            <Bars label="Reading the reasons" widths={[80, 66, 72]} />
          </Section>
        )}
      </section>
      <div className="flex gap-2 border-t px-4 py-2.5">
        <Link href={href} className={clsx(buttonClass({ variant: 'primary' }), 'hover:bg-surface-3')}>
          Open <Kbd keys="↵" />
        </Link>
        <Menu label="Verdict" trigger={<Button keys="v">Verdict</Button>}>
          {VERDICTS.map((value) => (
            <MenuItem key={value} keys={`v ${VERDICT_KEY[value]}`} onSelect={() => onVerdict(value)}>
              {VERDICT_WORD[value]}
            </MenuItem>
          ))}
        </Menu>
        <Button keys="i" onClick={onAssign}>
          {finding.assignee ? 'Release' : 'Take'}
        </Button>
      </div>
    </aside>
  );
}

/** Each stage with its mark, its time or why there is none. */
function StageList({ finding }: { finding: FindingSummary }) {
  const start = finding.stages.find((stage) => stage.time)?.time ?? finding.from;
  return (
    <ol className="space-y-1.5">
      {finding.stages.map((stage) => (
        <li key={stage.id} className="flex gap-2.5">
          <span className="flex h-[19px] items-center">
            <StagePip state={stage.state} required={stage.required} size={12} label={stage.state} />
          </span>
          <div className="min-w-0 flex-1">
            <div className="flex items-baseline gap-2">
              <span className="min-w-0 flex-1">
                {stage.title}
                {stage.required ? null : stage.state === 'matched' ? (
                  <span className="sr-only">, optional</span>
                ) : (
                  <span className="text-text-3"> · {stage.group ? 'one of several' : 'optional'}</span>
                )}
              </span>
              <span className={clsx('num text-12', stage.state === 'blind' ? 'text-blind' : 'text-text-3')}>
                {stage.state === 'matched' && stage.time ? offset(start, stage.time) : stage.state}
              </span>
            </div>
            {stage.state !== 'matched' && stage.stateReason ? (
              <p className={clsx('text-12', stage.state === 'blind' ? 'text-blind' : 'text-text-3')}>
                {stage.stateReason}
              </p>
            ) : null}
            {stage.state === 'matched' && stage.strength && stage.strength !== 'exact' ? (
              <p className="text-12 text-text-3">Link {STRENGTH_MEANING[stage.strength]}</p>
            ) : null}
          </div>
        </li>
      ))}
    </ol>
  );
}

const REASONS = 5;

function Judgement({ detail }: { detail: FindingDetail }) {
  const counted = detail.reasons.filter((reason) => reason.counted);
  const weight = ({ effect, points }: (typeof counted)[number]) => (effect === 'suppresses' ? 100 : points);
  const heaviest = counted.toSorted((a, b) => weight(b) - weight(a)).slice(0, REASONS);
  const reasons = counted.filter((reason) => heaviest.includes(reason));
  return (
    <>
      <Section title={`Why ${detail.score} of 100`}>
        <ul className="space-y-1">
          {reasons.map((reason) => (
            <li key={reason.id} className="flex gap-2.5">
              <span className="num w-9 shrink-0 text-right font-mono text-12 leading-[19px]">
                {reason.effect === 'suppresses'
                  ? 'off'
                  : `${reason.effect === 'lowers' ? '−' : '+'}${reason.points}`}
              </span>
              <span className="text-text-2">
                <HostileText text={reason.text} />
              </span>
            </li>
          ))}
        </ul>
        {counted.length > REASONS ? (
          <p className="mt-1 pl-[46px] text-text-3">and {counted.length - REASONS} more, on its page</p>
        ) : null}
        {detail.caps.map((cap) => (
          <p key={cap.text} className="mt-1 pl-[46px] text-text-3">
            {cap.text}
          </p>
        ))}
      </Section>
      <Section title="Seen before">
        {detail.similar.length === 0 ? (
          <p className="text-text-3">Nothing alike in what is stored.</p>
        ) : (
          <ul className="space-y-1">
            {detail.similar.slice(0, 4).map((other) => (
              <li key={other.id} className="flex items-baseline gap-2">
                <Link
                  href={`/findings/${encodeURIComponent(other.id)}`}
                  className="link machine inline-flex min-h-6 items-center"
                >
                  <HostileText text={other.host} />
                </Link>
                <TimeText at={other.from} date precision="min" className="text-12 text-text-3" />
                <span className="flex-1 text-right text-text-2">
                  {other.verdict ? VERDICT_WORD[other.verdict] : 'no verdict yet'}
                </span>
              </li>
            ))}
            {detail.similar.length > 4 ? (
              <li className="text-text-3">and {detail.similar.length - 4} more</li>
            ) : null}
          </ul>
        )}
      </Section>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-b px-4 py-3">
      <h3 className="label mb-1.5">{title}</h3>
      {children}
    </section>
  );
}

function Bars({ label, widths }: { label: string; widths: number[] }) {
  return (
    <SkeletonRegion label={label} className="space-y-2.5 py-1">
      {widths.map((width) => (
        <Skeleton key={width} style={{ width: `${width}%` }} />
      ))}
    </SkeletonRegion>
  );
}

function offset(from: string, to: string): string {
  const gap = millisecondsBetween(from, to);
  return gap === 0 ? 'T0' : `${gap < 0 ? '−' : '+'}${formatDuration(gap)}`;
}
