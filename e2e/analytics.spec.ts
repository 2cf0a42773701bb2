import { type APIRequestContext, expect, type Locator, type Page, test } from '@playwright/test';
import type { FindingSummary } from '../lib/contracts/findings';
import { expectAccessible } from './support/accessible';
import { findings, imported, settled } from './support/api';
import { dayOf, linesOf } from './support/recordings';

const OWN = 'E2E_mshta';
const FILE = 'analytics-day.json';

/** A day on which mshta runs a page of the web, on a machine of these journeys alone. */
const day = dayOf(40, { chains: ['mshta'] });
/** Where the page came from: made up for this day, so nothing else is like it. */
const source = /mshta\s+https:\/\/([\w.-]+)\/v\/check\.hta/.exec(day.lines.join('\n'))?.[1] ?? '';

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ request }) => {
  expect(source).not.toBe('');
  await imported(request, FILE, linesOf(day.lines));
  expect((await chain(request, 'AN1397'))?.status).toBe('complete');
});

test('a lead tunes windows, tries them, saves them, sees findings change, and takes it back', async ({
  page,
  request,
}) => {
  test.setTimeout(240_000);
  const before = await chain(request, 'AN1397');
  await page.goto('/analytics');
  await page
    .getByRole('list', { name: 'Analytics' })
    .getByRole('link', { name: /AN1397/ })
    .click();
  await page.getByRole('tab', { name: 'Tuning' }).click();
  const bar = page.getByRole('region', { name: 'Unsaved change' });
  await expect(bar).toHaveCount(0);

  await test.step('what is no length of time cannot be tried', async () => {
    await page.getByLabel('TimeWindow.file', { exact: true }).fill('soon');
    await expect(bar.getByRole('button', { name: 'Back-test' })).toBeDisabled();
    await expect(page.getByText('Write a length of time')).toBeVisible();
  });

  for (const window of ['TimeWindow.file', 'TimeWindow.network', 'TimeWindow.child'])
    await page.getByLabel(window, { exact: true }).fill('1ms');
  await expect(bar).toContainText('3 changes');
  await expect(bar.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0);

  // A reload loses nothing, whatever one answers when the browser asks.
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect(page.getByLabel('TimeWindow.file', { exact: true })).toHaveValue('1ms');

  const result = await backtest(page);
  await expect(result).toContainText(day.host.toLowerCase());
  await save(page, 'Shorter windows, to try them');
  await settled(request);
  const after = await chain(request, 'AN1397');
  expect(after === undefined || after.status === 'partial' || after.score < (before?.score ?? 0)).toBe(true);

  await page.getByRole('tab', { name: 'Versions' }).click();
  const versions = page.getByRole('list', { name: 'Versions' });
  await expect(versions.getByRole('listitem').first()).toContainText('Shorter windows, to try them');
  await expect(versions).toContainText('in force');
  await expect(page.getByRole('article').getByText('Tuned here')).toBeVisible();

  await test.step('what is shipped is one press away, and tried like any change', async () => {
    await page.getByRole('tab', { name: 'Tuning' }).click();
    for (const window of ['TimeWindow.file', 'TimeWindow.network', 'TimeWindow.child'])
      await page.getByRole('button', { name: `Reset ${window}`, exact: true }).click();
    await backtest(page);
    await save(page, 'As shipped again');
    await settled(request);
    expect(await chain(request, 'AN1397')).toMatchObject({ status: 'complete', score: before?.score });
  });
});

test('a detection engineer clones, breaks, mends, tests on an import, saves, and gets the finding', async ({
  page,
  request,
}) => {
  test.setTimeout(240_000);
  await page.goto('/analytics/AN1397?tab=yaml');
  const shipped = page.getByRole('textbox', { name: /Definition of AN1397/ });
  await expect(shipped).toHaveAttribute('aria-readonly', 'true');
  await page
    .getByRole('button', { name: /^Clone/ })
    .last()
    .click();
  const dialog = page.getByRole('dialog', { name: 'Make one of your own' });
  await dialog.getByLabel('Id').fill('AN1397');
  await dialog.getByRole('button', { name: 'Open the copy' }).click();
  await expect(dialog).toContainText('AN1397 is there already.');
  await dialog.getByLabel('Id').fill(OWN);
  await dialog.getByLabel('Title').fill('mshta, our own');
  await dialog.getByRole('button', { name: 'Open the copy' }).click();
  await expect(page).toHaveURL(/\/analytics\/new\?from=AN1397/);

  const editor = page.getByRole('textbox', { name: new RegExp(`Definition of ${OWN}`) });
  await expect(editor).toContainText(`id: ${OWN}`);
  const bar = page.getByRole('region', { name: 'Unsaved change' });

  await test.step('what is wrong is said at its line, and leads there', async () => {
    await editor.click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('wheree: 1');
    await page.keyboard.press('Enter');
    const problems = page.getByRole('region', { name: 'Problems' });
    const problem = problems.getByRole('button', { name: /wheree/ });
    await expect(problem).toContainText('line 1');
    await expect(bar.getByRole('button', { name: 'Back-test' })).toBeDisabled();
    await page.keyboard.press('Control+End');
    await problem.click();
    await expect(editor).toBeFocused();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Delete');
    await expect(problems).toHaveCount(0);
  });

  await test.step('Tab leaves the editor', async () => {
    await editor.focus();
    await page.keyboard.press('Tab');
    await expect(editor).not.toBeFocused();
  });

  await test.step('a test run on one import says what it would find, and is not enough to save', async () => {
    await bar.getByRole('button', { name: 'Test on imports…' }).click();
    const picker = page.getByRole('dialog', { name: 'Test on imports' });
    await picker.getByLabel('Search imports').fill(FILE);
    await picker.getByRole('checkbox').check();
    await picker.getByRole('button', { name: 'Test', exact: true }).click();
    const result = page.getByRole('region', { name: 'Result of the back-test' });
    await expect(result.getByRole('region', { name: 'Gained' })).toContainText(day.host.toLowerCase(), {
      timeout: 60_000,
    });
    await expect(bar).toContainText('chosen imports only');
    await expect(bar.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0);
  });

  await backtest(page);
  await save(page, 'Our own, to begin with');
  await expect(page).toHaveURL(new RegExp(`/analytics/${OWN}$`));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('mshta, our own');
  await settled(request);
  expect(await chain(request, OWN)).toBeDefined();

  await test.step('switched off, it takes its findings along', async () => {
    await page.getByRole('tab', { name: 'YAML' }).click();
    await page.getByRole('switch', { name: 'Runs here' }).click();
    await backtest(page);
    await save(page, 'Not for others');
    await settled(request);
    expect(await chain(request, OWN)).toBeUndefined();
  });
});

