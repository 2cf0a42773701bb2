import { createHash, createPublicKey, verify } from 'node:crypto';
import { expect, type Page, test } from '@playwright/test';
import type { CoverageFix, CoverageView } from '../lib/contracts/coverage';
import type { MetricItems, MetricsView } from '../lib/contracts/metrics';
import type { ValidationRunSummary, ValidationRunView } from '../lib/contracts/validation';
import { expectAccessible } from './support/accessible';
import { imported, sampleImported, settled } from './support/api';
import { dayOf, linesOf } from './support/recordings';
import { elsewhere, joined } from './support/team';

/** Sysmon's network connections and DNS queries, in either shape of record. */
const NETWORK = /"(?:event_id|EventID)":(?:3|22),/;

/** Two machines: one that records all, one whose Sysmon tells of no connections and no names. */
test.beforeAll(async ({ request }) => {
  await sampleImported(request);
  await imported(request, 'sees-all.json', linesOf(dayOf(71, { chains: ['mshta'] }).lines));
  const dim = dayOf(72, { chains: ['macro'] }).lines.filter((line) => !NETWORK.test(line));
  await imported(request, 'sees-less.json', linesOf(dim));
  await settled(request);
});

const matrix = (page: Page) => page.getByRole('table', { name: /^What each stage could see/ });

