import type { Page } from '@playwright/test';
import { micros, parseMicros } from '../lib/base/time';
import { untilPainted } from './screensWatch';

/** One look at the whole span. */
export type Look = {
  /** Until the density of all events was painted, in ms. */
  readonly drawMs: number;
  /** Until nothing finer was being read, in ms. */
  readonly restMs: number;
};

export type SequenceAnswer = {
  readonly events: number;
  /** From a link whose window is the whole span, in a document of its own. */
  readonly link: readonly Look[];
  /** From the chain to the whole span by `0`, once in each document. */
  readonly key: readonly Look[];
};

const LOOKS = 5;

/** Looks at the whole span of a sequence of so many events: by a link, and by key from within. */
export async function lookAtSequence(page: Page, id: string, events: number): Promise<SequenceAnswer> {
  const span = await wholeSpan(page, id);
  await page.mouse.move(0, 0);
  const [link, key]: [Look[], Look[]] = [[], []];
  for (let n = 0; n < LOOKS; n++) {
    const start = performance.now();
    await page.goto(`/findings/${id}?lanes=kind&window=${span}`, { waitUntil: 'commit' });
    const drawMs = await densityDrawn(page, events, start);
    await nothingRead(page);
    link.push({ drawMs, restMs: performance.now() - start });
  }
  for (let n = 0; n < LOOKS; n++) {
    await page.goto(`/findings/${id}?lanes=kind`);
    await page.getByRole('toolbar', { name: /^Events in sequence/ }).waitFor();
    await nothingRead(page);
    if (await page.evaluate(isDensityDrawn, events))
      throw new Error('the chain shows the whole span already');
    await page.keyboard.press('2');
    const finer = page.waitForResponse((response) => response.url().includes('/timeline?'));
    const start = performance.now();
    await page.keyboard.press('0');
    const drawMs = await densityDrawn(page, events, start);
    await finer;
    await nothingRead(page);
    key.push({ drawMs, restMs: performance.now() - start });
  }
  return { events, link, key };
}

/** The whole span with the air that the screen leaves around it, as its address writes a window. */
async function wholeSpan(page: Page, id: string): Promise<string> {
  const { span } = (await (await page.request.get(`/api/v1/findings/${id}/timeline`)).json()) as {
    span: { from: string; to: string };
  };
  const [from, to] = [parseMicros(span.from) ?? micros(0), parseMicros(span.to) ?? micros(0)];
  const air = Math.round((to - from) * 0.03);
  return `${from - air}-${to + air}`;
}

async function densityDrawn(page: Page, events: number, start: number): Promise<number> {
  await page.waitForFunction(isDensityDrawn, events, { timeout: 60_000, polling: 'raf' });
  await untilPainted(page);
  return performance.now() - start;
}

/** Runs in the page: whether its words name all events, and bars that stand for nearly all of them are in the plot. */
function isDensityDrawn(events: number): boolean {
  const numberOf = (text: string | undefined) => Number((text ?? '').replaceAll(',', ''));
  const words = [...document.querySelectorAll('h2')].find((title) => title.textContent === 'Sequence')
    ?.nextElementSibling?.textContent;
  if (!(numberOf(/([\d,]+) events/.exec(words ?? '')?.[1]) > events)) return false;
  const plot = document.querySelector('[role=toolbar][aria-label^="Events in sequence"]');
  let drawn = 0;
  for (const bars of plot?.querySelectorAll('svg path:has(> title)') ?? []) {
    const { width, height } = bars.getBoundingClientRect();
    if (width > 0 && height > 0) drawn += numberOf(/^([\d,]+) events/.exec(bars.textContent ?? '')?.[1]);
  }
  if (drawn > events * 0.99) return true;
  const canvas = plot?.querySelector('canvas');
  if (canvas == null || canvas.width === 0) return false;
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  const columns = new Set<number>();
  for (let i = 3; i < pixels.length; i += 4) if (pixels[i] !== 0) columns.add((i >> 2) % canvas.width);
  return columns.size > canvas.width / 2;
}

async function nothingRead(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const title = [...document.querySelectorAll('h2')].find((one) => one.textContent === 'Sequence');
    const words = title?.nextElementSibling?.textContent ?? '';
    return words !== '' && !words.includes('reading this window');
  });
  await untilPainted(page);
}
