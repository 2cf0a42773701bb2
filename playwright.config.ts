import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import { ADMINISTRATOR } from './e2e/support/signIn';
import { freePort } from './lib/storage/embeddedPostgres';

// This file is read again by every worker process, which inherits the environment: the port is decided once.
process.env.E2E_PORT ??= String(await freePort());
// Where the start writes the link for the first administrator.
process.env.E2E_LINK_FILE ??= path.join(os.tmpdir(), `sequela-first-link-${process.env.E2E_PORT}.txt`);
const baseURL = `http://127.0.0.1:${process.env.E2E_PORT}`;

/** Journeys in a real browser through the whole product, started as people start it, on an empty data folder. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    ...devices['Desktop Chrome'],
    baseURL,
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: await browser(),
  },
  // All share one product, and act as its first administrator; only the first to run finds it empty.
  projects: [
    { name: 'first administrator', testMatch: 'first-administrator.spec.ts' },
    {
      name: 'empty',
      testMatch: 'first-run.spec.ts',
      dependencies: ['first administrator'],
      use: { storageState: ADMINISTRATOR },
    },
    {
      name: 'in use',
      testIgnore: ['first-administrator.spec.ts', 'first-run.spec.ts'],
      dependencies: ['first administrator'],
      use: { storageState: ADMINISTRATOR },
    },
  ],
  webServer: {
    command: 'node --import tsx lib/launcher/startFresh.ts',
    url: `${baseURL}/readyz`,
    // The first start builds the app.
    timeout: 300_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 60_000 },
    stdout: 'pipe',
    env: {
      PORT: process.env.E2E_PORT,
      SEQUELA_HOST: '127.0.0.1',
      SEQUELA_DEMO: '',
      SEQUELA_LINK_FILE: process.env.E2E_LINK_FILE,
    },
  },
});

/**
 * The browser: CHROME_PATH when set; on Linux x64 the one npm brought; elsewhere, or when that is missing, the one of
 * `npx playwright install chromium`.
 */
async function browser(): Promise<{ executablePath?: string; args?: string[] }> {
  if (process.env.CHROME_PATH) {
    return { executablePath: process.env.CHROME_PATH, args: ['--no-sandbox'] };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') return {};
  // The package unpacks the libraries it needs only where it believes to run in a cloud function, and only into a folder
  // that holds no browser unpacked without them: hence the variable, and a temporary folder of its own.
  const unpacked = path.join(import.meta.dirname, 'node_modules/.cache/chromium');
  fs.mkdirSync(unpacked, { recursive: true });
  const tmpdir = process.env.TMPDIR;
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x';
  process.env.TMPDIR = unpacked;
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    const executablePath = await chromium.executablePath();
    process.env.FONTCONFIG_FILE = fontsIn(unpacked);
    return {
      executablePath,
      args: chromium.args.filter(
        (arg) => !/^--(single-process|no-zygote|headless|disable-web-security|allow-running)/.test(arg),
      ),
    };
  } finally {
    if (tmpdir === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = tmpdir;
  }
}

/** That package's list of fonts names folders of a cloud function; without any font, text has no size and is not seen. */
function fontsIn(unpacked: string): string {
  const file = path.join(unpacked, 'fonts-of-this-machine.conf');
  const folders = [path.join(unpacked, 'fonts'), '/usr/share/fonts'].map((folder) => `<dir>${folder}</dir>`);
  const cache = `<cachedir>${path.join(unpacked, 'fonts-cache')}</cachedir>`;
  fs.writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders.join('')}${cache}</fontconfig>`,
  );
  return file;
}
