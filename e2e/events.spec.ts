import { expect, test } from '@playwright/test';
import { imported, sampleImported } from './support/api';
import { hostileForest } from './support/forest';

const FOREST = 'forest.corp.example';

test.beforeAll(async ({ request }) => {
  await sampleImported(request);
  await imported(request, 'forest.json', hostileForest(FOREST));
});

test('a question in the query language, by keyboard, to the lineage of a hit', async ({ page }) => {
  test.setTimeout(90_000);
  await page.goto('/events');
  const grid = page.getByRole('grid', { name: 'Events' });
  await expect(grid.getByRole('row').nth(1)).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('process.name:mshta.exe and event.kind:process_start and not user.name:svc_*');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/[?&]q=process\.name/);
  await expect(grid.getByRole('row').nth(1)).toContainText('mshta.exe');
  const count = await page.getByRole('heading', { level: 1 }).innerText();
  expect(Number.parseInt(count.replaceAll(',', ''), 10)).toBeGreaterThan(0);

  await page.goto(`${page.url()}&x=1`);
  await grid.getByRole('row').nth(1).click();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/hosts\/\d+\?tab=lineage&sel=e/);
  await expect(page.getByRole('tree').getByRole('treeitem', { selected: true })).toHaveAttribute(
    'aria-label',
    /^mshta\.exe,/,
  );
});

test('a mistake is told at its place and nothing is sent', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (sent) => {
    const { pathname, search } = new URL(sent.url());
    if (/^\/api\/v1\/events(\/|$)/.test(pathname)) asked.push(`${pathname}${search}`);
  });
  await page.goto(`/events?q=${encodeURIComponent('process.nmae:mshta.exe and (')}`);
  await expect(page.getByText('At character 1: There is no field "process.nmae"')).toBeVisible();
  await expect(page.getByText('Nothing was searched: the query has a mistake')).toBeVisible();
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page.waitForTimeout(1000);
  expect(asked).toEqual([]);

  // Put right, the same field asks.
  await page.keyboard.press('/');
  await page.keyboard.type('process.name:mshta.exe');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByRole('grid', { name: 'Events' }).getByRole('row').nth(1)).toContainText('mshta.exe');
  expect(asked.some((path) => path.startsWith('/api/v1/events?'))).toBe(true);
});

test('Tab takes a completion, a field becomes a column, the oldest come first', async ({ page }) => {
  await page.goto('/events');
  const grid = page.getByRole('grid', { name: 'Events' });
  const rows = grid.getByRole('row');
  await expect(rows.nth(1)).toBeVisible();
  const line = page.locator('.cm-content[aria-label="Query"]');
  await expect(line).toBeVisible();

  await test.step('completion', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('process.na');
    await expect(page.getByRole('listbox').getByRole('option', { name: /^process\.name/ })).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(line).toHaveText('process.name:');
    await expect(line).toBeFocused();
    await page.keyboard.type('mshta.exe');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/[?&]q=process\.name(:|%3A)mshta\.exe/);
  });

  await test.step('columns', async () => {
    const column = grid.getByRole('columnheader', { name: 'process.command_line' });
    await expect(column).toHaveCount(0);
    await page.getByRole('button', { name: 'Columns' }).click();
    const dialog = page.getByRole('dialog', { name: 'Columns' });
    await dialog.getByRole('textbox', { name: 'Add a field' }).fill('process.command_line');
    await dialog
      .getByRole('region', { name: 'Other fields' })
      .getByRole('button', { name: /^process\.command_line/ })
      .click();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(column).toBeVisible();
    await page.reload();
    await expect(column).toBeVisible();
  });

  await test.step('order of time', async () => {
    const times = () =>
      rows.locator('time').evaluateAll((all) => all.map((each) => each.getAttribute('datetime') ?? ''));
    const isSorted = (all: string[], sign: 1 | -1) =>
      all.length > 1 && all.every((time, at) => at === 0 || sign * compared(all[at - 1] ?? '', time) <= 0);
    await expect(grid.getByRole('columnheader', { name: /^Time/ })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
    await expect.poll(async () => isSorted(await times(), -1)).toBe(true);
    const newest = await rows.nth(1).innerText();
    await page.getByRole('radio', { name: 'Oldest first' }).click();
    await expect(grid.getByRole('columnheader', { name: /^Time/ })).toHaveAttribute('aria-sort', 'ascending');
    await expect.poll(() => rows.nth(1).innerText()).not.toBe(newest);
    await expect.poll(async () => isSorted(await times(), 1)).toBe(true);
  });
});

test('facets narrow, exports hold every hit, a search is kept under a name', async ({ page, request }) => {
  test.setTimeout(90_000);
  await page.goto('/events');
  await page.getByRole('button', { name: new RegExp(`^Only ${FOREST}`) }).click();
  await expect(page).toHaveURL(/forest/);
  await expect(page.getByText(/^5,3\d\d events/)).toBeVisible();

  const answer = await request.get(
    `/api/v1/events/export?format=csv&q=${encodeURIComponent(`host.name:"${FOREST}" and process.name:job1.exe`)}`,
  );
  expect(answer.headers()['content-disposition']).toContain('attachment');
  const rows = (await answer.text()).trimEnd().split('\r\n');
  expect(rows.length - 1).toBe(1667);
  const lines = await request.get(
    `/api/v1/events/export?format=ndjson&q=${encodeURIComponent(`host.name:"${FOREST}"`)}`,
  );
  const told = (await lines.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const shown = Number.parseInt(
    (await page.getByRole('heading', { level: 1 }).innerText()).replaceAll(',', ''),
    10,
  );
  expect(told.length).toBe(shown);
  expect(new Set(told.map(({ id }) => id)).size).toBe(shown);
  expect(told.every(({ host }) => host === FOREST)).toBe(true);

  await page.getByRole('button', { name: 'Saved' }).click();
  await page.getByRole('menuitem', { name: /Save this search/ }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('The forest');
  await page.keyboard.press('Enter');
  await page.goto('/events');
  await page.getByRole('button', { name: 'Saved' }).click();
  await page.getByRole('menuitem', { name: /The forest/ }).click();
  await expect(page).toHaveURL(/forest/);
});

test('a host: what could be seen, who was on it, all of its processes', async ({ page }) => {
  await page.goto(`/hosts/${FOREST}?tab=telemetry`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(FOREST);
  await expect(page.getByRole('region', { name: 'Telemetry by kind over time' })).toContainText(
    'no file_create events from this host',
  );
  await page.getByRole('tab', { name: 'Lineage' }).click();
  const tree = page.getByRole('tree');
  await expect(tree.getByRole('treeitem', { name: /^explorer\.exe,/ })).toBeVisible();
  await expect(page.getByText(/of 5,3\d\d processes shown/)).toBeVisible();
  await page.getByRole('tab', { name: 'Findings' }).click();
  await expect(page.getByRole('tabpanel').getByRole('link').first()).toHaveAttribute('href', /\/findings\//);
  await page.getByRole('tab', { name: 'Overview' }).click();
  await expect(page.getByRole('tabpanel')).toContainText('anna');
});

function compared(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
