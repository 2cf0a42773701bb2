import type { z } from 'zod';
import { formatMicros, micros } from '../../base/time';
import type {
  SigmaRuleDetail,
  SigmaRuleRow,
  sigmaRuleList,
  sigmaRuleQuery,
} from '../../contracts/sigmaRules';
import { SIGMA_LEVELS, type SigmaStatus } from '../../sigma/rule';
import { logsourceText } from '../../sigma/sources/logsource';
import { remembered } from '../../storage/remembered';
import { loadWholeRule, noRule } from '../../storage/sigma/rules';
import {
  countRuleHits,
  type ListedRule,
  lastRuleHits,
  listRules,
  type RuleFilter,
  runsStamp,
} from '../../storage/sigma/rulesList';
import { fromCursor, toCursor } from '../cursor';
import { type ActiveRules, readActiveRules } from './activeRules';
import { countSights, readSight } from './rulesSight';
import { isForeignRule, logsourceOf } from './setsView';

type Query = z.output<typeof sigmaRuleQuery>;
/** What a page ends at, in the order of the list. */
type Position = readonly [rank: number, title: string, setId: number, id: number];

const PAGE = 50;
const SIGHTS = 200;

/** Rules of all sets by level, hits or title. `total` counts all that are asked for. Throws `bad_request` for a bad cursor. */
export async function readRules(query: Query): Promise<z.input<typeof sigmaRuleList>> {
  const after = fromCursor(query.cursor, 'number', 'string', 'number', 'number');
  const [rows, hits, active] = await Promise.all([
    listRules(filterOf(query)),
    readRuleHits(),
    readActiveRules(),
  ]);
  const running = rowsOf(active);
  const wanted = query.logsource?.toLowerCase();
  const matching = rows.filter(
    (row) =>
      (wanted === undefined || logsourceOfRow(row).toLowerCase() === wanted) &&
      isInState(row, query.state, hits, running),
  );
  const found = query.state === 'blind' ? await onlyBlind(matching) : matching;
  const listed = found
    .map((row) => ({ row, at: positionOf(row, query.sort, hits) }))
    .sort((a, b) => compare(a.at, b.at));
  const rest = after === undefined ? listed : listed.filter(({ at }) => compare(at, after) > 0);
  const page = rest.slice(0, query.limit ?? PAGE);
  const last = page.at(-1);
  return {
    items: await toRows(
      page.map(({ row }) => row),
      hits,
      running,
    ),
    nextCursor: rest.length > page.length && last !== undefined ? toCursor(last.at) : null,
    total: listed.length,
  };
}

/** A rule of a set's newest version, with its text and where it can be decided. Throws `not_found`. */
export async function readRule(id: number): Promise<SigmaRuleDetail> {
  const [held, hits, active] = await Promise.all([listRules({ id }), readRuleHits(), readActiveRules()]);
  const running = rowsOf(active);
  // Of a text that several sets hold, the set that it runs of, as far as one of them does.
  const row = [...held].sort((a, b) => b.setId - a.setId)[0];
  if (row === undefined) throw noRule(id);
  const [whole, [short], sight] = await Promise.all([
    loadWholeRule(id),
    toRows([row], hits, running),
    isForeignRule(row) ? [] : readSight({ id, path: row.path, line: 1 }),
  ]);
  if (short === undefined) throw noRule(id);
  const { description, license, date, modified, yaml } = whole;
  return {
    ...short,
    ...{ description, license, date, modified, yaml },
    references: [...whole.references],
    falsePositives: [...whole.falsePositives],
    fields: [...whole.fields],
    sight: sight.slice(0, SIGHTS),
  };
}

function filterOf({ q, set, level, status, tag }: Query): RuleFilter {
  return {
    q: q.trim(),
    ...(set === undefined ? {} : { set: /^\d{1,9}$/.test(set) ? Number(set) : 0 }),
    ...(level === undefined ? {} : { level: SIGMA_LEVELS.indexOf(level) }),
    ...(status === undefined ? {} : { status }),
    ...(tag === undefined ? {} : { tag }),
  };
}

async function readRuleHits(): Promise<ReadonlyMap<number, number>> {
  return remembered(`sigma rule hits ${await runsStamp()}`, countRuleHits);
}

/** Rows of the rules that run; of two with one id only one does. */
function rowsOf(active: ActiveRules): ReadonlySet<number> {
  const all = [...active.rules, ...active.correlations, ...active.filters];
  return new Set(all.map((rule) => active.idOf(rule)));
}

function isInState(
  row: ListedRule,
  state: Query['state'],
  hits: ReadonlyMap<number, number>,
  running: ReadonlySet<number>,
): boolean {
  if (state === 'enabled') return runs(row, running);
  if (state === 'disabled') return !runs(row, running);
  if (state === 'hits') return (hits.get(row.id) ?? 0) > 0;
  if (state === 'foreign') return isForeignRule(row);
  return state === undefined || !isForeignRule(row);
}

/** A rule that only a correlation needs runs too, but nobody switched it on. */
function runs(row: ListedRule, running: ReadonlySet<number>): boolean {
  return row.enabled && running.has(row.id);
}

async function onlyBlind(rows: readonly ListedRule[]): Promise<readonly ListedRule[]> {
  const sights = await countSights(placesOf(rows));
  return rows.filter(({ id }) => (sights.get(id)?.blind ?? 0) > 0);
}

function placesOf(rows: readonly ListedRule[]): { id: number; path: string; line: number }[] {
  return rows
    .filter((row) => row.kind === 'detection' && !isForeignRule(row))
    .map(({ id, path }) => ({ id, path, line: 1 }));
}

function positionOf(row: ListedRule, sort: Query['sort'], hits: ReadonlyMap<number, number>): Position {
  const rank = sort === 'title' ? 0 : sort === 'level' ? row.level : (hits.get(row.id) ?? 0);
  return [-rank, row.title.toLowerCase(), row.setId, row.id];
}

function compare(a: Position, b: Position): number {
  const titles = a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0;
  return a[0] - b[0] || titles || a[2] - b[2] || a[3] - b[3];
}

async function toRows(
  rows: readonly ListedRule[],
  hits: ReadonlyMap<number, number>,
  running: ReadonlySet<number>,
): Promise<SigmaRuleRow[]> {
  const [sights, lastHits] = await Promise.all([
    countSights(placesOf(rows)),
    lastRuleHits(rows.flatMap(({ id }) => (hits.has(id) ? [id] : []))),
  ]);
  return rows.map((row) => {
    const { id, ruleId, kind, title, author, tags, path } = row;
    const last = lastHits.get(id);
    return {
      ...{ ruleId, kind, title, author, path },
      id: String(id),
      level: SIGMA_LEVELS[row.level] ?? 'medium',
      status: row.status as SigmaStatus,
      tags: [...tags],
      logsource: logsourceOfRow(row),
      set: { id: String(row.setId), name: row.setName },
      enabled: runs(row, running),
      foreign: isForeignRule(row),
      hits: hits.get(id) ?? 0,
      lastHitAt: last === undefined ? null : formatMicros(micros(last)),
      hosts: sights.get(id) ?? { visible: 0, partial: 0, blind: 0 },
    };
  });
}

function logsourceOfRow(row: ListedRule): string {
  return row.kind === 'correlation' ? '' : logsourceText(logsourceOf(row));
}
