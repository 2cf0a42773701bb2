'use client';

import { SEVERITY_WORD, SeverityMark } from '@/components/shared/SeverityMark';
import { Button } from '@/components/ui/Button';
import { LEVELS, type Scale, scaleProblem } from './environmentDraft';

/** From which score a finding is critical, high, medium or low; below that it is informational. */
export function SeverityScaleFields(props: {
  scale: Scale;
  shipped: Scale;
  onChange: (scale: Scale) => void;
}) {
  const { scale, shipped, onChange } = props;
  const problem = scaleProblem(scale);
  return (
    <section aria-labelledby="severity">
      <h2 id="severity" className="text-15">
        Severity by score
      </h2>
      <p className="mb-2 text-text-2">A finding has the first severity whose score it reaches.</p>
      <ul className="flex flex-wrap gap-x-6 gap-y-3">
        {LEVELS.map((level) => (
          <li key={level} className="flex items-center gap-2">
            <span className="w-18">
              <SeverityMark severity={level} />
            </span>
            <input
              type="number"
              min={1}
              max={100}
              aria-label={`${SEVERITY_WORD[level]} from score`}
              aria-invalid={problem !== null}
              aria-describedby="severity-problem"
              value={Number.isNaN(scale[level]) ? '' : scale[level]}
              onChange={(event) => {
                const score = Math.round(event.target.valueAsNumber);
                if (!Number.isNaN(score)) onChange({ ...scale, [level]: score });
              }}
              className={`num h-7 w-18 rounded-md border bg-surface-0 px-2 text-right ${scale[level] === shipped[level] ? 'border-line-strong' : 'border-accent font-medium'}`}
            />
            {scale[level] === shipped[level] ? (
              <span className="num text-12 text-text-3">as shipped</span>
            ) : (
              <Button
                size="sm"
                variant="quiet"
                aria-label={`Reset ${level} to ${shipped[level]}`}
                onClick={() => onChange({ ...scale, [level]: shipped[level] })}
              >
                Reset to {shipped[level]}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <p id="severity-problem" className="mt-1.5 text-12 text-danger empty:hidden">
        {problem}
      </p>
    </section>
  );
}
