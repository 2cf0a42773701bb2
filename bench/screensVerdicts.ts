import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { PATH } from './screensWatch';

/** A finding of the queue, and what tells it from every other one. */
type Queued = { readonly id: string; readonly headline: string; readonly items: readonly string[] };

const GIVE_UP_MS = 10_000;

/**
 * Verdicts by keys, one finding after the other. Each time is from the key that saves to the frame in which the headline
 * is the next finding's and the selected item of the tree is one of its own, in ms.
 */
export async function decideInTurn(page: Page, count: number): Promise<readonly number[]> {
  await page.goto('/?sort=host');
  await page.getByRole('grid', { name: 'Findings' }).getByRole('link').first().click();
  await page.locator(PATH).nth(2).waitFor();
  const queue = await readQueue(page);
  const first = queue.findIndex(({ id }) => page.url().includes(`/findings/${encodeURIComponent(id)}`));
  const times: number[] = [];
  for (const next of queue.slice(first + 1, first + 1 + count)) {
    await page.locator(PATH).nth(2).waitFor();
    // Time for what reads ahead: a person takes longer than that.
    await sleep(700);
    await page.keyboard.press('v');
    await page.keyboard.press('u');
    await page.keyboard.type('measured');
    times.push(await saveAndWait(page, next));
  }
  if (times.length < count) throw new Error(`only ${times.length} findings could be decided`);
  return times;
}

async function saveAndWait(page: Page, { headline, items }: Queued): Promise<number> {
  const watch = await page.evaluateHandle(
    (next) => {
      const own = new Set(next.items);
      const isShown = () => {
        const selected = document.querySelector('[role=tree] [role=treeitem][aria-selected=true]');
        return (
          document.querySelector('article h1')?.textContent === next.headline &&
          own.has(selected?.getAttribute('data-item') ?? '')
        );
      };
      const shown = new Promise<number>((resolve) => {
        const pressed = (event: KeyboardEvent) => {
          if (event.key !== 'Enter' || !event.ctrlKey) return;
          document.removeEventListener('keydown', pressed, true);
          const look = () => {
            if (!isShown()) return void requestAnimationFrame(look);
            // The frame it stands in is painted before the next task.
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now() - event.timeStamp);
            port2.postMessage(null);
          };
          requestAnimationFrame(look);
        };
        document.addEventListener('keydown', pressed, true);
      });
      if (isShown()) throw new Error('the next finding was there before the verdict');
      return { shown };
    },
    { headline, items },
  );
  await page.keyboard.press('Control+Enter');
  const time = await Promise.race([watch.evaluate(({ shown }) => shown), sleep(GIVE_UP_MS)]);
  if (time === undefined) throw new Error(`after a verdict "${headline}" did not come up`);
  return time;
}

/** The queue this finding was opened from, in its order. Throws where two findings could not be told apart. */
async function readQueue(page: Page): Promise<readonly Queued[]> {
  const get = async (path: string) => (await page.request.get(path)).json();
  const queue = new URL(page.url()).searchParams.get('queue') ?? '';
  const { items: findings } = (await get(`/api/v1/findings?${queue}&limit=100`)) as {
    items: { id: string; headline: string }[];
  };
  const queued: Queued[] = [];
  for (const { id, headline } of findings) {
    const { nodes } = (await get(`/api/v1/findings/${encodeURIComponent(id)}/lineage`)) as {
      nodes: { entityId: string }[];
    };
    queued.push({ id, headline, items: nodes.map(({ entityId }) => entityId) });
  }
  const items = queued.flatMap((one) => one.items);
  if (new Set(queued.map((one) => one.headline)).size < queued.length || new Set(items).size < items.length)
    throw new Error('two findings of the recording cannot be told apart');
  return queued;
}
