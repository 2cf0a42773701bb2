import type { VerdictView } from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { COMMON_REASONS, VERDICTS } from './verdictWords';

/**
 * The reason a verdict form begins with. What the reader typed stays theirs whichever verdict it is for; a reason that
 * was only picked, or was given with the verdict that stands, goes with its own verdict. Empty when there is none.
 */
export function reasonFor(
  verdict: VerdictValue,
  written: string,
  given: Pick<VerdictView, 'value' | 'reason'> | null,
): string {
  const picked = VERDICTS.some((each) => each !== verdict && COMMON_REASONS[each].includes(written.trim()));
  if (written.trim() !== '' && !picked && written !== given?.reason) return written;
  return given?.value === verdict ? given.reason : '';
}
