import fs from 'node:fs';
import { type Download, expect, type Page, test } from '@playwright/test';
import { stixBundleShape } from '../lib/workflows/exports/testStixShapes';
import { selectedIn, treeOf } from './support/pictures';
import { detailOf, realFinding } from './support/stories';

test('every export of a finding is what it says it is', async ({ page, request }) => {
  const finding = await realFinding(request);
  const exported = async (format: string) => {
    const answer = await request.get(`/api/v1/findings/${finding.id}/export?format=${format}`);
    expect(answer.ok(), format).toBe(true);
    return answer.text();
  };

  await test.step('Markdown and JSON', async () => {
    expect(await exported('markdown')).toContain(`# ${finding.headline}`);
    expect(JSON.parse(await exported('json'))).toMatchObject({ id: finding.id });
  });

  await test.step('STIX: as the specification says, and whole in itself', async () => {
    const bundle = stixBundleShape.parse(JSON.parse(await exported('stix')));
    expect(bundle.objects.length).toBeGreaterThan(5);
    const there = new Set(bundle.objects.map(({ id }) => id));
    expect(there.size).toBe(bundle.objects.length);
    const named = referencesIn(bundle.objects);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((id) => !there.has(id))).toEqual([]);
  });

  await test.step('Timesketch: one time per line, and every stage that has events', async () => {
    const rows = (await exported('timesketch')).trimEnd().split('\n').map(parsed);
    for (const row of rows) {
      expect(row.message).toBeTruthy();
      expect(row.timestamp_desc).toBeTruthy();
      const time = Date.parse(String(row.datetime));
      expect(time).toBeGreaterThan(0);
      expect(Math.floor(Number(row.timestamp) / 1000)).toBe(time);
    }
    const { stages } = await detailOf(request, finding);
    const told = new Set(rows.flatMap(({ tag }) => tag as string[]));
    const wanted = stages.filter(({ events }) => events.length > 0).map(({ id }) => `stage:${id}`);
    expect(wanted.length).toBeGreaterThan(2);
    expect(wanted.filter((tag) => !told.has(tag))).toEqual([]);
  });

  await test.step('a page for paper, without a script', async () => {
    const printed = await exported('html');
    expect(printed).not.toMatch(/<script/i);
    await page.setContent(printed);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('mshta.exe ran');
  });

  await page.goto(`/findings/${finding.id}`);
  await expect(selectedIn(treeOf(page))).toHaveCount(1);
  await test.step('the drawing as SVG: sound XML with the names on it', async () => {
    const svg = fs.readFileSync(await (await saved(page, 'Drawing as SVG')).path(), 'utf8');
    const drawn = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
      return {
        root: parsed.documentElement.tagName,
        problem: parsed.querySelector('parsererror')?.textContent ?? null,
        words: parsed.documentElement.textContent ?? '',
      };
    }, svg);
    expect(drawn).toMatchObject({ root: 'svg', problem: null });
    for (const name of ['powershell.exe', 'mshta.exe', 'cmd.exe']) expect(drawn.words).toContain(name);
  });

  await test.step('the picture as PNG, large enough for a report', async () => {
    const png = fs.readFileSync(await (await saved(page, 'Picture as PNG')).path());
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    expect(png.subarray(12, 16).toString('latin1')).toBe('IHDR');
    expect(png.readUInt32BE(16)).toBeGreaterThan(500);
    expect(png.readUInt32BE(20)).toBeGreaterThan(100);
  });
});

async function saved(page: Page, as: string): Promise<Download> {
  await page.getByRole('region', { name: 'Lineage' }).getByRole('button', { name: 'Save' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: as }).click(),
  ]);
  return download;
}

function parsed(line: string): Record<string, unknown> {
  return JSON.parse(line);
}

/** Ids that `*_ref` and `*_refs` name, and the extensions that objects use, anywhere in a value. */
function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key.endsWith('_ref')) return [String(inner)];
    if (key.endsWith('_refs')) return (inner as unknown[]).map(String);
    const own = key === 'extensions' ? Object.keys(inner as object) : [];
    return [...own, ...referencesIn(inner)];
  });
}
