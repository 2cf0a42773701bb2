import http from 'node:http';
import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import type { CaseDetail } from '../lib/contracts/cases';
import type { FindingSummary } from '../lib/contracts/findings';
import type { ImportView } from '../lib/contracts/imports';
import { fleetMachine } from '../lib/sample/machine';
import { findings, imported } from './support/api';
import { dayOf, linesOf } from './support/recordings';

const SCRIPT = '<script>attacked(1)</script>';
const IMAGE = '"><img src=x onerror=attacked(2)>';
/** Right-to-left override, zero-width space, right-to-left isolate: `exe.txt` shown for `txt.exe`. */
const DISGUISE = '\u202Etxt\u200B\u2067.exe';
const LONG = 'A'.repeat(20_000);

const machine = fleetMachine(34);
const owner = machine.owner.name;
const host = machine.host.replace('.corp.', `${IMAGE}.corp.`).toLowerCase();
let source: ImportView;
let found: readonly FindingSummary[];

/** The day of a machine whose owner, host, files and command lines were named by somebody with intent. */
test.beforeAll(async ({ request }) => {
  const day = dayOf(34, { chains: ['svg', 'mshta'] });
  const lines = day.lines.map((line) => JSON.stringify(twisted(JSON.parse(line))));
  source = await imported(request, `${IMAGE}${DISGUISE}.json`, linesOf(lines));
  found = (await findings(request)).items.filter((finding) => finding.host.includes('onerror'));
  expect(found.length).toBeGreaterThan(1);
});

test('what attackers wrote is text on every screen, and nothing of it runs', async ({ page }) => {
  test.setTimeout(120_000);
  const attacked: string[] = [];
  await page.exposeFunction('attacked', (how: unknown) => attacked.push(String(how)));
  page.on('dialog', (dialog) => {
    attacked.push(dialog.message());
    void dialog.dismiss();
  });

  await page.goto(`/?host=${encodeURIComponent(found[0]?.host ?? '')}`);
  await expect(page.getByRole('grid', { name: 'Findings' }).getByRole('link')).toHaveCount(found.length);
  await expect(page.getByRole('complementary', { name: 'Preview' })).toContainText(IMAGE);
  await nothingInjected(page);

  for (const { id } of found) {
    await page.goto(`/findings/${id}`);
    await expect(page.getByRole('tree').getByRole('treeitem').first()).toBeVisible();
    await expect(page.getByRole('list', { name: 'About this finding' })).toContainText(SCRIPT);
    for (const stage of await page.getByRole('list', { name: 'Stages' }).getByRole('button').all()) {
      await stage.click();
      await nothingInjected(page);
    }
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      await expect(page.getByRole('tabpanel').getByRole('status')).toHaveCount(0);
      await nothingInjected(page);
    }
    await page.goto(`/findings/${id}?lineage=table&lanes=table`);
    await expect(page.getByRole('treegrid').getByRole('row').nth(1)).toBeVisible();
    await expect(page.getByRole('table', { name: 'Sequence as a table' })).toContainText(SCRIPT);
    await nothingInjected(page);
  }

  await page.goto(`/imports?import=${source.id}`);
  const detail = page.getByRole('complementary', { name: 'Import' });
  await expect(detail.getByRole('heading', { level: 2 })).toContainText(IMAGE);
  await expect(detail.getByRole('heading', { level: 2 })).toContainText('U+202E');
  await expect(detail).toContainText(host);
  await nothingInjected(page);
  expect(attacked).toEqual([]);
});

