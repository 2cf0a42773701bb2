import { line, scaleBand, scaleLinear } from 'd3';
import type { MetricsView } from '@/lib/contracts/metrics';

type Week = MetricsView['weeks'][number];
type Size = { readonly width: number; readonly height: number };
type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** One week's marks in pixels. */
export type WeekMarks = {
  readonly week: Week;
  readonly middle: number;
  readonly findings: Box;
  readonly verdicts: Box;
  readonly open: { readonly x: number; readonly y: number };
  /** Precision with its interval, on its own scale; null where nothing was decided. */
  readonly precision: { readonly y: number; readonly low: number; readonly high: number } | null;
};

export type WeeksLayout = {
  readonly marks: readonly WeekMarks[];
  /** The line of what was open, as an SVG path. */
  readonly openPath: string;
  readonly counts: readonly Tick[];
  readonly shares: readonly Tick[];
  /** Weeks whose day is written below, as many as fit; the newest always is. */
  readonly days: readonly { readonly week: string; readonly x: number }[];
  readonly plot: { readonly left: number; readonly right: number };
};
type Tick = { readonly value: number; readonly y: number };

const MARGIN = { left: 44, right: 6, top: 8, bottom: 20 };
/** Pixels that the day of a week needs. */
const DAY_WIDTH = 76;

/** Weeks side by side: what came up and what was decided as two bars, what was open as a line, precision with its interval. */
export function layoutTeamWeeks(weeks: readonly Week[], { width, height }: Size): WeeksLayout {
  const right = Math.max(MARGIN.left + 1, width - MARGIN.right);
  const bottom = height - MARGIN.bottom;
  const x = scaleBand(
    weeks.map(({ week }) => week),
    [MARGIN.left, right],
  ).padding(0.25);
  const most = Math.max(1, ...weeks.flatMap((week) => [week.findings, week.verdicts, week.openAtEnd]));
  const count = scaleLinear([0, most], [bottom, MARGIN.top]).nice(4);
  const share = scaleLinear([0, 1], [bottom, MARGIN.top]);
  const half = x.bandwidth() / 2;
  const bar = (left: number, value: number): Box => ({
    x: left,
    y: count(value),
    width: Math.max(1, half - 1),
    height: bottom - count(value),
  });
  const marks = weeks.map((week): WeekMarks => {
    const left = x(week.week) ?? MARGIN.left;
    const { share: point, low, high } = week.precision;
    return {
      week,
      middle: left + half,
      findings: bar(left, week.findings),
      verdicts: bar(left + half, week.verdicts),
      open: { x: left + half, y: count(week.openAtEnd) },
      precision:
        point === null || low === null || high === null
          ? null
          : { y: share(point), low: share(low), high: share(high) },
    };
  });
  const every = Math.max(1, Math.ceil(DAY_WIDTH / Math.max(1, x.step())));
  return {
    marks,
    openPath:
      line<WeekMarks>()
        .x(({ open }) => open.x)
        .y(({ open }) => open.y)(marks) ?? '',
    counts: count
      .ticks(4)
      .filter(Number.isInteger)
      .map((value) => ({ value, y: count(value) })),
    shares: [0, 0.5, 1].map((value) => ({ value, y: share(value) })),
    days: marks
      .filter((_, place) => (marks.length - 1 - place) % every === 0)
      .map(({ week, middle }) => ({ week: week.week, x: middle })),
    plot: { left: MARGIN.left, right },
  };
}
