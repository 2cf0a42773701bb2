import { type APIRequestContext, expect } from '@playwright/test';
import type { FindingList } from '../../lib/contracts/findings';
import type { ImportList, ImportView } from '../../lib/contracts/imports';

/** Imports bytes by the API, as a collector does, and waits until their findings are there. */
export async function imported(
  request: APIRequestContext,
  name: string,
  content: Buffer,
): Promise<ImportView> {
  const answer = await request.post(`/api/v1/imports?wait=true&name=${encodeURIComponent(name)}`, {
    data: content,
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer.json();
}

/** The sample, imported once however often it is asked for. */
export async function sampleImported(request: APIRequestContext): Promise<ImportView> {
  const answer = await request.post('/api/v1/imports/sample?wait=true', { data: {} });
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer.json();
}

export async function imports(request: APIRequestContext): Promise<ImportList> {
  return (await request.get('/api/v1/imports?limit=100')).json();
}

/** Until no host waits to be brought up to date after a change of definitions or baselines. */
export async function settled(request: APIRequestContext): Promise<void> {
  await expect
    .poll(async () => (await (await request.get('/api/v1/analytics/rerun')).json()).waiting, {
      timeout: 90_000,
    })
    .toBe(0);
}

/** Findings as the queue asks for them: open ones unless `query` says otherwise. */
export async function findings(
  request: APIRequestContext,
  query: Readonly<Record<string, string>> = {},
): Promise<FindingList> {
  const params = new URLSearchParams({ verdict: 'none', suppressed: 'false', sort: 'score', ...query });
  return (await request.get(`/api/v1/findings?${params}`)).json();
}
