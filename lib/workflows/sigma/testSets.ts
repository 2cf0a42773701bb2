import { DELETE as deleteSet, GET as getSet, PUT as putSet } from '@/app/api/v1/sigma/sets/[id]/route';
import { POST as postVersion } from '@/app/api/v1/sigma/sets/[id]/versions/route';
import { POST as postSet } from '@/app/api/v1/sigma/sets/route';
import { POST as postUpload } from '@/app/api/v1/sigma/uploads/route';
import { setEnvironment } from '../../base/testEnvironment';
import { makeZip, type TestEntry } from '../../containers/testZip';
import type { SigmaSetDetail, SigmaSetView } from '../../contracts/sigmaSets';
import { closeStorage, pool } from '../../storage/client';
import { createTestDatabase } from '../../storage/testDatabase';
import { readAudit } from '../readAudit';
import { send } from '../testImports';
import type { ActiveRules } from './activeRules';
import { ruleIdOf, ruleText } from './testRules';

type Handler = (request: Request, next: { params: Promise<Record<string, string>> }) => Promise<Response>;
type Refusal = { readonly detail: string };
type Answer<Shape> = { readonly status: number; readonly value: Shape & Refusal };

/** For tests: a database of its own as DATABASE_URL, with one import in it, until it is called. */
export async function useTestSets(): Promise<() => Promise<void>> {
  const database = await createTestDatabase();
  const restore = setEnvironment({ DATABASE_URL: database.url, SEQUELA_DEMO: 'true' });
  await send(Buffer.from('{"a":1}\n'), 'something.json');
  return async () => {
    await closeStorage();
    restore();
    await database.drop();
  };
}

/** For tests: no sets, no rules, no hits and no jobs of them any more. */
export async function forgetSets(): Promise<void> {
  await pool().query(
    'TRUNCATE sigma_sets, sigma_set_versions, sigma_set_rules, sigma_rules, sigma_runs, sigma_hits',
  );
  await forgetJobs();
}

export async function call<Shape>(
  handler: Handler,
  url: string,
  { method = 'GET', body, id = '' }: { method?: string; body?: unknown; id?: string } = {},
): Promise<Answer<Shape>> {
  const raw = body instanceof Uint8Array;
  const response = await handler(
    new Request(`http://localhost:3000${url}`, {
      method,
      headers: { host: 'localhost:3000' },
      ...(body === undefined ? {} : { body: raw ? Buffer.from(body) : JSON.stringify(body) }),
    }),
    { params: Promise.resolve({ id }) },
  );
  return { status: response.status, value: (await response.json()) as Shape & Refusal };
}

type Files = Readonly<Record<string, string>>;
const toFiles = (files: Files) => Object.entries(files).map(([path, text]) => ({ path, text }));
export const add = (name: string, files: Files) =>
  call<SigmaSetDetail>(postSet, '/api/v1/sigma/sets', {
    method: 'POST',
    body: { name, files: toFiles(files) },
  });
export const addVersion = (id: string, files: Files) =>
  call<SigmaSetDetail>(postVersion, `/api/v1/sigma/sets/${id}/versions`, {
    method: 'POST',
    body: { files: toFiles(files) },
    id,
  });
export const upload = (body: Uint8Array, query = 'name=Sent') =>
  call<SigmaSetDetail>(postUpload, `/api/v1/sigma/uploads?${query}`, { method: 'POST', body });
export const zip = (entries: readonly TestEntry[]) => makeZip(entries);
export const change = (set: Pick<SigmaSetView, 'id' | 'revision'>, part: object) =>
  call<SigmaSetView>(putSet, `/api/v1/sigma/sets/${set.id}`, {
    method: 'PUT',
    body: { revision: set.revision, ...part },
    id: set.id,
  });
export const remove = (id: string) =>
  call<{ done: true }>(deleteSet, `/api/v1/sigma/sets/${id}`, { method: 'DELETE', id });
export const read = (id: string) => call<SigmaSetDetail>(getSet, `/api/v1/sigma/sets/${id}`, { id });
export const rows = async (table: string) =>
  (await pool().query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)).rows[0]?.n;
export const audited = async () =>
  (await readAudit({ action: 'sigma', limit: 100 } as Parameters<typeof readAudit>[0])).items;
export const runsAsked = async () => {
  const { rows: jobs } = await pool().query<{ n: number }>(
    "SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE task_identifier = 'match_sigma'",
  );
  return jobs[0]?.n;
};
export const forgetJobs = () =>
  pool().query(
    "SELECT graphile_worker.remove_job(key) FROM graphile_worker.jobs WHERE task_identifier LIKE '%sigma' AND key IS NOT NULL",
  );
export const idsOf = ({ rules }: ActiveRules) => rules.map(({ id }) => id).sort();

export const A = ruleText({ id: ruleIdOf(1), title: 'A', tags: ['attack.t1218.005'] });
export const B = ruleText({ id: ruleIdOf(2), title: 'B', level: 'low', status: 'experimental' });
export const C = ruleText({ id: ruleIdOf(3), title: 'C', level: 'informational' });
export const LINUX = ruleText({ id: ruleIdOf(4), title: 'Linux', logsource: { product: 'linux' } });
export const BROKEN = 'title: Without a detection\nid: 00000000-0000-4000-8000-00000000dead\nlevel: low\n';
