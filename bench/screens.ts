import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium, type Page } from '@playwright/test';
import { closeStorage, pool } from '../lib/storage/client';
import { receiveImport } from '../lib/workflows/receiveImport';
import config from '../playwright.config';
import { CACHE } from './corpus';
import { answer } from './measurement';
import { type ForestAnswer, lookAtForest } from './screensForest';
import { BUSY_HOST, FOREST_HOST, writeScreensRecording } from './screensRecording';
import { lookAtSequence, type SequenceAnswer } from './screensSequence';
import { decideInTurn } from './screensVerdicts';
import { PATH, watchPages } from './screensWatch';
import { startWebServer } from './webServer';
import { startWorker } from './worker';

export type ScreensTask = { readonly processes: number; readonly events: number };

export type ScreensAnswer = {
  /** From a pasted link to the critical path on the screen, in a document of its own; the server is warm. */
  readonly linkMs: readonly number[];
  /** The same from the queue, by Enter on the row. */
  readonly openMs: readonly number[];
  /** From the key that saves a verdict to the next finding's headline and its own selected item, painted. */
  readonly nextMs: readonly number[];
  readonly forest: ForestAnswer;
  readonly sequence: SequenceAnswer;
  /** Compressed script of a first load, in bytes, by screen. */
  readonly script: Readonly<Record<string, number>>;
};

const OPENED = 20;
const VERDICTS = 30;

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
  await watchPages(context);
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
    forest: await lookAtForest(page, idOn(FOREST_HOST)),
    sequence: await lookAtSequence(page, idOn(BUSY_HOST), events),
    nextMs: await decideInTurn(page, VERDICTS),
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
  const opened = new Set<string>();
  for (let n = 0; n < count; n++) {
    await page.getByRole('grid', { name: 'Findings' }).getByRole('link').first().waitFor();
    await page.keyboard.press('j');
    await sleep(300);
    const start = performance.now();
    await page.keyboard.press('Enter');
    await page.locator(PATH).nth(2).waitFor();
    times.push(performance.now() - start);
    opened.add(page.url());
    await page.goBack();
  }
  if (opened.size < count) throw new Error(`only ${opened.size} findings were opened from the queue`);
  return times;
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
