import { expect, type Locator, type Page, test } from '@playwright/test';
import { DISGUISE, LONG, MARKUP } from './support/forest';
import { tabTo } from './support/keyboard';
import { apart, pictureOf, selectedIn, sequenceOf, treeOf, wordsOf } from './support/pictures';
import { forestFinding, realFinding } from './support/stories';

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
  await expect(stages.getByRole('button', { name: /Wrote a file: blind/ })).toBeVisible();
  const tree = treeOf(page);
  await expect(tree.getByRole('treeitem', { name: /^mshta\.exe,/ })).toBeVisible();
  await expect(
    tree.getByRole('treeitem', { name: /^cmd\.exe,.*child of mshta\.exe, link exact/ }),
  ).toBeVisible();
  await expect(page.getByText(/^\d+ of [\d,]+ processes shown/)).toBeVisible();

  const panel = page.getByRole('tabpanel');
  await page.getByRole('tab', { name: 'Telemetry' }).click();
  await expect(
    panel.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Wrote a file' }) }),
  ).toContainText('telemetry ends at 07:52:13Z, before the window for file_create closes');
  await page.getByRole('tab', { name: 'Runbook' }).click();
  const followed = panel.getByRole('listitem').filter({ hasText: 'Follow every child and connection' });
  await expect(followed).toContainText('6 events by the processes of this finding');
  await expect(followed.getByRole('button', { name: /mshta\.exe started cmd\.exe/ })).toBeVisible();
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

  // A shorter time, and not the one a reader begins with.
  const slider = page.getByRole('slider', { name: 'Time window' });
  const begun = await slider.getAttribute('aria-valuetext');
  await page.getByRole('region', { name: 'Sequence' }).getByRole('button', { name: 'Zoom in' }).click();
  await expect(slider).not.toHaveAttribute('aria-valuetext', begun ?? '');
  await expect(page).toHaveURL(/[?&]window=/);
  await expect.poll(async () => (await pictureOf(page)).items.length).toBeGreaterThan(4);
  await page.waitForTimeout(600);
  const first = await pictureOf(page);
  expect(first.lanes).toEqual(['Kind']);
  expect(first.axis.length).toBeGreaterThan(1);

  const colleague = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const other = await colleague.newPage();
  await other.goto(page.url());
  await expect(selectedIn(treeOf(other))).toHaveCount(1);
  await expect.poll(async () => wordsOf(await pictureOf(other))).toEqual(wordsOf(first));
  await expect.poll(async () => apart(first, await pictureOf(other))).toBeLessThan(1);
  // The address holds three digits of it.
  expect((await pictureOf(other)).scale / first.scale).toBeCloseTo(1, 2);
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
    // The first Esc empties the field, the second goes to what was found.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await expect(selectedIn(tree)).toHaveAttribute('aria-label', /^job1\.exe,.*child of build\.exe/);
    await page.getByRole('tab', { name: 'Event' }).click();
    await expect(fieldOf(page, 'process.command_line')).toHaveText('job 4321');
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
    const named = (start: string) => table.getByRole('row').filter({ hasText: start }).first();
    await expect(named(MARKUP)).toBeVisible();
    // A name that reads backwards and one of two lines: what hides is written out, in the row and in its name.
    await expect(table).not.toContainText(DISGUISE);
    await expect(named('[U+202E]txt')).toHaveAttribute('aria-label', /^\[U\+202E\]txt\[U\+202C\]\.exe,/);
    await expect(named('two[\\n]lines.exe')).toHaveAttribute('aria-label', /^two\[\\n\]lines\.exe,/);
    await expect(table).not.toContainText(LONG);
    const long = named('long.exe');
    await long.click();
    await expect(long).toHaveAttribute('aria-selected', 'true');
    await page.getByRole('tab', { name: 'Event' }).click();
    await page
      .getByRole('button', { name: `Show all ${LONG.length.toLocaleString('en')} characters` })
      .click();
    await expect(fieldOf(page, 'process.command_line')).toHaveText(LONG);
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

test('the pointer over a process lights its events, and over an event its process', async ({
  page,
  request,
}) => {
  const finding = await realFinding(request);
  await page.goto(`/findings/${finding.id}`);
  const started = treeOf(page).getByRole('treeitem', { name: /^cmd\.exe,.*child of mshta/ });
  const mark = sequenceOf(page).getByRole('button', { name: /^cmd\.exe, process start/ });
  // Of a mark's rings, the one of what is pointed at: neither the selection's, which is filled, nor the focus's.
  const lit = sequenceOf(page).locator('circle[fill="none"][stroke-width="1.5"]');
  const frame = () => started.locator('rect').evaluateAll((all) => all.map((each) => each.outerHTML));
  await expect(mark).toHaveAttribute('aria-pressed', 'false');
  await page.mouse.move(2, 2);
  await expect(lit).toHaveCount(0);
  const atRest = await frame();

  await started.hover();
  await expect(mark.locator('circle[fill="none"][stroke-width="1.5"]')).toHaveCount(1);
  await page.mouse.move(2, 2);
  await expect(lit).toHaveCount(0);
  await expect.poll(frame).toEqual(atRest);

  await mark.hover();
  await expect.poll(frame).not.toEqual(atRest);
});

test('flag, comment and play by keyboard', async ({ page, request }) => {
  test.setTimeout(90_000);
  const finding = await forestFinding(request);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`/findings/${finding.id}`);
  const sequence = sequenceOf(page);
  const selected = sequence.getByRole('button', { pressed: true });
  await expect(selected).toHaveCount(1);
  const name = (await selected.getAttribute('aria-label')) ?? '';
  expect(name).toContain('mshta.exe');
  expect(name).not.toContain('flagged');
  const comment = `Asked the owner of the machine, ${Date.now()}`;
  await page.keyboard.press('2');
  await page.keyboard.press('m');
  await expect(selected).toHaveAccessibleName(/mshta\.exe.*flagged/);
  await page.keyboard.press('c');
  const field = page.locator('textarea[data-field="event-comment"]');
  await expect(field).toBeFocused();
  await page.keyboard.type(comment);
  await page.keyboard.press('Control+Enter');
  const panel = page.getByRole('tabpanel');
  await expect(panel.getByRole('listitem').filter({ hasText: comment })).toBeVisible();

  await test.step('both are there for the next reader', async () => {
    await page.goto(`/findings/${finding.id}?tab=event`);
    await expect(selected).toHaveAccessibleName(/mshta\.exe.*flagged, \d+ comments?$/);
    await expect(panel.getByRole('listitem').filter({ hasText: comment })).toBeVisible();
    await expect(panel.getByRole('button', { name: 'Flagged', pressed: true })).toBeVisible();
    await page.keyboard.press('2');
    await page.keyboard.press('m');
    await expect(selected).not.toHaveAccessibleName(/flagged/);
  });

  await test.step('play goes along the chain, event by event', async () => {
    await tabTo(page, page.getByRole('button', { name: /^Play/ }).first(), 120);
    for (const next of [/^powershell\.exe, process start/, /^198\.51\.100\.7/]) {
      await page.keyboard.press('Enter');
      await expect(selected).toHaveAccessibleName(next);
    }
  });
});

/** The value of a field, in the evidence's list of fields of an event. */
function fieldOf(page: Page, field: string): Locator {
  return page
    .getByRole('tabpanel')
    .locator('dl > div')
    .filter({ has: page.locator('dt').getByText(field, { exact: true }) })
    .locator('dd')
    .first();
}
