import { type APIRequestContext, expect, type Locator, type Page, test } from '@playwright/test';
import type { FindingGroups, FindingSummary } from '../lib/contracts/findings';
import { fleetMachine } from '../lib/sample/machine';
import { expectAccessibleInBothThemes } from './support/accessible';
import { findings, imported } from './support/api';
import { dayOf, linesOf } from './support/recordings';
import { FIRST } from './support/signIn';
import { elsewhere, joined } from './support/team';

/** One that records little: of the macro it sees the programs, neither the file nor the call out. */
const THIN = fleetMachine(45);
/** Machines of this file alone: three chains on each, twenty-one findings at the least. */
const DAYS = [40, 41, 42, 43, 44, 45, 46].map((n) => dayOf(n, { chains: ['svg', 'mshta', 'macro'] }));
/** As they are set from the start: other journeys wait for findings that are not due. */
const SHIPPED_CLOCKS = [
  { severity: 'critical', minutes: 60 },
  { severity: 'high', minutes: 240 },
  { severity: 'medium', minutes: 1440 },
  { severity: 'low', minutes: 4320 },
];
const LATE = dayOf(47, { chains: ['mshta', 'macro'] });

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ request }) => {
  test.setTimeout(180_000);
  for (const day of DAYS) await imported(request, `${day.host}.json`, linesOf(day.lines));
});

const grid = (page: Page) => page.getByRole('grid', { name: 'Findings' });
const rows = (page: Page) =>
  grid(page)
    .getByRole('row')
    .filter({ has: page.getByRole('checkbox') });
const activeRow = (page: Page) => rows(page).and(page.locator('[aria-selected=true]'));
const preview = (page: Page) => page.getByRole('complementary', { name: 'Preview' });
const reason = (page: Page) => page.getByRole('textbox', { name: 'Reason' });
/** As many rows as the list has, drawn or not. */
const hasRows = (page: Page, count: number) =>
  expect(grid(page)).toHaveAttribute('aria-rowcount', String(count + 1));

test('an analyst empties a queue of twenty findings by keyboard only', async ({
  browser,
  baseURL,
  request,
}) => {
  test.setTimeout(180_000);
  const me = 'tara.triage';
  const page = await elsewhere(browser, baseURL);
  await joined(request, page, me, 'analyst');
  const all = await ownFindings(request);
  expect(all.length).toBeGreaterThanOrEqual(20);
  const items = all.map(({ id, revision }) => ({ id, revision }));
  const assigned = await request.post('/api/v1/findings/assignments', { data: { items, assignee: me } });
  expect(assigned.ok(), await assigned.text()).toBe(true);

  await page.goto('/?view=mine');
  await expect(page.getByRole('banner')).toContainText(`Person ${me}`);
  await expect(rows(page).first()).toBeVisible();
  const { total } = await findings(request, { assignee: me });
  await hasRows(page, total);

  await test.step('a verdict needs its reason, and the next row has the focus', async () => {
    const first = await activeRow(page).getByRole('link').innerText();
    await keys(page, 'v', 't');
    await expect(reason(page)).toBeFocused();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('A verdict needs a reason')).toBeVisible();
    await page.keyboard.type('Seen by the owner of the machine');
    await page.keyboard.press('Control+Enter');
    await hasRows(page, total - 1);
    await expect(grid(page)).toBeFocused();
    expect(await activeRow(page).getByRole('link').innerText()).not.toBe(first);
  });

  await test.step('it is taken back, and given again', async () => {
    await page.keyboard.press('z');
    await expect(page.getByText('Verdict taken back.')).toBeVisible();
    await hasRows(page, total);
  });

  await test.step('the rest, three keys each', async () => {
    for (let left = total; left > 0; left--) {
      await hasRows(page, left);
      await keys(page, 'v', 'u');
      await expect(reason(page)).toBeFocused();
      await page.keyboard.press('Alt+2');
      if (left > 1) await hasRows(page, left - 1);
    }
    await expect(page.getByRole('heading', { name: 'Nothing in “Assigned to me”' })).toBeVisible();
  });

  await test.step('all of them stand among the decided ones', async () => {
    const decided = await findings(request, { verdict: 'undetermined', assignee: me, suppressed: 'any' });
    expect(decided.total).toBeGreaterThanOrEqual(total);
    for (const { verdict } of decided.items) expect(verdict).toMatchObject({ by: me });
    await openAgain(request, decided.items);
  });
});

