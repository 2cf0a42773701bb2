import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium, type Page } from '@playwright/test';
import { closeStorage, pool } from '../lib/storage/client';
import { receiveImport } from '../lib/workflows/receiveImport';
import config from '../playwright.config';
import { CACHE } from './corpus';
import { answer } from './measurement';
import { BUSY_HOST, FOREST_HOST, writeScreensRecording } from './screensRecording';
import { percentile } from './usage';
import { startWebServer } from './webServer';
import { startWorker } from './worker';

export type ScreensTask = { readonly processes: number; readonly events: number };

export type Frames = {
  readonly frames: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  /** The longest task of the main thread, in ms; 0 when none took 50. */
  readonly longestTaskMs: number;
};

export type ScreensAnswer = {
  /** From a pasted link to the critical path on the screen, in a document of its own; the server is warm. */
  readonly linkMs: readonly number[];
  /** The same from the queue, by Enter on the row. */
  readonly openMs: readonly number[];
  /** From saving a verdict to the next finding's headline and path. */
  readonly nextMs: readonly number[];
  readonly forest: {
    readonly drawn: number;
    readonly drawMs: number;
    readonly pan: Frames;
    readonly zoom: Frames;
  };
  readonly timeline: { readonly events: number; readonly drawMs: number };
  /** Compressed script of a first load, in bytes, by screen. */
  readonly script: Readonly<Record<string, number>>;
};

/** Items of a drawn lineage. */
const PATH = '[role=tree] [role=treeitem]';
const OPENED = 20;
const PAN_MS = 2500;

/** Imports a recording, serves the production build, and looks at it with a real browser. */
await answer(async (task: ScreensTask): Promise<ScreensAnswer> => {
  const worker = await startWorker();
  const folder = fs.mkdtempSync(path.join(CACHE, 'screens-'));
  try {
    const file = path.join(folder, 'screens.ndjson');
    writeScreensRecording(file, task);
    await importWhole(file);
  } finally {
    await worker.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
  const web = await startWebServer();
  if (web.kind !== 'next start') throw new Error('the screens need a production build: npm run build');
  const browser = await chromium.launch(config.use?.launchOptions ?? {});
  try {
    return await measureScreens(browser, web.address, task.events);
  } finally {
    await browser.close();
    await web.stop();
    await closeStorage();
  }
});

async function importWhole(file: string): Promise<void> {
  const received = await receiveImport(fs.createReadStream(file, { highWaterMark: 1024 * 1024 }), {
    name: path.basename(file),
    format: 'auto',
    wait: false,
  });
  for (;;) {
    const { rows } = await pool().query<{ state: string }>('SELECT state FROM imports WHERE id = $1', [
      Number(received.import.id),
    ]);
    if (rows[0]?.state === 'failed') throw new Error('the import of the recording failed');
    if (rows[0]?.state === 'done') return;
    await sleep(100);
  }
}

async function measureScreens(browser: Browser, address: string, events: number): Promise<ScreensAnswer> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: address });
  // The compiler that runs this file names functions by a helper of its own, which the page does not have.
  await context.addInitScript('globalThis.__name ??= (named) => named;');
  const page = await context.newPage();
  const findings = (await (await page.request.get('/api/v1/findings?limit=100')).json()) as {
    items: { id: string; host: string }[];
  };
  const idOn = (host: string) => {
    const found = findings.items.find((finding) => finding.host === host);
    if (found === undefined) throw new Error(`no finding on ${host}`);
    return found.id;
  };
  const ordinary = findings.items.filter(({ host }) => host.startsWith('desk'));

  const linkMs: number[] = [];
  for (const { id } of [...ordinary.slice(0, 2), ...ordinary.slice(0, OPENED)])
    linkMs.push(await openFinding(page, id));
  return {
    linkMs: linkMs.slice(2),
    openMs: await openFromQueue(page, OPENED),
    nextMs: await decideInTurn(page, ordinary.slice(0, 12).length),
    forest: await lookAtForest(page, idOn(FOREST_HOST)),
    timeline: await lookAtTimeline(page, idOn(BUSY_HOST), events),
    script: await scriptBytes(browser, address, idOn(FOREST_HOST)),
  };
}

/** A whole navigation, as from a pasted link. */
async function openFinding(page: Page, id: string): Promise<number> {
  const start = performance.now();
  await page.goto(`/findings/${id}`, { waitUntil: 'commit' });
  await page.locator(PATH).nth(2).waitFor();
  return performance.now() - start;
}

/** Row by row of the queue: Enter, until the path is there, and back. */
async function openFromQueue(page: Page, count: number): Promise<readonly number[]> {
  await page.goto('/?sort=host');
  const times: number[] = [];
  for (let n = 0; n < count; n++) {
    await page.getByRole('grid', { name: 'Findings' }).getByRole('link').first().waitFor();
    await page.keyboard.press('j');
    await sleep(300);
    const start = performance.now();
    await page.keyboard.press('Enter');
    await page.locator(PATH).nth(2).waitFor();
    times.push(performance.now() - start);
    await page.goBack();
  }
  return times;
}

