import { HostileText } from '@/components/shared/MonoText';
import { personName } from '@/components/shared/people';
import { TimeText } from '@/components/shared/TimeText';
import { VERDICT_WORD } from '@/components/shared/verdict/verdictWords';
import type { VerdictView } from '@/lib/contracts/findings';

/** What was decided, by whom, when and why, in one line. */
export function VerdictLine({ verdict }: { verdict: VerdictView }) {
  return (
    <p className="mt-1.5 border-l-2 border-line-strong pl-2.5">
      <span className="font-medium">{VERDICT_WORD[verdict.value]}</span>
      <span className="text-text-2">
        {' by '}
        {personName(verdict.by)}, <TimeText at={verdict.at} date precision="min" zone />
        {verdict.reason === '' ? ', without a reason' : ': '}
        <HostileText text={verdict.reason} />
      </span>
    </p>
  );
}
