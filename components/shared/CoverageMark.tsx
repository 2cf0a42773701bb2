/** Visible a solid disc, partial half of one, blind the hatch; decoration beside the word. */
export function CoverageMark({ state }: { state: 'visible' | 'partial' | 'blind' }) {
  if (state === 'blind')
    return (
      <span
        aria-hidden="true"
        className="hatch keep-colour size-3 shrink-0 rounded-full border border-blind"
      />
    );
  return (
    <svg width={12} height={12} aria-hidden="true" className="shrink-0">
      <circle
        cx={6}
        cy={6}
        r={5.2}
        fill={state === 'visible' ? 'var(--matched)' : 'none'}
        stroke="var(--matched)"
        strokeWidth={1.3}
      />
      {state === 'partial' ? <path d="M6 .8A5.2 5.2 0 0 0 6 11.2Z" fill="var(--matched)" /> : null}
    </svg>
  );
}
