import { expect, test } from '@playwright/test';
import type { ImportView } from '../lib/contracts/imports';
import { imported } from './support/api';
import { dayOf, linesOf } from './support/recordings';

const day = dayOf(32, { chains: ['svg', 'mshta', 'macro'] });
let source: ImportView;

test.beforeAll(async ({ request }) => {
  source = await imported(request, 'links.json', linesOf(day.lines));
});

test('a pasted address of a finding gives the same view', async ({ page, browser }) => {
  await page.goto(`/?host=${day.host}`);
  await page.getByRole('grid', { name: 'Findings' }).getByRole('link').first().click();
  const stage = page.getByRole('list', { name: 'Stages' }).getByRole('button').nth(1);
  await stage.click();
  await expect(stage).toHaveAttribute('aria-current', 'step');
  await page.getByRole('radio', { name: 'Table' }).first().click();
  await page.getByRole('radio', { name: 'Kind' }).click();
  await page.getByRole('tab', { name: 'Runbook' }).click();
  await expect(page).toHaveURL(/tab=runbook/);
  await expect(page).toHaveURL(/lineage=table/);
  await expect(page).toHaveURL(/lanes=kind/);
  const shown = async (from: typeof page) => ({
    headline: await from.getByRole('heading', { level: 1 }).innerText(),
    stage: await from.locator('[aria-current=step]').getAttribute('aria-label'),
    row: await from.getByRole('treegrid').getByRole('row', { selected: true }).getAttribute('aria-label'),
    tab: await from.getByRole('tab', { selected: true }).innerText(),
    lanes: await from.getByRole('radio', { name: 'Kind' }).getAttribute('aria-checked'),
  });
  const first = await shown(page);
  expect(first).toMatchObject({ tab: 'Runbook', lanes: 'true' });

  const colleague = await browser.newContext();
  const other = await colleague.newPage();
  await other.goto(page.url());
  await expect(other.getByRole('treegrid').getByRole('row', { selected: true })).toBeVisible();
  await expect(other.getByRole('radio', { name: 'Kind' })).toBeVisible();
  expect(await shown(other)).toEqual(first);
  await colleague.close();
});

test('filters live in the address; back returns with them', async ({ page }) => {
  await page.goto('/');
  // The grid has a button of that name too, which orders by it.
  await page.getByRole('search').getByRole('button', { name: 'Host', exact: true }).click();
  await page.getByRole('menuitemradio', { name: day.host }).click();
  await page.getByRole('button', { name: /^Severity/ }).click();
  await page.getByRole('menuitemradio', { name: 'Medium and above' }).click();
  await page.getByRole('button', { name: /^Order/ }).click();
  await page.getByRole('menuitemradio', { name: 'Oldest' }).click();
  await expect(page).toHaveURL(/host=.*severity=medium.*sort=oldest|severity=medium.*host=.*sort=oldest/);
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText(/findings? match/);
  const links = page.getByRole('grid', { name: 'Findings' }).getByRole('link');
  const [count, order] = [await heading.innerText(), await links.allInnerTexts()];

  await page.goto(page.url());
  await expect(heading).toHaveText(count);
  expect(await links.allInnerTexts()).toEqual(order);

  await links.first().click();
  await expect(page.getByRole('list', { name: 'Stages' })).toBeVisible();
  await page.goBack();
  await expect(heading).toHaveText(count);
  await expect(page.getByRole('button', { name: `Host: ${day.host}` })).toBeVisible();
  expect(await links.allInnerTexts()).toEqual(order);
});

test('an event leads to the import it came from', async ({ page }) => {
  await page.goto(`/?host=${day.host}`);
  await page.getByRole('grid', { name: 'Findings' }).getByRole('link').first().click();
  await page.getByRole('tab', { name: 'Event' }).click();
  await page.getByRole('region', { name: 'Evidence' }).getByRole('link', { name: 'links.json' }).click();
  const detail = page.getByRole('complementary', { name: 'Import' });
  await expect(detail.getByText(source.sha256)).toBeVisible();
});

test('a finding that is not there says so and leads back', async ({ page }) => {
  await page.goto('/findings/no-such-finding?queue=severity%3Dhigh');
  await expect(page.getByRole('heading', { name: 'This finding no longer exists' })).toBeVisible();
  await expect(page.getByText('Its events are still stored.')).toBeVisible();
  await page.getByRole('link', { name: 'Back to triage' }).click();
  await expect(page).toHaveURL(/\/\?severity=high$/);
  await expect(page.getByRole('region', { name: 'Queue' })).toBeVisible();
});

test('a page that is not there says so', async ({ page }) => {
  const answer = await page.goto('/no/such/page');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await page.getByRole('link', { name: 'Go to triage' }).click();
  await expect(page.getByRole('region', { name: 'Queue' })).toBeVisible();
});
