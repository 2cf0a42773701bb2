'use client';

import { VERDICT_KEY, VERDICT_WORD, VERDICTS } from '@/components/shared/verdict/verdictWords';
import { Button } from '@/components/ui/Button';
import { Menu, MenuItem } from '@/components/ui/Menu';
import type { VerdictValue } from '@/lib/contracts/scalars';

/** What can be done with the selected findings; below the list, so that no row moves when it appears. */
export function BulkBar(props: {
  count: number;
  onVerdict: (value: VerdictValue) => void;
  onTake: () => void;
  onGive: () => void;
  onCase: (() => void) | null;
  onClear: () => void;
}) {
  return (
    <section
      aria-label="Selected findings"
      className="flex flex-wrap items-center gap-2 border-t bg-surface-1 px-4 py-2"
    >
      <span role="status" className="num flex-1 font-medium">
        {props.count.toLocaleString('en')} selected
      </span>
      <Menu
        align="end"
        label="Verdict"
        trigger={
          <Button size="sm" keys="v">
            Verdict for all
          </Button>
        }
      >
        {VERDICTS.map((value) => (
          <MenuItem key={value} keys={`v ${VERDICT_KEY[value]}`} onSelect={() => props.onVerdict(value)}>
            {VERDICT_WORD[value]}
          </MenuItem>
        ))}
      </Menu>
      <Button size="sm" keys="i" onClick={props.onTake}>
        Take all
      </Button>
      <Button size="sm" keys="I" onClick={props.onGive}>
        Give to…
      </Button>
      {props.onCase ? (
        <Button size="sm" keys="e" onClick={props.onCase}>
          Add to a case
        </Button>
      ) : null}
      <Button size="sm" variant="quiet" keys="Esc" onClick={props.onClear}>
        Clear selection
      </Button>
    </section>
  );
}
