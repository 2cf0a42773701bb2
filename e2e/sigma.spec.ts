import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import type { CaseDetail } from '../lib/contracts/cases';
import type { FindingDetail, FindingList } from '../lib/contracts/findings';
import type { SigmaHitView } from '../lib/contracts/sigmaHits';
import type { SigmaProgress } from '../lib/contracts/sigmaProgress';
import type { SigmaSetView } from '../lib/contracts/sigmaSets';
import { expectAccessible } from './support/accessible';
import { imported, settled } from './support/api';
import { dayOf, linesOf } from './support/recordings';
import { elsewhere, joined } from './support/team';

/** A day on which mshta runs a page of the web, on a machine of these journeys alone. */
const day = dayOf(81, { chains: ['mshta'] });

/** Rules of our own: one that hits the page's host, one that nothing here can decide, one that cannot be read. */
const RULES = `title: Script host for HTML applications started
id: 5f1d8f9e-0a51-4f0c-9a2e-6d3f0c7b8a11
status: test
level: high
author: Sequela journeys
license: MIT
description: Any start of mshta.
tags: [attack.t1218.005]
logsource: { category: process_creation, product: windows }
detection:
  selection_name:
    - Image|endswith: '\\mshta.exe'
    - OriginalFileName: MSHTA.EXE
  condition: selection_name
---
title: A driver of that name was loaded
id: 0e6a3a3d-7f0a-4a1b-8a36-2d8c2ce3a0b2
status: test
level: medium
logsource: { category: driver_load, product: windows }
detection:
  selection:
    ImageLoaded|endswith: '\\journeys.sys'
  condition: selection
---
title: Names a part it does not have
id: 3c5be7a4-5d0e-4d63-9a1a-0a7d1b9f2c33
status: test
level: low
logsource: { category: process_creation, product: windows }
detection:
  selection:
    Image: x
  condition: other
`;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ request }) => {
  await imported(request, 'sigma-day.json', linesOf(day.lines));
  await settled(request);
});

/** Until the rules have come over everything stored, and hosts were brought up to date after them. */
async function rulesRan(request: APIRequestContext): Promise<SigmaProgress> {
  const progress = async (): Promise<SigmaProgress> => (await request.get('/api/v1/sigma/runs')).json();
  await expect
    .poll(
      async () => {
        const { waiting, running, correlating } = await progress();
        return waiting + running + Number(correlating);
      },
      { timeout: 120_000 },
    )
    .toBe(0);
  await settled(request);
  return progress();
}

async function hitsOf(request: APIRequestContext, baseline = 'open'): Promise<SigmaHitView[]> {
  const asked = new URLSearchParams({ host: day.host, baseline });
  return (await (await request.get(`/api/v1/sigma/hits?${asked}`)).json()).items;
}

async function finding(request: APIRequestContext): Promise<FindingDetail> {
  const asked = new URLSearchParams({ host: day.host, analytic: 'AN1397', suppressed: 'any' });
  const { items } = (await (await request.get(`/api/v1/findings?${asked}`)).json()) as FindingList;
  return (await request.get(`/api/v1/findings/${items[0]?.id}`)).json();
}

const drawer = (page: Page) => page.getByRole('complementary');

test('rules are pasted, checked as they are written, tried on what is stored, and taken in switched off', async ({
  page,
  request,
}) => {
  test.setTimeout(240_000);
  await page.goto('/sigma/sets');
  await page.getByRole('button', { name: 'Add rules…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add rules' });
  await dialog.getByText('Paste', { exact: true }).click();
  await dialog.getByLabel(/^Rules, YAML/).fill(RULES);
  await expect(dialog.getByText(/2 rules/).first()).toBeVisible();
  // Where the third cannot be read, and why.
  await expect(dialog.getByText(/"other"/).first()).toBeVisible();
  await expectAccessible(page, '[role=dialog]');
  await dialog.getByRole('button', { name: /^Try/ }).click();
  await expect(dialog.getByText('Script host for HTML applications started').last()).toBeVisible({
    timeout: 120_000,
  });
  expect(await hitsOf(request)).toEqual([]);

  await dialog.getByLabel('Name of the set').fill('Journeys');
  await dialog.getByRole('button', { name: 'Take in' }).click();
  await expect(page.getByText('2 rules taken in, 1 refused.')).toBeVisible();
  await expect(drawer(page).getByRole('heading', { name: 'Journeys' })).toBeVisible();
  const { items } = (await (await request.get('/api/v1/sigma/sets')).json()) as { items: SigmaSetView[] };
  expect(items.find(({ name }) => name === 'Journeys')).toMatchObject({
    enabled: false,
    rules: { loaded: 2, refused: 1 },
  });
});

