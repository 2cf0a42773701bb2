import { type APIRequestContext, expect, test } from '@playwright/test';
import type { FindingSummary } from '../lib/contracts/findings';
import { findings, imported } from './support/api';
import { dayOf, linesOf } from './support/recordings';
import { elsewhere, joined } from './support/team';

/** A macro that calls out, on a machine of this journey alone that records everything. */
const day = dayOf(66, { chains: ['macro'] });
/** Sysmon's network connections and DNS queries, in either shape of record. */
const NETWORK = /"(?:event_id|EventID)":(?:3|22),/;
const OWNER = 'olga.owner';

test('a false positive over a blind stage is opened again by the data that was missing, and its owner is told', async ({
  browser,
  baseURL,
  request,
}) => {
  test.setTimeout(180_000);
  const withoutNetwork = day.lines.filter((line) => !NETWORK.test(line));
  expect(withoutNetwork.length).toBeLessThan(day.lines.length);
  await imported(request, 'day-without-network.json', linesOf(withoutNetwork));
  const finding = await doubtful(request);
  const egress = finding.stages.find(({ required, state }) => required && state === 'blind');
  const page = await elsewhere(browser, baseURL);
  await joined(request, page, OWNER, 'analyst');
  const taken = await page.request.post(`/api/v1/findings/${finding.id}/assign`, {
    data: { assignee: OWNER, revision: finding.revision },
  });
  expect(taken.ok(), await taken.text()).toBe(true);

  await test.step('its owner calls it a false positive, knowing that a stage could not be seen', async () => {
    await page.goto(`/findings/${finding.id}`);
    await expect(page.getByRole('tree')).toBeVisible();
    await page.keyboard.press('v');
    await page.keyboard.press('f');
    const guard = page.getByRole('note', { name: 'Blind stages' });
    await expect(guard).toContainText(`${egress?.title} is required and was blind`);
    await guard.getByRole('button', { name: 'False positive all the same' }).click();
    await guard.getByRole('checkbox').check();
    await page.getByLabel('Reason').fill('The macro of the time sheets, which calls nobody');
    await page
      .getByRole('form', { name: 'Verdict: False positive' })
      .getByRole('button', { name: 'Save', exact: true })
      .click();
    await expect
      .poll(() => verdictOf(request, finding))
      .toMatchObject({ value: 'false_positive', by: OWNER });
  });

  await test.step('the whole day comes: the stage was reached, and the finding is open', async () => {
    await imported(request, 'day.json', linesOf(day.lines));
    await expect.poll(() => verdictOf(request, finding)).toBeNull();
    await page.goto(`/?host=${day.host}&finding=${finding.id}`);
    const row = page
      .getByRole('grid', { name: 'Findings' })
      .getByRole('row')
      .and(page.locator('[aria-selected=true]'));
    await expect(row).toContainText(`reopened: ${egress?.title}: blind → matched`);
  });

  await test.step('the bell tells, and leads to it', async () => {
    const bell = page.getByRole('button', { name: 'Notifications, 1 unread' });
    await bell.click();
    const told = page.getByRole('dialog', { name: 'Newest notifications' }).getByRole('listitem').first();
    await expect(told).toContainText('Later data opens a finding of mine again');
    await told.getByRole('link').click();
    await expect(page).toHaveURL(new RegExp(`/findings/${finding.id}`));
    await expect(page.getByText('Opened again', { exact: true }).first()).toBeVisible();
  });

  await test.step('its history has the verdict, and what changed of what it rested on', async () => {
    await page.getByRole('tab', { name: 'Activity' }).click();
    const entries = page
      .getByRole('tabpanel')
      .getByRole('listitem')
      .filter({ hasText: /Later data opened it again|False positive by/ });
    const [change, verdict] = [entries.nth(0), entries.nth(1)];
    await expect(change).toContainText('Later data opened it again');
    const diff = change.getByRole('listitem').filter({ hasText: egress?.title ?? '' });
    // Each with the letter of its pip.
    await expect(diff.locator('del')).toHaveText(/^was B?blind$/);
    await expect(diff.locator('ins')).toHaveText(/^is M?matched$/);
    await expect(verdict).toContainText('The macro of the time sheets, which calls nobody');
    await expect(verdict).toContainText('1 blind stage, known');
  });
});

/** The open finding of the machine that has one required stage which nobody could have seen. */
async function doubtful(request: APIRequestContext): Promise<FindingSummary> {
  const { items } = await findings(request, { host: day.host, analytic: 'AN1314', blind: 'true' });
  const found = items.find(({ stages }) =>
    stages.some(({ required, state }) => required && state === 'blind'),
  );
  if (found === undefined) throw new Error('no required stage was blind');
  return found;
}

async function verdictOf(
  request: APIRequestContext,
  { id }: FindingSummary,
): Promise<FindingSummary['verdict']> {
  const now: FindingSummary = await (await request.get(`/api/v1/findings/${id}`)).json();
  return now.verdict;
}
