import { closeStorage, pool } from '../lib/storage/client';
import { answer } from './measurement';
import { fillQueue, QUEUE_SIZE } from './queueCorpus';
import { median, percentile } from './usage';
import { startWebServer, type WebServer } from './webServer';

/** What one address of the queue cost, in milliseconds. */
export type QueueRead = {
  readonly name: string;
  /** The first time after something was decided: nothing is remembered. */
  readonly coldMs: number;
  readonly warmMs: number;
  readonly p95Ms: number;
};
export type QueueAnswer = {
  readonly server: WebServer['kind'];
  readonly size: typeof QUEUE_SIZE;
  readonly reads: readonly QueueRead[];
};

const COLD = 5;
const WARM = 9;

const OPEN = 'verdict=none&suppressed=false';
const SORTS = ['score', 'severity', 'newest', 'oldest', 'due', 'host', 'user', 'analytic', 'assignee'];
const FILTERS: Readonly<Record<string, string>> = {
  all: '',
  open: OPEN,
  status: `${OPEN}&status=complete`,
  severity: `${OPEN}&severity=high`,
  verdict: 'verdict=false_positive',
  'any verdict': 'verdict=any',
  host: 'host=ws0100.corp.example',
  user: 'user=corp%5Cuser77',
  assignee: 'assignee=person3',
  unassigned: `${OPEN}&assignee=none`,
  blind: `${OPEN}&blind=true`,
  suppressed: 'suppressed=true',
  baseline: 'baseline=3',
  'no case': 'case=none',
  'one case': 'case=7',
  'due soon': 'clock=soon',
  breached: 'clock=breached',
  reopened: 'reopened=true',
};
const SEARCHES: Readonly<Record<string, string>> = {
  rare: 'abcd',
  'a host': 'ws0100',
  'in most': 'exe',
  'in all': 'corp',
  short: 'ex',
  nothing: 'zzzzqqqq',
};

/** Reads a queue of a hundred thousand findings as screens do: every order, filter, search, page, group and view, over HTTP. */
await answer(async (): Promise<QueueAnswer> => {
  // Nobody signs in to a benchmark.
  process.env.SEQUELA_DEMO = 'true';
  await fillQueue();
  const web = await startWebServer();
  try {
    const reads: QueueRead[] = [];
    for (const [name, address] of await addresses(web)) reads.push(await measure(web, name, address));
    return { server: web.kind, size: QUEUE_SIZE, reads };
  } finally {
    await web.stop();
    await closeStorage();
  }
});

async function addresses(web: WebServer): Promise<readonly (readonly [name: string, address: string])[]> {
  const first = await read<{
    nextCursor: string;
    asOf: string;
    items: { analytic: string; shape: string; from: string }[];
  }>(web, `/api/v1/findings?${OPEN}`);
  const [item] = first.items;
  if (item === undefined) throw new Error('the queue is empty');
  const list = (name: string, query: string) => [name, `/api/v1/findings?${query}`] as const;
  return [
    ...SORTS.map((sort) => list(`sort by ${sort}`, `${OPEN}&sort=${sort}`)),
    ...Object.entries(FILTERS).map(([name, query]) => list(`filter: ${name}`, query)),
    list('filter: analytic', `${OPEN}&analytic=${item.analytic}`),
    list('filter: shape', `shape=${encodeURIComponent(item.shape)}`),
    list('filter: time', `from=${item.from}`),
    ...Object.entries(SEARCHES).map(([name, q]) => list(`search: ${name}`, `q=${q}`)),
    list('second page', `${OPEN}&cursor=${first.nextCursor}`),
    list('page of 500', `${OPEN}&limit=500`),
    ['new since', `/api/v1/findings/new?${OPEN}&since=${first.asOf}`],
    ['groups', `/api/v1/findings/groups?${OPEN}`],
    ['alerts: unexplained', '/api/v1/alerts?explained=false&verdict=none'],
    ['alerts: decided', '/api/v1/alerts?verdict=false_positive'],
    ['alerts: search', '/api/v1/alerts?q=tool7'],
    ['saved views', '/api/v1/views'],
  ];
}

async function measure(web: WebServer, name: string, address: string): Promise<QueueRead> {
  const cold: number[] = [];
  for (let round = 0; round < COLD; round++) {
    await decideSomething();
    cold.push(await timed(web, address));
  }
  const warm: number[] = [];
  for (let round = 0; round < WARM; round++) warm.push(await timed(web, address));
  return { name, coldMs: median(cold), warmMs: median(warm), p95Ms: percentile([...cold, ...warm], 0.95) };
}

/** As any decision does, so that nothing counted before counts. */
async function decideSomething(): Promise<void> {
  await pool().query(
    `INSERT INTO audit (by, action, subject, details) VALUES ('bench', 'finding.verdict', 'finding:bench', '{}')`,
  );
}

async function timed(web: WebServer, address: string): Promise<number> {
  const start = performance.now();
  await read(web, address);
  return performance.now() - start;
}

async function read<Answer>(web: WebServer, address: string): Promise<Answer> {
  const response = await fetch(`${web.address}${address}`);
  const body = await response.text();
  if (!response.ok) throw new Error(`${address} answered ${response.status}: ${body.slice(0, 500)}`);
  return JSON.parse(body) as Answer;
}
