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
  await page.goto(`/events?q=${encodeURIComponent('process.nmae:mshta.exe and (')}`);
  await expect(page.getByText(/There is no field "process.nmae"/)).toBeVisible();
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
