import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { makeZip } from '../lib/containers/testZip';
import { imports } from './support/api';
import { dayOf, linesOf } from './support/recordings';

test.beforeEach(async ({ page }) => {
  await page.goto('/imports');
  await expect(page.getByRole('heading', { name: 'Imports', level: 1 })).toBeVisible();
});

test('the same file twice says so and counts nothing twice', async ({ page, request }) => {
  const content = linesOf(dayOf(22, { chains: [] }).lines);
  await drop(page, 'twice.json', content);
  await done(page, 'twice.json');
  const before = (await imports(request)).items;

  await drop(page, 'twice-renamed.json', content);
  const note = page.getByRole('status').filter({ hasText: 'twice-renamed.json' });
  await expect(note).toContainText('was already imported on');
  await expect(note).toContainText('as twice.json; nothing was counted twice.');
  expect((await imports(request)).items.map(({ id, records }) => ({ id, records }))).toEqual(
    before.map(({ id, records }) => ({ id, records })),
  );
  await page.getByRole('button', { name: 'Show it' }).click();
  await expect(detail(page).getByRole('heading', { name: 'twice.json' })).toBeVisible();
});

test('a crooked file: what could not be read is kept with place, reason and text', async ({ page }) => {
  const day = dayOf(24, { chains: [], broken: 2, duplicates: 4 });
  const content = linesOf(day.lines);
  await drop(page, 'crooked.json', content);
  const row = await done(page, 'crooked.json');
  await expect(row).toContainText('4 duplicates');
  await row.getByRole('button', { name: '2 quarantined' }).click();

  const reasons = detail(page).getByRole('list', { name: 'Reasons' }).getByRole('button', { name: /^\d/ });
  const records = detail(page).getByRole('list', { name: 'Quarantined records' });
  await expect(reasons.first()).toBeVisible();
  const places = new Set<number>();
  for (const reason of await reasons.all()) {
    if ((await reason.getAttribute('aria-expanded')) === 'false') await reason.click();
    await expect(records).toBeVisible();
    for (const item of await records.getByRole('listitem').all()) {
      await expect(item.getByText(/^crooked\.json, record [\d,]+, byte [\d,]+, /)).toBeVisible();
      const text = await item.locator('pre').innerText();
      expect(day.lines).toContain(text);
      expect(() => JSON.parse(text)).toThrow();
      const [, byte = ''] = (await item.innerText()).match(/byte ([\d,]+)/) ?? [];
      const offset = Number(byte.replaceAll(',', ''));
      expect(content.subarray(offset, offset + text.length).toString()).toBe(text);
      expect((await item.locator('p').first().innerText()).length).toBeGreaterThan(10);
      places.add(offset);
    }
  }
  expect(places.size).toBe(2);
  await detail(page).getByRole('radio', { name: 'Hex' }).click();
  await expect(records.locator('pre').first()).toContainText(/^[0-9a-f]{8} {2}([0-9a-f]{2} ){7}/);

  await detail(page).getByRole('tab', { name: 'Overview' }).click();
  const waiting = page.waitForEvent('download');
  await detail(page).getByRole('link', { name: 'Download the original' }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toBe('crooked.json');
  const sum = sha256(fs.readFileSync(await download.path()));
  expect(sum).toBe(sha256(content));
  await expect(detail(page).getByText(sum)).toBeVisible();
});

test('the same records as UTF-16, as .gz and in a .zip of two are known again', async ({ page }) => {
  const day = dayOf(26, { chains: [] });
  const other = dayOf(28, { chains: [] });
  await drop(page, 'plain.json', linesOf(day.lines));
  await done(page, 'plain.json');

  const text = linesOf(day.lines).toString();
  await drop(page, 'utf16.json', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
  await expect((await done(page, 'utf16.json')).getByText('0 events', { exact: true })).toBeVisible();
  await drop(page, 'packed.json.gz', gzipSync(text));
  await expect((await done(page, 'packed.json.gz')).getByText('0 events', { exact: true })).toBeVisible();

  await drop(
    page,
    'two.zip',
    makeZip([
      { name: 'old/known.json', data: text },
      { name: 'new/unknown.json', data: linesOf(other.lines) },
    ]),
  );
  await done(page, 'two.zip');
  await page.getByRole('button', { name: 'Details of two.zip' }).click();
  await detail(page)
    .getByRole('tab', { name: /^Files/ })
    .click();
  const inside = (name: string) =>
    detail(page).getByRole('list', { name: 'Files inside' }).locator('> li').filter({ hasText: name });
  await expect(inside('old/known.json')).toContainText('0 events');
  await expect(inside('old/known.json')).toContainText(
    `${day.lines.length.toLocaleString('en')} records read`,
  );
  await expect(inside('new/unknown.json')).toContainText(
    `${other.lines.length.toLocaleString('en')} records read`,
  );
  await expect(inside('new/unknown.json')).toContainText(/[5-9]\d\d events|[\d,]{5,} events/);
  await expect(inside('new/unknown.json')).toContainText(/% sure: \d+ of the first \d+ records/);
});

test('a file of no known format says what it looks like and what was tried', async ({ page }) => {
  const content = Buffer.from('Dear Sir or Madam,\nthis is a letter and no export.\n');
  await drop(page, 'letter.txt', content);
  const row = rowOf(page, 'letter.txt');
  await expect(row).toContainText('Failed: not an export Sequela knows');
  await expect(row).toContainText('Dear Sir or Madam');
  await page.getByRole('button', { name: 'Details of letter.txt' }).click();
  const alert = detail(page).getByRole('alert');
  await expect(alert).toContainText('formats tried');
  await expect(alert).toContainText('The original is stored unchanged');
  await page.getByText(/\d+ formats are read/).click();
  await expect(detail(page).getByRole('listitem').filter({ hasText: 'Winlogbeat 7/8' })).toBeVisible();
  await detail(page).getByRole('link', { name: 'Map its fields' }).click();
  await expect(page).toHaveURL(/\/mappings\?import=\d+/);
});

test('a file dropped on any page is imported', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('region', { name: 'Queue' })).toBeVisible();
  const dropped = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'dropped.json'));
    return transfer;
  }, linesOf(dayOf(30, { chains: [] }).lines.slice(0, 50)).toString());
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: dropped });
  await expect(page.getByText('Drop to import')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: dropped });
  await expect(page.getByText('Importing dropped.json.')).toBeVisible();
  await page.getByRole('button', { name: 'Show imports' }).click();
  await done(page, 'dropped.json');
});

function detail(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Import' });
}

function rowOf(page: Page, name: string): Locator {
  return page
    .getByRole('list', { name: 'Imports' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: `Details of ${name}` }) });
}

async function drop(page: Page, name: string, content: Buffer): Promise<void> {
  // What the API knows shows only on a page that listens: a file chosen before that would be lost.
  await expect(page.getByText(/records in \d+ imports?;|Nothing imported yet/).first()).toBeVisible();
  const type = 'application/octet-stream';
  await page.getByLabel('Files to import').setInputFiles({ name, mimeType: type, buffer: content });
}

/** The row of an import once nothing is left to do for it. */
async function done(page: Page, name: string): Promise<Locator> {
  const row = rowOf(page, name);
  await expect(row).toBeVisible();
  await expect(row.getByRole('progressbar')).toHaveCount(0, { timeout: 30_000 });
  await expect(row).toContainText(/\d findings?|none/);
  return row;
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
