import type { APIRequestContext } from '@playwright/test';
import type { FindingDetail, FindingSummary } from '../../lib/contracts/findings';
import { findings, imported } from './api';
import { hostileForest } from './forest';
import { recordingBeside } from './shared';

const RECORDING = 'mordor/psh_mshta_html_application_execution.zip';
const FOREST = 'forest.corp.example';

/** The finding on a real recording of mshta running an HTML application. */
export async function realFinding(request: APIRequestContext): Promise<FindingSummary> {
  await imported(request, 'psh_mshta.zip', recordingBeside(RECORDING));
  const { items } = await findings(request, { analytic: 'AN1397', host: 'workstation5' });
  const [finding] = items;
  if (finding === undefined) throw new Error('the recording gave no finding');
  return finding;
}

/** The one finding of the hostile forest (forest.ts). */
export async function forestFinding(request: APIRequestContext): Promise<FindingSummary> {
  await imported(request, 'forest.json', hostileForest(FOREST));
  const { items } = await findings(request, { host: FOREST });
  const [finding] = items;
  if (finding === undefined) throw new Error('the forest gave no finding');
  return finding;
}

/** All of a finding, as its screen reads it. */
export async function detailOf(
  request: APIRequestContext,
  { id }: Pick<FindingSummary, 'id'>,
): Promise<FindingDetail> {
  return (await request.get(`/api/v1/findings/${id}`)).json();
}
