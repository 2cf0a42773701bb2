import { base32 } from '@better-auth/utils/base32';
import { createOTP } from '@better-auth/utils/otp';
import { expect, type Page, test } from '@playwright/test';
import type { FindingList } from '../lib/contracts/findings';
import { expectAccessible } from './support/accessible';
import { sampleImported } from './support/api';
import { added, elsewhere, emailOf, joined, NOBODY, PASSWORD } from './support/team';

// Each goes through several browsers, with passwords that take their time to check.
test.describe.configure({ timeout: 180_000 });

async function signIn(page: Page, handle: string, password: string): Promise<void> {
  await page.getByLabel('Address').fill(emailOf(handle));
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

const accountMenu = (page: Page) =>
  page.getByRole('banner').getByRole('button', { name: /account and settings/ });

test('somebody who is not signed in comes back to the page they asked for', async ({
  browser,
  baseURL,
  request,
}) => {
  const first = await elsewhere(browser, baseURL);
  await joined(request, first, 'back.to.page', 'analyst');
  const page = await elsewhere(browser, baseURL);

  await page.goto('/events?q=mshta');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fevents%3Fq%3Dmshta$/);
  await expect(page.getByLabel('Address')).toBeFocused();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toHaveCount(0);

  await signIn(page, 'back.to.page', 'not the password');
  const refusal = page.getByRole('alert').filter({ hasText: 'Not signed in' });
  await expect(refusal).toContainText('The address or the password is wrong.');
  await expect(refusal).toContainText('An administrator can give you a link');
  await expect(page.getByLabel('Address')).toHaveValue(emailOf('back.to.page'));
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused();

  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/events\?q=mshta$/);
  await expect(accountMenu(page)).toContainText('Person back.to.page');

  await test.step('and is outside again after signing out', async () => {
    await accountMenu(page).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/\/sign-in$/);
    await page.goBack();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    expect((await page.request.get('/api/v1/me')).status()).toBe(401);
  });
});

