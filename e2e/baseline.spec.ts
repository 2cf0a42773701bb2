import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import type { BaselineView } from '../lib/contracts/baselines';
import type { FindingList, FindingSummary } from '../lib/contracts/findings';
import { expectAccessible } from './support/accessible';
import { imported, settled } from './support/api';
import { dayOf, linesOf } from './support/recordings';
import { elsewhere, joined } from './support/team';

/** A day on which mshta runs a page of the web, on a machine of these journeys alone. */
const day = dayOf(64, { chains: ['mshta'] });

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ request }) => {
  await imported(request, 'baseline-day.json', linesOf(day.lines));
  expect(await chain(request)).toBeDefined();
});

async function chain(request: APIRequestContext): Promise<FindingSummary> {
  const asked = new URLSearchParams({ host: day.host, analytic: 'AN1397', suppressed: 'any' });
  const { items } = (await (await request.get(`/api/v1/findings?${asked}`)).json()) as FindingList;
  const [finding] = items;
  if (finding === undefined) throw new Error(`no finding of AN1397 on ${day.host}`);
  return finding;
}

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Never again' });

test('from a false positive to a baseline by keyboard: key, try, save', async ({ page, request }) => {
  test.setTimeout(240_000);
  const finding = await chain(request);
  await page.goto(`/findings/${finding.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('v');
  await page.keyboard.press('f');
  await page.getByLabel('Reason').fill('Our deployment, checked with its owner');
  await page.keyboard.press('Control+Enter');
  await page.goto(`/findings/${finding.id}`);
  await expect(page.getByRole('button', { name: /Never again/ })).toBeVisible();

  await page.keyboard.press('B');
  const dialog = dialogOf(page);
  const candidates = dialog.getByRole('group', { name: /Which chains/ }).getByRole('radio');
  await expect(candidates.first()).toBeChecked();
  await expect(candidates.first()).toBeFocused();
  await expect(dialog.getByLabel('Reason')).toHaveValue('Our deployment, checked with its owner');
  await expect(dialog.getByLabel('Owner')).not.toHaveValue('');
  await expect(dialog.getByLabel('Ends on')).not.toHaveValue('');
  await expect(dialog.getByRole('region', { name: 'Would be hidden now' })).toContainText(day.host);
  await expectAccessible(page, '[role=dialog]');

  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText(/recorded attacks is still found/)).toBeVisible({ timeout: 120_000 });
  await expect(dialog.getByText(/Would hide 1 finding, of which 0/)).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);

  await settled(request);
  await expect.poll(async () => (await chain(request)).suppressed).toBe(true);
  await page.goto('/analytics/baselines');
  const row = page
    .getByRole('region', { name: 'List of baselines' })
    .getByRole('listitem')
    .filter({ hasText: 'Our deployment, checked with its owner' });
  await expect(row.getByRole('link', { name: '1 finding' })).toBeVisible();
  await row.getByText(/What its end brings back/).click();
  await expect(row).toContainText('Were it revoked, 1 finding would return.');
  await row.getByRole('button', { name: /^Revoke/ }).click();
  const revoking = page.getByRole('dialog');
  await revoking.getByLabel('Reason').fill('Only tried.');
  await revoking.getByRole('button', { name: 'Revoke', exact: true }).click();
  await settled(request);
  await expect.poll(async () => (await chain(request)).suppressed).toBe(false);
});

test('an analyst proposes, and only a second person puts it in force', async ({
  browser,
  baseURL,
  page,
  request,
}) => {
  test.setTimeout(240_000);
  const finding = await chain(request);
  const analyst = await elsewhere(browser, baseURL);
  await joined(request, analyst, 'petra', 'analyst');
  await analyst.goto(`/findings/${finding.id}`);
  await expect(analyst.getByRole('heading', { level: 1 })).toBeVisible();
  await analyst.keyboard.press('B');
  const dialog = dialogOf(analyst);
  await dialog.getByLabel('Title').fill('Proposed by Petra');
  await dialog.getByRole('button', { name: 'Back-test it' }).click();
  const save = dialog.getByRole('button', { name: 'Save and ask a second person' });
  await expect(save).toBeVisible({ timeout: 120_000 });
  await save.click();
  await expect(dialog).toHaveCount(0);
  expect((await chain(request)).suppressed).toBe(false);

  const { items } = (await (await request.get('/api/v1/baselines?state=waiting')).json()) as {
    items: BaselineView[];
  };
  const waiting = items.find(({ title }) => title === 'Proposed by Petra');
  const own = await analyst.request.post(`/api/v1/baselines/${waiting?.id}/approve`, { data: {} });
  expect(own.status()).toBe(403);

  await page.goto('/analytics/baselines?state=waiting');
  await page.getByRole('button', { name: 'Approve Proposed by Petra' }).click();
  await settled(request);
  await expect.poll(async () => (await chain(request)).suppressed).toBe(true);
  const revoked = await request.post(`/api/v1/baselines/${waiting?.id}/revoke`, {
    data: { reason: 'tried' },
  });
  expect(revoked.ok()).toBe(true);
  await settled(request);
});
