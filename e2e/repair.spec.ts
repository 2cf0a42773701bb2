import { expect, type Locator, type Page, test } from '@playwright/test';
import { configure, TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { processStart, toLines } from '../lib/workflows/testRecords';
import { expectAccessible } from './support/accessible';
import { findings, imported, imports } from './support/api';
import { tabTo } from './support/keyboard';
import { dayOf, linesOf } from './support/recordings';
import { FIRST } from './support/signIn';

/** A format that makes nothing of the recordings used here. */
const WRONG = 'crowdstrike-fdr';

test('a wrong guess is corrected without a new upload, and the activity says who did it', async ({
  page,
  request,
}) => {
  const before = await imported(request, 'guess.json', linesOf(dayOf(40, { chains: [] }).lines));
  await open(page, before.id, 'files');
  await expect(detail(page).getByText(/% sure: \d+ of the first \d+ records/)).toBeVisible();
  await picture(page, 'files');

  await detail(page).getByLabel('Read it as').selectOption(WRONG);
  await detail(page).getByRole('button', { name: 'Read again' }).click();
  await expect(detail(page).getByText(`${WRONG}, as chosen`)).toBeVisible({ timeout: 30_000 });
  await expect(detail(page).getByText('0 events')).toBeVisible();

  await detail(page).getByLabel('Read it as').selectOption('auto');
  await detail(page).getByRole('button', { name: 'Read again' }).click();
  const events = `${before.records.events.toLocaleString('en')} events`;
  await expect(detail(page).getByText(events)).toBeVisible({ timeout: 30_000 });
  const after = (await imports(request)).items.find((item) => item.id === before.id);
  expect(after?.records).toEqual(before.records);

  await detail(page).getByRole('tab', { name: 'Activity' }).click();
  const activity = detail(page).getByRole('list', { name: 'Activity' }).getByRole('listitem');
  await expect(activity).toHaveCount(3);
  await expect(activity.nth(1)).toContainText(`You had it read again as ${WRONG}`);
  await expect(activity.nth(2)).toContainText('You imported it');
  await picture(page, 'activity');
});

test('an encrypted archive says so; the usual passwords fill the field and nothing is tried unasked', async ({
  page,
  request,
}) => {
  configure({ useWebWorkers: false });
  const writer = new ZipWriter(new Uint8ArrayWriter(), { password: 'infected', encryptionStrength: 3 });
  const lines = linesOf(dayOf(42, { chains: [] }).lines.slice(0, 200)).toString();
  await writer.add('inside.json', new TextReader(lines));
  const stored = await imported(request, 'locked.zip', Buffer.from(await writer.close()));
  expect(stored.state).toBe('failed');

  await open(page, stored.id, 'overview');
  const note = detail(page).getByRole('form', { name: 'Encrypted' });
  await expect(note).toContainText('encrypted and was not opened');
  await expect(note.getByRole('button', { name: 'Open with this password' })).toBeDisabled();
  const sent: string[] = [];
  page.on('request', (each) => {
    if (each.method() !== 'GET') sent.push(each.url());
  });
  for (const usual of ['malware', 'virus', 'password', 'infected']) {
    await note.getByRole('button', { name: usual, exact: true }).click();
    await expect(note.getByLabel('Password of the archive')).toHaveValue(usual);
  }
  expect(sent).toEqual([]);
  await picture(page, 'encrypted');
  await note.getByRole('button', { name: 'Open with this password' }).click();
  await expect(note).toBeHidden({ timeout: 30_000 });
  await expect(detail(page).getByText('200 read')).toBeVisible({ timeout: 30_000 });
  expect(sent).toHaveLength(1);
});

test('deleting asks first, names what leaves, and takes the findings with it; all by keyboard', async ({
  page,
  request,
}) => {
  const stored = await imported(request, 'doomed.json', linesOf(dayOf(44, { chains: ['svg'] }).lines));
  const host = stored.hosts[0] ?? '';
  expect((await findings(request, { host })).total).toBeGreaterThan(0);
  await open(page, stored.id, 'overview');
  // What is opened has the focus, however long the list of imports before it.
  await expect(detail(page).getByRole('heading', { name: 'doomed.json' })).toBeFocused();
  await tabTo(page, detail(page).getByRole('button', { name: 'Delete…' }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Delete this import?' });
  await expect(dialog).toContainText(`Its ${stored.records.events.toLocaleString('en')} events leave.`);
  await expect(dialog).toContainText(/\d findings? may change or go/);
  await picture(page, 'delete');
  await expect(dialog.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  expect((await request.get(`/api/v1/imports/${stored.id}`)).status()).toBe(200);

  await page.keyboard.press('Enter');
  await tabTo(page, dialog.getByRole('button', { name: 'Delete the import' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('Deleted doomed.json. Findings are worked out again.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Details of doomed.json' })).toHaveCount(0);
  expect((await request.get(`/api/v1/imports/${stored.id}`)).status()).toBe(404);
  await expect.poll(async () => (await findings(request, { host })).total, { timeout: 30_000 }).toBe(0);
  const audit = await (await request.get(`/api/v1/audit?subject=import:${stored.id}`)).json();
  expect(audit.items[0]).toMatchObject({ by: FIRST.handle, action: 'import.deleted' });
});

test('an import on its way can be cancelled, and read after all', async ({ page, request }) => {
  test.setTimeout(120_000);
  const lines = toLines(Array.from({ length: 60_000 }, (_, n) => processStart('slow-ws', n + 1)));
  const answer = await request.post('/api/v1/imports?name=slow.json', {
    data: lines,
    headers: { 'content-type': 'application/octet-stream' },
  });
  const { id } = (await answer.json()) as { id: string };
  await open(page, id, 'overview');
  await detail(page).getByRole('button', { name: 'Cancel the import' }).click();
  await expect(detail(page).getByRole('alert')).toContainText(`Cancelled by ${FIRST.handle}`, {
    timeout: 30_000,
  });
  await picture(page, 'cancelled');
  const view = await (await request.get(`/api/v1/imports/${id}`)).json();
  expect(view.records.read).toBe(0);
  await detail(page)
    .getByRole('tab', { name: /^Files/ })
    .click();
  await detail(page).getByRole('button', { name: 'Read again' }).click();
  await expect(detail(page).getByText('60,000 events')).toBeVisible({ timeout: 60_000 });
});

test('the quarantine is read by reason, as text and in hex, and again', async ({ page, request }) => {
  const stored = await imported(request, 'held.json', linesOf(dayOf(46, { chains: [], broken: 4 }).lines));
  await open(page, stored.id, 'quarantine');
  const reason = detail(page)
    .getByRole('list', { name: 'Reasons' })
    .getByRole('button', { name: /^\d/ })
    .first();
  await expect(reason).toBeVisible();
  if ((await reason.getAttribute('aria-expanded')) === 'false') await reason.click();
  await expect(detail(page).getByRole('list', { name: 'Quarantined records' })).toBeVisible();
  await picture(page, 'quarantine');
  await detail(page).getByRole('radio', { name: 'Hex' }).click();
  await picture(page, 'hex');
  await detail(page).getByRole('button', { name: 'Read these again' }).click();
  await expect
    .poll(async () => (await (await request.get(`/api/v1/imports/${stored.id}`)).json()).state)
    .toBe('done');
  expect((await (await request.get(`/api/v1/imports/${stored.id}`)).json()).records).toEqual(stored.records);
});

test('nothing of it stands against WCAG 2.2 AA in either theme', async ({ page, request }) => {
  test.setTimeout(240_000);
  const stored = await imported(request, 'held.json', linesOf(dayOf(46, { chains: [], broken: 4 }).lines));
  for (const theme of ['dark', 'light'] as const) {
    for (const tab of ['overview', 'files', 'quarantine', 'activity']) {
      await open(page, stored.id, tab);
      await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
      await expect(detail(page).getByRole('tabpanel').getByRole('status')).toHaveCount(0);
      await expectAccessible(page);
    }
    await open(page, stored.id, 'overview');
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
    await detail(page).getByRole('button', { name: 'Delete…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.evaluate((shown) => Promise.all(shown.getAnimations().map((each) => each.finished)));
    await expectAccessible(page);
  }
});

async function open(page: Page, id: string, tab: string): Promise<void> {
  await page.goto(`/imports?import=${id}&tab=${tab}`);
  await expect(detail(page).getByRole('tabpanel')).toBeVisible();
}

function detail(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Import' });
}

/** Pictures for people, in both themes, only where REPAIR_PICTURES names a folder. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.REPAIR_PICTURES;
  if (folder === undefined) return;
  for (const theme of ['dark', 'light']) {
    await page.evaluate((chosen) => document.documentElement.setAttribute('data-theme', chosen), theme);
    await page.screenshot({ path: `${folder}/${name}-${theme}.png` });
  }
}
