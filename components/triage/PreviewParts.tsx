import { clsx } from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { StagePip } from '@/components/shared/StagePip';
import { STRENGTH_MEANING } from '@/components/shared/stageWords';
import { TimeText } from '@/components/shared/TimeText';
import { formatDuration, millisecondsBetween } from '@/components/shared/timeFormat';
import { VERDICT_WORD } from '@/components/shared/verdict/verdictWords';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { FindingDetail, FindingSummary, ReasonView } from '@/lib/contracts/findings';

/** One part of the preview, under its heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-b px-4 py-3">
      <h3 className="label mb-1.5">{title}</h3>
      {children}
    </section>
  );
}

/** A part that is being read, in its final place. */
export function Bars({ label, widths }: { label: string; widths: number[] }) {
  return (
    <SkeletonRegion label={label} className="space-y-2.5 py-1">
      {widths.map((width) => (
        <Skeleton key={width} style={{ width: `${width}%` }} />
      ))}
    </SkeletonRegion>
  );
}

/** Each stage with its mark, its time or why there is none. */
export function StageList({ finding }: { finding: Pick<FindingSummary, 'stages' | 'from'> }) {
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
                <HostileText text={stage.stateReason} />
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

/** The story in sentences, as one paragraph. */
export function Story({ detail }: { detail: FindingDetail }) {
  if (detail.story.length === 0) return null;
  return (
    <Section title="Story">
      <p className="text-text-2 [overflow-wrap:anywhere]">
        {detail.story.map(({ text }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a sentence's place is all it has
          <span key={place}>
            <HostileText text={text} />{' '}
          </span>
        ))}
      </p>
    </Section>
  );
}

const RAISING = 5;
const LOWERING = 4;

/** What the score is made of: the heaviest reasons for it, those against it, and what holds it down. */
export function Reasons({ detail }: { detail: FindingDetail }) {
  const counted = detail.reasons.filter((reason) => reason.counted);
  const heaviest = (reasons: readonly ReasonView[], most: number) =>
    reasons.toSorted((a, b) => weight(b) - weight(a)).slice(0, most);
  const raising = heaviest(
    counted.filter(({ effect }) => effect === 'raises'),
    RAISING,
  );
  const lowering = heaviest(
    counted.filter(({ effect }) => effect !== 'raises'),
    LOWERING,
  );
  const more = counted.length - raising.length - lowering.length;
  return (
    <Section title={`Why ${detail.score} of 100`}>
      <ReasonList reasons={raising} />
      {lowering.length > 0 ? (
        <>
          <p className="label mb-0.5 mt-1.5">Against it</p>
          <ReasonList reasons={lowering} />
        </>
      ) : null}
      {more > 0 ? <p className="mt-1 pl-[46px] text-text-3">and {more} more, on its page</p> : null}
      {detail.caps.map((cap) => (
        <p key={cap.text} className="mt-1 pl-[46px] text-text-3">
          {cap.text}
        </p>
      ))}
    </Section>
  );
}

const weight = ({ effect, points }: ReasonView) => (effect === 'suppresses' ? 100 : points);

function ReasonList({ reasons }: { reasons: readonly ReasonView[] }) {
  return (
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
  );
}

/** What could not be seen, or only in part, and what would mend it; nothing where all was visible. */
export function Unseen({ detail }: { detail: FindingDetail }) {
  const unseen = detail.telemetry.filter(({ state }) => state !== 'visible');
  const titles = new Map(detail.stages.map(({ id, title }) => [id, title]));
  if (unseen.length === 0) return null;
  return (
    <Section title="Not seen, or only in part">
      <ul className="space-y-1.5">
        {unseen.map(({ stage, state, why, fix }) => (
          <li key={stage} className="flex gap-2.5">
            <span className="flex h-[19px] items-center">
              <StagePip state={state === 'blind' ? 'blind' : 'absent'} size={12} />
            </span>
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {titles.get(stage) ?? stage}{' '}
              <span className={state === 'blind' ? 'text-blind' : 'text-text-3'}>{state}</span>
              <span className="block text-12 text-text-2">
                <HostileText text={why} />
              </span>
              {fix === null ? null : (
                <span className="block text-12 text-text-3">
                  <HostileText text={fix} />
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const SIMILAR = 4;

/** Findings like it, and what people said of them. */
export function SeenBefore({ detail }: { detail: FindingDetail }) {
  const { similar, similarTotal } = detail;
  return (
    <Section title="Seen before">
      {similar.length === 0 ? (
        <p className="text-text-3">Nothing alike in what is stored.</p>
      ) : (
        <ul className="space-y-1">
          {similar.slice(0, SIMILAR).map((other) => (
            <li key={other.id} className="flex flex-wrap items-baseline gap-x-2">
              <Link
                href={`/findings/${encodeURIComponent(other.id)}`}
                prefetch={false}
                className="link machine inline-flex min-h-6 items-center"
              >
                <HostileText text={other.host} />
              </Link>
              <TimeText at={other.from} date precision="min" className="text-12 text-text-3" />
              <span className="flex-1 text-right text-text-2">
                {other.verdict ? VERDICT_WORD[other.verdict] : 'no verdict yet'}
              </span>
              {other.verdict && other.verdictReason ? (
                <span className="w-full text-12 text-text-3 [overflow-wrap:anywhere]">
                  {other.verdictBy ? (
                    <>
                      <PersonName handle={other.verdictBy} capital />
                      {': '}
                    </>
                  ) : null}
                  <HostileText text={other.verdictReason} />
                </span>
              ) : null}
            </li>
          ))}
          {similarTotal > SIMILAR ? (
            <li className="text-text-3">and {(similarTotal - SIMILAR).toLocaleString('en')} more</li>
          ) : null}
        </ul>
      )}
    </Section>
  );
}

function offset(from: string, to: string): string {
  const gap = millisecondsBetween(from, to);
  return gap === 0 ? 'T0' : `${gap < 0 ? '−' : '+'}${formatDuration(gap)}`;
}
