import { SigmaSign } from './SigmaSquare';
import { hitsWords, type SigmaMarks, worstOf } from './sigmaMarks';

/** Beside the tools of a picture: what its square marks are, that some are left out, or that they could not be read. */
export function SigmaNote({
  marks,
  failed,
  onRetry,
}: {
  marks: SigmaMarks;
  failed: boolean;
  onRetry: () => void;
}) {
  if (failed)
    return (
      <span>
        {' · hits of Sigma could not be read '}
        <button type="button" className="link min-h-6" onClick={onRetry}>
          Try again
        </button>
      </span>
    );
  if (marks.items.length === 0) return null;
  const all = marks.total.toLocaleString('en');
  return (
    <span>
      {' · '}
      <SigmaSign level={worstOf(marks.items)} />{' '}
      {marks.total > marks.items.length
        ? `the worst ${marks.items.length} of ${all} Sigma hits are marked`
        : hitsWords(marks.items)}
    </span>
  );
}