test('several get one verdict with one reason, which can be taken back', async ({ page }) => {
  const [day] = DAYS;
  await page.goto(`/?host=${day?.host}`);
  await expect(rows(page).nth(2)).toBeVisible();
  const count = await rows(page).count();
  await grid(page).focus();
  await keys(page, 'J', 'J');
  await expect(page.getByRole('region', { name: 'Selected findings' })).toContainText('3 selected');
  await page.keyboard.press('K');
  await expect(page.getByRole('region', { name: 'Selected findings' })).toContainText('2 selected');
  await page.keyboard.press('Shift+ArrowDown');
  await keys(page, 'v', 'u');
  const dialog = page.getByRole('dialog', { name: 'Undetermined' });
  await expect(dialog).toContainText('3 of 3 get the same verdict and reason.');
  await page.keyboard.type('Records around it are missing');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Undetermined saved: 3 findings')).toBeVisible();
  await expect(rows(page)).toHaveCount(count - 3);
  await page.keyboard.press('z');
  await expect(page.getByText('Taken back for 3.')).toBeVisible();
  await expect(rows(page)).toHaveCount(count);
});

test('one shape over many hosts is one row, and one verdict with an exception', async ({ page, request }) => {
  const group = await sharedShape(request);
  await page.goto(`/?group=shape&analytic=${group.analytic}`);
  const groups = page.getByRole('treegrid', { name: 'Findings by shape' });
  const row = groups
    .getByRole('row')
    .filter({ hasText: `${group.hosts} hosts` })
    .first();
  await row.click();
  await groups.focus();
  await page.keyboard.press('ArrowRight');
  await expect(row).toHaveAttribute('aria-expanded', 'true');
  await keys(page, 'v', 'u');
  const dialog = page.getByRole('dialog');
  const listed = dialog.getByRole('list', { name: 'What gets the verdict' }).getByRole('checkbox');
  await expect(listed.first()).toBeVisible();
  for (const box of await listed.all()) await box.check();
  await listed.first().uncheck();
  const words = await dialog.getByText(/get the same verdict and reason/).innerText();
  const [chosen, all] = [...words.matchAll(/\d+/g)].map(([number]) => Number(number));
  expect(chosen).toBe((all ?? 0) - 1);
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The same rollout everywhere');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/Undetermined saved/)).toBeVisible();
  const left = await findings(request, { analytic: group.analytic, shape: group.shape });
  expect(left.total).toBe(1);
  await page.keyboard.press('z');
  await expect(page.getByText(/Taken back/)).toBeVisible();
});

test('what is new waits behind a button, and the row in hand stays', async ({ page, request }) => {
  test.setTimeout(120_000);
  await page.goto('/');
  await expect(rows(page).nth(1)).toBeVisible();
  await page.keyboard.press('j');
  const [inHand, shown] = [await activeRow(page).innerText(), await linksOf(page)];
  await imported(request, `${LATE.host}.json`, linesOf(LATE.lines));
  const fresh = page.getByRole('button', { name: /^\d+ new/ });
  await expect(fresh).toBeVisible({ timeout: 40_000 });
  expect(await linksOf(page)).toEqual(shown);
  await page.keyboard.press('n');
  await expect(fresh).toBeHidden();
  expect(await activeRow(page).innerText()).toBe(inHand);
});

test('a false positive over a blind stage is guarded', async ({ page, request }) => {
  const doubtful = await blindFinding(request);
  await page.goto(`/?view=blind&host=${THIN.host}&finding=${doubtful.id}`);
  await expect(activeRow(page)).toBeVisible();
  await keys(page, 'v', 'f');
  const guard = page.getByRole('note', { name: 'Blind stages' });
  await expect(guard).toContainText('are required and were blind');
  for (const { required, state, title, stateReason } of doubtful.stages)
    if (required && state === 'blind') await expect(guard).toContainText(`${title}: ${stateReason ?? ''}`);
  await expect(page.getByRole('form', { name: 'Verdict: Undetermined' })).toBeVisible();
  await guard.getByRole('button', { name: 'False positive all the same' }).click();
  await reason(page).fill('The owner showed the installer');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Say that you know it, or use undetermined.')).toBeVisible();
  await guard.getByRole('checkbox').check();
  await reason(page).press('Control+Enter');
  await expect(page.getByText(/False positive saved/)).toBeVisible();
  const given = await (await request.get(`/api/v1/findings/${encodeURIComponent(doubtful.id)}`)).json();
  expect(given.verdict).toMatchObject({ value: 'false_positive', blindAcknowledged: true });
  await page.keyboard.press('z');
  await expect(page.getByText('Verdict taken back.')).toBeVisible();
});

