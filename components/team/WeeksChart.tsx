'use client';

import type { ReactNode } from 'react';
import { useWidth } from '@/components/shared/timeline/useWidth';
import { percentText } from '@/lib/base/numberWords';
import type { MetricsView } from '@/lib/contracts/metrics';
import { countText, shareText } from './teamWords';
import { layoutTeamWeeks, type WeeksLayout } from './weekGeometry';

type Weeks = MetricsView['weeks'];
const HEIGHT = 140;

/** What came up, was decided and stayed open per week; below it how often findings were right. The table says the same. */
export function WeeksChart({ weeks }: { weeks: Weeks }) {
  const [box, width] = useWidth<HTMLDivElement>();
  const layout = layoutTeamWeeks(weeks, { width, height: HEIGHT });
  return (
    <div ref={box} className="min-w-0">
      <p className="sr-only">{chartWords(weeks)}</p>
      <Legend />
      <Picture width={width} layout={layout}>
        <Scale layout={layout} ticks={layout.counts} text={countText} />
        {layout.marks.map(({ week, findings, verdicts }) => (
          <g key={week.week}>
            <title>{`Week from ${week.week}: ${countText(week.findings)} came up, ${countText(week.verdicts)} verdicts, ${countText(week.openAtEnd)} open at its end`}</title>
            <rect
              {...findings}
              fill="var(--surface-0)"
              stroke="var(--absent)"
              strokeWidth={findings.height > 0 ? 1 : 0}
            />
            <rect {...verdicts} fill="var(--matched)" fillOpacity={0.72} />
          </g>
        ))}
        <path
          d={layout.openPath}
          fill="none"
          stroke="var(--text-1)"
          strokeWidth={1.5}
          strokeDasharray="4 3"
        />
        {layout.marks.map(({ week, open }) => (
          <circle key={week.week} cx={open.x} cy={open.y} r={2.5} fill="var(--text-1)" />
        ))}
      </Picture>
      <p className="label mt-3">Precision, with its interval</p>
      <Picture width={width} layout={layout}>
        <Scale layout={layout} ticks={layout.shares} text={percentText} />
        {layout.marks.map(({ week, middle, precision }) =>
          precision === null ? null : (
            <g key={week.week}>
              <title>{`Week from ${week.week}: ${shareText(week.precision)}`}</title>
              <line
                x1={middle}
                x2={middle}
                y1={precision.high}
                y2={precision.low}
                stroke="var(--line-strong)"
                strokeWidth={4}
              />
              <circle cx={middle} cy={precision.y} r={3.5} fill="var(--text-1)" />
            </g>
          ),
        )}
      </Picture>
    </div>
  );
}

function Picture(props: { width: number; layout: WeeksLayout; children: ReactNode }) {
  const { width, layout } = props;
  if (width === 0) return <div style={{ height: HEIGHT }} />;
  return (
    // Paper has another width than the screen it was measured on.
    <svg
      viewBox={`0 0 ${width} ${HEIGHT}`}
      width={width}
      height={HEIGHT}
      aria-hidden="true"
      className="keep-colour block print:h-auto print:w-full"
    >
      {props.children}
      {layout.days.map(({ week, x }) => (
        <text key={week} x={x} y={HEIGHT - 5} textAnchor="middle" className="num fill-text-3 text-[11px]">
          {week}
        </text>
      ))}
    </svg>
  );
}

function Scale(props: {
  layout: WeeksLayout;
  ticks: WeeksLayout['counts'];
  text: (value: number) => string;
}) {
  const { left, right } = props.layout.plot;
  return props.ticks.map(({ value, y }) => (
    <g key={value}>
      <line x1={left} x2={right} y1={y} y2={y} stroke="var(--line)" />
      <text x={left - 6} y={y + 4} textAnchor="end" className="num fill-text-3 text-[11px]">
        {props.text(value)}
      </text>
    </g>
  ));
}

function Legend() {
  return (
    <ul aria-hidden="true" className="mb-1 flex flex-wrap gap-x-4 text-12 text-text-2">
      <li className="flex items-center gap-1.5">
        <span className="size-2.5 border border-absent" /> came up
      </li>
      <li className="flex items-center gap-1.5">
        <span className="keep-colour size-2.5 bg-matched opacity-70" /> verdicts
      </li>
      <li className="flex items-center gap-1.5">
        <span className="w-5 border-t-2 border-dashed border-text-1" /> open at its end
      </li>
    </ul>
  );
}

/** The chart for who does not see it: its ends; the table has the rest. */
function chartWords(weeks: Weeks): string {
  const said = [weeks[0], weeks.at(-1)].flatMap((week) =>
    week === undefined
      ? []
      : `Week from ${week.week}: ${week.findings} findings came up, ${week.verdicts} verdicts, ${week.openAtEnd} open at its end`,
  );
  return `A chart. ${said.join('. ')}. Every week is in the table.`;
}