test('switched on, the rules run over what was imported before; hits stand on process, timeline and score', async ({
  page,
  request,
}) => {
  test.setTimeout(240_000);
  const before = await finding(request);
  await page.goto('/sigma/sets');
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Journeys' })
    .getByRole('button', { name: 'Switch on…' })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Switch on' }).click();
  await expect(page.getByText(/^Switched on\./)).toBeVisible();
  await rulesRan(request);

  await test.step('the list of hits, by keyboard: a rule, its hit, why it holds', async () => {
    await page.goto(`/sigma?host=${encodeURIComponent(day.host)}`);
    const grid = page.getByRole('grid', { name: /^Rules with hits/ });
    await expect(grid.getByRole('row').filter({ hasText: 'Script host for HTML' })).toBeVisible();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await expect(drawer(page)).toContainText('Sequela journeys');
    await page.keyboard.press('Escape');
    await page.goto(`/sigma?by=hit&host=${encodeURIComponent(day.host)}`);
    await page.getByRole('grid').getByRole('row').filter({ hasText: 'mshta' }).first().click();
    await expect(drawer(page)).toContainText('selection_name');
    await expect(drawer(page)).toContainText('mshta.exe');
    await expect(drawer(page)).toContainText('5f1d8f9e-0a51-4f0c-9a2e-6d3f0c7b8a11');
    await expect(drawer(page)).toContainText('MIT');
  });

  await test.step('the finding scores higher, with the rule as a reason; its process and its event carry the mark', async () => {
    const after = await finding(request);
    expect(after.score).toBeGreaterThanOrEqual(before.score);
    expect(after.reasons.map(({ text }) => text).join('\n')).toContain(
      'Script host for HTML applications started',
    );
    await page.goto(`/findings/${after.id}`);
    await expect(
      page
        .getByRole('region', { name: 'Lineage' })
        .getByText(/Sigma hits?/)
        .first(),
    ).toBeAttached();
    await expect(page.getByText('Script host for HTML applications started').first()).toBeAttached();
  });

  await test.step('a rule whose records no host has is blind, not clean', async () => {
    await page.goto('/sigma/rules?state=blind');
    await page
      .getByRole('grid')
      .getByRole('row')
      .filter({ hasText: 'A driver of that name' })
      .first()
      .click();
    await expect(drawer(page)).toContainText(/no driver_load/i);
  });
});

test('a hit is promoted to a case, and what is normal becomes a baseline', async ({ page, request }) => {
  test.setTimeout(240_000);
  const [hit] = await hitsOf(request);
  if (hit === undefined) throw new Error('no hit');
  await page.goto(`/sigma?by=hit&host=${encodeURIComponent(day.host)}&hit=${encodeURIComponent(hit.ref)}`);
  await drawer(page).getByRole('button', { name: 'Make a case…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'New case' }).click();
  await expect(page.getByText(/^In case/)).toBeVisible();
  const link = page.getByRole('link', { name: /^Case \d+/ });
  await expect(link).toBeVisible();
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('Script host for HTML applications started').first()).toBeVisible();
  const kept = (await (
    await request.get(`/api/v1/cases/${page.url().split('/').at(-1)?.split('?')[0]}`)
  ).json()) as CaseDetail;
  expect(JSON.stringify(kept)).toContain(hit.ref);

  await page.goto(`/sigma?by=hit&host=${encodeURIComponent(day.host)}&hit=${encodeURIComponent(hit.ref)}`);
  await drawer(page).getByRole('button', { name: 'Normal here…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Normal here' });
  await expect(dialog.getByText(/\d+ of \d+/).first()).toBeVisible();
  await dialog.getByLabel('Reason').fill('Our own deployment starts it');
  await expectAccessible(page, '[role=dialog]');
  await dialog.getByRole('button', { name: 'Save the baseline' }).click();
  await expect(page.getByText(/^Saved\./)).toBeVisible();
  await expect.poll(async () => (await hitsOf(request)).map(({ ref }) => ref)).not.toContain(hit.ref);
  expect((await hitsOf(request, 'covered')).map(({ ref }) => ref)).toContain(hit.ref);
  await page.goto('/sigma/baselines');
  await expect(page.getByText('Our own deployment starts it')).toBeVisible();
});

test('a manager sees rules and hits and can change nothing', async ({ browser, baseURL, request }) => {
  test.setTimeout(120_000);
  const page = await elsewhere(browser, baseURL);
  await joined(request, page, 'sigrid.manager', 'manager');
  await page.goto('/sigma/sets');
  await expect(page.getByRole('button', { name: 'Journeys' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('button', { name: /^(Switch|Add rules|Try)/ })).toHaveCount(
    0,
  );
  expect((await page.request.post('/api/v1/sigma/runs', { data: {} })).status()).toBe(403);
  await page.context().close();
});

test('nothing of Sigma breaks WCAG 2.2 AA in either theme', async ({ page }) => {
  test.setTimeout(180_000);
  for (const theme of ['dark', 'light']) {
    await page.addInitScript((choice) => localStorage.setItem('sequela.theme', choice), theme);
    for (const path of ['/sigma', '/sigma?by=hit', '/sigma/rules', '/sigma/sets', '/sigma/baselines']) {
      await page.goto(path);
      await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('main').locator('[aria-busy=true]')).toHaveCount(0);
      await expectAccessible(page);
    }
  }
});

test('a set that is removed takes its hits along', async ({ page, request }) => {
  test.setTimeout(180_000);
  await page.goto('/sigma/sets');
  await page.getByRole('button', { name: 'Journeys' }).click();
  await drawer(page)
    .getByRole('button', { name: /^Remove/ })
    .click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Remove/ })
    .click();
  await expect(page.getByRole('button', { name: 'Journeys' })).toHaveCount(0);
  await rulesRan(request);
  expect(await hitsOf(request, 'all')).toEqual([]);
  const after = await finding(request);
  expect(after.reasons.map(({ text }) => text).join('\n')).not.toContain('Script host for HTML');
});