test('two at once: the second is told what the first decided, and loses no word', async ({
  browser,
  baseURL,
  page,
  request,
}) => {
  test.setTimeout(120_000);
  const [, day] = DAYS;
  const other = await elsewhere(browser, baseURL);
  await joined(request, other, 'tom.faster', 'analyst');
  await page.goto(`/?host=${day?.host}`);
  await expect(activeRow(page)).toBeVisible();
  await keys(page, 'v', 'u');
  await page.keyboard.type('My own words');
  const { items } = await findings(request, { host: day?.host ?? '' });
  const [seen] = items;
  if (seen === undefined) throw new Error('the day gave no finding');
  const first = await other.request.post(`/api/v1/findings/${encodeURIComponent(seen.id)}/verdict`, {
    data: { verdict: 'true_positive', reason: 'I was first', revision: seen.revision },
  });
  expect(first.ok(), await first.text()).toBe(true);
  await page.keyboard.press('Control+Enter');
  const told = preview(page).getByRole('alert');
  await expect(told).toContainText('Person tom.faster changed it while you were reading it');
  await expect(told).toContainText('I was first');
  await expect(reason(page)).toHaveValue('My own words');
  await preview(page).getByRole('button', { name: 'Decide again' }).click();
  await expect(page.getByText(/Undetermined saved/)).toBeVisible();
  const history = await (await request.get(`/api/v1/findings/${encodeURIComponent(seen.id)}/history`)).json();
  const given = history.verdicts.map(({ by, reason }: { by: string; reason: string }) => [by, reason]);
  expect(given.slice(0, 2)).toEqual([
    [FIRST.handle, 'My own words'],
    ['tom.faster', 'I was first'],
  ]);
  await other.goto('/');
  await other.getByRole('button', { name: 'Notifications, 1 unread' }).click();
  await expect(other.getByRole('dialog', { name: 'Newest notifications' })).toContainText(FIRST.name);
});

