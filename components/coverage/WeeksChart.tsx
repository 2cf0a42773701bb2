'use client';

import { useId, useState } from 'react';
import { useWidth } from '@/components/shared/timeline/useWidth';
import { Segmented } from '@/components/ui/Segmented';
import { Table, Td, Th } from '@/components/ui/Table';
import { percentText } from '@/lib/base/numberWords';
import { allTime, type CoverageView } from '@/lib/contracts/coverage';
import { layoutWeeks, STATES, type WeekPart } from './chartGeometry';
import { dayText } from './coverageWords';

type Weeks = CoverageView['weeks'];
const HEIGHT = 150;

type WeeksProps = {
  weeks: Weeks;
  /** Looks at one week only. */
  onWeek: (week: string) => void;
};

/** Thirteen weeks of visible, partial and blind time, as bars or as the table they are of; pressed, a week is looked at. */
export function WeeksChart(props: WeeksProps) {
  const [as, setAs] = useState<'chart' | 'table'>('chart');
  return (
    <section aria-labelledby="weeks-title" className="min-w-0">
      <div className="mb-1.5 flex items-baseline gap-3">
        <h2 id="weeks-title" className="flex-1 text-13">
          By week
        </h2>
        <span className="no-print">
          <Segmented
            label="Weeks as"
            value={as}
            onChange={setAs}
            options={[
              { value: 'chart', label: 'Chart' },
              { value: 'table', label: 'Table' },
            ]}
          />
        </span>
      </div>
      {as === 'chart' ? <Chart {...props} /> : <WeeksTable {...props} />}
    </section>
  );
}

function Chart({ weeks, onWeek }: WeeksProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const id = useId();
  const layout = layoutWeeks(weeks, { width, height: HEIGHT });
  const { left, right, bottom } = layout.plot;
  const step = (right - left) / Math.max(1, weeks.length);
  return (
    <div ref={box} className="relative min-w-0">
      <p className="sr-only">{chartWords(weeks)}</p>
      {width === 0 ? (
        <div style={{ height: HEIGHT }} />
      ) : (
        // Paper has another width than the screen it was measured on.
        <svg
          viewBox={`0 0 ${width} ${HEIGHT}`}
          width={width}
          height={HEIGHT}
          aria-hidden="true"
          className="keep-colour block print:h-auto print:w-full"
        >
          <defs>
            <pattern id={id} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect width={1.8} height={5} fill="var(--blind)" />
            </pattern>
          </defs>
          {layout.shares.map(({ share, y }) => (
            <g key={share}>
              <line x1={left} x2={right} y1={y} y2={y} stroke="var(--line)" />
              <text x={left - 6} y={y + 4} textAnchor="end" className="num fill-text-3 text-[11px]">
                {percentText(share)}
              </text>
            </g>
          ))}
          {layout.bars.map((bar) => (
            <g key={bar.week.week}>
              {bar.parts.map((part) => (
                <Part key={part.state} part={part} hatch={`url(#${id})`} />
              ))}
            </g>
          ))}
          {layout.ticks.map(({ week, x }) => (
            <text
              key={week}
              x={x}
              y={bottom + 15}
              textAnchor="middle"
              className="num fill-text-3 text-[11px]"
            >
              {dayText(week)}
            </text>
          ))}
        </svg>
      )}
      {layout.bars.map(({ week, middle, parts }) =>
        width === 0 || parts.length === 0 ? null : (
          <button
            key={week.week}
            type="button"
            title={weekSentence(week)}
            aria-label={`${weekSentence(week)}. Only this week`}
            className="no-print absolute top-0 hover:bg-accent-soft/40"
            style={{ left: middle - step / 2, width: step, height: bottom }}
            onClick={() => onWeek(week.week)}
          />
        ),
      )}
    </div>
  );
}

/** Solid, hollow, hatched: as the marks are everywhere. */
function Part({ part, hatch }: { part: WeekPart; hatch: string }) {
  const { state, x, y, width, height } = part;
  if (state === 'visible')
    return <rect x={x} y={y} width={width} height={height} fill="var(--matched)" fillOpacity={0.72} />;
  const line = Math.min(1, height / 2);
  return (
    <rect
      x={x + line / 2}
      y={y + line / 2}
      width={Math.max(0, width - line)}
      height={Math.max(0, height - line)}
      fill={state === 'blind' ? hatch : 'var(--surface-0)'}
      stroke={state === 'blind' ? 'var(--blind)' : 'var(--absent)'}
      strokeWidth={line}
    />
  );
}

function WeeksTable({ weeks, onWeek }: WeeksProps) {
  return (
    <Table caption="Visible, partial and blind time by week">
      <thead>
        <tr>
          <Th>Week from</Th>
          {STATES.map((state) => (
            <Th key={state} className="text-right first-letter:uppercase">
              {state}
            </Th>
          ))}
          <Th className="text-right">Hosts</Th>
        </tr>
      </thead>
      <tbody className="num">
        {weeks.toReversed().map(({ week, time, hosts }) => (
          <tr key={week}>
            <Td>
              <button
                type="button"
                title="Only this week"
                className="min-h-6 underline-offset-3 hover:underline"
                onClick={() => onWeek(week)}
              >
                {dayText(week, { year: true })}
              </button>
            </Td>
            {STATES.map((state) => (
              <Td key={state} className="text-right">
                {allTime(time) > 0 ? percentText(time[state] / allTime(time)) : '–'}
              </Td>
            ))}
            <Td className="text-right">{hosts.toLocaleString('en')}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function weekSentence({ week, time, hosts }: Weeks[number]): string {
  const all = allTime(time);
  if (all <= 0) return `Week from ${dayText(week)}: nothing`;
  const parts = STATES.map((state) => `${state} ${percentText(time[state] / all)}`).join(', ');
  return `Week from ${dayText(week)}: ${parts}, ${hosts.toLocaleString('en')} hosts`;
}

/** The chart for who does not see it: its ends; the table has the rest. */
function chartWords(weeks: Weeks): string {
  const known = weeks.filter(({ time }) => allTime(time) > 0);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return 'No week has any time in it.';
  return `A chart. ${weekSentence(first)}. ${weekSentence(last)}. Every week is in the table.`;
}