/** Verdicts by keys, one finding after the other; the time until the next one's path is on the screen. */
async function decideInTurn(page: Page, count: number): Promise<readonly number[]> {
  await page.goto('/?sort=host');
  await page.getByRole('grid', { name: 'Findings' }).getByRole('link').first().click();
  const times: number[] = [];
  for (let n = 0; n < count - 1; n++) {
    await page.locator(PATH).nth(2).waitFor();
    // Time for what reads ahead: a person takes longer than that.
    await sleep(700);
    const before = page.url();
    await page.keyboard.press('v');
    await page.keyboard.press('u');
    await page.keyboard.type('measured');
    times.push(
      await page.evaluate(async (was) => {
        const frame = () => new Promise((next) => requestAnimationFrame(next));
        const field = document.activeElement as HTMLElement;
        const start = performance.now();
        field.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }),
        );
        const shown = () =>
          location.href !== was &&
          document.querySelectorAll('[role=tree] [role=treeitem]').length > 2 &&
          document.querySelector('form textarea') === null;
        for (let i = 0; i < 600 && !shown(); i++) await frame();
        return performance.now() - start;
      }, before),
    );
  }
  return times;
}

async function lookAtForest(page: Page, id: string): Promise<ScreensAnswer['forest']> {
  await openFinding(page, id);
  const start = performance.now();
  await page.goto(`/findings/${id}?open=all`, { waitUntil: 'commit' });
  await page.locator(PATH).first().waitFor();
  await page.getByText(/^[\d,]+ of [\d,]+ processes shown/).waitFor();
  await page.waitForFunction(
    (text) =>
      [...document.querySelectorAll('p')].some(
        (p) => Number.parseInt((p.textContent ?? '').replaceAll(',', ''), 10) > text,
      ),
    5000,
    { timeout: 60_000 },
  );
  const drawMs = performance.now() - start;
  await page.keyboard.press('1');
  await page.keyboard.press('0');
  await sleep(800);
  const box = await page.getByRole('tree').boundingBox();
  if (box === null) throw new Error('the lineage has no size');
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(middle.x, middle.y);
  const pan = await frames(page, async (until) => {
    for (let n = 0; performance.now() < until; n++)
      await page.mouse.wheel(60 * Math.cos(n / 8), 60 * Math.sin(n / 8));
  });
  await page.keyboard.down('Control');
  const zoom = await frames(page, async (until) => {
    for (let n = 0; performance.now() < until; n++) await page.mouse.wheel(0, n % 40 < 20 ? -25 : 25);
  });
  await page.keyboard.up('Control');
  return { drawn: await page.locator(PATH).count(), drawMs, pan, zoom };
}

/** Times between frames, and long tasks, while `act` goes on. */
async function frames(page: Page, act: (until: number) => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const seen = { deltas: [] as number[], tasks: [] as number[], on: true };
    (window as unknown as { seen: typeof seen }).seen = seen;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.tasks.push(entry.duration);
    }).observe({ entryTypes: ['longtask'] });
    let last = performance.now();
    const tick = (now: number) => {
      seen.deltas.push(now - last);
      last = now;
      if (seen.on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await act(performance.now() + PAN_MS);
  const { deltas, tasks } = await page.evaluate(() => {
    const { seen } = window as unknown as { seen: { deltas: number[]; tasks: number[]; on: boolean } };
    seen.on = false;
    return seen;
  });
  return {
    frames: deltas.length,
    medianMs: percentile(deltas, 0.5),
    p95Ms: percentile(deltas, 0.95),
    longestTaskMs: Math.max(0, ...tasks),
  };
}

/** Density of everything at once: the sequence over its whole span. */
async function lookAtTimeline(page: Page, id: string, events: number): Promise<ScreensAnswer['timeline']> {
  await openFinding(page, id);
  const start = performance.now();
  await page.goto(`/findings/${id}?lanes=kind`, { waitUntil: 'commit' });
  await page.getByRole('toolbar', { name: /^Events in sequence/ }).waitFor();
  return { events, drawMs: performance.now() - start };
}

/** Script that a first visit to each screen transfers, compressed, until the network is quiet. */
async function scriptBytes(
  browser: Browser,
  address: string,
  finding: string,
): Promise<Readonly<Record<string, number>>> {
  const screens = {
    Triage: '/',
    Investigation: `/findings/${finding}`,
    Events: '/events',
    Hosts: '/hosts',
    Analytics: '/analytics',
    Imports: '/imports',
  };
  const bytes: Record<string, number> = {};
  for (const [name, url] of Object.entries(screens)) {
    const context = await browser.newContext({ baseURL: address });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    const scripts = new Set<string>();
    let sum = 0;
    session.on('Network.responseReceived', ({ requestId, type }) => {
      if (type === 'Script') scripts.add(requestId);
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) sum += encodedDataLength;
    });
    await page.goto(url, { waitUntil: 'networkidle' });
    bytes[name] = sum;
    await context.close();
  }
  return bytes;
}
