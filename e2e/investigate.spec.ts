import fs from 'node:fs';
import { expect, type Locator, type Page, test } from '@playwright/test';
import type { FindingSummary } from '../lib/contracts/findings';
import { findings, imported } from './support/api';
import { DISGUISE, hostileForest, LONG, MARKUP } from './support/forest';
import { tabTo } from './support/keyboard';
import { recordingBeside } from './support/shared';

const RECORDING = 'mordor/psh_mshta_html_application_execution.zip';
const FOREST = 'forest.corp.example';

const treeOf = (page: Page) => page.getByRole('tree');
const sequenceOf = (page: Page) => page.getByRole('toolbar', { name: /^Events in sequence/ });
const selectedIn = (tree: Locator) => tree.getByRole('treeitem', { selected: true });

/** The finding on a real recording of mshta running an HTML application. */
async function realFinding(request: Parameters<typeof findings>[0]): Promise<FindingSummary> {
  await imported(request, 'psh_mshta.zip', recordingBeside(RECORDING));
  const { items } = await findings(request, { analytic: 'AN1397', host: 'workstation5' });
  const [finding] = items;
  if (finding === undefined) throw new Error('the recording gave no finding');
  return finding;
}

async function forestFinding(request: Parameters<typeof findings>[0]): Promise<FindingSummary> {
  await imported(request, 'forest.json', hostileForest(FOREST));
  const { items } = await findings(request, { host: FOREST });
  const [finding] = items;
  if (finding === undefined) throw new Error('the forest gave no finding');
  return finding;
}

test('on a real recording: what started it, what followed, what could not be seen', async ({
  page,
  request,
}) => {
  const finding = await realFinding(request);
  await page.goto(`/findings/${finding.id}`);

  await expect(page.getByRole('heading', { level: 1 })).toHaveText(finding.headline);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('mshta.exe ran');
  const stages = page.getByRole('list', { name: 'Stages' });
  await expect(stages.getByRole('button', { name: /: matched/ }).first()).toBeVisible();
  const tree = treeOf(page);
  await expect(tree.getByRole('treeitem', { name: /^mshta\.exe,/ })).toBeVisible();
  await expect(
    tree.getByRole('treeitem', { name: /^cmd\.exe,.*child of mshta\.exe, link exact/ }),
  ).toBeVisible();
  await expect(page.getByText(/^\d+ of [\d,]+ processes shown/)).toBeVisible();

  await page.getByRole('tab', { name: 'Telemetry' }).click();
  await expect(page.getByRole('tabpanel')).toContainText(/blind|visible/);
  await page.getByRole('tab', { name: 'Runbook' }).click();
  await expect(page.getByRole('tabpanel')).toContainText('Follow every child and connection');
});

test('one selection in graph, sequence, panel and address; a link restores all of it', async ({
  page,
  request,
  browser,
}) => {
  test.setTimeout(120_000);
  const finding = await realFinding(request);
  await page.goto(`/findings/${finding.id}`);
  const tree = treeOf(page);
  const started = tree.getByRole('treeitem', { name: /^cmd\.exe,.*child of mshta/ });
  await started.click();
  await expect(started).toHaveAttribute('aria-selected', 'true');
  await expect(page).toHaveURL(/[?&]sel=p/);
  await expect(sequenceOf(page).getByRole('button', { pressed: true })).toHaveAttribute(
    'aria-label',
    /cmd\.exe/,
  );

  // Elsewhere in the picture, nearer, one stack open.
  await page.getByRole('button', { name: 'Zoom in' }).first().click();
  await page.keyboard.press('1');
  const stack = tree.getByRole('treeitem', { name: /^[\d,]+ more process/ }).first();
  await stack.click();
  await expect(page).toHaveURL(/[?&](expand|fold|open)=/);
  await expect(page).toHaveURL(/[?&]at=/);
  await page.getByRole('radio', { name: 'Kind' }).click();
  await page.getByRole('tab', { name: 'Event' }).click();
  const seen = async (from: Page) => ({
    selected: await selectedIn(treeOf(from)).getAttribute('aria-label'),
    items: (
      await treeOf(from)
        .getByRole('treeitem')
        .evaluateAll((all) => all.map((each) => each.ariaLabel))
    ).toSorted(),
    lanes: await from.getByRole('radio', { name: 'Kind' }).getAttribute('aria-checked'),
    tab: await from.getByRole('tab', { selected: true }).innerText(),
    at: new URL(from.url()).searchParams.get('at'),
  });
  await expect.poll(async () => (await seen(page)).items.length).toBeGreaterThan(4);
  await page.waitForTimeout(600);
  const first = await seen(page);

  const colleague = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const other = await colleague.newPage();
  await other.goto(page.url());
  await expect(selectedIn(treeOf(other))).toHaveCount(1);
  await expect.poll(() => seen(other)).toEqual(first);
  await colleague.close();
});

