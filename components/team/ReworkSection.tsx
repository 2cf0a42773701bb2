'use client';

import { percentText } from '@/lib/base/numberWords';
import type { MetricList, Share } from '@/lib/contracts/metrics';
import { NumberButton } from './NumberButton';
import { ShareBar } from './ShareBar';
import { TeamSection } from './TeamSection';
import type { TeamPartProps } from './teamProps';
import { countText } from './teamWords';

/** Verdicts that did not hold: after a lead's review, or once more was known. */
export function ReworkSection(props: TeamPartProps) {
  const { afterReview, reopened } = props.view.rework;
  return (
    <TeamSection
      title="Rework"
      of="Of verdicts given in these days: changed or taken back once their case was sent back, and opened again by later data."
    >
      {afterReview.of === 0 ? (
        <p className="text-text-2">No verdicts in this period.</p>
      ) : (
        <ul className="num space-y-0.5">
          <Line {...props} list="rework_after_review" share={afterReview} words="changed after a review" />
          <Line {...props} list="reopened" share={reopened} words="opened again by later data" />
        </ul>
      )}
    </TeamSection>
  );
}

function Line(props: TeamPartProps & { list: MetricList; share: Share; words: string }) {
  const { share, words } = props;
  return (
    <li>
      <ShareBar share={share} />{' '}
      <NumberButton {...props} empty={share.n === 0}>
        {countText(share.n)}
      </NumberButton>{' '}
      of{' '}
      <NumberButton {...props} list="verdicts_given">
        {countText(share.of)}
      </NumberButton>{' '}
      {words} (
      <NumberButton {...props} empty={share.n === 0}>
        {percentText(share.share)}
      </NumberButton>
      )
    </li>
  );
}
