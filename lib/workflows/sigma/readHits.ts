import { AppError } from '../../base/appError';
import { formatMicros, micros } from '../../base/time';
import type { SigmaHitGroup, SigmaHitView } from '../../contracts/sigmaHits';
import { SIGMA_LEVELS, type SigmaLevel } from '../../sigma/rule';
import { findHost } from '../../storage/hosts';
import { remembered } from '../../storage/remembered';
import { listCorrelated } from '../../storage/sigma/correlated';
import {
  groupHitsByProcess,
  groupHitsByRule,
  type ProcessGroup,
  type RuleGroup,
} from '../../storage/sigma/hitGroups';
import { countHits, type HitFilter, listHits, loadHit } from '../../storage/sigma/hits';
import { fromCursorOf, toCursor } from '../cursor';
import { refuseUnstorable, toTime } from '../findingFilter';
import { readActiveRules } from './activeRules';
import { hitRef, parseHitRef } from './hitRef';
import { hitView } from './hitViews';

const PAGE = 100;
/** What no row has: of a host or rule that there is not nothing is listed. */
const NOBODY = -1;
const NO_EVENT = '00000000-0000-0000-0000-000000000000';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type HitQuery = {
  readonly rule?: string | undefined;
  readonly host?: string | undefined;
  readonly process?: string | undefined;
  readonly event?: string | undefined;
  readonly level?: SigmaLevel | undefined;
  readonly q: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly baseline: 'open' | 'covered' | 'all';
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
};

/** One page of hits, newest first. Throws `bad_request` on a time or cursor that is none. */
export async function readSigmaHits(
  query: HitQuery,
): Promise<{ items: SigmaHitView[]; nextCursor: string | null; total: number }> {
  const filter = await toHitFilter(query);
  const limit = query.limit ?? PAGE;
  const after = fromCursorOf(query.cursor, ['number', 'string', 'int4']);
  const [found, total] = await Promise.all([
    listHits(
      filter,
      limit + 1,
      after === undefined ? undefined : [Number(after[0]), uuidOr(String(after[1])), Number(after[2])],
    ),
    remembered(`sigma hits ${JSON.stringify(filter)}`, () => countHits(filter)),
  ]);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(hitView),
    nextCursor:
      found.length > limit && last !== undefined ? toCursor([last.time, last.eventId, last.ruleId]) : null,
    total,
  };
}

/** One hit. Throws `not_found`. */
export async function readSigmaHit(ref: string): Promise<SigmaHitView> {
  const key = parseHitRef(ref);
  const row = key === undefined ? undefined : await loadHit(key);
  if (row === undefined)
    throw new AppError(
      'not_found',
      'There is no such hit: its rule may be switched off, or its import gone, since the link was made.',
    );
  return hitView(row);
}

/** One page of hits grouped, worst level first, then the most hits. Throws as readSigmaHits does. */
export async function groupSigmaHits(
  query: HitQuery & { readonly by: 'rule' | 'process' },
): Promise<{ items: SigmaHitGroup[]; nextCursor: string | null; total: number }> {
  const filter = await toHitFilter(query);
  return query.by === 'rule' ? byRule(filter, query) : byProcess(filter, query);
}

async function byRule(filter: HitFilter, query: HitQuery) {
  const limit = query.limit ?? PAGE;
  const after = fromCursorOf(query.cursor, ['int4', 'int4', 'int4']);
  const found = await groupHitsByRule(
    filter,
    limit + 1,
    after === undefined ? undefined : [Number(after[0]), Number(after[1]), Number(after[2])],
  );
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(ruleGroup),
    nextCursor:
      found.length > limit && last !== undefined ? toCursor([last.level, last.hits, last.ruleId]) : null,
    total: found[0]?.total ?? 0,
  };
}