test('an administrator adds a person, who joins by the link in a browser of their own', async ({
  page,
  browser,
  baseURL,
}) => {
  await page.goto('/admin/people');
  await page.getByRole('button', { name: 'Add a person…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a person' });
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await dialog.getByLabel('Name').fill('Zoë Lind');
  await expect(dialog.getByLabel('Handle')).toHaveValue('zoe.lind');
  await dialog.getByLabel('Mail address').fill(emailOf('zoe.lind'));
  await dialog.getByLabel('Role').selectOption('engineer');
  await dialog.getByRole('button', { name: 'Add and make a link' }).click();

  const shown = page.getByRole('dialog', { name: 'Zoë Lind can join' });
  const link = (await shown.getByRole('status', { name: 'One-time link' }).innerText()).trim();
  await shown.getByRole('button', { name: 'I have copied it' }).click();
  const row = page.getByRole('row').filter({ hasText: 'zoe.lind' });
  await expect(row).toContainText('has not joined yet');

  const hers = await elsewhere(browser, baseURL);
  const asked: string[] = [];
  hers.on('request', (sent) => asked.push(`${sent.url()} ${sent.headers().referer ?? ''}`));
  await hers.goto(new URL(link).pathname + new URL(link).search);
  await expect(hers.getByRole('heading', { name: 'Join Sequela' })).toBeVisible();
  await expect(hers.getByText('zoe.lind')).toBeVisible();
  // Only the page itself and the question what the link is for were asked with it.
  expect(hers.url()).not.toContain('token');
  const token = new URL(link).searchParams.get('token') ?? '?';
  for (const sent of asked.filter((each) => each.includes(token)))
    expect(sent).toMatch(/^http:\/\/[^ ]+\/(join|api\/v1\/invitation)\?token=[^ ]+ $/);

  await hers.getByRole('button', { name: 'Join' }).click();
  await expect(hers.getByText('Choose a password.')).toBeVisible();
  await hers.getByLabel('Password', { exact: true }).fill('short');
  await hers.getByRole('button', { name: 'Join' }).click();
  await expect(hers.getByText('At least 12 characters.').first()).toBeVisible();
  await hers.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await hers.getByRole('button', { name: 'Join' }).click();
  // A detection engineer's day begins at the analytics.
  await expect(hers).toHaveURL(/\/analytics$/);
  await expect(accountMenu(hers)).toContainText('Zoë Lind');

  await page.reload();
  await expect(row).toContainText('works here');
  await expect(row).toContainText('password only');

  await test.step('the link works once and says so', async () => {
    const late = await elsewhere(browser, baseURL);
    await late.goto(new URL(link).pathname + new URL(link).search);
    await expect(late.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
    await expect(late.getByText('Ask an administrator for a new one')).toBeVisible();
    await late.goto('/join');
    await expect(late.getByRole('heading', { name: 'Open the link again' })).toBeVisible();
  });

  await test.step('deactivated, she is out at her next step and stays in history', async () => {
    await row.getByRole('button', { name: 'Act on Zoë Lind' }).click();
    await page.getByRole('menuitem', { name: 'Deactivate…' }).click();
    const asks = page.getByRole('dialog', { name: 'Deactivate this person?' });
    await expect(asks).toContainText('signed out everywhere at once');
    await asks.getByRole('button', { name: 'Deactivate', exact: true }).click();
    await expect(row).toContainText('left');
    await hers.goto('/hosts');
    await expect(hers).toHaveURL(/\/sign-in\?next=%2Fhosts$/);
    await signIn(hers, 'zoe.lind', PASSWORD);
    await expect(hers.getByRole('alert').filter({ hasText: 'Not signed in' })).toBeVisible();
  });
});

test('a manager sees all and is offered nothing to change, by button or by key', async ({
  browser,
  baseURL,
  request,
}) => {
  const imported = await sampleImported(request);
  const { items } = (await (await request.get('/api/v1/findings?limit=1')).json()) as FindingList;
  const [finding] = items;
  const page = await elsewhere(browser, baseURL);
  await joined(request, page, 'mia.manager', 'manager');
  const changes: string[] = [];
  page.on('request', (sent) => {
    if (sent.method() !== 'GET' && sent.url().includes('/api/')) changes.push(sent.url());
  });

  await page.goto(`/findings/${finding?.id ?? ''}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: /^True positive/ })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^False positive/ })).toHaveCount(0);
  for (const key of ['v', 't', 'i', 'z', 'm']) await page.keyboard.press(key);
  await expect(page.getByRole('form', { name: /^Verdict/ })).toHaveCount(0);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard' });
  await expect(help.getByText('Next finding')).toBeVisible();
  await expect(help.getByText('Take the last verdict back')).toHaveCount(0);
  await page.keyboard.press('Escape');

  await page.goto(`/imports?import=${imported.id}`);
  await expect(page.getByText('Managers cannot import.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Delete…' })).toHaveCount(0);
  await expect(page.getByText('Managers cannot read imports again, cancel or delete them.')).toBeVisible();
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['{}'], 'dropped.json'));
    return transfer;
  });
  await page.dispatchEvent('body', 'drop', { dataTransfer: dropped });
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('Managers cannot import.');

  await page.goto('/analytics/AN1397?tab=tuning');
  await expect(page.getByRole('switch', { name: /Runs here/ })).toBeDisabled();
  await page.goto('/admin/people');
  await expect(page.getByRole('heading', { name: 'Managers cannot manage people.' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Admin', exact: true })).toHaveCount(0);
  expect(changes).toEqual([]);
});

test('an authenticator app is set up, asked for at the next sign-in, and a backup code stands in once', async ({
  browser,
  baseURL,
  request,
}) => {
  const page = await elsewhere(browser, baseURL);
  await joined(request, page, 'tom.totp', 'analyst');
  await page.goto('/account');
  const part = page.getByRole('region', { name: 'Authenticator app' });
  await part.getByRole('button', { name: 'Set up…' }).click();
  await part.getByLabel('Your password, to confirm', { exact: true }).fill(PASSWORD);
  await part.getByRole('button', { name: 'Go on' }).click();
  await expect(part.getByRole('img', { name: /^QR code/ })).toBeVisible();
  const secret = (await part.getByRole('status', { name: 'Secret' }).innerText()).trim();
  const codeNow = () => createOTP(new TextDecoder().decode(base32.decode(secret))).totp();
  await part.getByLabel('Code that the app shows now').fill('000000');
  await part.getByRole('button', { name: 'Put in force' }).click();
  await expect(part.getByRole('alert')).toContainText('The code is wrong');
  await part.getByLabel('Code that the app shows now').fill(await codeNow());
  await part.getByRole('button', { name: 'Put in force' }).click();
  await expect(part.getByText('In force: a code is asked for')).toBeVisible();
  const [backup = ''] = await part
    .getByRole('region', { name: 'Backup codes' })
    .getByRole('listitem')
    .allInnerTexts();
  await part.getByRole('button', { name: 'I have kept them' }).click();

  const again = await elsewhere(browser, baseURL);
  await again.goto('/sign-in');
  await signIn(again, 'tom.totp', PASSWORD);
  await expect(again.getByLabel('Code')).toBeFocused();
  await again.getByLabel('Code').fill('111111');
  await again.keyboard.press('Enter');
  await expect(again.getByText('The code is wrong')).toBeVisible();
  await again.getByLabel('Code').fill(await codeNow());
  await again.keyboard.press('Enter');
  await expect(accountMenu(again)).toBeVisible();

  for (const [attempt, works] of [
    ['first', true],
    ['second', false],
  ] as const)
    await test.step(`a backup code, ${attempt} time`, async () => {
      const lost = await elsewhere(browser, baseURL);
      await lost.goto('/sign-in');
      await signIn(lost, 'tom.totp', PASSWORD);
      await lost.getByRole('button', { name: 'Use a backup code' }).click();
      await lost.getByLabel('Backup code').fill(backup);
      await lost.keyboard.press('Enter');
      if (works) await expect(accountMenu(lost)).toBeVisible();
      else await expect(lost.getByText('The code is wrong')).toBeVisible();
    });
});

test('a key is made, shown once, works within its scopes and is revoked', async ({
  browser,
  baseURL,
  request,
  playwright,
}) => {
  const page = await elsewhere(browser, baseURL);
  await joined(request, page, 'kim.keys', 'engineer');
  await page.goto('/account?tab=keys');
  await page.getByRole('button', { name: 'New key…' }).click();
  const dialog = page.getByRole('dialog', { name: 'New API key' });
  await dialog.getByLabel('Name').fill('Collector in Oslo');
  await dialog.getByRole('button', { name: 'Make the key' }).click();
  await expect(dialog.getByText('Choose at least one.')).toBeVisible();
  await dialog.getByRole('checkbox', { name: /^Collect/ }).check();
  await dialog.getByRole('button', { name: 'Make the key' }).click();
  const made = page.getByRole('dialog', { name: 'The key is made' });
  const key = (await made.getByRole('status', { name: 'Key' }).innerText()).trim();
  expect(key).toMatch(/^sqk_/);
  await made.getByRole('button', { name: 'I have copied it' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Collector in Oslo' });
  await expect(row).toContainText('Collect');
  await expect(page.getByText(key)).toHaveCount(0);

  const program = await playwright.request.newContext({
    baseURL: baseURL ?? '',
    storageState: NOBODY,
    extraHTTPHeaders: { authorization: `Bearer ${key}` },
  });
  expect((await program.get('/api/v1/imports')).status()).toBe(200);
  expect((await program.get('/api/v1/findings')).status()).toBe(403);
  await row.getByRole('button', { name: 'Revoke Collector in Oslo' }).click();
  await page
    .getByRole('dialog', { name: 'Revoke this key?' })
    .getByRole('button', { name: 'Revoke the key' })
    .click();
  await expect(row.getByRole('button')).toHaveCount(0);
  expect((await program.get('/api/v1/imports')).status()).toBe(401);
  await program.dispose();
});

test('a session ended elsewhere: what was typed stays, and signing in again goes on', async ({
  browser,
  baseURL,
  request,
}) => {
  await sampleImported(request);
  const { items } = (await (await request.get('/api/v1/findings?limit=1')).json()) as FindingList;
  const [finding] = items;
  const here = await elsewhere(browser, baseURL);
  await joined(request, here, 'sam.session', 'analyst');
  const there = await elsewhere(browser, baseURL);
  await there.goto('/sign-in');
  await signIn(there, 'sam.session', PASSWORD);
  await expect(accountMenu(there)).toBeVisible();
  await there.goto(`/findings/${finding?.id ?? ''}`);
  await there.getByRole('button', { name: /^True positive/ }).click();
  const words = there.getByLabel('Reason');
  await words.fill('Seen it on two other hosts, ruled out the installer.');

  await here.goto('/account');
  const sessions = here.getByRole('list', { name: 'Sessions' });
  await expect(sessions.getByRole('listitem')).toHaveCount(2);
  await sessions.getByRole('button', { name: /^End the session/ }).click();
  await expect(sessions.getByRole('listitem')).toHaveCount(1);

  const asks = there.getByRole('dialog', { name: 'You are no longer signed in' });
  // What the page asks for by itself may find out first; the dialog then stands before the button.
  await expect(async () => {
    if (!(await asks.isVisible()))
      await there
        .getByRole('form', { name: /^Verdict/ })
        .getByRole('button', { name: 'Save', exact: true })
        .click({ timeout: 2000 });
    await expect(asks).toBeVisible({ timeout: 5000 });
  }).toPass();
  await asks.getByLabel('Address').fill(emailOf('sam.session'));
  await asks.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await asks.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(asks).toBeHidden();
  await expect(words).toHaveValue('Seen it on two other hosts, ruled out the installer.');

  await test.step('the password changed here ends the session there; a new page leads to the sign-in', async () => {
    const part = here.getByRole('region', { name: 'Password' });
    await part.getByLabel('Current password', { exact: true }).fill(PASSWORD);
    await part.getByLabel('New password', { exact: true }).fill(`${PASSWORD} two`);
    await part.getByRole('button', { name: 'Change the password' }).click();
    await expect(here.getByText('Everywhere else you were signed out.')).toBeVisible();
    await there.goto('/hosts');
    await expect(there).toHaveURL(/\/sign-in\?next=%2Fhosts$/);
    await here.goto('/hosts');
    await expect(accountMenu(here)).toBeVisible();
  });
});

type Screen = {
  readonly path: string;
  readonly inside: boolean;
  readonly ready: (page: Page) => Promise<void>;
};

const SCREENS: Readonly<Record<string, Screen>> = {
  'Sign in': {
    path: '/sign-in',
    inside: false,
    ready: (page) => expect(page.getByRole('form', { name: 'Sign in' })).toBeVisible(),
  },
  'Join without a link': {
    path: '/join',
    inside: false,
    ready: (page) => expect(page.getByRole('heading', { name: 'Open the link again' })).toBeVisible(),
  },
  Account: {
    path: '/account',
    inside: true,
    ready: (page) => expect(page.getByRole('list', { name: 'Sessions' })).toBeVisible(),
  },
  'API keys': {
    path: '/account?tab=keys',
    inside: true,
    ready: (page) => expect(page.getByRole('button', { name: 'New key…' })).toBeVisible(),
  },
  'Admin: people': {
    path: '/admin/people',
    inside: true,
    ready: (page) => expect(page.getByRole('table', { name: 'People' })).toBeVisible(),
  },
};

for (const theme of ['dark', 'light'] as const)
  for (const [name, screen] of Object.entries(SCREENS))
    test(`${name} in the ${theme} theme has no accessibility violation`, async ({
      page,
      browser,
      baseURL,
    }) => {
      const seen = screen.inside ? page : await elsewhere(browser, baseURL);
      await seen.addInitScript((choice) => localStorage.setItem('sequela.theme', choice), theme);
      await seen.goto(screen.path);
      await screen.ready(seen);
      await expectAccessible(seen);
    });

for (const theme of ['dark', 'light'] as const)
  test(`a link to join in the ${theme} theme has no accessibility violation`, async ({
    browser,
    baseURL,
    request,
  }) => {
    const { link } = await added(request, `join.${theme}`, 'lead');
    const page = await elsewhere(browser, baseURL);
    await page.addInitScript((choice) => localStorage.setItem('sequela.theme', choice), theme);
    await page.goto(new URL(link).pathname + new URL(link).search);
    await expect(page.getByRole('form', { name: 'Join' })).toBeVisible();
    await expectAccessible(page);
  });
