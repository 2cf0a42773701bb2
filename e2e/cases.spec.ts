import { expect, type Page, test } from '@playwright/test';
import type { CaseDetail } from '../lib/contracts/cases';
import type { FindingList } from '../lib/contracts/findings';
import { expectAccessible } from './support/accessible';
import { sampleImported } from './support/api';
import { elsewhere, joined } from './support/team';

const MARKUP = '<img src=x onerror="attacked(1)"><script>attacked(2)</script>';

let ids: string[] = [];

test.beforeAll(async ({ request }) => {
  await sampleImported(request);
  const { items } = (await (await request.get('/api/v1/findings?limit=100')).json()) as FindingList;
  ids = items.map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(3);
});

async function opened(page: Page, title: string, found: readonly string[]): Promise<CaseDetail> {
  const answer = await page.request.post('/api/v1/cases', { data: { title, findings: found } });
  expect(answer.status(), await answer.text()).toBe(201);
  return answer.json();
}

test('an empty case is opened by keyboard, noted in Markdown, and found again by its words', async ({
  page,
}) => {
  const attacked: string[] = [];
  await page.exposeFunction('attacked', (how: unknown) => attacked.push(String(how)));
  await page.goto('/cases');
  await expect(page.getByRole('heading', { level: 1, name: 'Cases' })).toBeVisible();
  await page.keyboard.press('n');
  await page
    .getByRole('dialog', { name: 'New case' })
    .getByLabel('Title')
    .fill('Suspicious installer of unit 7');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/cases\/\d+$/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Suspicious installer of unit 7');

  await test.step('a note is saved while it is written, and nothing of it runs', async () => {
    await page.keyboard.press('3');
    await page.getByRole('button', { name: 'New note' }).click();
    const editor = page.getByRole('region', { name: 'Writing a note' });
    await editor
      .getByLabel('Text, in Markdown')
      .fill(`**Zebra** was seen. ${MARKUP} [go](javascript:attacked(3))`);
    await expect(editor.getByRole('status')).toHaveText('Saved');
    await editor.getByRole('button', { name: 'Done' }).click();
    const note = page.getByRole('region', { name: 'Note' });
    await expect(note.locator('strong')).toHaveText('Zebra');
    await expect(note).toContainText('<img src=x');
    await expect(note.locator('img, script')).toHaveCount(0);
    await expect(note.getByRole('link')).toHaveCount(0);
    expect(attacked).toEqual([]);
  });

  await test.step('reading it again shows what was written', async () => {
    await page.reload();
    await expect(page.getByRole('region', { name: 'Note' }).locator('strong')).toHaveText('Zebra');
    await page.goto('/cases?q=zebr');
    await expect(page.getByRole('list', { name: 'Cases' }).getByRole('listitem')).toHaveCount(1);
    await expect(page.getByRole('list', { name: 'Cases' }).locator('mark')).toHaveText(/Zebra/i);
  });
});

test('two people write one note: neither text is lost', async ({ page, browser, baseURL, request }) => {
  const theirs = await elsewhere(browser, baseURL);
  await joined(request, theirs, 'nora.notes', 'analyst');
  const made = await opened(page, 'Two at one note', []);
  const added = await page.request.post(`/api/v1/cases/${made.id}/notes`, {
    data: { title: 'Shared', body: 'first' },
  });
  const note = (await added.json()) as { id: number; version: number };
  await page.goto(`/cases/${made.id}?tab=notes`);
  await page.getByRole('region', { name: 'Shared' }).getByRole('button', { name: 'Write' }).click();
  const other = await theirs.request.put(`/api/v1/cases/${made.id}/notes/${note.id}`, {
    data: { title: 'Shared', body: 'theirs', version: note.version },
  });
  expect(other.ok(), await other.text()).toBe(true);
  const editor = page.getByRole('region', { name: 'Writing a note' });
  await editor.getByLabel('Text, in Markdown').fill('mine');
  await expect(editor.getByRole('alert')).toContainText('Person nora.notes saved this note meanwhile');
  await editor.getByRole('button', { name: 'Go on with mine' }).click();
  await expect(editor.getByRole('status')).toHaveText('Saved');
  await editor.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: /versions/ }).click();
  const versions = page.getByRole('list', { name: 'Versions' });
  await expect(versions.getByRole('listitem')).toHaveCount(3);
  await expect(versions).toContainText('theirs');
  await expect(versions).toContainText('Person nora.notes');
});

