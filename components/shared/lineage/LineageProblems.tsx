import { ProblemNote } from '@/components/shared/ProblemNote';
import type { Lineage } from './useLineage';

/** What failed while the drawing before it stays. A note goes when it is answered: `onRetry` takes the focus. */
export function LineageProblems(props: {
  lineage: Lineage;
  layout: { error: Error; retry: () => void } | null;
  onRetry: () => void;
}) {
  const { problem } = props.lineage;
  const again = (retry: () => void) => () => {
    props.onRetry();
    retry();
  };
  if (problem === null && props.layout === null) return null;
  return (
    <div className="max-h-40 shrink-0 overflow-auto px-4 py-1" role="alert">
      {problem === null ? null : (
        <ProblemNote
          compact
          error={problem.error}
          what="More of the lineage could not be read"
          safe="What is shown stays as it was."
          onRetry={again(problem.retry)}
        />
      )}
      {props.layout === null ? null : (
        <ProblemNote
          compact
          error={props.layout.error}
          what="The lineage could not be drawn"
          safe="What was read is intact."
          onRetry={again(props.layout.retry)}
        />
      )}
    </div>
  );
}