async function byProcess(filter: HitFilter, query: HitQuery) {
  const limit = query.limit ?? PAGE;
  const after = fromCursorOf(query.cursor, ['int4', 'int4', 'int4', 'string']);
  const found = await groupHitsByProcess(
    filter,
    limit + 1,
    after === undefined
      ? undefined
      : [Number(after[0]), Number(after[1]), Number(after[2]), String(after[3])],
  );
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(processGroup),
    nextCursor:
      found.length > limit && last !== undefined
        ? toCursor([last.level, last.hits, last.hostId, last.entityId])
        : null,
    total: found[0]?.total ?? 0,
  };
}

function ruleGroup(row: RuleGroup): SigmaHitGroup {
  const { ruleId, sigmaId, title, author, hits, hosts, processes } = row;
  return {
    key: String(ruleId),
    ...{ title, hits, hosts, processes },
    ...spanOf(row),
    rules: 1,
    rule: { id: String(ruleId), ruleId: sigmaId, author },
    host: null,
    entityId: null,
    image: null,
    titles: [],
  };
}

function processGroup(row: ProcessGroup): SigmaHitGroup {
  const { hostId, host, entityId, image, hits, rules, titles } = row;
  return {
    key: `${hostId}/${entityId}`,
    title: image === null ? (entityId === '' ? 'No process known' : entityId) : fileName(image),
    ...{ hits, rules, image },
    ...spanOf(row),
    hosts: 1,
    processes: entityId === '' ? 0 : 1,
    rule: null,
    host: { id: String(hostId), name: host },
    entityId: entityId === '' ? null : entityId,
    titles: [...titles],
  };
}

function spanOf(row: { readonly level: number; readonly from: number; readonly to: number }) {
  return {
    level: levelOf(row.level),
    from: formatMicros(micros(row.from)),
    to: formatMicros(micros(row.to)),
  };
}

function levelOf(index: number): SigmaLevel {
  return SIGMA_LEVELS[index] ?? 'medium';
}

function fileName(image: string): string {
  return image.slice(Math.max(image.lastIndexOf('\\'), image.lastIndexOf('/')) + 1);
}

/** What correlations are listed of at most. */
const CORRELATED_MAX = 500;

/** What correlation rules in force found, newest first. */
export async function readSigmaCorrelated() {
  const [{ items, total }, { correlations }] = await Promise.all([
    listCorrelated(CORRELATED_MAX),
    readActiveRules(),
  ]);
  const types = new Map(correlations.map(({ id, type }) => [id, type]));
  return {
    items: items.map((row) => ({
      id: String(row.id),
      rule: {
        id: String(row.ruleId),
        ruleId: row.sigmaId,
        title: row.title,
        level: levelOf(row.level),
        author: row.author,
      },
      type: types.get(row.sigmaId) ?? '',
      group: [...row.group],
      hits: row.hits,
      hosts: row.hosts.map(({ id, name }) => ({ id: String(id), name })),
      from: formatMicros(micros(row.from)),
      to: formatMicros(micros(row.to)),
      events: row.events.map(({ hostId, eventId, ruleId, time, title, host }) => ({
        ref: hitRef({ hostId, eventId, ruleId }),
        ...{ title, host, eventId },
        time: formatMicros(micros(time)),
      })),
    })),
    total,
  };
}

/** What is asked for, as storage takes it. A host, rule or event that there is not has no hits: no error. */
async function toHitFilter(query: HitQuery): Promise<HitFilter> {
  refuseUnstorable(query);
  const { rule, host, process, event, level, q, from, to, baseline } = query;
  return {
    ...{ q, baseline },
    ...(rule === undefined ? {} : { rule: /^\d{1,9}$/.test(rule) ? Number(rule) : NOBODY }),
    ...(host === undefined ? {} : { hostId: (await findHost(host)) ?? NOBODY }),
    ...(process === undefined ? {} : { process }),
    ...(event === undefined ? {} : { event: uuidOr(event.toLowerCase()) }),
    ...(level === undefined ? {} : { level: SIGMA_LEVELS.indexOf(level) }),
    ...(from === undefined ? {} : { from: toTime(from, 'from') }),
    ...(to === undefined ? {} : { to: toTime(to, 'to') }),
  };
}

function uuidOr(text: string): string {
  return UUID.test(text) ? text : NO_EVENT;
}