test('a lineage of thousands, deep, wide, circular and hostile, is drawn, folded and searched', async ({
  page,
  request,
}) => {
  test.setTimeout(180_000);
  const attacked: unknown[] = [];
  await page.exposeFunction('attacked', (how: unknown) => attacked.push(how));
  const finding = await forestFinding(request);
  await page.goto(`/findings/${finding.id}`);
  const tree = treeOf(page);
  await expect(tree.getByRole('treeitem', { name: /^mshta\.exe,/ })).toBeVisible();

  await test.step('first only what matters', async () => {
    expect(await tree.getByRole('treeitem').count()).toBeLessThan(30);
    await expect(page.getByText(/^\d+ of 5,3\d\d processes shown/)).toBeVisible();
    await expect(tree.getByRole('treeitem', { name: /^5301 more processes/ })).toBeVisible();
  });

  await test.step('find goes where nothing is open yet', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('job 4321');
    await expect(
      page
        .getByRole('status')
        .filter({ hasText: /1 of 1|in folded/ })
        .first(),
    ).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(tree.getByRole('treeitem', { name: /^job\d\.exe,/ }).first()).toBeVisible();
    await expect(tree.getByRole('treeitem', { name: /^build\.exe,/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  });

  await test.step('all of it opens, and what is drawn stays bounded', async () => {
    await page.getByRole('button', { name: 'Folds' }).click();
    await page.getByRole('menuitem', { name: /Open everything/ }).click();
    await expect(page.getByText(/^5,3\d\d of 5,3\d\d processes shown/)).toBeVisible({ timeout: 30_000 });
    expect(await tree.getByRole('treeitem').count()).toBeLessThan(1500);
    await page.getByRole('button', { name: 'Only what matters' }).click();
    await expect(page.getByText(/^\d+ of 5,3\d\d processes shown/)).toBeVisible();
  });

  await test.step('what attackers named is text', async () => {
    await page.goto(`/findings/${finding.id}?lineage=table`);
    const table = page.getByRole('treegrid', { name: 'Process lineage as a table' });
    await expect(table).toContainText(MARKUP);
    await expect(table).not.toContainText(DISGUISE);
    await expect(table).not.toContainText(LONG);
    expect(attacked).toEqual([]);
  });
});

test('tables stand for the pictures and share the selection', async ({ page, request }) => {
  const finding = await forestFinding(request);
  await page.goto(`/findings/${finding.id}?lineage=table&lanes=table`);
  const lineage = page.getByRole('treegrid', { name: 'Process lineage as a table' });
  const sequence = page.getByRole('table', { name: 'Sequence as a table' });
  const row = lineage.getByRole('row', { name: /^powershell\.exe,/ });
  await row.click();
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await expect(sequence.locator('tr[aria-current=true]')).toContainText('powershell.exe');
  await expect(sequence).toContainText(/could not be recorded|blind/i);
});

test('flag, comment and play by keyboard', async ({ page, request }) => {
  test.setTimeout(90_000);
  const finding = await forestFinding(request);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`/findings/${finding.id}`);
  const sequence = sequenceOf(page);
  await expect(sequence.getByRole('button', { pressed: true })).toHaveCount(1);
  await page.keyboard.press('2');
  await page.keyboard.press('m');
  await expect(sequence.getByRole('button', { name: /flagged/i }).first()).toBeVisible();
  await page.keyboard.press('c');
  const field = page.locator('textarea[data-field="event-comment"]');
  await expect(field).toBeFocused();
  await page.keyboard.type('Asked the owner of the machine');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('tabpanel')).toContainText('Asked the owner of the machine');

  const play = page.getByRole('button', { name: /^Play/ }).first();
  await tabTo(page, play, 120);
  const before = new URL(page.url()).searchParams.get('sel');
  await page.keyboard.press('Enter');
  await expect(page).not.toHaveURL(new RegExp(`sel=${encodeURIComponent(before ?? '')}`));
});

test('every export is what it says it is', async ({ page, request }) => {
  const finding = await realFinding(request);
  const exported = async (format: string) => {
    const answer = await request.get(`/api/v1/findings/${finding.id}/export?format=${format}`);
    expect(answer.ok(), format).toBe(true);
    return answer.text();
  };
  expect(await exported('markdown')).toContain('# ');
  expect(JSON.parse(await exported('json'))).toMatchObject({ id: finding.id });
  const bundle = JSON.parse(await exported('stix')) as {
    type: string;
    objects: { type: string; id: string }[];
  };
  expect(bundle.type).toBe('bundle');
  expect(bundle.objects.every(({ type, id }) => id.startsWith(`${type}--`))).toBe(true);
  const lines = (await exported('timesketch')).trimEnd().split('\n');
  for (const line of lines) {
    const row = JSON.parse(line) as Record<string, string>;
    expect(row.message).toBeTruthy();
    expect(row.timestamp_desc).toBeTruthy();
    expect(Number.isFinite(Date.parse(row.datetime ?? ''))).toBe(true);
  }
  const printed = await exported('html');
  expect(printed).not.toMatch(/<script/i);
  await page.setContent(printed);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('mshta.exe ran');

  await page.goto(`/findings/${finding.id}`);
  await expect(treeOf(page).getByRole('treeitem').first()).toBeVisible();
  await page.getByRole('button', { name: 'Save' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Drawing as SVG' }).click(),
  ]);
  const svg = fs.readFileSync(await download.path(), 'utf8');
  expect(svg).toContain('<svg');
  expect(svg).toContain('mshta.exe');
});