test('a manager lands on coverage, follows a number to hosts and hours, takes tables along, and can change nothing', async ({
  browser,
  baseURL,
  request,
}) => {
  test.setTimeout(180_000);
  const page = await elsewhere(browser, baseURL);
  await joined(request, page, 'mara.manager', 'manager');
  // Who is signed in already is led on by the door to where their role's day begins.
  await page.goto('/sign-in');
  await expect(page).toHaveURL(/\/coverage$/);
  await expect(page.getByRole('heading', { name: 'Coverage', level: 1 })).toBeVisible();
  await expect(matrix(page)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Groups' })).toHaveCount(0);
  expect(
    (await page.request.put('/api/v1/host-groups', { data: { items: [], revision: '0' } })).status(),
  ).toBe(403);

  await test.step('by keyboard: from a cell to its hosts, to the stretches of one', async () => {
    const cells = matrix(page).getByRole('button', { name: /visible|blind|partial/ });
    await cells.first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const drawer = page
      .getByRole('complementary')
      .filter({ has: page.getByRole('region', { name: 'Hosts' }) });
    await expect(drawer.getByText(/hosts?, the darkest first/)).toBeVisible();
    await expect(page).toHaveURL(/cell=/);
    await page.keyboard.press('Escape');
    await expect(drawer).toHaveCount(0);
    // The host that records no connections is blind for egress, and says since when and until when.
    await page.goto(`/coverage?cell=${encodeURIComponent('AN1314/egress~')}&state=blind`);
    await drawer.getByRole('region', { name: 'Hosts' }).locator('button[aria-expanded]').first().click();
    await expect(
      drawer
        .getByRole('listitem')
        .filter({ hasText: /^blind .+ to / })
        .first(),
    ).toBeVisible();
    await expect(drawer.getByRole('link', { name: 'Its ledger' })).toBeVisible();
  });

  await test.step('the ledger tells what every host delivered, and leads to its telemetry', async () => {
    await page.goto('/coverage/ledger');
    const ledger = page.getByRole('table', { name: 'What every host delivered, by source' });
    await ledger.getByRole('button', { name: 'Events' }).click();
    await expect(ledger.getByRole('columnheader', { name: 'Events' })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
    await expect(ledger.getByRole('link').first()).toHaveAttribute('href', /\/hosts\/.+tab=telemetry$/);
    await page.goto('/coverage');
  });

  await test.step('the numbers of the page are those of the API, and add up', async () => {
    const view: CoverageView = await (await page.request.get('/api/v1/coverage')).json();
    expect(view.hosts).toBeGreaterThan(3);
    const egress = view.rows.find(({ stage }) => stage === 'AN1314/egress');
    expect(egress?.total.blindHosts).toBeGreaterThan(0);
    for (const row of view.rows)
      expect(
        row.total.visibleHosts + row.total.partialHosts + row.total.blindHosts,
        row.stage,
      ).toBeLessThanOrEqual(row.total.hosts);
  });

  await test.step('what would fix most names the setting', async () => {
    const fixes = page.getByRole('region', { name: 'What would fix most' });
    await fixes
      .getByRole('button', { name: /Record/ })
      .first()
      .click();
    await expect(page.getByText(/Sysmon|auditpol/).first()).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('tables, the report and the Navigator layer are taken along', async () => {
    const csv = await page.request.get('/api/v1/coverage/export?table=matrix&format=csv');
    expect(csv.headers()['content-type']).toContain('text/csv');
    expect((await csv.text()).split('\n').length).toBeGreaterThan(10);
    const pdf = await page.request.get('/api/v1/coverage/report');
    expect(pdf.headers()['content-type']).toContain('application/pdf');
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
    const layer = await (await page.request.get('/api/v1/coverage/navigator-layer')).json();
    expect(layer).toMatchObject({ domain: 'enterprise-attack', versions: { layer: '4.5' } });
  });
  await page.context().close();
});

test('an administrator groups hosts, and every number follows', async ({ page, request }) => {
  await page.goto('/coverage');
  await expect(matrix(page)).toBeVisible();
  const { revision } = await (await request.get('/api/v1/host-groups')).json();
  const answer = await request.put('/api/v1/host-groups', {
    data: { items: [{ name: 'Workstations', patterns: ['WS*', 'hr-*'] }], revision },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  const stale = await request.put('/api/v1/host-groups', { data: { items: [], revision } });
  expect(stale.status()).toBe(409);
  await page.reload();
  await expect(matrix(page).getByRole('button', { name: /^Workstations/ })).toBeVisible();
});

test('a validation run proves stages, is signed, and says what each source is worth', async ({
  page,
  request,
}) => {
  test.setTimeout(240_000);
  await page.goto('/coverage/validation');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const started = await request.post('/api/v1/validation/runs', { data: { ablation: true } });
  expect([200, 201]).toContain(started.status());
  const { id } = await started.json();
  await expect
    .poll(async () => (await (await request.get(`/api/v1/validation/runs/${id}`)).json()).state, {
      timeout: 200_000,
      intervals: [1000],
    })
    .toBe('done');
  const run: ValidationRunView = await (await request.get(`/api/v1/validation/runs/${id}`)).json();
  expect(run.numbers?.wrong).toBe(0);
  const bytes = await (await request.get(`/api/v1/validation/runs/${id}/report`)).body();
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(run.sha256);
  expect(
    verify(null, bytes, createPublicKey(run.publicKey ?? ''), Buffer.from(run.signature ?? '', 'base64')),
  ).toBe(true);
  const network = run.report?.ablation?.find(({ without }) => without === 'network events');
  expect(network?.blindStages).toBeGreaterThan(0);

  await page.goto(`/coverage/validation/${id}`);
  await expect(page.getByText('network events').first()).toBeVisible();
  await page.goto('/coverage');
  await expect(matrix(page).locator('a[href^="/coverage/validation/"]').first()).toBeVisible();
});

test('every number of the team opens a list of as many', async ({ page, request }) => {
  const view: MetricsView = await (await request.get('/api/v1/metrics')).json();
  const all = view.backlog.bySeverity[0];
  const list: MetricItems = await (await request.get('/api/v1/metrics/items?list=backlog')).json();
  expect(list.total).toBe(all?.open);
  expect(list.total).toBeGreaterThan(0);
  await page.goto('/coverage/team');
  const panel = page.getByRole('complementary', { name: 'Behind the number' });
  for (const name of ['Backlog', 'Alerts and chains']) {
    const section = page.getByRole('region', { name, exact: true });
    await expect(section).toBeVisible();
    const buttons = section.getByRole('button', { name: /^[\d,]+\s*,.*: the list$/ });
    for (const button of await buttons.all()) {
      const count = /^\d+(,\d{3})*/.exec((await button.textContent()) ?? '')?.[0] ?? '';
      await button.click();
      await expect(button).toHaveAttribute('aria-expanded', 'true');
      await expect(panel.locator('p[aria-live=polite]')).toHaveText(new RegExp(`^${count}(?![\\d,])`));
      await panel.getByRole('button', { name: 'Close' }).click();
      await expect(panel).toHaveCount(0);
    }
  }
});

test('a release of ATT&CK is read, a technique mapped by a person, and the layer scores it', async ({
  page,
  request,
}) => {
  const bundle = {
    type: 'bundle',
    id: 'bundle--5f3c9c1e-0000-4000-8000-000000000001',
    objects: [
      {
        type: 'x-mitre-collection',
        id: 'x-mitre-collection--5f3c9c1e-0000-4000-8000-000000000002',
        name: 'Enterprise ATT&CK',
        x_mitre_version: '19.1',
        spec_version: '2.1',
      },
      {
        type: 'attack-pattern',
        id: 'attack-pattern--5f3c9c1e-0000-4000-8000-000000000003',
        name: 'Mshta',
        modified: '2026-01-01T00:00:00.000Z',
        x_mitre_version: '2.0',
        x_mitre_domains: ['enterprise-attack'],
        x_mitre_platforms: ['Windows'],
        external_references: [{ source_name: 'mitre-attack', external_id: 'T1218.005' }],
      },
    ],
  };
  const answer = await request.post('/api/v1/attack/bundles?name=small.json', {
    data: Buffer.from(JSON.stringify(bundle)),
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  const empty = await (await request.get('/api/v1/coverage/navigator-layer')).json();
  expect(empty.techniques).toEqual([]);
  const mapped = await request.post('/api/v1/attack/mappings', {
    data: { analytic: 'AN1397', technique: 'T1218.005', reason: 'It is about mshta.' },
  });
  expect(mapped.ok(), await mapped.text()).toBe(true);
  await page.goto('/coverage/attack');
  await expect(page.getByText('T1218.005').first()).toBeVisible();
  const layer = await (await request.get('/api/v1/coverage/navigator-layer')).json();
  expect(layer.techniques).toMatchObject([{ techniqueID: 'T1218.005' }]);
});

for (const theme of ['dark', 'light'] as const)
  test(`nothing of coverage breaks WCAG 2.2 AA in ${theme}`, async ({ page, request }) => {
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme: theme });
    const runs: { items: ValidationRunSummary[] } = await (
      await request.get('/api/v1/validation/runs?limit=1')
    ).json();
    const fixes: { items: CoverageFix[] } = await (await request.get('/api/v1/coverage/fixes')).json();
    const [run, fix] = [runs.items[0]?.id, fixes.items[0]?.id];
    expect(run).toBeDefined();
    expect(fix).toBeDefined();
    for (const path of [
      '/coverage',
      '/coverage?cell=~',
      `/coverage?fix=${encodeURIComponent(fix ?? '')}`,
      '/coverage?show=groups',
      '/coverage?show=retired',
      '/coverage/ledger',
      `/coverage/validation/${run}`,
      '/coverage/validation',
      '/coverage/team',
      '/coverage/attack',
      '/coverage/reports',
    ]) {
      await page.goto(path);
      // What is behind a dialog is hidden from everybody but the eye.
      if (path.includes('show=')) await expect(page.getByRole('dialog')).toBeVisible();
      else await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
      await expectAccessible(page);
    }
  });