test('a view is saved, changed, put back and deleted', async ({ page }) => {
  const host = DAYS[2]?.host;
  const name = `Only ${host}`;
  await page.goto(`/?host=${host}&sort=newest`);
  await expect(rows(page).first()).toBeVisible();
  const rail = page.getByRole('navigation', { name: 'Views' });
  await rail.getByRole('button', { name: 'Save this view…' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  const link = rail.getByRole('link', { name });
  await expect(link).toHaveAttribute('aria-current', 'true');
  await expect(link).toContainText(String(await rows(page).count()));
  await page.getByRole('button', { name: 'Blind stage' }).click();
  await expect(rail.getByText('Changed')).toBeVisible();
  await rail.getByRole('button', { name: 'Put back' }).click();
  await expect(rail.getByText('Changed')).toBeHidden();
  await page.goto('/');
  await link.click();
  await expect(page).toHaveURL(new RegExp(`host=${host}`));
  await expect(page).toHaveURL(/sort=newest/);
  await rail.getByRole('button', { name: `${name}: what to do` }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(link).toBeHidden();
});

test('a key can be put elsewhere, and every hint follows', async ({ page }) => {
  await page.goto('/');
  await expect(rows(page).nth(1)).toBeVisible();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard' });
  await help.getByRole('button', { name: 'Change keys' }).click();
  await help.getByRole('button', { name: 'Take, or release: i. Change' }).click();
  await page.keyboard.press('n');
  await expect(help.getByRole('alert')).toContainText('Show what is new');
  await help.getByRole('button', { name: 'Leave it' }).click();
  await help.getByRole('button', { name: 'Take, or release: i. Change' }).click();
  await page.keyboard.press('Alt+t');
  await expect(help.getByRole('button', { name: 'Take, or release: Alt+t. Change' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  const take = preview(page).getByRole('button', { name: /^(Take|Release)/ });
  await expect(take).toHaveAttribute('aria-keyshortcuts', 'Alt t');
  const before = await take.innerText();
  await grid(page).focus();
  await page.keyboard.press('i');
  await page.keyboard.press('Alt+t');
  // Words and keys stand in elements of their own: only as they are drawn is there space between them.
  await expect(take).not.toHaveText(before, { useInnerText: true });
  await page.keyboard.press('Alt+t');
  await expect(take).toHaveText(before, { useInnerText: true });
  await page.reload();
  await expect(take).toHaveAttribute('aria-keyshortcuts', 'Alt t');
});

test('single letters can be switched off; buttons then show no letter', async ({ page }) => {
  await page.goto('/');
  await expect(rows(page).nth(1)).toBeVisible();
  const at = await activeRow(page).getAttribute('aria-rowindex');
  await page.keyboard.press('?');
  await page.getByRole('switch', { name: /^Single-key shortcuts/ }).click();
  await page.keyboard.press('Escape');
  await grid(page).focus();
  await page.keyboard.press('j');
  await expect(activeRow(page)).toHaveAttribute('aria-rowindex', at ?? '');
  await page.keyboard.press('ArrowDown');
  await expect(activeRow(page)).not.toHaveAttribute('aria-rowindex', at ?? '');
  await expect(preview(page).getByRole('button', { name: /^(Take|Release)/ })).not.toHaveAttribute(
    'aria-keyshortcuts',
    /./,
  );
});

test('service clocks are set, and the queue shows what is due', async ({ page, request }) => {
  await page.goto('/admin/clocks');
  await page.getByRole('textbox', { name: 'Critical: how many' }).fill('30');
  await page.getByRole('combobox', { name: 'Critical: unit' }).selectOption('min');
  await page.getByRole('textbox', { name: 'High: how many' }).fill('30');
  await page.getByRole('combobox', { name: 'High: unit' }).selectOption('min');
  await page.getByRole('button', { name: 'Set the clocks' }).click();
  await expect(page.getByText('Clocks set.')).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.goto('/?severity=high&sort=due');
  await expect(activeRow(page)).toContainText(/in \d+ min|over|due now/);
  const put = await request.put('/api/v1/service-clocks', { data: { items: SHIPPED_CLOCKS } });
  expect(put.ok(), await put.text()).toBe(true);
});

test('the queue, its form, its groups and its keys are accessible in both themes', async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto('/?columns=stages,host,user,analytic,score,age,case,assignee');
  await expect(rows(page).first()).toBeVisible();
  await expect(preview(page).getByRole('heading', { name: 'History' })).toBeVisible();
  await keys(page, 'x', 'v', 'f');
  await expect(reason(page)).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await reason(page).press('Escape');
  await page.goto('/?group=shape');
  await expect(page.getByRole('treegrid').getByRole('row').nth(1)).toBeVisible();
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('ArrowRight');
  await expectAccessibleInBothThemes(page);
  await page.keyboard.press('?');
  await page.getByRole('button', { name: 'Change keys' }).click();
  await expectAccessibleInBothThemes(page);
});

async function keys(page: Page, ...pressed: string[]): Promise<void> {
  for (const key of pressed) await page.keyboard.press(key);
}

async function linksOf(page: Page): Promise<string[]> {
  const links: Locator = grid(page).getByRole('link');
  return links.allInnerTexts();
}

/** Open findings on the machines of this file. */
async function ownFindings(request: APIRequestContext): Promise<readonly FindingSummary[]> {
  const lists = await Promise.all(DAYS.map(({ host }) => findings(request, { host })));
  return lists.flatMap(({ items }) => items);
}

/** Takes verdicts back and releases, so that the next journey has something to decide. */
async function openAgain(request: APIRequestContext, items: readonly FindingSummary[]): Promise<void> {
  const seen = items.map(({ id, revision }) => ({ id, revision }));
  const answer = await request.post('/api/v1/findings/verdicts', {
    data: { items: seen, verdict: null, reason: '' },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  const { done }: { done: FindingSummary[] } = await answer.json();
  const released = await request.post('/api/v1/findings/assignments', {
    data: { items: done.map(({ id, revision }) => ({ id, revision })), assignee: null },
  });
  expect(released.ok(), await released.text()).toBe(true);
}

/** On the machine that saw least: the macro's script ran, and whether its file arrived nobody could have seen. */
async function blindFinding(request: APIRequestContext): Promise<FindingSummary> {
  const { items } = await findings(request, { host: THIN.host, blind: 'true' });
  const doubtful = items.find(({ stages }) =>
    stages.some(({ required, state }) => required && state === 'blind'),
  );
  if (doubtful === undefined) throw new Error(`no open finding of ${THIN.host} has a blind required stage`);
  return doubtful;
}

/** A shape that several hosts share: the same chains ran on every machine of this file. */
async function sharedShape(request: APIRequestContext): Promise<FindingGroups['items'][number]> {
  const answer = await request.get('/api/v1/findings/groups?verdict=none&suppressed=false');
  const { items }: FindingGroups = await answer.json();
  const shared = items.find(({ hosts, open }) => hosts > 1 && open > 2);
  if (shared === undefined) throw new Error('no shape is shared by several hosts');
  return shared;
}
