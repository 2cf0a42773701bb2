import { expect, type Page, test } from '@playwright/test';
import type { CaseDetail } from '../lib/contracts/cases';
import type { FindingSummary } from '../lib/contracts/findings';
import { fleetMachine } from '../lib/sample/machine';
import { expectAccessible } from './support/accessible';
import { findings, imported } from './support/api';
import { dayOf, linesOf } from './support/recordings';
import { elsewhere, joined } from './support/team';

let found: readonly FindingSummary[] = [];

/** A machine of this journey's own, so that no other has decided on its findings. */
test.beforeAll(async ({ request }) => {
  const day = dayOf(62, { chains: ['svg', 'mshta'] });
  await imported(request, 'reviewed.json', linesOf(day.lines));
  found = (await findings(request, { host: fleetMachine(62).host, sort: 'oldest' })).items;
  expect(found.length).toBeGreaterThan(0);
});

async function decided(page: Page, finding: FindingSummary): Promise<void> {
  const answer = await page.request.post(`/api/v1/findings/${finding.id}/verdict`, {
    data: { verdict: 'true_positive', reason: 'seen on the machine', revision: finding.revision },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}

test('three working days in small: an analyst submits, a lead sends back and approves, a manager changes nothing', async ({
  browser,
  baseURL,
  request,
}) => {
  test.setTimeout(240_000);
  const [finding] = found;
  if (finding === undefined) throw new Error('the recording gave no finding');
  const analyst = await elsewhere(browser, baseURL);
  const lead = await elsewhere(browser, baseURL);
  const manager = await elsewhere(browser, baseURL);
  await joined(request, analyst, 'rita.analyst', 'analyst');
  await joined(request, lead, 'leo.lead', 'lead');
  await joined(request, manager, 'mona.manager', 'manager');
  let made: CaseDetail | undefined;

  await test.step('the analyst opens the finding, decides, and submits the case', async () => {
    // A glance is not a look: what stayed for a second was opened, and is told to the server by the page itself.
    const opened = analyst.waitForResponse((answer) => answer.url().endsWith('/opened') && answer.ok());
    await analyst.goto(`/findings/${finding.id}`);
    await expect(analyst.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(analyst.getByRole('tree')).toBeVisible();
    await opened;
    await decided(analyst, finding);
    const answer = await analyst.request.post('/api/v1/cases', {
      data: { title: 'To be reviewed', findings: [finding.id] },
    });
    made = await answer.json();
    expect(answer.status()).toBe(201);
    await analyst.goto(`/cases/${made?.id}?tab=review`);
    await analyst.getByLabel('For the reviewer').fill('Look at the callback first.');
    await analyst.getByRole('button', { name: 'Submit for review' }).click();
    await expect(analyst.getByText('It waits for a lead.')).toBeVisible();
  });

  await test.step('the analyst cannot approve it, whatever they ask', async () => {
    const rounds = await analyst.request.get(`/api/v1/cases/${made?.id}/reviews`);
    const { items } = (await rounds.json()) as { items: { id: number }[] };
    const answer = await analyst.request.post(`/api/v1/reviews/${items[0]?.id}`, {
      data: { decision: 'approved', text: '', comments: [] },
    });
    expect(answer.status()).toBe(403);
  });

  await test.step('the lead sees what the analyst saw, and sends it back with a remark on an event', async () => {
    await lead.goto('/cases/home');
    const waiting = lead.getByRole('region', { name: 'Awaiting review' }).getByRole('listitem');
    const row = waiting.filter({ hasText: 'To be reviewed' });
    await expect(row).toContainText('Person rita.analyst');
    await row.getByRole('link', { name: 'Review', exact: true }).click();
    await expect(lead.getByRole('heading', { level: 1 })).toContainText('What the analyst saw');
    await expect(lead.getByText('Look at the callback first.')).toBeVisible();
    const part = lead.getByRole('region', { name: finding.headline });
    await expect(part.getByRole('region', { name: 'Verdicts' })).toContainText('True positive');
    await expect(part.getByRole('region', { name: 'Evidence' })).toContainText('the finding');
    await expect(part.getByRole('region', { name: 'Evidence' })).toContainText('Not opened:');
    await part
      .getByRole('region', { name: 'Evidence' })
      .getByRole('button', { name: /Remark on/ })
      .first()
      .click();
    await part.getByLabel('Remark on this event').fill('Was this the user?');
    await part.getByRole('button', { name: 'Keep the remark' }).click();
    await expect(lead.getByRole('list', { name: 'Remarks' })).toContainText('Was this the user?');
    await lead.getByLabel('Decision in words').fill('One event was not looked at.');
    await lead.getByRole('button', { name: 'Send back' }).click();
    await expect(lead).toHaveURL(/\/cases\/home$/);
  });

  await test.step('the analyst is told, answers, and submits again', async () => {
    await analyst.goto(`/cases/${made?.id}?tab=discussion`);
    await expect(analyst.getByText('Sent back').first()).toBeVisible();
    const remark = analyst.getByRole('list', { name: 'Open comments' }).getByRole('listitem');
    await expect(remark).toContainText('Was this the user?');
    await remark.getByRole('link').click();
    await expect(analyst).toHaveURL(/\/findings\/.+sel=/);
    await analyst.goto(`/cases/${made?.id}?tab=discussion`);
    await remark.getByRole('button', { name: 'Answered' }).click();
    await expect(remark).toHaveCount(0);
    await analyst.getByRole('tab', { name: 'Review' }).click();
    await analyst.getByRole('button', { name: 'Submit for review' }).click();
    await expect(analyst.getByText('It waits for a lead.')).toBeVisible();
  });

  await test.step('the lead approves, and the case is closed', async () => {
    await lead.goto('/cases/home');
    await lead
      .getByRole('listitem')
      .filter({ hasText: 'To be reviewed' })
      .getByRole('link', { name: 'Review', exact: true })
      .click();
    await lead.getByRole('button', { name: 'Approve and close' }).click();
    await expect(lead).toHaveURL(/\/cases\/home$/);
    await lead.goto(`/cases/${made?.id}`);
    await expect(lead.getByText('Closed').first()).toBeVisible();
    await expect(lead.getByText('True positive').first()).toBeVisible();
  });

  await test.step('the manager sees all of it and can change nothing', async () => {
    await manager.goto(`/cases/${made?.id}`);
    await expect(manager.getByRole('heading', { level: 1 })).toContainText('To be reviewed');
    for (const name of ['Rename', 'Owner', 'Take out', 'Open again', 'Close'])
      await expect(manager.getByRole('button', { name, exact: true })).toHaveCount(0);
    await manager.goto('/');
    await expect(manager.getByRole('grid', { name: 'Findings' })).toBeVisible();
    const sent: string[] = [];
    manager.on('request', (asked) => {
      if (asked.method() !== 'GET') sent.push(`${asked.method()} ${asked.url()}`);
    });
    for (const keys of ['v', 't', 'i', 'e']) await manager.keyboard.press(keys);
    await manager.waitForTimeout(500);
    expect(sent).toEqual([]);
    for (const [path, data] of [
      [`/api/v1/findings/${finding.id}/verdict`, { verdict: 'false_positive', reason: 'no' }],
      ['/api/v1/cases', { title: 'no' }],
      [`/api/v1/cases/${made?.id}/comments`, { text: 'no' }],
    ] as const)
      expect((await manager.request.post(path, { data })).status(), path).toBe(403);
  });
});

test('a false positive is judged a second time without the first verdict in sight', async ({
  browser,
  baseURL,
  request,
  page,
}) => {
  const finding = found[1] ?? found[0];
  if (finding === undefined) throw new Error('the recording gave no finding');
  const now = (await (await request.get(`/api/v1/findings/${finding.id}`)).json()) as FindingSummary;
  const given = await request.post(`/api/v1/findings/${finding.id}/verdict`, {
    data: {
      verdict: 'false_positive',
      reason: 'secret reason',
      revision: now.revision,
      blindAcknowledged: true,
    },
  });
  expect(given.ok(), await given.text()).toBe(true);
  const lead = await elsewhere(browser, baseURL);
  await joined(request, lead, 'second.lead', 'lead');
  await lead.goto('/cases/home');
  await lead.getByRole('button', { name: 'Draw 5' }).click();
  await lead.getByRole('link', { name: /to judge/ }).click();
  const item = lead.getByRole('listitem').filter({ hasText: finding.host }).first();
  await expect(item).toBeVisible();
  expect(await lead.content()).not.toContain('secret reason');
  await item.getByRole('radio', { name: 'Benign true positive' }).click();
  await item.getByLabel('Reason').fill('it is our installer');
  await item.getByRole('button', { name: 'Judge' }).click();
  await expect(lead.getByText('Not agreed:').first()).toBeVisible();
  await page.goto('/cases/home');
  // Of one second verdict, which said otherwise.
  await expect(
    page.getByRole('region', { name: 'Do false positives hold up?' }).getByText(/agreement in/),
  ).toHaveText(/^0 % \(\d+ to \d+\) agreement in 1 second/);
});

for (const theme of ['dark', 'light'] as const)
  test(`nothing of review breaks WCAG 2.2 AA in ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const cases = (await (await page.request.get('/api/v1/cases?state=closed')).json()) as {
      items: { id: number }[];
    };
    const reviews = await page.request.get(`/api/v1/cases/${cases.items[0]?.id}/reviews`);
    const { items } = (await reviews.json()) as { items: { id: number }[] };
    for (const path of [
      '/cases/home',
      '/cases/second-verdicts',
      `/cases/${cases.items[0]?.id}?tab=review`,
      `/cases/reviews/${items[0]?.id}`,
    ]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectAccessible(page);
    }
  });
