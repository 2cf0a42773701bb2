import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { type Frames, framesWhile, type Noted, PATH, takeNoted, untilPainted } from './screensWatch';

/** One opening of the whole forest. */
export type Opening = Noted & {
  /** From the key or the link to the forest painted, in ms. */
  readonly drawMs: number;
};

export type ForestAnswer = {
  /** By a link that says all is open: tasks are those of the whole load, and the worker has to start. */
  readonly link: readonly Opening[];
  /** By the key `[` on the drawn path: tasks are those of opening alone. */
  readonly key: readonly Opening[];
  /** Tasks of loading the same finding with only its path open. */
  readonly pathTasks: readonly number[];
  /** Everything in sight, by wheel and by Ctrl and wheel. */
  readonly pan: Frames;
  readonly zoom: Frames;
  /** At a scale at which the names can be read, by wheel and by drag. */
  readonly nearWheel: Frames;
  readonly nearDrag: Frames;
  /** The scale of those, and how many items the document then held. */
  readonly nearScale: number;
  readonly nearItems: number;
};

const OPENINGS = 5;
/** The forest is there when so many processes are shown. */
const MOST_OF_IT = 5000;

/** Opens a finding's whole forest by link and by key, then moves in it. */
export async function lookAtForest(page: Page, id: string): Promise<ForestAnswer> {
  const [link, key, pathTasks]: [Opening[], Opening[], number[]] = [[], [], []];
  for (let n = 0; n < OPENINGS; n++) {
    await page.goto(`/findings/${id}`);
    await page.locator(PATH).nth(2).waitFor();
    await sleep(500);
    pathTasks.push(...(await takeNoted(page)).tasks);
    const start = performance.now();
    await page.keyboard.press('[');
    key.push(await opened(page, start));
  }
  for (let n = 0; n < OPENINGS; n++) {
    const start = performance.now();
    await page.goto(`/findings/${id}?open=all`, { waitUntil: 'commit' });
    link.push(await opened(page, start));
  }
  const middle = await middleOfTree(page);
  await page.keyboard.press('1');
  await page.keyboard.press('0');
  await sleep(800);
  await page.mouse.move(middle.x, middle.y);
  const pan = await framesWhile(page, (until) => wheelAround(page, until));
  await page.keyboard.down('Control');
  const zoom = await framesWhile(page, async (until) => {
    for (let n = 0; performance.now() < until; n++) await page.mouse.wheel(0, n % 40 < 20 ? -25 : 25);
  });
  await page.keyboard.up('Control');
  return { link, key, pathTasks, pan, zoom, ...(await moveNear(page, id)) };
}

/** Waits for the whole forest: said to be shown, laid out, and painted. */
async function opened(page: Page, start: number): Promise<Opening> {
  await page.waitForFunction(
    (most) => {
      const words = [...document.querySelectorAll('p')].find((p) =>
        /^[\d,]+ of [\d,]+ processes shown/.test(p.textContent ?? ''),
      )?.textContent;
      if (words === undefined || words === null || /reading more|drawing/.test(words)) return false;
      const drawn =
        document.querySelectorAll('[role=tree] [role=treeitem]').length > 20 ||
        document.querySelector('[role=tree]')?.parentElement?.querySelector('canvas') != null;
      return drawn && Number.parseInt(words.replaceAll(',', ''), 10) > most;
    },
    MOST_OF_IT,
    { timeout: 60_000, polling: 'raf' },
  );
  await untilPainted(page);
  const drawMs = performance.now() - start;
  // What follows of opening, such as the map of it, may still hold the page up.
  await sleep(500);
  return { drawMs, ...(await takeNoted(page)) };
}

/** Moves at a scale at which one reads, with new items coming into sight all the time. */
async function moveNear(
  page: Page,
  id: string,
): Promise<Pick<ForestAnswer, 'nearWheel' | 'nearDrag' | 'nearScale' | 'nearItems'>> {
  // Away from the path, in the middle of what the forest's first process started.
  await page.goto(`/findings/${id}?open=all&at=0_-4000_0.6`, { waitUntil: 'commit' });
  await opened(page, performance.now());
  const before = await inSight(page);
  const middle = await middleOfTree(page);
  await page.mouse.move(middle.x, middle.y);
  const nearWheel = await framesWhile(page, (until) => wheelAround(page, until));
  const nearDrag = await framesWhile(page, async (until) => {
    for (let n = 0; performance.now() < until; n++) {
      // Down for some drags and up again, so as to stay among items.
      const way = n % 8 < 4 ? 1 : -1;
      await page.mouse.move(middle.x, middle.y - way * 120);
      await page.mouse.down();
      for (let y = -120; y <= 120; y += 12) await page.mouse.move(middle.x + y / 4, middle.y + way * y);
      await page.mouse.up();
    }
  });
  const after = await inSight(page);
  if (after.scale < 0.35 || before.ids.length < 30)
    throw new Error(`nothing to read where the forest was panned: ${before.ids.length} items`);
  if (before.ids.every((item) => after.ids.includes(item))) throw new Error('panning moved nothing');
  return { nearWheel, nearDrag, nearScale: after.scale, nearItems: before.ids.length };
}

async function wheelAround(page: Page, until: number): Promise<void> {
  for (let n = 0; performance.now() < until; n++)
    await page.mouse.wheel(60 * Math.cos(n / 8), 60 * Math.sin(n / 8));
}

async function inSight(page: Page): Promise<{ readonly scale: number; readonly ids: readonly string[] }> {
  return page.evaluate(() => {
    const tree = document.querySelector('[role=tree]');
    const transform = tree?.querySelector('g')?.getAttribute('transform') ?? '';
    return {
      scale: Number(/scale\(([\d.]+)/.exec(transform)?.[1] ?? 0),
      ids: [...(tree?.querySelectorAll('[role=treeitem]') ?? [])].map(
        (item) => item.getAttribute('data-item') ?? '',
      ),
    };
  });
}

async function middleOfTree(page: Page): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.getByRole('tree').boundingBox();
  if (box === null) throw new Error('the lineage has no size');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
