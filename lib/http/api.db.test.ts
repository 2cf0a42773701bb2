import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as listAnalytics } from '@/app/api/v1/analytics/route';
import { GET as getEvent } from '@/app/api/v1/events/[id]/route';
import { GET as searchEvents } from '@/app/api/v1/events/route';
import { POST as assign } from '@/app/api/v1/findings/[id]/assign/route';
import { GET as exportFinding } from '@/app/api/v1/findings/[id]/export/route';
import { GET as findingLineage } from '@/app/api/v1/findings/[id]/lineage/route';
import { GET as getFinding } from '@/app/api/v1/findings/[id]/route';
import { GET as findingTimeline } from '@/app/api/v1/findings/[id]/timeline/route';
import { POST as verdict } from '@/app/api/v1/findings/[id]/verdict/route';
import { GET as listFindings } from '@/app/api/v1/findings/route';
import { GET as hostLineage } from '@/app/api/v1/hosts/[id]/lineage/route';
import { GET as getHost } from '@/app/api/v1/hosts/[id]/route';
import { GET as listHosts } from '@/app/api/v1/hosts/route';
import { GET as original } from '@/app/api/v1/imports/[id]/original/route';
import { GET as quarantine } from '@/app/api/v1/imports/[id]/quarantine/route';
import { GET as getImport } from '@/app/api/v1/imports/[id]/route';
import { POST as createImport, GET as listImports } from '@/app/api/v1/imports/route';
import { POST as importSample } from '@/app/api/v1/imports/sample/route';
import { GET as describeApi } from '@/app/api/v1/openapi.json/route';
import type { EventList } from '../contracts/events';
import type { FindingDetail, FindingList } from '../contracts/findings';
import type { LineageView } from '../contracts/lineage';
import type { TimelineView } from '../contracts/timeline';
import { sampleBytes } from '../sample/sampleRecording';
import { startTestWorker, type TestWorker } from '../worker/testWorker';
import { addTestPerson } from './testPeople';

type Handler = (request: Request, next: { params: Promise<Record<string, string>> }) => Promise<Response>;

let worker: TestWorker;

beforeAll(async () => {
  worker = await startTestWorker();
  expect((await call(importSample, '/api/v1/imports/sample?wait=true', { method: 'POST' })).status).toBe(201);
}, 60_000);
afterAll(async () => {
  await worker.stop();
});

function call(handler: Handler, url: string, init: RequestInit = {}, id = ''): Promise<Response> {
  const headers = { host: 'localhost:3000', ...(init.headers as Record<string, string> | undefined) };
  return handler(new Request(`http://localhost:3000${url}`, { ...init, headers }), {
    params: Promise.resolve({ id }),
  });
}

// The door itself holds every answer against the schema of its route, so a 200 here is also a right shape.
async function read<Shape>(handler: Handler, url: string, id = ''): Promise<Shape> {
  const response = await call(handler, url, {}, id);
  const body = (await response.json()) as Shape;
  expect(response.status, JSON.stringify(body).slice(0, 500)).toBe(200);
  return body;
}

const findings = (query = '') => read<FindingList>(listFindings, `/api/v1/findings${query}`);
const post = (handler: Handler, id: string, body: unknown) =>
  call(handler, `/api/v1/findings/${id}/x`, { method: 'POST', body: JSON.stringify(body) }, id);

