import fs from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { findings, imported } from './support/api';
import { tabTo } from './support/keyboard';
import { dayOf, linesOf } from './support/recordings';

/** The main job, without a mouse: no click, no hover anywhere below. */
test('from a file to a verdict by keyboard', async ({ page, request }, info) => {
  test.setTimeout(120_000);
  const day = dayOf(20, { chains: ['svg', 'mshta', 'macro'], broken: 1, duplicates: 3 });
  const file = info.outputPath(`${day.host}.json`);
  fs.writeFileSync(file, linesOf(day.lines));

  await test.step('choose the file and watch its ledger', async () => {
    await page.goto('/');
    await expect(page.getByRole('region', { name: 'Queue' })).toBeVisible();
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await tabTo(page, page.getByRole('button', { name: 'Choose files' }));
    const chooser = page.waitForEvent('filechooser');
    await page.keyboard.press('Enter');
    await (await chooser).setFiles(file);

    const details = page.getByRole('button', { name: `Details of ${day.host}.json` });
    const row = page.getByRole('list', { name: 'Imports' }).getByRole('listitem').filter({ has: details });
    await expect(row.getByRole('link', { name: /findings?$/ })).toBeVisible({ timeout: 45_000 });
    await tabTo(page, details);
    await page.keyboard.press('Enter');
    const sum = await page
      .getByRole('complementary', { name: 'Import' })
      .getByRole('definition')
      .filter({ hasText: /\d read/ })
      .innerText();
    const [read, events, ignored, duplicates, quarantined] = numbersIn(sum);
    expect(read).toBe(day.truth.lines.total);
    expect(read).toBe((events ?? 0) + (ignored ?? 0) + (duplicates ?? 0) + (quarantined ?? 0));
    expect([duplicates, quarantined]).toEqual([3, 1]);
    await expect(row).toContainText(`${events?.toLocaleString('en')} events`);
  });

  const rows = page
    .getByRole('grid', { name: 'Findings' })
    .getByRole('row')
    .filter({
      has: page.getByRole('checkbox'),
    });
  await test.step('filter the queue and open the first finding', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await expect(rows.first()).toBeVisible();
    await page.keyboard.press('/');
    await page.keyboard.type(day.host);
    const { total } = await findings(request, { q: day.host });
    expect(total).toBeGreaterThanOrEqual(3);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${total} findings match`);
    await expect(rows).toHaveCount(total);
    await page.keyboard.press('Enter');
    const active = rows.and(page.locator('[aria-selected=true]'));
    for (let n = 1; n < total && !(await active.innerText()).includes('AN1397'); n++) {
      await page.keyboard.press('j');
      await expect(active).toHaveAttribute('aria-rowindex', String(n + 2));
    }
    await expect(active).toContainText('AN1397');
    const headline = await active.getByRole('link').innerText();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/findings\//);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(headline);
  });

  const stages = page.getByRole('list', { name: 'Stages' });
  const tree = page.getByRole('tree');
  const sequence = page.getByRole('toolbar', { name: /^Events in sequence/ });
  const evidence = page.getByRole('region', { name: 'Evidence' });
  await test.step('the whole story is on one screen', async () => {
    await expect(stages.getByRole('button', { name: /: matched/ }).first()).toBeVisible();
    await expect(tree.getByRole('treeitem').first()).toBeVisible();
    expect(await tree.getByRole('treeitem').count()).toBeGreaterThan(2);
    await expect(tree.getByRole('treeitem', { selected: true })).toHaveCount(1);
    await expect(sequence.getByRole('button', { pressed: true })).toHaveCount(1);
    await expect(evidence.getByRole('heading', { name: /^Score \d+ of 100$/ })).toBeVisible();
  });

  await test.step('a selected stage is followed by graph, sequence, panel and address', async () => {
    const stage = stages.getByRole('button', { name: /Started a program: matched/ });
    await expect(tree.getByRole('treeitem', { selected: true })).toHaveAttribute(
      'aria-label',
      /^mshta\.exe,/,
    );
    await tabTo(page, stage);
    await page.keyboard.press('Enter');
    await expect(stage).toHaveAttribute('aria-current', 'step');
    await expect(page).toHaveURL(/[?&]sel=e(%3A|:)/);
    await expect(tree.getByRole('treeitem', { selected: true })).toHaveAttribute(
      'aria-label',
      /child of mshta\.exe, link exact/,
    );
    await expect(sequence.getByRole('button', { pressed: true })).toHaveAttribute(
      'aria-label',
      /process start/i,
    );
    await expect(evidence.getByRole('heading', { name: 'Started a program · matched' })).toBeVisible();
  });

  await test.step('the record is shown as it was exported', async () => {
    await tabTo(page, evidence.getByRole('tab', { name: 'Why' }));
    await page.keyboard.press('ArrowRight');
    await expect(evidence.getByRole('tab', { name: 'Event' })).toHaveAttribute('aria-selected', 'true');
    await tabTo(page, evidence.getByRole('radio', { name: 'Fields' }));
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    const raw = evidence.getByRole('region', { name: 'Record as exported' });
    await expect(raw).toBeVisible();
    expect(day.lines).toContain(await raw.evaluate((element) => element.textContent));
  });

  const decided = new URL(page.url()).pathname;
  const reason = 'Ordered by the owner of the machine, asked by telephone';
  await test.step('a verdict with its reason, and on to the next', async () => {
    await page.keyboard.press('v');
    await page.keyboard.press('f');
    const field = page.getByRole('textbox', { name: 'Reason' });
    await expect(field).toBeFocused();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'A verdict needs a reason' })).toBeVisible();
    await page.keyboard.type(reason);
    await page.keyboard.press('Control+Enter');
    await expect(page).not.toHaveURL(new RegExp(`${decided}(\\?|$)`));
    await expect(page).toHaveURL(/\/findings\//);
    await expect(page.getByText('False positive saved.')).toBeVisible();
  });

  await test.step('the next verdict is given and taken back', async () => {
    await expect(stages).toBeVisible();
    const second = new URL(page.url()).pathname;
    await page.keyboard.press('v');
    await page.keyboard.press('t');
    await expect(page.getByRole('form', { name: 'Verdict: True positive' })).toBeVisible();
    await page.keyboard.press('Alt+1');
    await expect(page).not.toHaveURL(new RegExp(`${second}(\\?|$)`));
    await expect(page.getByText('True positive saved.')).toBeVisible();
    const given = await (await request.get(`/api/v1${second}`)).json();
    expect(given.verdict).toMatchObject({ value: 'true_positive', reason: 'Confirmed with the user' });
    await page.keyboard.press('z');
    await expect(page.getByText('Verdict taken back.')).toBeVisible();
    const undone = await (await request.get(`/api/v1${second}`)).json();
    expect(undone.verdict).toBeNull();
  });

  await test.step('back in the queue it is gone, and stands among the decided ones', async () => {
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL(new RegExp(`/\\?.*q=${day.host}`));
    const { total } = await findings(request, { q: day.host });
    await expect(rows).toHaveCount(total);
    await expect(rows.getByRole('link').and(page.locator(`[href^="${decided}"]`))).toHaveCount(0);
    await tabTo(
      page,
      page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'With a verdict' }),
    );
    await page.keyboard.press('Enter');
    await verdictIsShown(page, reason);
  });

  await test.step('it survives a reload, and the same records once more', async () => {
    await page.reload();
    await verdictIsShown(page, reason);
    const again = await imported(request, 'again.json', linesOf([...day.lines, ...day.lines.slice(0, 1)]));
    expect(again.records.events).toBe(0);
    await page.reload();
    await verdictIsShown(page, reason);
  });
});

async function verdictIsShown(page: Page, reason: string): Promise<void> {
  const rows = page.getByRole('grid', { name: 'Findings' }).getByRole('row');
  await expect(rows.getByText('False positive')).toHaveCount(1);
  await expect(page.getByRole('complementary', { name: 'Preview' })).toContainText(reason);
}

/** Numbers as the screen writes them: 1,204. */
function numbersIn(text: string): number[] {
  return [...text.matchAll(/\d[\d,]*/g)].map(([number]) => Number(number.replaceAll(',', '')));
}
