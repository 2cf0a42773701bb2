import { expect, type Page, test } from '@playwright/test';
import type { FindingList } from '../lib/contracts/findings';
import { sampleImported } from './support/api';
import { elsewhere, joined } from './support/team';

/** Two people at once need two sessions: see e2e/support for how a second one signs in. */
const bell = (page: Page) => page.getByRole('button', { name: /^Notifications, / });

test('the bell opens by keyboard, says what there is, and gives focus back', async ({ page, request }) => {
  await sampleImported(request);
  await page.goto('/');
  await expect(bell(page)).toHaveAccessibleName(/Notifications, (none|\d+) unread/);
  await bell(page).focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog', { name: 'Newest notifications' });
  await expect(panel).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(bell(page)).toBeFocused();
});

test('a finding that is given to somebody shows at their bell, and is read when it is opened', async ({
  browser,
  baseURL,
  request,
}) => {
  test.setTimeout(120_000);
  await sampleImported(request);
  const page = await elsewhere(browser, baseURL);
  await joined(request, page, 'nina.reader', 'analyst');
  await page.goto('/');
  await expect(bell(page)).toHaveAccessibleName('Notifications, none unread');
  const { items } = (await (await request.get('/api/v1/findings?limit=1')).json()) as FindingList;
  const [finding] = items;
  const answer = await request.post(`/api/v1/findings/${finding?.id}/assign`, {
    data: { assignee: 'nina.reader', revision: finding?.revision },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  // The count is asked for every 30 seconds.
  await expect(bell(page)).toHaveAccessibleName('Notifications, 1 unread', { timeout: 40_000 });
  await bell(page).click();
  const told = page.getByRole('dialog', { name: 'Newest notifications' }).getByRole('listitem').first();
  await expect(told).toContainText('Unread');
  await told.getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`/findings/${finding?.id}`));
  await expect(bell(page)).toHaveAccessibleName('Notifications, none unread');
});

test('an administrator adds a webhook, sees its secret once, and is refused an address inside', async ({
  page,
}) => {
  await page.goto('/admin/webhooks');
  await page.getByRole('button', { name: 'Add a webhook…' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Chat room');
  await dialog.getByRole('textbox', { name: 'Address' }).fill('https://169.254.169.254/latest/meta-data');
  await dialog.getByRole('checkbox', { name: 'An import failed' }).check();
  await dialog.getByRole('button', { name: 'Add' }).click();
  await expect(dialog).toContainText('169.254.169.254 is not an address of the public internet');
  await dialog.getByRole('textbox', { name: 'Address' }).fill('https://hooks.example.invalid/room');
  await dialog.getByRole('button', { name: 'Add' }).click();
  const secret = await dialog.getByLabel('Secret').innerText();
  expect(secret).toMatch(/^sqwh_/);
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  await expect(page.getByRole('list', { name: 'Webhooks' })).toContainText('Chat room');
  await page.reload();
  await expect(page.getByText(secret)).toHaveCount(0);
  await page.getByRole('button', { name: 'Test Chat room' }).click();
  await expect(page.getByRole('table', { name: 'Messages to Chat room' })).toContainText('A test message');
});
