import { HostileText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { TimeText } from '@/components/shared/TimeText';
import { VERDICT_WORD } from '@/components/shared/verdict/verdictWords';
import { Button } from '@/components/ui/Button';
import type { VerdictView } from '@/lib/contracts/findings';

/** What was decided, by whom, when and why, in one line; behind what is harmless, the way to never see it again. */
export function VerdictLine(props: {
  verdict: VerdictView;
  /** Null for those who may not propose a baseline. */
  onNeverAgain: (() => void) | null;
}) {
  const { verdict, onNeverAgain } = props;
  const isHarmless = verdict.value === 'false_positive' || verdict.value === 'benign_true_positive';
  return (
    <p className="mt-1.5 border-l-2 border-line-strong pl-2.5">
      <span className="font-medium">{VERDICT_WORD[verdict.value]}</span>
      <span className="text-text-2">
        {' by '}
        <PersonName handle={verdict.by} />, <TimeText at={verdict.at} date precision="min" zone />
        {verdict.reason === '' ? ', without a reason' : ': '}
        <HostileText text={verdict.reason} />
      </span>
      {isHarmless && onNeverAgain !== null ? (
        <Button size="sm" className="no-print ml-3" keys="B" onClick={onNeverAgain}>
          Never again…
        </Button>
      ) : null}
    </p>
  );
}
