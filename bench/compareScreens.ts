import type { Server } from './database';
import type { LayoutAnswer, LayoutTask } from './layout';
import { runMeasurement } from './measurement';
import type { Goal, Line } from './report';
import type { ScreensAnswer, ScreensTask } from './screens';
import type { Frames } from './screensWatch';
import { median, percentile } from './usage';

/** What was measured of the screens: layout in Node, everything else in a browser. */
export type MeasuredScreens = {
  readonly layouts: readonly MeasuredLayout[];
  readonly browser: ScreensAnswer;
};

/** Layouts of so many processes, each by a process of its own. */
type MeasuredLayout = {
  readonly processes: number;
  readonly lineage: readonly LayoutAnswer[];
  readonly d3: readonly LayoutAnswer[];
};

/** Fresh processes in which a layout is measured. */
const FRESH = 3;
const LAYOUTS = [1_000, 10_000, 50_000];
const FOREST = 10_000;
const BUSY_EVENTS = 200_000;

/** Runs the measurements of the screens, each in a process of its own. */
export async function measureScreens(server: Server, say: (line: string) => void): Promise<MeasuredScreens> {
  const layouts: MeasuredLayout[] = [];
  for (const processes of LAYOUTS) {
    say(`layout of ${processes} processes`);
    const run = (what: LayoutTask['what']) =>
      runMeasurement<LayoutTask, LayoutAnswer>('layout.ts', { processes, what });
    const [lineage, d3]: [LayoutAnswer[], LayoutAnswer[]] = [[], []];
    for (let n = 0; n < FRESH; n++) {
      lineage.push(await run('lineage'));
      d3.push(await run('d3'));
    }
    layouts.push({ processes, lineage, d3 });
  }
  say('screens in a browser');
  const database = await server.create('bench_screens');
  const task = { processes: FOREST, events: BUSY_EVENTS };
  const browser = await runMeasurement<ScreensTask, ScreensAnswer>('screens.ts', task, database.env);
  await database.drop();
  return { layouts, browser };
}

/** Figures of the screens beside their goals. */
export function compareScreens({ layouts, browser }: MeasuredScreens): readonly Line[] {
  const line = (what: string, figures: string, ratio?: number, goal?: Goal, beside?: string): Line => ({
    size: 'screens',
    what,
    figures,
    ...(ratio === undefined ? {} : { ratio }),
    ...(goal === undefined ? {} : { goal }),
    ...(beside === undefined ? {} : { beside }),
  });
  const { forest, sequence } = browser;
  return [
    ...layouts.flatMap(({ processes, lineage, d3 }) =>
      (['cold', 'warm'] as const).map((state) => {
        const of = (answers: readonly LayoutAnswer[]) => median(answers.map((one) => one[`${state}Ms`]));
        return line(
          `lineage of ${processes}: layout in Node, ${state === 'cold' ? 'first call (cold)' : 'later calls (warm)'}`,
          `${ms(of(lineage))}, floor ${ms(of(d3))}`,
          of(lineage) / of(d3),
          undefined,
          "d3's tree alone",
        );
      }),
    ),
    ...(['link', 'key'] as const).flatMap((by) => {
      const how = by === 'link' ? 'from a link' : 'by key on the path';
      const openings = forest[by];
      const places = openings.flatMap((one) => one.places.map((place) => place.ms));
      const longest = openings.map((one) => Math.max(0, ...one.tasks));
      return [
        line(
          `${FOREST} processes opened ${how}: worker asked to answered, most`,
          places.length === 0 ? 'no worker was asked' : spread(places),
          places.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...places),
          most(150, 'ms'),
        ),
        line(
          `${FOREST} processes opened ${how}: longest task`,
          longTasks(longest),
          Math.max(...longest),
          most(50, 'ms'),
        ),
        line(`${FOREST} processes opened ${how}: painted`, spread(openings.map((one) => one.drawMs))),
      ];
    }),
    line('the same finding with its path only: longest task', longTasks(forest.pathTasks)),
    line(
      'finding opened from the queue, path drawn, p95',
      spread(browser.openMs),
      p95(browser.openMs),
      most(1000, 'ms'),
    ),
    line(
      'finding opened from a link, path drawn, p95',
      spread(browser.linkMs),
      p95(browser.linkMs),
      most(1000, 'ms'),
    ),
    line('next finding after a verdict, p95', spread(browser.nextMs), p95(browser.nextMs), most(100, 'ms')),
    line(
      'panning all of them by wheel: longest task',
      frames(forest.pan),
      forest.pan.longestTaskMs,
      most(100, 'ms'),
    ),
    line(
      'zooming all of them: longest task',
      frames(forest.zoom),
      forest.zoom.longestTaskMs,
      most(100, 'ms'),
    ),
    ...(['nearWheel', 'nearDrag'] as const).map((by) =>
      line(
        `panning at scale ${forest.nearScale} by ${by === 'nearDrag' ? 'drag' : 'wheel'}: longest task`,
        `${frames(forest[by])}, ${forest.nearItems} items drawn`,
        forest[by].longestTaskMs,
        most(100, 'ms'),
      ),
    ),
    ...(['link', 'key'] as const).map((by) =>
      line(
        `whole span of ${sequence.events} events ${by === 'link' ? 'from a link' : 'by key from the chain'}: density painted`,
        `${each(sequence[by].map((look) => look.drawMs))}; all read ${each(sequence[by].map((look) => look.restMs))}`,
      ),
    ),
    ...Object.entries(browser.script).map(([screen, bytes]) => {
      const goal = screen === 'Triage' ? 200 : screen === 'Investigation' ? 300 : undefined;
      const kb = bytes / 1000;
      return line(
        `script of a first load: ${screen}`,
        `${kb.toFixed(0)} KB compressed`,
        goal === undefined ? undefined : kb,
        goal === undefined ? undefined : most(goal, 'KB'),
      );
    }),
  ];
}

function most(value: number, unit: string): Goal {
  return { at: 'most', value, unit };
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}

function p95(times: readonly number[]): number {
  return percentile(times, 0.95);
}

function spread(times: readonly number[]): string {
  return `median ${ms(median(times))}, most ${ms(Math.max(...times))}, n ${times.length}`;
}

function each(times: readonly number[]): string {
  return `${times.map((time) => time.toFixed(0)).join(', ')} ms`;
}

/** A browser tells no task under 50 ms. */
function longTasks(tasks: readonly number[]): string {
  const long = tasks.filter((task) => task > 0);
  return long.length === 0 ? `none of 50 ms, n ${tasks.length}` : each(tasks);
}

function frames(one: Frames): string {
  return `${one.frames} frames, median ${one.medianMs.toFixed(1)} ms, p95 ${one.p95Ms.toFixed(1)} ms`;
}