describe('findings', () => {
  it('come page by page in one order, none twice and none left out', async () => {
    const all = await findings('?limit=500');
    expect(all.total).toBe(all.items.length);
    expect(all.items.length).toBeGreaterThan(5);
    for (const sort of ['score', 'newest', 'oldest', 'host']) {
      const ids: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: FindingList = await findings(`?sort=${sort}&limit=2&cursor=${cursor}`);
        ids.push(...page.items.map((item) => item.id));
        cursor = page.nextCursor;
      }
      expect([...ids].sort(), sort).toEqual(all.items.map((item) => item.id).sort());
    }
  });

  it('are filtered, and the facets and views agree with the list', async () => {
    const all = await findings();
    const analytic = all.items[0]?.analytic ?? '';
    const some = await findings(`?analytic=${analytic}`);
    expect(some.items.every((item) => item.analytic === analytic)).toBe(true);
    expect(all.facets.analytic.find((facet) => facet.value === analytic)?.count).toBe(some.total);
    expect(
      (await findings('?severity=high')).items.every((item) => ['high', 'critical'].includes(item.severity)),
    ).toBe(true);
    expect((await findings('?host=nobody.example')).total).toBe(0);
    expect((await findings(`?q=${encodeURIComponent('100%_')}`)).total).toBe(0);
  });

  it('open with their whole story, lineage and timeline', async () => {
    for (const { id, host } of (await findings()).items) {
      const detail = await read<FindingDetail>(getFinding, `/api/v1/findings/${id}`, id);
      expect(detail.host).toBe(host);
      const lineage = await read<LineageView>(findingLineage, `/api/v1/findings/${id}/lineage`, id);
      const shown = new Set(lineage.nodes.map((node) => node.entityId));
      for (const stage of detail.stages)
        for (const { entityId } of stage.events) if (entityId) expect(shown).toContain(entityId);
      for (const node of lineage.nodes) {
        if (node.parentId !== null) expect(shown).toContain(node.parentId);
        const drawn = lineage.nodes.filter((child) => child.parentId === node.entityId).length;
        const folded = lineage.folded.find((branch) => branch.parentId === node.entityId)?.processes ?? 0;
        expect(drawn + folded, node.name).toBeGreaterThanOrEqual(node.childrenTotal);
      }
      const timeline = await read<TimelineView>(
        findingTimeline,
        `/api/v1/findings/${id}/timeline?limit=5000`,
        id,
      );
      expect(timeline.events.length).toBe(Math.min(timeline.total, 5000));
      const cited = detail.stages.flatMap((stage) => stage.events.map((event) => event.eventId));
      for (const eventId of cited) expect(timeline.events.map((event) => event.eventId)).toContain(eventId);
    }
  });

  it('unfold what was folded, on demand', async () => {
    const id = (await findings()).items[0]?.id ?? '';
    const closed = await read<LineageView>(findingLineage, `/api/v1/findings/${id}/lineage`, id);
    const branch = closed.folded[0];
    if (branch === undefined) throw new Error('the sample folds nothing away');
    const open = await read<LineageView>(
      findingLineage,
      `/api/v1/findings/${id}/lineage?expand=${encodeURIComponent(branch.parentId)}`,
      id,
    );
    expect(open.shown).toBeGreaterThan(closed.shown);
    expect(open.folded.find((other) => other.parentId === branch.parentId)).toBeUndefined();
  });

  it('take a verdict and an assignee from whoever saw the newest revision', async () => {
    await addTestPerson('anna', 'analyst');
    const { id, revision } = (await findings()).items[0] ?? { id: '', revision: 0 };
    const given = await post(verdict, id, { verdict: 'false_positive', reason: 'our own test', revision });
    expect(given.status).toBe(200);
    const after = (await given.json()) as { revision: number; verdict: { value: string; by: string } };
    expect(after.verdict).toMatchObject({ value: 'false_positive', by: 'demo' });
    const late = await post(assign, id, { assignee: 'anna', revision });
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({ code: 'conflict', revision: after.revision });
    expect((await post(assign, id, { assignee: 'anna', revision: after.revision })).status).toBe(200);
    expect((await findings('?verdict=false_positive')).items.map((item) => item.id)).toEqual([id]);
    const detail = await read<FindingDetail>(getFinding, `/api/v1/findings/${id}`, id);
    expect(detail.activity.map((entry) => entry.text)).toEqual([
      'gave the verdict false positive: our own test',
      'assigned it to anna',
    ]);
  });

  it('leave in every form, as a download', async () => {
    const id = (await findings()).items[0]?.id ?? '';
    for (const format of ['markdown', 'html', 'json', 'timesketch', 'stix']) {
      const response = await call(exportFinding, `/x?format=${format}`, {}, id);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="/);
      expect((await response.text()).length).toBeGreaterThan(100);
    }
  });
});