test('a baseline hides a finding, is counted, and is revoked', async ({ page, request }) => {
  test.setTimeout(180_000);
  const finding = await chain(request, 'AN1397');
  await page.goto('/analytics/AN1397?tab=baselines');
  await page.getByRole('button', { name: 'New baseline' }).click();
  const form = page.getByRole('form', { name: 'New baseline' });
  await form.getByLabel('Title').fill('Our own page');
  await form.getByLabel('Reason').fill('It is ours, and checked.');
  await form.getByRole('textbox', { name: 'Condition, YAML' }).click();
  await page.keyboard.type(`{ stage: execution, where: { process.args|contains: '${source}' } }`);
  const result = await backtest(page);
  await expect(result).toContainText('Would hide 1 finding, of which 0 were called true positive');
  await page
    .getByRole('form', { name: 'Save the change' })
    .getByRole('button', { name: 'Save the baseline' })
    .click();

  const row = page
    .getByRole('region', { name: 'List of baselines' })
    .getByRole('listitem')
    .filter({ hasText: 'Our own page' });
  await expect(row).toBeVisible();
  await settled(request);
  await expect.poll(async () => (await findings(request, { q: finding?.id ?? '' })).total).toBe(0);
  await page.reload();
  await row.getByRole('link', { name: '1 finding' }).click();
  await expect(page).toHaveURL(/baseline=\d+/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('1 finding matches');

  await page.goto('/analytics/baselines');
  await row.getByRole('button', { name: 'Revoke Our own page' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('Only tried.');
  await dialog.getByRole('button', { name: 'Revoke', exact: true }).click();
  await expect(row).toHaveCount(0);
  await settled(request);
  await expect.poll(async () => (await findings(request, { q: finding?.id ?? '' })).total).toBe(1);
  await page.getByRole('radio', { name: 'revoked' }).click();
  await expect(row).toContainText('Only tried.');
});

for (const theme of ['dark', 'light'] as const) {
  test(`the analytics screens in ${theme}: nothing against WCAG 2.2 AA`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    for (const path of [
      '/analytics',
      '/analytics/AN1397',
      '/analytics/AN1397?tab=coverage',
      '/analytics/AN1397?tab=tuning',
      '/analytics/AN1397?tab=yaml',
      '/analytics/AN1397?tab=versions',
      '/analytics/AN1397?tab=baselines&add=true',
      '/analytics/new?from=AN1407',
      '/analytics/baselines?state=all',
      '/analytics/environment?list=browser',
    ]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('status').and(page.locator('[aria-busy=true]'))).toHaveCount(0);
      await expectAccessible(page);
    }
  });
}

test('at 320 px nothing but code and tables scrolls sideways', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of [
    '/analytics',
    '/analytics/AN1397',
    '/analytics/AN1397?tab=tuning',
    '/analytics/baselines',
  ]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wider, path).toBeLessThanOrEqual(0);
  }
});

/** The day's finding of an analytic that is open and not hidden. */
async function chain(request: APIRequestContext, analytic: string): Promise<FindingSummary | undefined> {
  const { items } = await findings(request, { analytic, host: day.host.toLowerCase() });
  return items[0];
}

/** Tries the change at hand over everything stored, and waits for what it would do. */
async function backtest(page: Page): Promise<Locator> {
  const bar = page.getByRole('region', { name: 'Unsaved change' });
  await bar.getByRole('button', { name: 'Back-test', exact: true }).click();
  await expect(page.getByRole('form', { name: 'Save the change' })).toBeVisible({ timeout: 90_000 });
  return page.getByRole('region', { name: 'Result of the back-test' });
}

async function save(page: Page, note: string): Promise<void> {
  const form = page.getByRole('form', { name: 'Save the change' });
  await form.getByLabel('Note: why').fill(note);
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(form).toHaveCount(0);
}
