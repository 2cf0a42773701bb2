import { expect, type Page, test } from '@playwright/test';
import { elsewhere, joined } from './support/team';

const HANDLE = 'pat.passkey';

/** Browsers keep passkeys for names, not for numbers: the same server, by its name on this machine. */
const named = (baseURL: string | undefined) => (baseURL ?? '').replace('127.0.0.1', 'localhost');

/** A device that keeps passkeys and whose owner is there and says yes. */
async function withAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

const accountMenu = (page: Page) =>
  page.getByRole('banner').getByRole('button', { name: /account and settings/ });

async function signedOut(page: Page): Promise<void> {
  await accountMenu(page).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
}

test('a passkey is added, signs in without a password, and no longer once it is removed', async ({
  browser,
  baseURL,
  request,
}) => {
  test.setTimeout(120_000);
  const page = await elsewhere(browser, named(baseURL));
  await joined(request, page, HANDLE, 'analyst');
  await withAuthenticator(page);
  await page.goto('/account');
  const part = page.getByRole('region', { name: 'Passkeys' });

  await test.step('added', async () => {
    await expect(part).toContainText('You have none.');
    await part.getByLabel('Name of the device').fill('Work laptop');
    await part.getByRole('button', { name: 'Add a passkey' }).click();
    await expect(part.getByRole('listitem')).toContainText('Work laptop');
  });

  await test.step('signs in, and leads to the page that was asked for', async () => {
    await signedOut(page);
    await page.goto('/hosts');
    await expect(page).toHaveURL(/\/sign-in\?next=%2Fhosts$/);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await expect(page).toHaveURL(/\/hosts$/);
    await expect(accountMenu(page)).toContainText(`Person ${HANDLE}`);
  });

  await test.step('opens nothing after it was removed', async () => {
    await page.goto('/account');
    await part.getByRole('button', { name: 'Remove Work laptop' }).click();
    await expect(part).toContainText('You have none.');
    await signedOut(page);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await expect(page.getByRole('alert').filter({ hasText: /./ })).toBeVisible();
    expect((await page.request.get('/api/v1/me')).status()).toBe(401);
  });
});

test('at an address that is a number, no passkey is offered, and why is said', async ({
  browser,
  baseURL,
  request,
}) => {
  const page = await elsewhere(browser, baseURL);
  await joined(request, page, 'pia.number', 'analyst');
  await page.goto('/account');
  const part = page.getByRole('region', { name: 'Passkeys' });
  await expect(part).toContainText('None can be made at this address');
  await expect(part.getByRole('button', { name: 'Add a passkey' })).toHaveCount(0);
});