describe('events', () => {
  it('come page by page without gaps, newest first', async () => {
    const seen: string[] = [];
    const times: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: EventList = await read(
        searchEvents,
        `/api/v1/events?kind=process_start&limit=700&cursor=${cursor}`,
      );
      seen.push(...page.items.map((event) => event.id));
      times.push(...page.items.map((event) => event.time));
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(2000);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('are found by what they say, and open with their record as it was', async () => {
    const { items } = await read<EventList>(searchEvents, '/api/v1/events?q=mshta.exe%20hta&limit=5');
    expect(items.length).toBeGreaterThan(0);
    for (const { id } of items) {
      const { raw } = await read<{ raw: string }>(getEvent, `/api/v1/events/${id}`, id);
      expect(raw.toLowerCase()).toContain('mshta');
      expect(() => JSON.parse(raw)).not.toThrow();
    }
    expect((await call(getEvent, '/x', {}, 'nonsense')).status).toBe(404);
  });
});

describe('hosts, imports and analytics', () => {
  it('answer as described', async () => {
    const hosts = await read<{ items: { id: string; name: string; events: number }[] }>(
      listHosts,
      '/api/v1/hosts',
    );
    expect(hosts.items.length).toBe(3);
    const host = hosts.items[0];
    await read(getHost, '/x', host?.id);
    await read(getHost, '/x', host?.name);
    const lineage = await read<LineageView>(hostLineage, '/x', host?.id);
    expect(lineage.nodes.length).toBeGreaterThan(0);
    await read(listAnalytics, '/x');
    const imports = await read<{ items: { id: string; records: Record<string, number> }[] }>(
      listImports,
      '/api/v1/imports',
    );
    const { read: all, ...parts } = imports.items[0]?.records ?? {};
    expect(Object.values(parts).reduce((a, b) => a + b, 0)).toBe(all);
    await read(getImport, '/x', imports.items[0]?.id);
    const held = await read<{ items: unknown[]; total: number }>(quarantine, '/x', imports.items[0]?.id);
    expect(held.items.length).toBe(held.total);
  });

  it('give the original back under a safe name, byte for byte', async () => {
    const response = await call(original, '/x', {}, '1');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-disposition')).toContain(
      'attachment; filename="sequela-sample.json"',
    );
    expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.from(sampleBytes()))).toBe(true);
  });

  it('describe themselves in OpenAPI', async () => {
    const document = await read<{ openapi: string; paths: Record<string, unknown> }>(
      describeApi,
      '/api/v1/openapi.json',
    );
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toContain('/api/v1/findings/{id}/lineage');
  });
});

describe('the door', () => {
  it('does not answer to a name that is not its own', async () => {
    const response = await call(listFindings, '/api/v1/findings', { headers: { host: 'rebound.example' } });
    expect(response.status).toBe(403);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });

  it('takes no change from a page of another site', async () => {
    for (const headers of [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
    ]) {
      expect((await call(importSample, '/api/v1/imports/sample', { method: 'POST', headers })).status).toBe(
        403,
      );
    }
    const own = { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' };
    expect(
      (await call(importSample, '/api/v1/imports/sample', { method: 'POST', headers: own })).status,
    ).toBe(200);
  });

  it('refuses a key it does not know', async () => {
    expect((await call(listFindings, '/x', { headers: { authorization: 'Bearer nope' } })).status).toBe(401);
  });

  it('names the parameter that is wrong', async () => {
    const response = await call(listFindings, '/api/v1/findings?limit=0&severity=awful');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'bad_request',
      errors: [{ path: 'severity' }, { path: 'limit' }],
    });
    expect((await call(listFindings, '/api/v1/findings?cursor=zzz')).status).toBe(400);
    expect((await call(listFindings, '/api/v1/findings?from=yesterday')).status).toBe(400);
  });

  it('takes a file from a form, under its own name', async () => {
    const form = new FormData();
    form.set(
      'file',
      new File([Buffer.from(sampleBytes().slice(0, 0)), '{"EventID":1,"Channel":"x"}\n'], '../../a b.json'),
    );
    const response = await call(createImport, '/api/v1/imports', { method: 'POST', body: form });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ name: 'a b.json', state: 'parsing' });
  });

  it('takes nothing from a form with two files, from an empty body, or from half a body', async () => {
    const form = new FormData();
    form.append('file', new File(['one'], 'a.json'));
    form.append('file', new File(['two'], 'b.json'));
    expect((await call(createImport, '/x', { method: 'POST', body: form })).status).toBe(422);
    expect((await call(createImport, '/x', { method: 'POST', body: '' })).status).toBe(422);
    const half = { method: 'POST', body: '{"EventID":1}', headers: { 'content-length': '99' } };
    expect((await call(createImport, '/x', half)).status).toBe(422);
  });
});
