import type { VerdictValue } from '@/lib/contracts/scalars';
import type { Shortcut } from '../shortcuts/useShortcuts';
import { VERDICT_KEY, VERDICT_WORD, VERDICTS } from './verdictWords';

/** What can be decided with keys; null for those who may not. */
export type DecisionKeys = {
  onVerdict: (value: VerdictValue) => void;
  onUndo: () => void;
  onTake: () => void;
  onGive: () => void;
  onCase: (() => void) | null;
  onBaseline: (() => void) | null;
};

/** Verdict, undo, assignment, case and baseline: the same keys wherever a finding is in hand. */
export function decisionShortcuts(on: DecisionKeys | null): Shortcut[] {
  if (on === null) return [];
  return [
    ...VERDICTS.map((value) => ({
      keys: `v ${VERDICT_KEY[value]}`,
      label: `${VERDICT_WORD[value]}, with reason`,
      run: () => on.onVerdict(value),
    })),
    { keys: 'z', label: 'Take the last verdict back', run: on.onUndo },
    { keys: 'i', label: 'Take, or release', run: on.onTake },
    { keys: 'I', label: 'Give to a person', run: on.onGive },
    ...(on.onCase ? [{ keys: 'e', label: 'Add to a case', run: on.onCase }] : []),
    ...(on.onBaseline ? [{ keys: 'B', label: 'Never again: propose a baseline', run: on.onBaseline }] : []),
  ];
}
