import { clsx } from 'clsx';
import { type CoverageParts, coverageWidths } from './coverageWidths';

const PARTS = ['visible', 'partial', 'blind'] as const;
const FILL: Record<(typeof PARTS)[number], string> = {
  visible: 'bg-matched',
  partial: 'border border-absent',
  blind: 'hatch border border-blind',
};

/** Hosts or time by what can be seen: solid visible, hollow partial, violet hatch blind. `label` says it in words. */
export function CoverageBar(props: {
  coverage: CoverageParts;
  label: string;
  className?: string | undefined;
}) {
  const widths = coverageWidths(props.coverage);
  const known = PARTS.filter((part) => widths[part] > 0);
  return (
    <span
      role="img"
      aria-label={props.label}
      title={props.label}
      className={clsx('keep-colour flex h-2 gap-px overflow-hidden rounded-sm', props.className)}
    >
      {known.map((part) => (
        <span key={part} className={clsx('min-w-[3px]', FILL[part])} style={{ width: `${widths[part]}%` }} />
      ))}
      {known.length === 0 ? (
        <span className="flex-1 rounded-sm border border-dashed border-line-strong" />
      ) : null}
    </span>
  );
}

/** What the three fills mean, once on a screen. */
export function CoverageLegend() {
  return (
    <ul aria-label="Marks" className="flex flex-wrap gap-x-4 text-12 text-text-2">
      {PARTS.map((part) => (
        <li key={part} className="flex items-center gap-1.5">
          <span aria-hidden="true" className={clsx('keep-colour h-2 w-4 rounded-sm', FILL[part])} />
          {part}
        </li>
      ))}
    </ul>
  );
}
