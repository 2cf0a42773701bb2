import { line, scaleBand, scaleLinear, stack } from 'd3';
import { allTime, type CoverageView } from '@/lib/contracts/coverage';

export type Size = { readonly width: number; readonly height: number };
export type Spark = {
  /** Of an SVG path; empty where no two neighbours are known. */
  readonly path: string;
  /** The newest that is known. */
  readonly last: { readonly x: number; readonly y: number } | null;
};

/** Air around a line, so that its ends are not cut off. */
const AIR = 3;

/**
 * A line through one value after another, oldest first; a gap where one is not known. Without `domain` it begins at 0
 * and ends at the largest.
 */
export function sparkOf(values: readonly (number | null)[], size: Size, domain?: [number, number]): Spark {
  const known = values.flatMap((value, place) => (value === null ? [] : [{ value, place }]));
  const most = Math.max(1e-9, ...known.map(({ value }) => value));
  const x = scaleLinear([0, Math.max(1, values.length - 1)], [AIR, size.width - AIR]);
  const y = scaleLinear(domain ?? [0, most], [size.height - AIR, AIR]).clamp(true);
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, place) => x(place))
    .y((value) => y(value ?? 0))(values);
  const last = known.at(-1);
  return { path: path ?? '', last: last ? { x: x(last.place), y: y(last.value) } : null };
}

type Week = CoverageView['weeks'][number];
export const STATES = ['visible', 'partial', 'blind'] as const;
type State = (typeof STATES)[number];
export type WeekPart = {
  readonly state: State;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};
export type WeeksLayout = {
  readonly bars: readonly {
    readonly week: Week;
    readonly middle: number;
    readonly parts: readonly WeekPart[];
  }[];
  /** Lines at shares of 0, 0.5 and 1. */
  readonly shares: readonly { readonly share: number; readonly y: number }[];
  /** Weeks whose day is written below, as many as fit. */
  readonly ticks: readonly { readonly week: string; readonly x: number }[];
  readonly plot: { readonly left: number; readonly right: number; readonly bottom: number };
};

const MARGIN = { left: 44, right: 4, top: 6, bottom: 20 };
/** Pixels that the day of a week needs. */
const TICK = 56;

/** Weeks as bars of the same height, cut by the shares of the three states; a week without time has no bar. */
export function layoutWeeks(weeks: readonly Week[], { width, height }: Size): WeeksLayout {
  const x = scaleBand(
    weeks.map(({ week }) => week),
    [MARGIN.left, Math.max(MARGIN.left + 1, width - MARGIN.right)],
  ).padding(0.22);
  const y = scaleLinear([0, 1], [height - MARGIN.bottom, MARGIN.top]);
  const shares = weeks.map(({ time }) => {
    const all = allTime(time);
    const share = (state: State) => (all <= 0 ? 0 : time[state] / all);
    return { visible: share('visible'), partial: share('partial'), blind: share('blind') };
  });
  const layers = stack<Record<State, number>>().keys(STATES)(shares);
  const bars = weeks.map((week, place) => ({
    week,
    middle: (x(week.week) ?? 0) + x.bandwidth() / 2,
    parts: layers.flatMap((layer, no): WeekPart[] => {
      const state = STATES[no];
      const [from, to] = layer[place] ?? [0, 0];
      if (state === undefined || to - from <= 0) return [];
      return [{ state, x: x(week.week) ?? 0, y: y(to), width: x.bandwidth(), height: y(from) - y(to) }];
    }),
  }));
  const every = Math.max(1, Math.ceil(TICK / Math.max(1, x.step())));
  return {
    bars,
    shares: [0, 0.5, 1].map((share) => ({ share, y: y(share) })),
    // Counted from the newest, which is always told.
    ticks: bars
      .filter((_, place) => (bars.length - 1 - place) % every === 0)
      .map(({ week, middle }) => ({ week: week.week, x: middle })),
    plot: { left: MARGIN.left, right: width - MARGIN.right, bottom: height - MARGIN.bottom },
  };
}

export type RingArc = { readonly state: State; readonly from: number; readonly length: number };

/**
 * Arcs of a ring in the order visible, partial, blind, from the top; in shares of its whole. What is there at all is
 * at least `least` of it, so that it can be seen.
 */
export function ringArcs(time: Readonly<Record<State, number>>, least = 0.05): RingArc[] {
  const all = allTime(time);
  if (all <= 0) return [];
  const raised = STATES.map((state) => (time[state] > 0 ? Math.max(least, time[state] / all) : 0));
  const sum = raised.reduce((total, share) => total + share, 0);
  let from = 0;
  return STATES.flatMap((state, place) => {
    const length = (raised[place] ?? 0) / sum;
    const arc = { state, from, length };
    from += length;
    return length > 0 ? [arc] : [];
  });
}