test('it is text in groups, among alerts, in a baseline, in a case and in its review', async ({ page }) => {
  test.setTimeout(180_000);
  const attacked: string[] = [];
  await page.exposeFunction('attacked', (how: unknown) => attacked.push(String(how)));
  const settles = () => expect(page.getByRole('status', { name: /Reading|Opening|Looking/ })).toHaveCount(0);

  await test.step('findings by shape', async () => {
    await page.goto(`/?group=shape&host=${encodeURIComponent(found[0]?.host ?? '')}`);
    const groups = page.getByRole('treegrid', { name: 'Findings by shape' });
    await groups.getByRole('row').nth(1).click();
    await groups.focus();
    await page.keyboard.press('ArrowRight');
    await expect(groups.getByRole('row', { expanded: true }).first()).toBeVisible();
    await expect(groups).toContainText(IMAGE);
    await nothingInjected(page);
  });

  await test.step('vendor alerts', async () => {
    await imported(page.request, 'hostile-alerts.json', Buffer.from(JSON.stringify(alertOf(SCRIPT))));
    await page.goto('/alerts?show=all');
    const row = page
      .getByRole('grid', { name: /^Vendor alerts/ })
      .getByRole('row')
      .filter({ hasText: SCRIPT });
    await row.first().click();
    await expect(page.getByRole('complementary', { name: 'Alert' })).toContainText(SCRIPT);
    await nothingInjected(page);
  });

  await test.step('“Never again”', async () => {
    await page.goto(`/findings/${found[0]?.id}`);
    await expect(page.getByRole('tree')).toBeVisible();
    await page.keyboard.press('B');
    const dialog = page.getByRole('dialog', { name: 'Never again' });
    await expect(dialog).toBeVisible();
    await settles();
    await expect(dialog.getByRole('region', { name: 'Would be hidden now' })).toContainText(IMAGE);
    await nothingInjected(page);
  });

  const submitted = await submittedCase(page.request);
  for (const tab of [
    'findings',
    'timeline',
    'notes',
    'tasks',
    'evidence',
    'discussion',
    'review',
    'activity',
  ])
    await test.step(`a case: ${tab}`, async () => {
      await page.goto(`/cases/${submitted.id}?tab=${tab}`);
      await expect(page.getByRole('heading', { level: 1 })).toContainText(IMAGE);
      await settles();
      await expect(page.getByRole('tabpanel')).toBeVisible();
      if (tab === 'findings' || tab === 'notes')
        await expect(page.getByRole('tabpanel')).toContainText(tab === 'notes' ? SCRIPT : IMAGE);
      await nothingInjected(page);
    });

  await test.step('its review, and the list it waits in', async () => {
    await page.goto(`/cases/reviews/${submitted.review?.id}`);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('What the analyst saw');
    await expect(page.getByRole('region', { name: 'Verdicts' })).toHaveCount(found.length);
    await expect(page.getByRole('article')).toContainText(SCRIPT);
    await nothingInjected(page);
    await page.goto('/cases/home');
    await expect(page.getByRole('region', { name: 'Awaiting review' })).toContainText(IMAGE);
    await nothingInjected(page);
  });
  expect(attacked).toEqual([]);
});

test('a very long command line stays within its place', async ({ page }) => {
  const mshta = found.find((finding) => finding.analytic === 'AN1397');
  await page.goto(`/findings/${mshta?.id}?tab=event`);
  await page.getByRole('radio', { name: 'Record' }).click();
  await expect(page.getByRole('region', { name: 'Record as exported' })).toContainText(LONG);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(sideways).toBeLessThanOrEqual(0);
  await expect(page.getByRole('button', { name: 'True positive', exact: true })).toBeInViewport();
});

test('pages come with a policy under which foreign scripts do not run', async ({ page }) => {
  for (const path of ['/', '/imports', `/findings/${found[0]?.id}`]) {
    const answer = await page.goto(path);
    const policy = answer?.headers()['content-security-policy'] ?? '';
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toMatch(/script-src 'self' 'nonce-[^']{16,}'( 'strict-dynamic')?(;|$)/);
  }
  // What would happen if, against all care, telemetry became markup.
  const ran = await page.evaluate(async () => {
    const refused = new Promise((resolve) =>
      document.addEventListener('securitypolicyviolation', resolve, { once: true }),
    );
    const place = document.createElement('div');
    place.innerHTML = '<img src="/nothing.png" onerror="window.foreign = true">';
    document.body.append(place);
    await refused;
    return 'foreign' in window;
  });
  expect(ran).toBe(false);
});

test.describe('the API', () => {
  test('refuses a name that is not its own, and changes asked for by other sites', async ({ baseURL }) => {
    const rebound = await raw(baseURL, 'GET', '/api/v1/findings', { host: 'evil.example' });
    expectProblem(rebound, 403, 'forbidden');
    const forged = { origin: 'https://evil.example', 'content-type': 'application/json' };
    expectProblem(await raw(baseURL, 'POST', '/api/v1/imports/sample', forged), 403, 'forbidden');
    expectProblem(
      await raw(baseURL, 'POST', `/api/v1/findings/${found[0]?.id}/verdict`, {
        'sec-fetch-site': 'cross-site',
      }),
      403,
      'forbidden',
    );
  });

  test('answers every refusal with a problem document', async ({ request, baseURL }) => {
    expectProblem(await raw(baseURL, 'GET', '/api/v1/findings/none'), 401, 'unauthenticated');
    expectProblem(await told(request, '/api/v1/findings/none'), 404, 'not_found');
    expectProblem(await told(request, '/api/v1/imports/999999'), 404, 'not_found');
    expectProblem(await told(request, '/api/v1/findings?limit=much'), 400, 'bad_request');
    const [finding] = found;
    const stale = await request.post(`/api/v1/findings/${finding?.id}/verdict`, {
      data: { verdict: 'undetermined', reason: 'x', revision: (finding?.revision ?? 0) + 7 },
    });
    expect(stale.status()).toBe(409);
    expect(stale.headers()['content-type']).toBe('application/problem+json');
    expect(await stale.json()).toMatchObject({ code: 'conflict', status: 409 });
  });

  test('hands out an original as a file that no browser shows', async ({ request }) => {
    const answer = await request.get(`/api/v1/imports/${source.id}/original`);
    expect(answer.headers()).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
    });
    expect(answer.headers()['content-disposition']).toMatch(/^attachment; filename="[\w.\- ]+"/);
  });
});

