import fs from 'node:fs';
import { type APIRequestContext, expect, type Locator, type Page, test } from '@playwright/test';
import type { ImportView } from '../lib/contracts/imports';
import type { MappingList } from '../lib/contracts/mappings';
import { expectAccessible } from './support/accessible';
import { imported } from './support/api';

/** A table nobody knows; `Station` and `Zeile` are names that no guess can make out. */
function table(host: string, from: number): Buffer {
  const rows = Array.from(
    { length: 6 },
    (_, i) =>
      `2026-04-06 14:02:0${i};${host};Process started;C:\\tools\\p${from + i}.exe;${100 + from + i};run -${from + i}`,
  );
  return Buffer.from(['When;Station;What;Program;Pid;Zeile', ...rows, ''].join('\n'));
}

async function importOf(request: APIRequestContext, id: string): Promise<ImportView> {
  return (await request.get(`/api/v1/imports/${id}`)).json();
}

test('an unknown table is guessed, corrected, saved, read again, and known from then on', async ({
  page,
  request,
}) => {
  const unknown = await imported(request, 'odd.csv', table('MAP-1', 0));
  expect(unknown.state).toBe('failed');
  await page.goto(`/mappings?import=${unknown.id}`);
  await expect(page.getByRole('heading', { name: /Map the fields of odd.csv/ })).toBeVisible();
  await expect(fieldOf(page, 'When')).toHaveValue('@timestamp');
  await expect(fieldOf(page, 'Pid')).toHaveValue('process.pid');
  const save = page.getByRole('button', { name: 'Save the mapping' });
  await expect(save).toBeDisabled();
  await expect(page.getByRole('form', { name: 'Save the mapping' })).toContainText('host.name');
  await expect(preview(page)).toContainText('6 quarantined');

  await fieldOf(page, 'Station').selectOption('host.name');
  await fieldOf(page, 'Zeile').selectOption('process.command_line');
  await fieldOf(page, 'Program').selectOption('process.executable');
  await expect(preview(page)).toContainText('6 events');
  await expect(preview(page).getByRole('row').nth(1)).toContainText('map-1');
  await expect(preview(page).getByRole('row').nth(1)).toContainText('run -0');

  // A reload shows what was there.
  await page.reload();
  await expect(fieldOf(page, 'Station')).toHaveValue('host.name');

  await page.getByLabel('Name of the mapping').fill('Odd tool');
  await expect(save).toBeEnabled();
  await save.click();
  await expect(page).toHaveURL(new RegExp(`/imports\\?import=${unknown.id}`));
  await expect.poll(async () => (await importOf(request, unknown.id)).state).toBe('done');
  expect(await importOf(request, unknown.id)).toMatchObject({
    format: 'mapping:odd-tool',
    records: { read: 6, events: 6 },
  });

  expect(await imported(request, 'odd-later.csv', table('MAP-2', 10))).toMatchObject({
    format: 'mapping:odd-tool',
    records: { events: 6 },
  });
});

test('a saved mapping is listed, exported, deleted and taken in again', async ({ page, request }) => {
  await page.goto('/mappings');
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export Odd tool' }).click();
  const file = await (await waiting).path();
  expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toMatchObject({ sequela: 'mapping/1', id: 'odd-tool' });

  await page.getByRole('button', { name: 'Delete Odd tool' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the mapping' }).click();
  await expect(page.getByRole('heading', { name: 'No mapping is saved' })).toBeVisible();

  await page.getByLabel('File with a mapping').setInputFiles(file);
  await expect(page.getByRole('table', { name: 'Saved mappings' })).toContainText('mapping:odd-tool');
  const list: MappingList = await (await request.get('/api/v1/mappings')).json();
  expect(list.items.map(({ format }) => format)).toContain('mapping:odd-tool');
});

for (const theme of ['dark', 'light'] as const) {
  test(`the mapping screens in ${theme}: nothing against WCAG 2.2 AA`, async ({ page, request }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const unknown = await imported(request, `axe-${theme}.csv`, Buffer.from(`Kx${theme};Y\n1;2\n3;4\n`));
    for (const path of [`/mappings?import=${unknown.id}`, '/mappings']) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectAccessible(page);
    }
  });
}

function fieldOf(page: Page, path: string): Locator {
  return page.getByLabel(`Field that ${path} fills`);
}

function preview(page: Page): Locator {
  return page.getByRole('region', { name: 'Preview' });
}
