import type { ValidationRunSummary } from '@/lib/contracts/validation';
import { comparedText } from './validationWords';

/** How a run stands against the one before: worse is a red word with a mark, so that nobody needs the colour. */
export function RegressedMark({ run }: { run: Pick<ValidationRunSummary, 'state' | 'regressed'> }) {
  const text = comparedText(run);
  if (text === null) return null;
  if (run.regressed !== true) return <span className="text-text-2">{text}</span>;
  return (
    <strong className="font-medium text-danger">
      <span aria-hidden="true">▼ </span>
      {text}
    </strong>
  );
}