test('findings, tasks of a runbook, comments, indicators and files stand in a case, and merging loses none', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const [one = '', two = ''] = ids;
  const first = await opened(page, 'The first', [one]);
  const second = await opened(page, 'The second', [two]);
  await page.goto(`/cases/${first.id}`);
  await expect(page.getByRole('list', { name: 'Findings' }).getByRole('listitem')).toHaveCount(1);

  await test.step('tasks', async () => {
    await page.getByRole('tab', { name: /Tasks/ }).click();
    await page.getByRole('button', { name: 'From a runbook' }).click();
    await page.getByRole('menuitem').first().click();
    const tasks = page.getByRole('list', { name: 'Open tasks' }).getByRole('listitem');
    await expect(tasks.first()).toContainText('from the runbook');
    const before = await tasks.count();
    await tasks.first().getByRole('button', { name: 'Done…' }).click();
    await page.getByLabel('What came of it').fill('asked the owner');
    await page.keyboard.press('Enter');
    await expect(tasks).toHaveCount(before - 1);
    await expect(page.getByRole('list', { name: 'Ended tasks' })).toContainText('asked the owner');
  });

  await test.step('comments', async () => {
    await page.getByRole('tab', { name: /Discussion/ }).click();
    await page.getByRole('textbox', { name: 'Comment' }).fill(`who saw this? ${MARKUP}`);
    await page.keyboard.press('Control+Enter');
    const comments = page.getByRole('list', { name: 'Open comments' });
    await expect(comments).toContainText('<img src=x');
    await comments.getByRole('button', { name: 'Answered' }).click();
    await expect(comments.getByRole('listitem')).toHaveCount(0);
  });

  await test.step('indicators and files', async () => {
    await page.getByRole('tab', { name: /Evidence/ }).click();
    await page.getByLabel('Value').fill('evil.example');
    await page
      .getByRole('region', { name: 'Indicators' })
      .getByRole('button', { name: 'Add' })
      .first()
      .click();
    await expect(page.getByRole('table', { name: 'Indicators' })).toContainText('evil.example');
    await page.getByLabel('Files to keep with the case').setInputFiles({
      name: 'memory.bin',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('kept byte for byte'),
    });
    const file = page.getByRole('list', { name: 'Files' }).getByRole('listitem');
    await expect(file).toContainText('memory.bin');
    const downloaded = page.waitForEvent('download');
    await file.getByRole('link', { name: 'Download' }).click();
    const stream = await (await downloaded).createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe('kept byte for byte');
    await file.getByRole('button', { name: 'Custody' }).click();
    await expect(page.getByRole('list', { name: 'Custody' })).toContainText('took a copy');
  });

  await test.step('merged and taken apart', async () => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: /Merge/ }).click();
    await page
      .getByRole('dialog')
      .getByRole('listitem')
      .filter({ hasText: 'The second' })
      .getByRole('button', { name: 'Merge into it' })
      .click();
    await expect(page).toHaveURL(new RegExp(`/cases/${second.id}$`));
    await expect(page.getByRole('list', { name: 'Findings' }).getByRole('listitem')).toHaveCount(2);
    await page.getByRole('tab', { name: /Evidence/ }).click();
    await expect(page.getByRole('table', { name: 'Indicators' })).toContainText('evil.example');
    await page.getByRole('button', { name: 'Take apart' }).click();
    await expect(page.getByRole('button', { name: 'Take apart' })).toHaveCount(0);
    await page.goto(`/cases/${first.id}?tab=evidence`);
    await expect(page.getByRole('list', { name: 'Files' })).toContainText('memory.bin');
  });
});

test('the events of several hosts stand on one axis, and as a table', async ({ page }) => {
  const made = await opened(page, 'Over hosts', ids.slice(2, 6));
  await page.goto(`/cases/${made.id}?tab=timeline`);
  const axis = page.getByRole('listbox', { name: /Events in order of time/ });
  await expect(axis).toBeVisible();
  await axis.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(axis.getByRole('option', { selected: true })).toHaveCount(1);
  await expect(page.getByRole('link', { name: 'Open in its finding' })).toBeVisible();
  await page.getByRole('radio', { name: 'Table' }).click();
  await expect(
    page
      .getByRole('table', { name: /Events of the case/ })
      .getByRole('row')
      .nth(1),
  ).toBeVisible();
});

for (const theme of ['dark', 'light'] as const)
  test(`nothing of cases breaks WCAG 2.2 AA in ${theme}`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const made = (await (await page.request.get('/api/v1/cases?state=any')).json()) as {
      items: { id: number; findings: number }[];
    };
    const id = made.items.find((each) => each.findings > 0)?.id ?? made.items[0]?.id;
    for (const path of [
      '/cases?state=any',
      '/cases?view=board',
      ...['findings', 'timeline', 'notes', 'tasks', 'evidence', 'discussion', 'activity'].map(
        (tab) => `/cases/${id}?tab=${tab}`,
      ),
    ]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('status', { name: /Reading|Opening/ })).toHaveCount(0);
      await expectAccessible(page);
    }
  });
