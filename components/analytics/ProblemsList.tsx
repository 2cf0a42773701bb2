import type { YamlProblem } from './yamlProblems';

const MOST = 100;

/** What is wrong with a definition, line by line; each leads to its place. */
export function ProblemsList(props: {
  problems: readonly YamlProblem[];
  onJump: (problem: YamlProblem) => void;
}) {
  const { problems } = props;
  if (problems.length === 0) return null;
  return (
    <section aria-label="Problems" className="max-h-36 shrink-0 overflow-y-auto border-t">
      <h2 className="label num sticky top-0 bg-surface-0 px-4 pt-1.5">
        {problems.length > MOST
          ? `${MOST} of ${problems.length} problems`
          : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`}
      </h2>
      <ul className="pb-1.5">
        {problems.slice(0, MOST).map((problem) => (
          <li key={`${problem.line}:${problem.column}:${problem.message}`}>
            <button
              type="button"
              onClick={() => props.onJump(problem)}
              className="focus-inset flex min-h-6 w-full items-baseline gap-3 px-4 text-left hover:bg-surface-2"
            >
              <span className="num w-16 shrink-0 text-12 text-text-3">line {problem.line}</span>
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <span className="sr-only">Go to: </span>
                {problem.message}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
