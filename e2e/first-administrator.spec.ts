import { expect, test } from '@playwright/test';
import { ADMINISTRATOR, FIRST, firstLink } from './support/signIn';

test('nothing is open until the first administrator came by the link that the start printed', async ({
  page,
  request,
}) => {
  expect((await request.get('/api/v1/findings')).status()).toBe(401);
  await page.goto('/');
  await expect(page).toHaveURL(/\/sign-in/);

  const link = firstLink();
  await page.goto(link);
  // The token is not left in the address, where it would stay in the history.
  await expect(page).toHaveURL(/\/join$/);
  await page.getByLabel('Your name').fill(FIRST.name);
  await page.getByLabel('Handle').fill(FIRST.handle);
  await page.getByLabel('Mail address').fill(FIRST.email);
  await page.getByLabel('Password', { exact: true }).fill(FIRST.password);
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page).toHaveURL(/\/$/);
  await page.context().storageState({ path: ADMINISTRATOR });

  const token = new URL(link, 'http://here').searchParams.get('token') ?? '';
  const again = await request.get(`/api/v1/invitation?token=${token}`);
  expect(again.status(), 'the link opens nothing a second time').toBe(404);
});
