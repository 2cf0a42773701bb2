import { Button } from '@/components/ui/Button';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { COMMON_REASONS } from './verdictWords';

/** Reasons given often, one key away each. */
export function CommonReasons(props: { value: VerdictValue; onPick: (reason: string) => void }) {
  return (
    <fieldset className="flex flex-wrap gap-1.5">
      <legend className="sr-only">Common reasons</legend>
      {COMMON_REASONS[props.value].map((common, place) => (
        <Button key={common} size="sm" keys={`Alt ${place + 1}`} onClick={() => props.onPick(common)}>
          {common}
        </Button>
      ))}
    </fieldset>
  );
}

/** The common reason a key with Alt stands for; undefined for any other key. */
export function commonReasonOf(
  value: VerdictValue,
  event: { altKey: boolean; code: string },
): string | undefined {
  if (!event.altKey || !/^Digit[1-9]$/.test(event.code)) return undefined;
  return COMMON_REASONS[value][Number(event.code.slice(5)) - 1];
}
