import type { Server } from './database';
import type { LayoutAnswer, LayoutTask } from './layout';
import { runMeasurement } from './measurement';
import type { Goal, Line } from './report';
import type { ScreensAnswer, ScreensTask } from './screens';
import { median, percentile } from './usage';

/** What was measured of the screens: layout in Node, everything else in a browser. */
export type MeasuredScreens = {
  readonly layouts: readonly LayoutAnswer[];
  readonly browser: ScreensAnswer;
};

const LAYOUTS = [1_000, 10_000, 50_000];
const FOREST = 10_000;
const BUSY_EVENTS = 200_000;

/** Runs the measurements of the screens, each in a process of its own. */
export async function measureScreens(server: Server, say: (line: string) => void): Promise<MeasuredScreens> {
  const layouts: LayoutAnswer[] = [];
  for (const processes of LAYOUTS) {
    say(`layout of ${processes} processes`);
    layouts.push(await runMeasurement<LayoutTask, LayoutAnswer>('layout.ts', { processes }));
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
  const { forest, timeline } = browser;
  return [
    ...layouts.flatMap(({ processes, milliseconds, floorMilliseconds }) => [
      line(
        `lineage of ${processes}: layout`,
        `${ms(milliseconds)}, floor ${ms(floorMilliseconds)}`,
        milliseconds / floorMilliseconds,
        undefined,
        "d3's tree alone",
      ),
      ...(processes === FOREST
        ? [line(`lineage of ${processes}: layout time`, ms(milliseconds), milliseconds, most(150, 'ms'))]
        : []),
    ]),
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
    line(`${FOREST} processes opened`, `${ms(forest.drawMs)}, ${forest.drawn} items in the document`),
    line('panning them: longest task', frames(forest.pan), forest.pan.longestTaskMs, most(100, 'ms')),
    line('zooming them: longest task', frames(forest.zoom), forest.zoom.longestTaskMs, most(100, 'ms')),
    line(`sequence of ${timeline.events} events, density drawn`, ms(timeline.drawMs)),
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

function frames(one: ScreensAnswer['forest']['pan']): string {
  return `${one.frames} frames, median ${one.medianMs.toFixed(1)} ms, p95 ${one.p95Ms.toFixed(1)} ms`;
}