/** Every string of a record, renamed the same way everywhere, so that the day keeps its chains. */
function twisted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(twisted);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, twisted(inner)]));
  if (typeof value !== 'string') return value;
  const renamed = value
    .replaceAll(owner, `${SCRIPT}${DISGUISE}`)
    .replaceAll('.corp.example', `${IMAGE}.corp.example`);
  return /mshta(\.exe)?"? .*https?:/i.test(value) ? `${renamed} ${LONG}` : renamed;
}

/** An alert of a vendor as an attacker would have it worded. */
function alertOf(words: string): object {
  const at = Date.parse('2026-04-06T10:00:00Z');
  return {
    metadata: { eventType: 'EppDetectionSummaryEvent', eventCreationTime: at, offset: 1 },
    event: {
      Name: `${words}${DISGUISE}`,
      CompositeId: `hostile:${IMAGE}`,
      AgentId: '7d3f0c2b9a514e6d8f1b2c3d4e5f6099',
      Hostname: 'hostile-alerts',
      SeverityName: 'High',
      FileName: `${IMAGE}.exe`,
      FilePath: `C:\\Tools\\${IMAGE}.exe`,
      CommandLine: `${words} ${DISGUISE}`,
      LocalIP: '10.0.0.1',
      ProcessId: '77',
      ProcessStartTime: at / 1000,
    },
  };
}

/** A case of all that was found, with words of people as bad as the telemetry, that waits for its review. */
async function submittedCase(request: APIRequestContext): Promise<CaseDetail> {
  const asked = async (path: string, data: object) => {
    const answer = await request.post(`/api/v1${path}`, { data });
    expect(answer.ok(), await answer.text()).toBe(true);
    return answer.json();
  };
  const words = `${SCRIPT}${IMAGE} [go](javascript:attacked(3))`;
  for (const { id } of found) {
    const { revision }: FindingSummary = await (await request.get(`/api/v1/findings/${id}`)).json();
    const given = { verdict: 'undetermined', reason: words, revision };
    await asked(`/findings/${id}/verdict`, given);
  }
  const data = { title: `${IMAGE}${SCRIPT}`, findings: found.map(({ id }) => id) };
  const { id }: CaseDetail = await asked('/cases', data);
  await asked(`/cases/${id}/notes`, { title: words, body: words });
  await asked(`/cases/${id}/comments`, { text: words });
  await asked(`/cases/${id}/tasks`, { text: words });
  await asked(`/cases/${id}/indicators`, { type: 'domain', value: 'evil.example', note: words });
  const now: CaseDetail = await (await request.get(`/api/v1/cases/${id}`)).json();
  return asked(`/cases/${id}/submit`, { revision: now.revision, message: words });
}

async function nothingInjected(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    elements: document.body.querySelectorAll('img, iframe, object, embed, [onerror], [onload]').length,
    scripts: [...document.scripts].filter((each) => /^\s*attacked\(/.test(each.text)).length,
    // What is read must not be reordered or hidden by what was recorded.
    disguised: /[\u202A-\u202E\u2066-\u2069\u200B]/u.test(document.body.innerText),
    titles: [...document.querySelectorAll('[title]')].filter((each) =>
      /[\u202A-\u202E\u2066-\u2069\u200B]/u.test(each.getAttribute('title') ?? ''),
    ).length,
  }));
  expect(found).toEqual({ elements: 0, scripts: 0, disguised: false, titles: 0 });
}

type Answer = { readonly status: number; readonly type: string; readonly body: string };

/** What is answered to somebody who is signed in. */
async function told(request: APIRequestContext, path: string): Promise<Answer> {
  const answer = await request.get(path);
  return {
    status: answer.status(),
    type: answer.headers()['content-type'] ?? '',
    body: await answer.text(),
  };
}

/** A request with headers that browsers and their kin do not let one set. */
function raw(
  baseURL: string | undefined,
  method: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(`${baseURL}${path}`, { method, headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', body }),
      );
    });
    request.on('error', reject);
    request.end();
  });
}

function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer).toMatchObject({ status, type: 'application/problem+json' });
  const document = JSON.parse(answer.body);
  expect(document).toMatchObject({ type: `urn:sequela:problem:${code}`, status, code });
  expect(document.title).toEqual(expect.any(String));
  expect(document.detail).toEqual(expect.any(String));
}
