import { expect, test } from '@playwright/test';
import { sampleTruth } from '../lib/sample/sampleRecording';
import { findings, imports } from './support/api';

test('an empty product explains itself, and shows findings after one click', async ({ page, request }) => {
  expect((await imports(request)).items, 'nothing may run before this journey').toEqual([]);

  await page.goto('/');
  const queue = page.getByRole('region', { name: 'Queue' });
  await expect(queue.getByRole('heading', { name: 'Nothing imported yet' })).toBeVisible();
  await expect(queue.getByText('Who started what is rebuilt for each host')).toBeVisible();
  for (const state of ['matched: it happened', 'absent: it could be seen', 'blind: the telemetry']) {
    await expect(queue.getByText(state)).toBeVisible();
  }
  await expect(queue.getByRole('button', { name: 'Choose files' })).toBeVisible();

  await queue.getByRole('button', { name: 'Import the sample recording' }).click();
  await expect(queue.getByRole('heading', { name: 'Working' })).toBeVisible();
  await expect(queue.getByRole('status')).toContainText('Findings appear here by themselves');
  const inHand = page.getByRole('banner').getByRole('link', { name: /sequela-sample\.json \d+ %/ });
  await expect(inHand).toBeVisible();

  const grid = page.getByRole('grid', { name: 'Findings' });
  await expect(grid).toBeVisible({ timeout: 45_000 });
  await expect(inHand).toBeHidden({ timeout: 45_000 });

  const [sample] = (await imports(request)).items;
  const { counts, total } = await findings(request);
  const truth = sampleTruth();
  expect(sample?.records).toMatchObject({
    read: truth.lines.total,
    quarantined: truth.lines.broken,
    duplicates: truth.lines.duplicates,
  });
  const chains = counts.open + counts.closed + counts.suppressed;
  expect(chains).toBeGreaterThanOrEqual(truth.chains.length);

  // Hosts are correlated one after the other: what came later is offered, and not pushed in.
  await page.reload();
  await expect(queue.getByRole('heading', { level: 1 })).toHaveText(`${total} open findings`);
  await expect(
    queue.getByText(`${sample?.records.events.toLocaleString('en')} events on 3 hosts → ${chains} chains`),
  ).toBeVisible();
  await expect(grid).toHaveAttribute('aria-rowcount', String(total + 1));
  await expect(grid.getByRole('row').filter({ has: page.getByRole('checkbox') })).toHaveCount(total);
  const views = page.getByRole('navigation', { name: 'Views' });
  await expect(views.getByRole('link', { name: 'Suppressed' })).toHaveText(`Suppressed${counts.suppressed}`);
  await expect(views.getByRole('link', { name: 'Partial chains' })).toHaveText(
    `Partial chains${counts.partial}`,
  );
  await expect(views.getByRole('link', { name: 'Limited by blindness' })).toHaveText(
    `Limited by blindness${counts.blind}`,
  );
});
