import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Page } from '@playwright/test';
import { percentile } from './usage';

/** Items of a drawn lineage. */
export const PATH = '[role=tree] [role=treeitem]';

/** What a page noted of itself since it began, or since it was last asked. */
export type Noted = {
  /** Tasks of the main thread of 50 ms and more, in ms. */
  readonly tasks: readonly number[];
  /** From each message that asks the layout's worker for places to its answer, in ms, and how many items it placed. */
  readonly places: readonly { readonly items: number; readonly ms: number }[];
};

export type Frames = {
  readonly frames: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  /** The longest task of the main thread, in ms; 0 when none took 50. */
  readonly longestTaskMs: number;
};

const WATCHED_MS = 2500;
/** Long tasks are told a little after they ended. */
const TOLD_MS = 150;

/** Text, because the compiler that runs this file names functions by a helper of its own, which the page does not have. */
const WATCH = `
globalThis.__name ??= (named) => named;
globalThis.noted = { tasks: [], places: [] };
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) noted.tasks.push(duration);
}).observe({ type: 'longtask', buffered: true });
if (globalThis.Worker !== undefined) globalThis.Worker = class extends Worker {
  asked = new Map();
  constructor(...given) {
    super(...given);
    this.addEventListener('message', ({ data }) => {
      const ask = this.asked.get(data?.id);
      if (ask !== undefined) noted.places.push({ items: ask.items, ms: performance.now() - ask.at });
    });
  }
  postMessage(message, ...rest) {
    const items = message?.shape?.parents?.length;
    if (items !== undefined) this.asked.set(message.id, { items, at: performance.now() });
    super.postMessage(message, ...rest);
  }
};
`;

/** Makes every page note its long tasks and what its worker took, from its first script on. */
export async function watchPages(context: BrowserContext): Promise<void> {
  await context.addInitScript(WATCH);
}

/** What was noted since the page began or was last asked. */
export async function takeNoted(page: Page): Promise<Noted> {
  await sleep(TOLD_MS);
  return page.evaluate(() => {
    const own = globalThis as unknown as { noted: Noted };
    const { noted } = own;
    own.noted = { tasks: [], places: [] };
    return noted;
  });
}

/** Waits until what was last drawn has been painted. */
export async function untilPainted(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((painted) => {
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => painted();
          port2.postMessage(null);
        });
      }),
  );
}

/** Times between frames, and long tasks, while `act` goes on until a time of `performance.now()`. */
export async function framesWhile(page: Page, act: (until: number) => Promise<void>): Promise<Frames> {
  await takeNoted(page);
  await page.evaluate(() => {
    const ticks = { deltas: [] as number[], on: true };
    (globalThis as unknown as { ticks: typeof ticks }).ticks = ticks;
    let last = performance.now();
    const tick = (now: number) => {
      if (!ticks.on) return;
      ticks.deltas.push(now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await act(performance.now() + WATCHED_MS);
  const deltas = await page.evaluate(() => {
    const { ticks } = globalThis as unknown as { ticks: { deltas: number[]; on: boolean } };
    ticks.on = false;
    return ticks.deltas;
  });
  const { tasks } = await takeNoted(page);
  return {
    frames: deltas.length,
    medianMs: percentile(deltas, 0.5),
    p95Ms: percentile(deltas, 0.95),
    longestTaskMs: Math.max(0, ...tasks),
  };
}
