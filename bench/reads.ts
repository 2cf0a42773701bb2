import { closeStorage } from '../lib/storage/client';
import { answer } from './measurement';
import { percentile } from './usage';
import { startWebServer, type WebServer } from './webServer';

export type ReadAnswer = {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  readonly bytes: number;
};
export type ReadsAnswer = {
  readonly server: WebServer['kind'];
  readonly reads: Readonly<Record<string, ReadAnswer>>;
};

/** Findings and hosts that are read, spread over all there are. */
const SUBJECTS = 25;
const WARM = 2;
const COUNTED = 8;

/** Reads what screens read, one request at a time over HTTP, each address warm. */
await answer(async (): Promise<ReadsAnswer> => {
  const web = await startWebServer();
  try {
    const findings = spread((await get<List>(web, '/api/v1/findings?limit=500')).items);
    const hosts = spread((await get<List>(web, '/api/v1/hosts?limit=500')).items);
    const of = (subjects: readonly string[], to: (id: string) => string) =>
      subjects.map((id) => to(encodeURIComponent(id)));
    const reads = {
      'lineage of a finding': await timed(
        web,
        of(findings, (id) => `/api/v1/findings/${id}/lineage`),
      ),
      'timeline page of a finding': await timed(
        web,
        of(findings, (id) => `/api/v1/findings/${id}/timeline`),
      ),
      'timeline page of its host': await timed(
        web,
        of(findings, (id) => `/api/v1/findings/${id}/timeline?scope=host`),
      ),
      'host page': await timed(
        web,
        of(hosts, (id) => `/api/v1/hosts/${id}`),
      ),
      'lineage of a host': await timed(
        web,
        of(hosts, (id) => `/api/v1/hosts/${id}/lineage`),
      ),
      finding: await timed(
        web,
        of(findings, (id) => `/api/v1/findings/${id}`),
      ),
      'queue page': await timed(web, ['/api/v1/findings']),
      'list of hosts': await timed(web, ['/api/v1/hosts']),
    };
    return { server: web.kind, reads };
  } finally {
    await web.stop();
    await closeStorage();
  }
});

type List = { readonly items: readonly { readonly id: string }[] };

function spread(items: List['items']): readonly string[] {
  const step = Math.max(1, Math.floor(items.length / SUBJECTS));
  return items
    .filter((_, i) => i % step === 0)
    .slice(0, SUBJECTS)
    .map((item) => item.id);
}

async function get<Answer>(web: WebServer, url: string): Promise<Answer> {
  const response = await fetch(`${web.address}${url}`);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Answer;
}

async function timed(web: WebServer, urls: readonly string[]): Promise<ReadAnswer> {
  const times: number[] = [];
  let bytes = 0;
  for (let round = 0; round < WARM + COUNTED; round++) {
    for (const url of urls) {
      const start = performance.now();
      const response = await fetch(`${web.address}${url}`);
      const body = await response.arrayBuffer();
      const ms = performance.now() - start;
      if (!response.ok)
        throw new Error(`${url} answered ${response.status}: ${Buffer.from(body).toString('utf8')}`);
      if (round < WARM) continue;
      times.push(ms);
      bytes = Math.max(bytes, body.byteLength);
    }
  }
  return {
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    maxMs: percentile(times, 1),
    bytes,
  };
}
